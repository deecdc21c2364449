//! Only what was announced becomes a photo.

use support::{Picture, TestApp, report};
use zhoubian::jobs::uploads as job;

use super::sender::{announced, announces, large, metadata};

/// Case 12: the same photo id, other bytes.
#[tokio::test]
async fn a_photo_id_stands_for_its_bytes() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(20_000)).await;
    let (id, report) = (ana.picture.id.to_string(), ana.draft.id.to_string());
    let other = large(20_000).sha256();
    let said = metadata(&[("photo_id", &id), ("sha256", &other), ("report", &report)]);
    ana.asks(ana.creation(&said)).await.is_problem(409, "photo-other-bytes");
    let said = metadata(&[("photo_id", &id), ("sha256", &other)]);
    ana.asks(ana.creation(&said)).await.is_problem(409, "photo-before-report");
}

/// Case 13: the same bytes as two photos.
#[tokio::test]
async fn bytes_that_came_once_are_there_for_both_photos() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = large(30_000);
    let twin = Picture { id: uuid::Uuid::new_v4(), ..picture.clone() };
    let draft = report().at(town.spot(0)).picture(&picture).picture(&twin);
    let receipt = ana.submits(&draft).await.ok();
    let url = |at: usize| receipt["photos"][at]["upload_url"].as_str().unwrap().to_owned();
    let first = announced(&town, &ana, large(10_000)).await;
    let sender = |url| super::sender::Sender {
        url,
        picture: picture.clone(),
        draft: draft.clone(),
        ..first
    };
    let first = sender(url(0));
    assert_eq!(first.goes_on().await.status, 204);
    assert_eq!(ana.submits(&draft).await.ok()["complete"], true);
    let first = announced(&town, &ana, large(10_000)).await;
    let second = super::sender::Sender { url: url(1), picture: picture.clone(), ..first };
    assert_eq!(second.offset().await, picture.bytes.len());
}

/// Case 14: a photo before its report.
#[tokio::test]
async fn a_photo_that_nothing_announces_waits_for_its_report() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(20_000)).await;
    let early = large(20_000);
    let (id, digest) = (early.id.to_string(), early.sha256());
    let said = metadata(&[("photo_id", &id), ("sha256", &digest)]);
    ana.asks(ana.creation(&said)).await.is_problem(409, "photo-before-report");
    let nowhere = ana.url.replace(&ana.picture.id.to_string(), &id);
    assert_eq!(ana.asks(ana.request_to("HEAD", &nowhere)).await.status, 404);
    let bo = announces(&town, "bo", large(20_000)).await;
    bo.asks(bo.creation(&ana.metadata())).await.is_problem(409, "photo-before-report");
}

/// Case 16: an empty photo, and one that the manifest has not.
#[tokio::test]
async fn an_empty_photo_is_none() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(20_000)).await;
    let empty = ana.request_to("POST", "/api/v1/uploads").header("upload-length", "0");
    let empty = ana.asks(empty.header("upload-metadata", ana.metadata())).await;
    empty.is_problem(400, "upload-length-invalid");
    let tenth = ana.url.replace(&ana.picture.id.to_string(), &uuid::Uuid::new_v4().to_string());
    assert_eq!(ana.asks(ana.request_to("HEAD", &tenth)).await.status, 404);
}

/// Case 17: a JPEG that was cut, of the length that was announced. It is what was announced: kept, and said
/// to be unreadable later.
#[tokio::test]
async fn a_truncated_jpeg_is_kept_as_it_was_announced() {
    let town = TestApp::start().await;
    let noise = image::RgbImage::from_fn(400, 300, |x, y| {
        let [a, b, c, _] = ((x * 7_919 + y * 104_729) ^ (x * y * 31)).to_le_bytes();
        image::Rgb([a, b, c])
    });
    let mut cut = support::encoded(&noise, image::ImageFormat::Jpeg);
    cut.truncate(cut.len() / 2);
    let ana = announces(&town, "ana", Picture::of(cut, "image/jpeg")).await;
    assert_eq!(ana.goes_on().await.status, 204);
    assert_eq!(town.looks_at_photos().await, 1);
    let line = ana.line().await;
    assert_eq!((&line["state"], &line["problem"]), (&"unreadable".into(), &"truncated".into()));
}

/// Case 18: a bit flips on the way.
#[tokio::test]
async fn bytes_that_are_not_the_photo_are_refused_and_a_fresh_attempt_takes_them() {
    let town = TestApp::start().await;
    let mut ana = announces(&town, "ana", large(60_000)).await;
    let size = ana.picture.bytes.len();
    let mut flipped = ana.picture.bytes.clone();
    flipped[40_000] ^= 1;
    assert_eq!(ana.sends(0, 30_000).await.status, 204);
    let refused = ana.asks(ana.bytes(30_000, flipped[30_000..].to_vec())).await;
    refused.is_problem(422, "photo-digest-mismatch");
    let fresh = refused.body["upload_url"].as_str().unwrap().to_owned();
    assert!(fresh.ends_with(".2"), "{fresh}");
    // The answer may have been lost.
    assert_eq!(ana.looks().await.status, 410);
    let again = ana.sends(30_000, size).await;
    again.is_problem(410, "upload-refused");
    assert_eq!(
        (&again.body["problem"], &again.body["upload_url"]),
        (&"photo-digest-mismatch".into(), &fresh.clone().into())
    );
    assert_eq!(ana.line().await["upload_url"], fresh.as_str());
    let made = ana.asks(ana.creation(&ana.metadata())).await;
    assert_eq!((made.status, made.header("location")), (201, fresh.as_str()));
    ana.url = fresh;
    assert_eq!(ana.goes_on().await.status, 204);
    ana.is_here().await;
}

/// Case 19: another type than announced, no type, too many pixels; HEIC is kept.
#[tokio::test]
async fn what_is_no_photo_that_is_taken_is_refused() {
    let town = TestApp::start().await;
    let cases = [
        (Picture::png().bytes, "image/jpeg", "photo-type-mismatch"),
        (b"<svg onload='alert(1)'/>".to_vec(), "image/jpeg", "photo-type-mismatch"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01".to_vec(), "image/jpeg", "photo-header-unreadable"),
        (bomb(), "image/png", "photo-too-many-pixels"),
    ];
    for (bytes, media_type, code) in cases {
        let ana = announces(&town, "ana", Picture::of(bytes, media_type)).await;
        ana.goes_on().await.is_problem(422, code);
        assert_eq!(ana.who.sees(ana.issue).await["photos"]["stored"], 0);
        assert!(!town.app.photos.path(&ana.picture.sha256()).exists());
    }
    let brands = b"ftypheic\0\0\0\0mif1heic";
    let length = u32::try_from(brands.len() + 4).unwrap().to_be_bytes();
    let heic = [length.as_slice(), brands, uuid::Uuid::new_v4().as_bytes(), &[0; 200]].concat();
    let ana = announces(&town, "ana", Picture::of(heic, "image/heic")).await;
    assert_eq!(ana.goes_on().await.status, 204);
    let left = std::fs::read_dir(town.app.config.data.join("photos/uploads")).unwrap().count();
    assert_eq!(left, 0);
    assert_eq!(job::clear(&town.app).await.unwrap(), 0);
}

/// A PNG that states 30 000 × 30 000 pixels (ISO/IEC 15948).
fn bomb() -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend([30_000_u32.to_be_bytes(), 30_000_u32.to_be_bytes()].concat());
    header.extend([8, 2, 0, 0, 0]);
    let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    let crc = !header.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step));
    let crc = crc.to_be_bytes();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &13_u32.to_be_bytes(), &header, &crc, &[0; 64]].concat()
}
