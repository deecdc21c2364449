use support::{PASSWORD, Picture, TestApp, any_seed, report, view};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_looks_again_counts_suggests_and_reads_what_became_of_it() {
    let town = TestApp::start().await;
    let (ana, huanwei, spot) = (town.inspector("ana"), town.bureau("huanwei"), town.spot(0));
    let picture = || Picture::of_scene(&view(640, 480, &any_seed()), 85);
    let (before, after) = (picture(), picture());
    let issue = ana.submits(&report().at(spot).picture(&before)).await.issue();
    ana.uploads(&before).await.ok();
    huanwei.accepts(issue).await.ok();
    huanwei.announces_fix(issue, &after).await.ok();
    huanwei.uploads(&after).await.ok();
    town.looks_at_photos().await;

    let (number, lat, lon) = (issue.to_string(), spot.lat.to_string(), spot.lon.to_string());
    let who = [
        ("LOGIN", "ana"),
        ("OFFICE", "office"),
        ("PASSWORD", PASSWORD),
        ("ISSUE", &number),
        ("LAT", &lat),
        ("LON", &lon),
    ];
    let look = async |_: &str| {
        town.looks_at_photos().await;
    };
    let said = walk(&town, "fieldwork.mjs", &who, look).await;
    assert!(said.contains("every step held"), "{said}");
}
