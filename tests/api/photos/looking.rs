//! What a look at a photo finds: which way is up, what the camera wrote, and whether it fits.

use std::time::Duration;

use domain::position::{Datum, Position};
use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
use image::{ImageFormat, RgbImage};
use serde_json::{Value, json};
use support::{Camera, Person, Picture, Spot, TestApp, encoded, report, scene};
use zhoubian::jobs;

/// What happened to an issue, of one kind.
pub(super) async fn events(who: &Person, issue: i64, kind: &str) -> Vec<Value> {
    let page = who.gets(&format!("/issues/{issue}/events")).await.ok();
    let all = page["items"].as_array().unwrap().clone();
    all.into_iter().filter(|event| event["kind"] == kind).collect()
}

/// The first photo of an issue's first report.
pub(super) async fn shown(who: &Person, issue: i64) -> Value {
    who.sees(issue).await["reports"][0]["photos"][0].clone()
}

/// The picture as a camera held this way stores it.
fn held(upright: &RgbImage, orientation: u16) -> RgbImage {
    match orientation {
        2 => flip_horizontal(upright),
        3 => rotate180(upright),
        4 => flip_vertical(upright),
        5 => flip_horizontal(&rotate90(upright)),
        6 => rotate270(upright),
        7 => flip_horizontal(&rotate270(upright)),
        8 => rotate90(upright),
        _ => upright.clone(),
    }
}

/// Whether the corners are red, green, blue and white, as one reads.
fn is_upright(jpeg: &[u8]) -> bool {
    let picture = image::load_from_memory(jpeg).unwrap().to_rgb8();
    let (right, low) = (picture.width() - 5, picture.height() - 5);
    let is = |x, y, rgb: [bool; 3]| {
        picture.get_pixel(x, y).0.iter().zip(rgb).all(|(seen, high)| (*seen > 128) == high)
    };
    is(4, 4, [true, false, false])
        && is(right, 4, [false, true, false])
        && is(4, low, [false, false, true])
        && is(right, low, [true, true, true])
}

#[tokio::test]
async fn every_way_to_hold_a_camera_gives_upright_pictures_without_metadata() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let upright = scene(96, 64);
    for orientation in 1..=8_u16 {
        let jpeg = encoded(&held(&upright, orientation), ImageFormat::Jpeg);
        let camera = Camera { orientation: Some(orientation), ..Camera::default() };
        let picture = Picture::of(camera.writes(&jpeg), "image/jpeg");
        let at = town.spot(usize::from(orientation));
        let issue = ana.submits(&report().at(at).picture(&picture)).await.issue();
        ana.uploads(&picture).await.ok();
        assert_eq!(shown(&ana, issue).await["state"], "stored");
        assert_eq!(town.looks_at_photos().await, 1);
        let photo = shown(&ana, issue).await;
        assert_eq!(photo["state"], "ready", "{orientation}");
        assert_eq!((&photo["width"], &photo["height"]), (&json!(96), &json!(64)), "{orientation}");
        assert_eq!(photo["flags"], json!([]));
        for size in ["large", "thumbnail"] {
            let got = ana.gets(&format!("/photos/{}/{size}", picture.sha256())).await;
            assert_eq!(got.status, 200);
            assert!(is_upright(&got.bytes), "{size} held {orientation}");
            assert!(!got.bytes.windows(4).any(|four| four == b"Exif"));
        }
        let original = ana.gets(&format!("/photos/{}", picture.sha256())).await;
        assert_eq!(original.bytes, picture.bytes, "the original is untouched");
    }
}

#[tokio::test]
async fn a_photo_that_was_taken_elsewhere_and_at_another_time_is_flagged_once() {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let spot = town.spot(0);
    let camera = Camera {
        local: Some("2026:11:16 08:00:00"),
        offset: Some("+08:00"),
        position: Some(spot.north(500.0)),
        ..Camera::default()
    };
    let picture = Picture::jpeg().by(&camera);
    let issue = ana.submits(&report().at(spot).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    let before = ana.sees(issue).await;
    assert_eq!(town.looks_at_photos().await, 1);
    assert_eq!(town.looks_at_photos().await, 0);
    let flags = json!(["exif-position-disagrees", "exif-time-disagrees"]);
    let photo = shown(&ana, issue).await;
    assert_eq!(photo["flags"], flags);
    assert_eq!(photo["taken"]["at"], "2026-11-16T00:00:00Z");
    let north = photo["taken"]["position"]["lat"].as_f64().unwrap() - spot.lat;
    assert!((north * 111_000.0 - 500.0).abs() < 1.0, "{photo}");
    let told = events(&huanwei, issue, "photo_flagged").await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["payload"]["flags"], flags);
    assert_eq!((&told[0]["by"], &told[0]["bureau"]), (&json!(0), &Value::Null));
    let after = huanwei.pulls_all().await[&issue].clone();
    assert_eq!(after["version"].as_i64(), before["version"].as_i64().map(|version| version + 1));
    assert_eq!(after["photos"], json!({"expected": 1, "stored": 1, "unreadable": 0}));

    // The same bytes announced again are known already.
    let twin = Picture { id: uuid::Uuid::new_v4(), ..picture.clone() };
    let again = ana.submits(&report().at(town.spot(1)).picture(&twin)).await.issue();
    ana.uploads(&twin).await.ok();
    assert_eq!(town.looks_at_photos().await, 0);
    assert_eq!(events(&huanwei, again, "photo_flagged").await.len(), 1);
    assert_eq!(shown(&ana, again).await["state"], "ready");
}

/// A report of one photo by this camera; its flags.
async fn flags_of(town: &TestApp, spot: usize, position: Value, camera: Camera) -> Value {
    let ana = town.inspector("ana");
    let picture = Picture::jpeg().by(&camera);
    let draft = report().at(town.spot(spot)).with("position", position).picture(&picture);
    let issue = ana.submits(&draft).await.issue();
    ana.uploads(&picture).await.ok();
    assert_eq!(town.looks_at_photos().await, 1);
    let photo = shown(&ana, issue).await;
    assert_eq!(photo["state"], "ready");
    let told = events(&ana, issue, "photo_flagged").await.len();
    assert_eq!(told, usize::from(photo["flags"] != json!([])), "an event where there is a flag");
    photo["flags"].clone()
}

#[tokio::test]
async fn what_fits_is_not_flagged_in_whatever_datum_and_zone_it_is_stated() {
    let town = TestApp::start().await;
    let stated = |spot: Spot, datum: Datum, word: &str| {
        let (lat, lon) = Position { lat: spot.lat, lon: spot.lon }.to_datum(datum);
        json!({"lat": lat, "lon": lon, "datum": word, "accuracy_m": 8.0})
    };
    let by = |offset: Option<&'static str>, local: &'static str, spot: Spot| Camera {
        local: Some(local),
        offset,
        position: Some(spot),
        ..Camera::default()
    };
    let spots = [0, 1, 2, 3, 4].map(|number| town.spot(number));
    let none = json!([]);
    // A phone's map states GCJ-02 some 500 m off what its camera writes for the same place.
    let gcj02 = stated(spots[0], Datum::Gcj02, "gcj02");
    let camera = by(Some("+08:00"), "2026:11:16 09:00:00", spots[0]);
    assert_eq!(flags_of(&town, 0, gcj02, camera).await, none);
    // Without an offset, the camera's clock shows the district's time.
    let wgs84 = stated(spots[1], Datum::Wgs84, "wgs84");
    let camera = by(None, "2026:11:16 09:05:00", spots[1]);
    assert_eq!(flags_of(&town, 1, wgs84, camera).await, none);
    let wgs84 = stated(spots[2], Datum::Wgs84, "wgs84");
    let camera = by(Some("+00:00"), "2026:11:16 01:00:00", spots[2]);
    assert_eq!(flags_of(&town, 2, wgs84, camera).await, none);
    // The same face of the clock in another zone is eight hours later.
    let wgs84 = stated(spots[3], Datum::Wgs84, "wgs84");
    let camera = by(Some("+00:00"), "2026:11:16 09:00:00", spots[3]);
    let future = json!(["exif-time-disagrees", "exif-time-future"]);
    assert_eq!(flags_of(&town, 3, wgs84, camera).await, future);
    // A report that was sure to 400 m only.
    let mut unsure = stated(spots[4], Datum::Wgs84, "wgs84");
    unsure["accuracy_m"] = json!(400.0);
    let camera = by(None, "2026:11:16 09:00:00", spots[4].north(1_000.0));
    assert_eq!(flags_of(&town, 4, unsure, camera).await, none);
}

#[tokio::test]
async fn a_photo_is_looked_at_as_soon_as_it_comes() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let job = tokio::spawn(jobs::photos::look_at_photos(town.app.clone()));
    let draft = report().at(town.spot(0)).photos(3);
    let issue = ana.submits(&draft).await.issue();
    for picture in &draft.pictures {
        ana.uploads(picture).await.ok();
    }
    let all_ready = async {
        loop {
            let seen = ana.sees(issue).await;
            let photos = seen["reports"][0]["photos"].as_array().unwrap().clone();
            if photos.iter().all(|photo| photo["state"] == "ready") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), all_ready).await.expect("nobody looks at it");
    job.abort();
}
