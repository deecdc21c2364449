//! The bytes of photos: only what was announced, only as it was announced, only to whoever may see.

mod bad;
mod killed;
mod looking;
mod orphans;
mod renditions;
mod watermarks;

use support::{Draft, Picture, START, TestApp, report, sha256};

#[tokio::test]
async fn only_what_a_manifest_of_ones_own_announces_is_taken() {
    let town = TestApp::start().await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    let draft = report().at(town.spot(0)).photos(1);
    let picture = &draft.pictures[0];
    ana.uploads(picture).await.is_problem(404, "photo-not-in-manifest");
    ana.submits(&draft).await.ok();
    bo.uploads(picture).await.is_problem(404, "photo-not-in-manifest");
    let first = ana.uploads(picture).await;
    assert_eq!(first.status, 201);
    assert_eq!(first.body["bound"][0]["photo_id"], picture.id.to_string());
    let again = ana.uploads(picture).await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    ana.puts_photo("abc", vec![1], "image/jpeg").await.is_problem(422, "digest-invalid");
    ana.puts_photo(&picture.sha256().to_uppercase(), vec![1], "image/jpeg")
        .await
        .is_problem(422, "digest-invalid");
}

/// A report whose one photo says something else than the bytes.
fn lying(draft: Draft, picture: &Picture, field: &str, value: serde_json::Value) -> Draft {
    let mut line = picture.line(START);
    line[field] = value;
    draft.with("photos", serde_json::json!([line]))
}

#[tokio::test]
async fn bytes_that_are_not_what_was_announced_are_refused() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let at = || report().at(town.spot(0));
    let picture = Picture::jpeg();
    let issue = ana.submits(&at().picture(&picture)).await.issue();
    let mut flipped = picture.bytes.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let cut = picture.bytes[..100].to_vec();
    for other in [flipped, cut, Vec::new()] {
        ana.puts_photo(&picture.sha256(), other, "image/jpeg")
            .await
            .is_problem(422, "photo-digest-mismatch");
    }
    let longer = Picture::jpeg();
    ana.submits(&lying(at(), &longer, "bytes", (longer.bytes.len() - 1).into())).await.ok();
    ana.uploads(&longer).await.is_problem(422, "photo-length-mismatch");
    for (picture, said) in [(Picture::png(), "image/jpeg"), (Picture::jpeg(), "image/heic")] {
        ana.submits(&lying(at(), &picture, "media_type", said.into())).await.ok();
        ana.uploads(&picture).await.is_problem(422, "photo-type-mismatch");
    }
    let script = Picture { bytes: b"<svg onload='alert(1)'/>".to_vec(), ..Picture::jpeg() };
    ana.submits(&at().picture(&script)).await.ok();
    ana.uploads(&script).await.is_problem(422, "photo-type-mismatch");
    let seen = ana.sees(issue).await;
    assert_eq!(seen["photos"], serde_json::json!({"expected": 5, "stored": 0, "unreadable": 0}));
    ana.uploads(&picture).await.ok();
    assert_eq!(ana.sees(issue).await["photos"]["stored"], 1, "the right bytes are taken after all");
}

#[tokio::test]
async fn a_photo_larger_than_may_be_is_refused() {
    let town = TestApp::start().await;
    let (ana, picture) = (town.inspector("ana"), Picture::jpeg());
    ana.submits(&report().at(town.spot(0)).picture(&picture)).await.ok();
    let limit = usize::try_from(town.app.config.max_photo_bytes).unwrap();
    let larger = vec![0xff; limit + 1];
    ana.puts_photo(&picture.sha256(), larger, "image/jpeg").await.is_problem(413, "too-large");
    let left = std::fs::read_dir(town.app.config.data.join("photos/incoming")).unwrap().count();
    assert_eq!(left, 0, "what was refused leaves nothing behind");
}

#[tokio::test]
async fn the_same_bytes_may_be_two_photos() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::png();
    let twin = Picture { id: uuid::Uuid::new_v4(), ..picture.clone() };
    let draft = report().at(town.spot(0)).picture(&picture).picture(&twin);
    let issue = ana.submits(&draft).await.issue();
    let stored = ana.uploads(&picture).await.ok();
    assert_eq!(stored["bound"].as_array().unwrap().len(), 2);
    assert_eq!(ana.submits(&draft).await.ok()["complete"], true);
    assert_eq!(ana.sees(issue).await["photos"]["stored"], 2);
}

#[tokio::test]
async fn a_photo_is_read_by_whoever_sees_its_issue() {
    let town = TestApp::start().await;
    let (ana, chen, huanwei) =
        (town.inspector("ana"), town.inspector("chen"), town.bureau("huanwei"));
    let draft = report().at(town.spot(0)).photos(1);
    ana.submits(&draft).await.ok();
    let picture = &draft.pictures[0];
    let path = format!("/photos/{}", picture.sha256());
    huanwei.gets(&path).await.is_problem(404, "not-found");
    ana.uploads(picture).await.ok();
    let got = huanwei.gets(&path).await;
    assert_eq!((got.status, &got.bytes), (200, &picture.bytes));
    assert_eq!(sha256(&got.bytes), picture.sha256());
    assert_eq!(got.header("content-type"), "image/jpeg");
    assert_eq!(got.header("etag"), format!("\"{}\"", picture.sha256()));
    assert_eq!(got.header("cache-control"), "private, max-age=31536000, immutable");
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    for outsider in [&chen, &town.bureau("zhifa")] {
        outsider.gets(&path).await.is_problem(404, "not-found");
    }
    for none in ["abc", "..%2f..%2fkeys.json", &"0".repeat(64)] {
        huanwei.gets(&format!("/photos/{none}")).await.is_problem(404, "not-found");
    }
    let part = huanwei.request(reqwest::Method::GET, &path).header("range", "bytes=0-2");
    let part = town.nobody.send(part).await;
    assert_eq!((part.status, part.bytes), (206, vec![0xff, 0xd8, 0xff]));
}
