use support::{PASSWORD, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_explained_and_the_office_makes_limits_shorter_for_a_time() {
    let town = TestApp::start().await;
    let draft = report().at(town.spot(0)).category("0104").condition("0104A");
    let issue = town.inspector("ana").submits(&draft).await.issue();
    let lead = town.office().sees(issue).await["lead"].as_str().unwrap().to_owned();
    let (issue, now) = (issue.to_string(), town.now().as_second().to_string());
    let who = [
        ("PASSWORD", PASSWORD),
        ("LEAD", lead.as_str()),
        ("OFFICE", "office"),
        ("ISSUE", &issue),
        ("NOW", &now),
    ];
    walk(&town, "limits.mjs", &who, async |_| ()).await;
    town.follows().await;
    let seen = town.office().sees(issue.parse().unwrap()).await;
    assert_ne!(seen["due_at"], seen["first_due_at"]);
}
