use image::ImageFormat::Jpeg;
use serde_json::json;
use support::{Camera, PASSWORD, Picture, TestApp, encoded, report, scene};

use super::walk;

/// The step at which the photo that was left waiting is looked at.
const LOOK: &str = "a photo that is being prepared appears by itself";

#[tokio::test(flavor = "multi_thread")]
async fn an_issue_shows_how_far_its_photos_are_and_what_is_wrong_with_them() {
    let town = TestApp::start().await;
    let (ana, spot) = (town.inspector("ana"), town.spot(0));
    let jpeg = |width| encoded(&scene(width, 480), Jpeg);
    let whole = jpeg(642);
    let cut = Picture::of(whole[..whole.len() / 2].to_vec(), "image/jpeg");
    let camera = Camera {
        local: Some("2030:01:01 09:00:00"),
        offset: Some("+08:00"),
        position: Some(town.spot_in("429901100000", 0)),
        ..Camera::default()
    };
    let doubtful = Picture::of(camera.writes(&jpeg(644)), "image/jpeg");
    let good = Picture::of(jpeg(640), "image/jpeg");
    let later = Picture::of(jpeg(646), "image/jpeg");
    let missing = Picture::jpeg();
    let mut draft = report().at(spot);
    for picture in [&good, &doubtful, &cut, &later, &missing] {
        draft = draft.picture(picture);
    }
    let mut body = draft.json();
    for line in body["photos"].as_array_mut().unwrap() {
        line["position"] = json!({"lat": spot.lat, "lon": spot.lon, "datum": "wgs84"});
    }
    let issue = ana.puts_report(draft.id, &body).await.issue().to_string();
    for picture in [&good, &doubtful, &cut] {
        ana.uploads(picture).await.ok();
    }
    town.looks_at_photos().await;
    ana.uploads(&later).await.ok();

    let who = [("LOGIN", "huanwei"), ("PASSWORD", PASSWORD), ("ISSUE", issue.as_str())];
    let look = async |step: &str| {
        if step.contains(LOOK) {
            town.looks_at_photos().await;
        }
    };
    let said = walk(&town, "photos.mjs", &who, look).await;
    assert!(said.contains(LOOK), "{said}");
}
