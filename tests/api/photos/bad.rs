//! A bad photo harms nothing: it is refused before the answer, or kept and said to be unreadable.

use image::{ExtendedColorType, ImageBuffer, ImageEncoder, ImageFormat, Rgb};
use jpeg_encoder::{ColorType, Encoder};
use serde_json::json;
use support::{Camera, Picture, START, TestApp, encoded, report, scene, with_segment};

use super::looking::{events, shown};

/// A JPEG of noise, large enough to be cut.
fn noise(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let mixed = (x * 7_919 + y * 104_729) ^ (x * y * 31);
        let [a, b, c, _] = mixed.to_le_bytes();
        Rgb([a, b, c])
    });
    encoded(&picture, ImageFormat::Jpeg)
}

/// A JPEG as cameras seldom write it.
fn odd_jpeg(kind: ColorType, samples: usize, progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels: Vec<u8> = (0..64 * 48 * samples).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let mut encoder = Encoder::new(&mut bytes, 80);
    encoder.set_progressive(progressive);
    encoder.encode(&pixels, 64, 48, kind).unwrap();
    bytes
}

/// A PNG with 16 bits a channel.
fn deep_png() -> Vec<u8> {
    let sample = |at: u32| u16::try_from(at * 1_000).unwrap();
    let deep: ImageBuffer<Rgb<u16>, Vec<u16>> =
        ImageBuffer::from_fn(40, 30, |x, y| Rgb([60_000, sample(x), sample(y)]));
    let bytes: Vec<u8> = deep.iter().flat_map(|sample| sample.to_ne_bytes()).collect();
    let mut png = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    encoder.write_image(&bytes, 40, 30, ExtendedColorType::Rgb16).unwrap();
    png
}

/// A PNG that states a size it does not have; its header's checksum is right.
fn stating(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    header.extend([8, 2, 0, 0, 0]);
    let crc = crc32(&header).to_be_bytes();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &13_u32.to_be_bytes(), &header, &crc, &[0; 64]].concat()
}

/// ISO/IEC 15948, annex D.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// The start of an HEIC file: brand, and nothing else that could be read.
fn heic() -> Vec<u8> {
    let brands = b"ftypheic\0\0\0\0mif1heic";
    let length = u32::try_from(brands.len() + 4).unwrap().to_be_bytes();
    [length.as_slice(), brands, &[0; 200]].concat()
}

#[tokio::test]
async fn a_header_that_states_too_much_or_nothing_is_refused_before_the_answer() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let cases = [
        (stating(30_000, 30_000), "image/png", "photo-too-many-pixels"),
        (stating(0, 30), "image/png", "photo-header-unreadable"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01".to_vec(), "image/jpeg", "photo-header-unreadable"),
        (b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0".to_vec(), "image/webp", "photo-header-unreadable"),
    ];
    for (bytes, media_type, code) in cases {
        let picture = Picture::of(bytes, media_type);
        let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
        ana.uploads(&picture).await.is_problem(422, code);
        assert_eq!(ana.sees(issue).await["photos"]["stored"], 0);
        let photos = town.app.config.data.join("photos");
        assert_eq!(std::fs::read_dir(photos.join("incoming")).unwrap().count(), 0);
        assert!(!town.app.photos.path(&picture.sha256()).exists());
    }
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_kept_and_said_to_be_unreadable() {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let mut cut = noise(400, 300);
    cut.truncate(cut.len() / 2);
    let picture = Picture::of(cut, "image/jpeg");
    let draft = report().at(town.spot(0)).picture(&picture);
    let issue = ana.submits(&draft).await.issue();
    ana.uploads(&picture).await.ok();
    assert_eq!(town.looks_at_photos().await, 1);
    let photo = shown(&huanwei, issue).await;
    assert_eq!((&photo["state"], &photo["problem"]), (&"unreadable".into(), &"truncated".into()));
    let told = events(&huanwei, issue, "photo_unreadable").await;
    assert_eq!(told.len(), 1);
    let payload = json!({"kind": "photo_unreadable", "photo": picture.id,
        "sha256": picture.sha256(), "problem": "truncated"});
    assert_eq!(told[0]["payload"], payload);
    let count = json!({"expected": 1, "stored": 1, "unreadable": 1});
    assert_eq!(huanwei.pulls_all().await[&issue]["photos"], count);
    let receipt = ana.submits(&draft).await.ok();
    assert_eq!(
        (&receipt["complete"], &receipt["photos"][0]["state"]),
        (&true.into(), &"unreadable".into())
    );
    assert_eq!(receipt["photos"][0]["problem"], "truncated");
    let path = format!("/photos/{}", picture.sha256());
    huanwei.gets(&format!("{path}/large")).await.is_problem(404, "photo-unreadable");
    huanwei.gets(&format!("{path}/thumbnail")).await.is_problem(404, "photo-unreadable");
    assert_eq!(huanwei.gets(&path).await.bytes, picture.bytes, "its bytes are kept as they came");
    // Sent once more, nothing is said twice.
    ana.uploads(&picture).await.ok();
    assert_eq!(town.looks_at_photos().await, 0);
    assert_eq!(events(&huanwei, issue, "photo_unreadable").await.len(), 1);
}

#[tokio::test]
async fn an_unreadable_after_photo_proves_nothing() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    huanwei.accepts(issue).await.ok();
    let mut cut = noise(200, 200);
    cut.truncate(cut.len() / 2);
    let picture = Picture::of(cut, "image/jpeg");
    huanwei.announces_fix(issue, &picture).await.ok();
    huanwei.uploads(&picture).await.ok();
    town.looks_at_photos().await;
    assert!(bo.sees(issue).await["allowed"].as_array().unwrap().contains(&"verify".into()));
    bo.passes(issue).await.is_problem(409, "after-photo-unreadable");
    assert_eq!(bo.sees(issue).await["photos"]["unreadable"], 0, "only reports' photos are counted");
    bo.fails(issue).await.ok();
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
    town.looks_at_photos().await;
    bo.passes(issue).await.ok();
}

#[tokio::test]
async fn pictures_are_made_of_every_sound_photo_however_odd() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let broken_exif = with_segment(
        &encoded(&scene(48, 36), ImageFormat::Jpeg),
        0xe1,
        b"Exif\0\0MM\0\x2a\xff\xff\xff\xff and nothing of sense",
    );
    let far = Camera { local: Some("2026:99:99 99:99:99"), ..Camera::default() };
    let sound = [
        (odd_jpeg(ColorType::Cmyk, 4, false), "image/jpeg"),
        (odd_jpeg(ColorType::Rgb, 3, true), "image/jpeg"),
        (odd_jpeg(ColorType::Luma, 1, false), "image/jpeg"),
        (deep_png(), "image/png"),
        (encoded(&scene(50, 40), ImageFormat::WebP), "image/webp"),
        (broken_exif, "image/jpeg"),
        (far.writes(&encoded(&scene(52, 36), ImageFormat::Jpeg)), "image/jpeg"),
        (encoded(&scene(1, 1), ImageFormat::Png), "image/png"),
    ];
    for (number, (bytes, media_type)) in sound.into_iter().enumerate() {
        let picture = Picture::of(bytes, media_type);
        let at = town.spot(number);
        let issue = ana.submits(&report().at(at).picture(&picture)).await.issue();
        ana.uploads(&picture).await.ok();
        assert_eq!(town.looks_at_photos().await, 1);
        let photo = shown(&ana, issue).await;
        assert_eq!(
            (&photo["state"], &photo["problem"]),
            (&"ready".into(), &json!(null)),
            "{number}"
        );
        let large = ana.gets(&format!("/photos/{}/large", picture.sha256())).await;
        assert!(image::load_from_memory(&large.bytes).is_ok(), "{number}");
        let odd = [5, 6].contains(&number);
        assert_eq!(photo["flags"] == json!(["exif-odd"]), odd, "{number}: {photo}");
    }
}

#[tokio::test]
async fn heic_is_kept_without_pictures() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::of(heic(), "image/heic");
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    town.looks_at_photos().await;
    let photo = shown(&ana, issue).await;
    assert_eq!((&photo["state"], &photo["problem"]), (&"kept".into(), &json!(null)));
    let path = format!("/photos/{}", picture.sha256());
    ana.gets(&format!("{path}/large")).await.is_problem(404, "rendition-unsupported");
    assert_eq!(ana.gets(&path).await.bytes, picture.bytes);
    assert!(events(&ana, issue, "photo_unreadable").await.is_empty());
}

#[tokio::test]
async fn whatever_is_broken_in_a_photo_the_next_one_is_looked_at() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let whole = noise(160, 120);
    let mut pictures: Vec<Picture> = (1..16)
        .map(|part| {
            let mut bytes = whole.clone();
            let at = 2 + (bytes.len() - 4) * part / 16;
            bytes[at] ^= 0xff;
            bytes[at + 1] ^= 0x5a;
            Picture::of(bytes, "image/jpeg")
        })
        .collect();
    // Not more than is taken, and more than there is memory for, or bytes.
    pictures.push(Picture::of(stating(14_000, 14_000), "image/png"));
    pictures.push(Picture::jpeg());
    let lines: Vec<_> = pictures.iter().map(|picture| picture.line(START)).collect();
    let draft = report().at(town.spot(0)).with("photos", json!(lines));
    let issue = ana.submits(&draft).await.issue();
    let mut stored = 0;
    for picture in &pictures {
        stored += usize::from(ana.uploads(picture).await.status == 201);
    }
    assert!(stored >= 10, "{stored}");
    assert_eq!(town.looks_at_photos().await, stored);
    let seen = ana.sees(issue).await;
    let photos = seen["reports"][0]["photos"].as_array().unwrap();
    let state = |sha256: String| {
        photos.iter().find(|photo| photo["sha256"] == sha256).unwrap()["state"].clone()
    };
    assert_eq!(state(pictures[15].sha256()), "unreadable");
    assert_eq!(state(pictures[16].sha256()), "ready");
    let waiting = photos.iter().filter(|photo| photo["state"] == "stored").count();
    assert_eq!(waiting, 0);
}
