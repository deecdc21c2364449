use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use support::{PASSWORD, Picture, TestApp, report};

use super::walk;

#[tokio::test(flavor = "multi_thread")]
async fn an_issue_is_shelved_reviewed_and_taken_up_again() {
    let town = TestApp::start().await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    town.bureau("huanwei").accepts(issue).await.ok();
    let (issue, now) = (issue.to_string(), town.now().as_second().to_string());
    let form = STANDARD.encode(&Picture::of_sizes()[0]);
    let who = [
        ("PASSWORD", PASSWORD),
        ("LEAD", "huanwei"),
        ("FIRST", "office"),
        ("SECOND", "watch"),
        ("ISSUE", &issue),
        ("NOW", &now),
        ("FORM", &form),
    ];
    walk(&town, "suspension.mjs", &who, async |_| ()).await;
    let seen = town.office().sees(issue.parse().unwrap()).await;
    assert_eq!((&seen["stage"], &seen["suspension"]), (&"accepted".into(), &().into()));
}
