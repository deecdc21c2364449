use support::{PASSWORD, TestApp};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_reports_from_a_telephone_in_three_taps() {
    let town = TestApp::start().await;
    let spot = town.spot(0);
    let (lat, lon) = (spot.lat.to_string(), spot.lon.to_string());
    let who = [("LOGIN", "ana"), ("PASSWORD", PASSWORD), ("LAT", &lat), ("LON", &lon)];
    // What was sent in the step before is looked at, as the server's job does.
    let look = async |_: &str| {
        town.looks_at_photos().await;
    };
    let said = walk(&town, "report.mjs", &who, look).await;
    assert!(said.contains("every step held"), "{said}");
}
