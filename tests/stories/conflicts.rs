//! Two who decide at once, one who sends twice, and a day's work that arrives in the wrong order.

use serde_json::{Value, json};
use support::{Person, Picture, TestApp, report};
use uuid::Uuid;

use super::kinds;

/// What a bureau says when it has rectified.
fn fixed(town: &TestApp, picture: &Picture, spot: support::Spot) -> Value {
    let line = picture.line_at(town.now(), spot);
    json!({"outcome": "rectified", "note": "done", "photos": [line]})
}

/// Case 36: a bureau rectifies while the office reassigns.
#[tokio::test]
async fn whoever_decides_second_is_shown_what_the_first_did() {
    let town = TestApp::start().await;
    let (ana, office, huanwei) = (town.inspector("ana"), town.office(), town.bureau("huanwei"));
    let spot = town.spot(0);
    let issue = ana.submits(&report().at(spot)).await.issue();
    huanwei.accepts(issue).await.ok();
    // Both look at version 4; the bureau is first.
    let picture = Picture::jpeg();
    let id = Uuid::new_v4();
    let body = fixed(&town, &picture, spot);
    huanwei.commands_at(issue, "rectify", "\"4\"", id, body.clone()).await.ok();
    let elsewhere = json!({"lead": "zhifa", "cooperating": ["huanwei"], "reason": "desk"});
    let stale =
        office.commands_at(issue, "dispatch", "\"4\"", Uuid::new_v4(), elsewhere.clone()).await;
    stale.is_problem(412, "version-stale");
    let current = &stale.body["current"];
    assert_eq!((&current["version"], &current["stage"]), (&5.into(), &"rectified".into()));
    assert_eq!(*current, office.pulls_all().await[&issue], "as a pull has it, to be shown whole");

    // The office is first, and the bureau still helps.
    let other = ana.submits(&report().at(town.spot(1))).await.issue();
    huanwei.accepts(other).await.ok();
    office.commands_at(other, "dispatch", "\"4\"", Uuid::new_v4(), elsewhere).await.ok();
    let body = fixed(&town, &Picture::jpeg(), town.spot(1));
    let stale = huanwei.commands_at(other, "rectify", "\"4\"", Uuid::new_v4(), body).await;
    stale.is_problem(412, "version-stale");
    let current = &stale.body["current"];
    assert_eq!((&current["version"], &current["lead"]), (&5.into(), &"zhifa".into()));
    assert_eq!(kinds(&office, other).await.last().unwrap(), "dispatched");
}

/// Case 36: the office takes the issue away altogether.
#[tokio::test]
async fn a_bureau_that_lost_the_issue_is_told_nothing_of_it() {
    let town = TestApp::start().await;
    let (ana, office, huanwei) = (town.inspector("ana"), town.office(), town.bureau("huanwei"));
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    huanwei.accepts(issue).await.ok();
    let after = huanwei.catches_up().await;
    office.dispatches(issue, "zhifa").await.ok();
    let body = fixed(&town, &Picture::jpeg(), town.spot(0));
    let gone = huanwei.commands_at(issue, "rectify", "\"4\"", Uuid::new_v4(), body).await;
    gone.is_problem(404, "not-found");
    assert_eq!(gone.body["current"], Value::Null);
    let page = huanwei.pulls(Some(&after), 50).await.ok();
    assert_eq!(page["changes"][0]["op"], "remove", "and why it is gone comes with the next pull");
}

/// Case 37: a rectification sent twice.
#[tokio::test]
async fn a_rectification_sent_twice_is_one() {
    let town = TestApp::start().await;
    let (ana, office, huanwei) = (town.inspector("ana"), town.office(), town.bureau("huanwei"));
    let spot = town.spot(0);
    let issue = ana.submits(&report().at(spot)).await.issue();
    huanwei.accepts(issue).await.ok();
    let (picture, id) = (Picture::jpeg(), Uuid::new_v4());
    let body = fixed(&town, &picture, spot);
    let send = || huanwei.commands_at(issue, "rectify", "\"4\"", id, body.clone());
    // At once, and again when the answer was lost.
    let (one, two) = tokio::join!(send(), send());
    huanwei.uploads(&picture).await.ok();
    let three = send().await;
    assert_eq!((one.status, two.status, three.status), (200, 200, 200));
    assert!(one.body == two.body && two.body == three.body, "the first result");
    let events = kinds(&office, issue).await;
    assert_eq!(events.iter().filter(|kind| *kind == "rectified").count(), 1);
    let detail = office.sees(issue).await;
    assert_eq!(detail["rectifications"].as_array().unwrap().len(), 1);
    assert_eq!(detail["rectifications"][0]["photos"].as_array().unwrap().len(), 1);
    // Sent again under another id it is another step, and out of place.
    let again = huanwei.commands_at(issue, "rectify", "\"4\"", Uuid::new_v4(), body.clone()).await;
    again.is_problem(412, "version-stale");
}

async fn at(who: &Person, issue: i64, verb: &str, version: i64, body: &Value) -> support::Answer {
    who.commands_at(issue, verb, &format!("\"{version}\""), Uuid::new_v4(), body.clone()).await
}

/// Case 38: offline edits out of order.
#[tokio::test]
async fn steps_made_offline_take_effect_in_their_order_only() {
    let town = TestApp::start().await;
    let (ana, office, huanwei) = (town.inspector("ana"), town.office(), town.bureau("huanwei"));
    let spot = town.spot(0);
    let issue = ana.submits(&report().at(spot)).await.issue();
    let picture = Picture::jpeg();
    let fix = fixed(&town, &picture, spot);
    // Made in a cellar: accepted on version 3, rectified on what would then be version 4. The second
    // arrives first.
    let early = at(&huanwei, issue, "rectify", 4, &fix).await;
    early.is_problem(412, "version-stale");
    assert_eq!(
        (&early.body["current"]["version"], &early.body["current"]["stage"]),
        (&3.into(), &"dispatched".into())
    );
    at(&huanwei, issue, "accept", 3, &json!({})).await.ok();
    at(&huanwei, issue, "rectify", 4, &fix).await.ok();
    assert_eq!(kinds(&office, issue).await[3..], ["accepted", "rectified"]);

    // The photo was on its way before the step that announces it: refused, and taken afterwards.
    let late = ana.submits(&report().at(town.spot(1))).await.issue();
    let picture = Picture::jpeg();
    huanwei.uploads(&picture).await.is_problem(404, "photo-not-in-manifest");
    huanwei.accepts(late).await.ok();
    at(&huanwei, late, "rectify", 4, &fixed(&town, &picture, town.spot(1))).await.ok();
    assert_eq!(huanwei.uploads(&picture).await.status, 201);
}
