//! Not our duty: returned, sent elsewhere, returned again.

use support::{Person, TestApp, report};

async fn returns_it(bureau: &Person, issue: i64, times: u64) {
    let returned = bureau.returns(issue).await.ok();
    assert_eq!((&returned["stage"], &returned["returns"]), (&"returned".into(), &times.into()));
}

#[tokio::test]
async fn a_redispatch_keeps_the_first_limit_and_a_third_return_is_refused() {
    let town = TestApp::start().await;
    let (huanwei, zhifa, office) = (town.bureau("huanwei"), town.bureau("zhifa"), town.office());
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let due = huanwei.sees(issue).await["due_at"].clone();
    returns_it(&huanwei, issue, 1).await;
    town.wait(30);
    let sent = office.dispatches(issue, "zhifa").await.ok();
    assert_eq!(
        (&sent["lead"], &sent["due_at"], &sent["first_due_at"]),
        (&"zhifa".into(), &due, &due)
    );
    assert_eq!(sent["dispatched_at"], "2026-11-16T01:00:00Z");
    assert_eq!(
        sent["return_until"], "2026-11-16T07:30:00Z",
        "four working hours, the noon break between"
    );
    huanwei.sees_nothing_of(issue).await;
    returns_it(&zhifa, issue, 2).await;
    office.dispatches(issue, "huanwei").await.ok();
    huanwei.returns(issue).await.is_problem(409, "returns-spent");
    assert!(!huanwei.sees(issue).await["allowed"].as_array().unwrap().contains(&"return".into()));
    assert_eq!(huanwei.accepts(issue).await.ok()["stage"], "accepted");
}

#[tokio::test]
async fn after_the_window_it_is_kept() {
    let town = TestApp::start().await;
    let huanwei = town.bureau("huanwei");
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    // Monday 09:00 + 4 working hours = 15:00; then one minute.
    town.wait(6 * 60);
    assert!(huanwei.sees(issue).await["allowed"].as_array().unwrap().contains(&"return".into()));
    town.wait(1);
    huanwei.returns(issue).await.is_problem(409, "return-window-over");
}

#[tokio::test]
async fn a_return_needs_words() {
    let town = TestApp::start().await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let mute = serde_json::json!({"reason": "gone", "note": ""});
    town.bureau("huanwei").commands(issue, "return", mute).await.is_problem(409, "reason-missing");
}
