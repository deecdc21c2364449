use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_bureau_asks_for_more_time_and_two_of_the_office_decide() {
    let town = TestApp::start().await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    town.bureau("huanwei").accepts(issue).await.ok();
    let (issue, now) = (issue.to_string(), town.now().as_second().to_string());
    let who = [
        ("PASSWORD", PASSWORD),
        ("LEAD", "huanwei"),
        ("FIRST", "office"),
        ("SECOND", "watch"),
        ("ISSUE", &issue),
        ("NOW", &now),
        ("UNTIL", "2026-11-20T18:00"),
    ];
    walk(&town, "extension.mjs", &who, async |_| ()).await;
    let seen = town.office().sees(issue.parse().unwrap()).await;
    assert_eq!((&seen["due_at"], &seen["extensions"]), (&"2026-11-20T10:00:00Z".into(), &1.into()));
}
