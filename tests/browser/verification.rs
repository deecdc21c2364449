use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_handed_over_taken_and_another_passed_from_the_desk() {
    let town = TestApp::start_with(|config| {
        config.verification.low_gravity = vec!["0101B".to_owned()];
        config.verification.sample_percent = 0;
    })
    .await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let mut issues = Vec::new();
    for (spot, condition) in [(0, "0101A"), (3, "0101B")] {
        let draft = report().condition(condition).at(town.spot(spot));
        let issue = ana.submits(&draft).await.issue();
        huanwei.accepts(issue).await.ok();
        huanwei.rectifies(issue).await;
        issues.push(issue.to_string());
    }
    town.looks_at_photos().await;
    let now = town.now().as_second().to_string();
    let who =
        [("PASSWORD", PASSWORD), ("ON_SITE", &issues[0]), ("DESK", &issues[1]), ("NOW", &now)];
    walk(&town, "verification.mjs", &who, async |_| ()).await;
    let page = town.office().gets("/verification-tasks").await.ok();
    assert_eq!((&page["on_site"], &page["taken"]), (&1.into(), &1.into()));
    assert_eq!(page["items"][0]["taken_by_name"], "bo");
}
