use support::{PASSWORD, Picture, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_property_manager_sends_a_photo_that_the_bureau_takes_over() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::jpeg();
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    town.looks_at_photos().await;
    town.bureau("huanwei").accepts(issue).await.ok();
    let (spot, issue) = (town.spot(0), issue.to_string());
    let now = town.now().as_second().to_string();
    let (lat, lon) = (spot.lat.to_string(), spot.lon.to_string());
    let who = [
        ("PASSWORD", PASSWORD),
        ("LEAD", "huanwei"),
        ("ISSUE", &issue),
        ("NOW", &now),
        ("LAT", &lat),
        ("LON", &lon),
    ];
    walk(&town, "links.mjs", &who, async |step| {
        if step.ends_with("the photo is looked at") {
            town.looks_at_photos().await;
        }
    })
    .await;
    let seen = town.office().sees(issue.parse().unwrap()).await;
    let after = &seen["rectifications"][0]["photos"][0];
    assert!(after["distance_m"].as_f64().unwrap() < 1.0, "{after}");
}
