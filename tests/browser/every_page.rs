//! What holds for every page of every role, and what the handheld may cost.

use support::{PASSWORD, TestApp, report};
use zhoubian::config::BaseMapSettings;

use super::walk;
use crate::stories::cards::delivered;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_opens_without_a_complaint_fits_and_can_be_read_by_everybody() {
    let town = TestApp::start().await;
    let mut issue = 0;
    for spot in 0..4 {
        issue = town.inspector("ana").submits(&report().at(town.spot(spot))).await.issue();
    }
    delivered(&town, "huanwei", Some("yellow"), &[issue]).await;
    let logins = "inspector=ana,bureau=huanwei,office=office,supervisor=supervisor01,admin=admin";
    let who = [("LOGINS", logins), ("PASSWORD", PASSWORD)];
    walk(&town, "every-page.mjs", &who, async |_| ()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_handheld_keeps_its_budgets() {
    let town = TestApp::start().await;
    let who = [("LOGIN", "ana"), ("PASSWORD", PASSWORD)];
    walk(&town, "budgets.mjs", &who, async |_| ()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_content_policy_holds_everywhere() {
    let town = TestApp::start().await;
    walk(&town, "policy.mjs", &[], async |_| ()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspectors_map_is_drawn_without_a_network() {
    let town = TestApp::start().await;
    let spot = town.spot(0);
    let (lat, lon) = (spot.lat.to_string(), spot.lon.to_string());
    let who = [("LOGIN", "ana"), ("PASSWORD", PASSWORD), ("LAT", &lat), ("LON", &lon)];
    walk(&town, "field-map.mjs", &who, async |_| ()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_map_lies_under_the_district_s_own() {
    // Nobody's: the walk answers in its place.
    let (tiles, attribution) = ("https://tiles.example.test", "审图号 GS(2026)0001号");
    let town = TestApp::start_with(move |config| {
        config.base_map = BaseMapSettings {
            tiles: vec![format!("{tiles}/{{z}}/{{x}}/{{y}}.png")],
            attribution: attribution.to_owned(),
        };
    })
    .await;
    let who = [("LOGIN", "office"), ("PASSWORD", PASSWORD)];
    let base_map = [("TILES", tiles), ("ATTRIBUTION", attribution)];
    walk(&town, "base-map.mjs", &[&who[..], &base_map[..]].concat(), async |_| ()).await;
}
