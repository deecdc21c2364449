use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_blind_finding_tells_who_has_seen_it() {
    let town = TestApp::start().await;
    let issue = town.supervisor().submits(&report().at(town.spot(0)).blind()).await.issue();
    let name = town.office().gets("/me").await.ok()["name"].as_str().unwrap().to_owned();
    let (issue, now) = (issue.to_string(), town.now().as_second().to_string());
    let who = [
        ("PASSWORD", PASSWORD),
        ("OFFICE", "office"),
        ("NAME", &name),
        ("ISSUE", &issue),
        ("NOW", &now),
    ];
    walk(&town, "viewing.mjs", &who, async |_| ()).await;
}
