//! What tus asks for, point by point.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use sha2::{Digest, Sha256};
use support::TestApp;

use super::sender::{PART, announces, large, metadata, says_version};

#[tokio::test]
async fn a_photo_goes_on_where_it_was() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(150_000)).await;
    let size = ana.picture.bytes.len();
    assert_eq!(ana.offset().await, 0);
    let mut at = 0;
    for until in [1, 70_000, 70_001, 140_000] {
        let sent = ana.sends(at, until).await;
        assert_eq!((sent.status, sent.header("upload-offset")), (204, until.to_string().as_str()));
        let line = ana.line().await;
        assert_eq!((&line["state"], &line["offset"]), (&"announced".into(), &until.into()));
        at = until;
    }
    let last = ana.goes_on().await;
    assert_eq!((last.status, last.header("upload-offset")), (204, size.to_string().as_str()));
    ana.is_here().await;
    let left = std::fs::read_dir(town.app.config.data.join("photos/uploads")).unwrap().count();
    assert_eq!(left, 0, "its own file is gone");
}

#[tokio::test]
async fn a_photo_in_one_part_is_here_at_once() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(150_000)).await;
    assert_eq!(ana.sends(0, ana.picture.bytes.len()).await.status, 204);
    ana.is_here().await;
}

/// Point 1: what is offered, whatever version is asked with.
#[tokio::test]
async fn what_is_offered_is_told_to_everybody() {
    let town = TestApp::start().await;
    let max = town.app.config.max_photo_bytes.to_string();
    for path in ["/uploads", "/uploads/", "/uploads/any"] {
        for version in ["1.0.0", "0.2.2", ""] {
            let ask = town.nobody.request(Method::OPTIONS, path).header("tus-resumable", version);
            let told = says_version(town.nobody.send(ask).await);
            assert_eq!(told.status, 204);
            assert_eq!(told.header("tus-version"), "1.0.0");
            let extensions = "creation,creation-with-upload,checksum,expiration,termination";
            assert_eq!(told.header("tus-extension"), extensions);
            assert_eq!(told.header("tus-max-size"), max);
            assert_eq!(told.header("tus-checksum-algorithm"), "sha1,sha256");
        }
    }
}

/// Point 1: nothing is done for another version; a method may come in a header.
#[tokio::test]
async fn another_version_is_refused_and_a_method_may_come_in_a_header() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(20_000)).await;
    let path = ana.url.split_once("/api/v1").unwrap().1.to_owned();
    for version in [None, Some("0.2.2"), Some("1.0.0, 0.2.2")] {
        let mut request = ana.who.request(Method::DELETE, &path);
        if let Some(version) = version {
            request = request.header("tus-resumable", version);
        }
        let refused = ana.asks(request).await;
        refused.is_problem(412, "tus-version");
        assert_eq!(refused.header("tus-version"), "1.0.0");
    }
    let overridden =
        |method: &str| ana.request("POST").header("x-http-method-override", method.to_owned());
    let part = overridden("PATCH").header("upload-offset", "0").header("content-type", PART);
    let sent = ana.asks(part.body(ana.picture.bytes[..5_000].to_vec())).await;
    assert_eq!((sent.status, sent.header("upload-offset")), (204, "5000"));
    let seen = ana.asks(overridden("HEAD")).await;
    assert_eq!((seen.status, seen.header("upload-offset")), (200, "5000"));
    assert_eq!(ana.asks(overridden("DELETE")).await.status, 204);
    let over = ana.asks(overridden("HEAD")).await;
    assert_eq!(over.status, 410);
}

/// Point 2: creation, with and without a slash, again and again. Case 2: its answer is lost.
#[tokio::test]
async fn creation_finds_the_manifests_line() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    let report = ana.draft.id.to_string();
    let said =
        format!("{},{}", ana.metadata(), metadata(&[("filename", "街.jpg"), ("report", &report)]));
    for path in ["/api/v1/uploads", "/api/v1/uploads/"] {
        let request = ana.request_to("POST", path).header("upload-metadata", &said);
        let request = request.header("upload-length", ana.picture.bytes.len().to_string());
        let made = ana.asks(request).await;
        assert_eq!((made.status, made.header("location")), (201, ana.url.as_str()));
        assert_eq!(made.header("upload-offset"), "0");
        assert!(made.header("upload-expires").ends_with("GMT"));
    }
    let seen = ana.looks().await;
    assert_eq!(seen.header("upload-metadata"), said, "as it was sent");
    ana.sends(0, 20_000).await.ok();
    let again = ana.asks(ana.creation(&said)).await;
    assert_eq!((again.status, again.header("upload-offset")), (201, "20000"));
    let slash = format!("{}/", ana.url);
    let seen = ana.asks(ana.request_to("HEAD", &slash)).await;
    assert_eq!((seen.status, seen.header("upload-offset")), (200, "20000"));
    ana.goes_on().await.ok();
    let done = ana.asks(ana.creation(&said)).await;
    assert_eq!(done.header("upload-offset"), ana.picture.bytes.len().to_string());
    ana.is_here().await;
}

/// Point 2: bytes that come with the creation.
#[tokio::test]
async fn the_first_bytes_may_come_with_the_creation() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    let with = |until: usize| {
        let creation = ana.creation(&ana.metadata()).header("content-type", PART);
        creation.body(ana.picture.bytes[..until].to_vec())
    };
    let made = ana.asks(with(20_000)).await;
    assert_eq!((made.status, made.header("upload-offset")), (201, "20000"));
    let again = ana.asks(with(30_000)).await;
    assert_eq!((again.status, again.header("upload-offset")), (201, "20000"), "not taken twice");
    ana.goes_on().await.ok();
    ana.is_here().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    let creation = ana.creation(&ana.metadata()).header("content-type", PART);
    let made = ana.asks(creation.body(ana.picture.bytes.clone())).await;
    assert_eq!(made.status, 201);
    ana.is_here().await;
}

/// Point 2: what cannot be a photo that was announced.
#[tokio::test]
async fn a_creation_that_cannot_be_is_refused() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(20_000)).await;
    let (good, size) = (ana.metadata(), ana.picture.bytes.len().to_string());
    let cases = [
        ("upload-length", "", good.as_str(), 400, "upload-length-invalid"),
        ("upload-length", "-1", &good, 400, "upload-length-invalid"),
        ("upload-length", "0", &good, 400, "upload-length-invalid"),
        ("upload-length", "1e3", &good, 400, "upload-length-invalid"),
        ("upload-length", "19999", &good, 400, "upload-length-invalid"),
        ("upload-length", "262145", &good, 413, "too-large"),
        ("upload-length", "99999999999999999999", &good, 413, "too-large"),
        ("upload-length", &size, "", 400, "upload-metadata-invalid"),
        ("upload-length", &size, "photo_id !", 400, "upload-metadata-invalid"),
        ("upload-defer-length", "1", &good, 400, "upload-extension-unknown"),
        ("upload-concat", "partial", &good, 400, "upload-extension-unknown"),
    ];
    for (name, value, metadata, status, code) in cases {
        let request = ana.request_to("POST", "/api/v1/uploads").header(name, value);
        let answer = ana.asks(request.header("upload-metadata", metadata)).await;
        assert_eq!(answer.said(), (status, code), "{name}: {value}, {metadata}");
        answer.is_problem(status, code);
    }
    let missing = ana.request_to("POST", "/api/v1/uploads").header("upload-metadata", &good);
    ana.asks(missing).await.is_problem(400, "upload-length-invalid");
}

/// Point 3: HEAD of what is not there.
#[tokio::test]
async fn an_upload_says_how_it_stands() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(20_000)).await;
    let seen = ana.looks().await;
    assert_eq!(seen.header("upload-length"), ana.picture.bytes.len().to_string());
    assert_eq!(seen.header("cache-control"), "no-store");
    assert!(seen.header("upload-metadata").starts_with("photo_id "));
    assert!(seen.header("upload-expires").ends_with("GMT"));
    let base = ana.url.strip_suffix(".1").unwrap();
    let others = [".2", ".0", ".01", "", ".1.1", ".-1", "/1", ".99999999999"];
    for other in others.map(|end| format!("{base}{end}")) {
        let seen = ana.asks(ana.request_to("HEAD", &other)).await;
        assert_eq!(seen.status, 404, "{other}");
    }
    let bo = announces(&town, "bo", large(20_000)).await;
    assert_eq!(bo.asks(bo.request_to("HEAD", &ana.url)).await.status, 404);
    let theirs = bo.request_to("PATCH", &ana.url).header("upload-offset", "0");
    let theirs = theirs.header("content-type", PART).body("x");
    bo.asks(theirs).await.is_problem(404, "not-found");
    ana.goes_on().await.ok();
    town.wait(60 * 24 * 20);
    assert_eq!(ana.offset().await, ana.picture.bytes.len(), "finished ones answer for weeks");
    assert_eq!(ana.looks().await.header("upload-expires"), "");
}

/// Point 4. Case 25: offsets that are low, high, negative, huge; each leaves everything as it was.
#[tokio::test]
async fn a_part_that_does_not_fit_changes_nothing() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    let size = ana.picture.bytes.len();
    ana.sends(0, 10_000).await.ok();
    for offset in ["0", "9999", "10001", "50000", "99999999999999999999999999"] {
        let part = ana.request("PATCH").header("upload-offset", offset);
        let wrong = ana.asks(part.header("content-type", PART).body("x")).await;
        wrong.is_problem(409, "upload-offset-mismatch");
        assert_eq!(wrong.header("upload-offset"), "10000");
    }
    for offset in ["-1", "", "ten", "1.5"] {
        let part = ana.request("PATCH").header("upload-offset", offset);
        let wrong = ana.asks(part.header("content-type", PART).body("x")).await;
        wrong.is_problem(400, "upload-offset-invalid");
    }
    let part = ana.request("PATCH").header("content-type", PART).body("x");
    ana.asks(part).await.is_problem(400, "upload-offset-invalid");
    let typed = ana.request("PATCH").header("upload-offset", "10000");
    let typed = typed.header("content-type", "image/jpeg").body("x");
    ana.asks(typed).await.is_problem(415, "upload-type-invalid");
    let longer = [&ana.picture.bytes[10_000..], b"x"].concat();
    ana.asks(ana.bytes(10_000, longer)).await.is_problem(413, "upload-too-long");
    assert_eq!(ana.offset().await, 10_000);
    let nothing = ana.sends(10_000, 10_000).await;
    assert_eq!((nothing.status, nothing.header("upload-offset")), (204, "10000"));
    ana.sends(10_000, size).await.ok();
    ana.is_here().await;
    ana.sends(size, size).await.ok();
    ana.asks(ana.bytes(size, vec![1])).await.is_problem(413, "upload-too-long");
}

/// Cases 3 and 4: a PATCH and the last PATCH are sent again because their answers were lost.
#[tokio::test]
async fn a_part_that_is_sent_again_is_not_taken_twice() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    let size = ana.picture.bytes.len();
    for (from, until) in [(0, 20_000), (20_000, size)] {
        ana.sends(from, until).await.ok();
        let again = ana.sends(from, until).await;
        again.is_problem(409, "upload-offset-mismatch");
        assert_eq!(again.header("upload-offset"), until.to_string());
    }
    ana.is_here().await;
}

/// Point 5: checksums.
#[tokio::test]
async fn a_part_with_a_checksum_is_kept_whole_or_not_at_all() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    let bytes = &ana.picture.bytes;
    let sha256 = |bytes: &[u8]| format!("sha256 {}", STANDARD.encode(Sha256::digest(bytes)));
    let part = |from: usize, until: usize, sum: &str| {
        ana.part(from, until).header("upload-checksum", sum.to_owned())
    };
    for sum in ["md5 rL0Y20zC+Fzt72VPzMSk2A==", "sha1", "sha256 !!", "sha256 AAAA"] {
        ana.asks(part(0, 100, sum)).await.is_problem(400, "upload-checksum-invalid");
    }
    ana.asks(part(0, 20_000, &sha256(&bytes[..20_000]))).await.ok();
    let wrong = ana.asks(part(20_000, 40_000, &sha256(b"another"))).await;
    wrong.is_problem(460, "upload-checksum-mismatch");
    assert_eq!(ana.offset().await, 20_000);
    // The last part as well, though the whole would be right.
    let last = ana.asks(part(20_000, bytes.len(), "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=")).await;
    last.is_problem(460, "upload-checksum-mismatch");
    ana.asks(part(20_000, bytes.len(), &sha256(&bytes[20_000..]))).await.ok();
    ana.is_here().await;
}

/// Termination.
#[tokio::test]
async fn an_upload_that_its_sender_ends_is_gone_and_the_photo_can_come_anew() {
    let town = TestApp::start().await;
    let mut ana = announces(&town, "ana", large(50_000)).await;
    ana.sends(0, 20_000).await.ok();
    let ended = ana.asks(ana.request("DELETE")).await;
    assert_eq!(ended.status, 204);
    assert_eq!(ana.looks().await.status, 410);
    let over = ana.sends(20_000, 30_000).await;
    over.is_problem(410, "upload-ended");
    let left = std::fs::read_dir(town.app.config.data.join("photos/uploads")).unwrap().count();
    assert_eq!(left, 0);
    ana.url = ana.line().await["upload_url"].as_str().unwrap().to_owned();
    assert!(ana.url.ends_with(".2"));
    assert_eq!(over.body["upload_url"], ana.url.as_str());
    ana.goes_on().await.ok();
    ana.asks(ana.request("DELETE")).await.is_problem(409, "upload-finished");
    ana.is_here().await;
}

#[tokio::test]
async fn a_photo_that_came_whole_by_another_way_is_finished() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    let size = ana.picture.bytes.len();
    ana.sends(0, 20_000).await.ok();
    ana.who.uploads(&ana.picture).await.ok();
    ana.is_here().await;
    let late = ana.sends(20_000, size).await;
    late.is_problem(409, "upload-offset-mismatch");
    assert_eq!(late.header("upload-offset"), size.to_string());
    town.wait(60 * 24 * 31);
    zhoubian::jobs::uploads::clear(&town.app).await.unwrap();
    let left = std::fs::read_dir(town.app.config.data.join("photos/uploads")).unwrap().count();
    assert_eq!(left, 0);
    assert_eq!(ana.offset().await, size);
}
