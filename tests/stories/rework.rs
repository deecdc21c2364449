//! A fix that was none.

use serde_json::json;
use support::{TestApp, report};

use super::{figures, kinds};

#[tokio::test]
async fn a_failed_verification_counts_as_rework_and_the_old_photo_proves_nothing_new() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    huanwei.accepts(issue).await.ok();
    let old = huanwei.rectifies(issue).await;
    let unsaid = bo.commands(issue, "verify", json!({"passed": false})).await;
    unsaid.is_problem(409, "reason-missing");
    let reopened = bo.fails(issue).await.ok();
    assert_eq!((&reopened["stage"], &reopened["rework"]), (&"reopened".into(), &1.into()));
    assert_eq!(reopened["rectified_at"], serde_json::Value::Null);
    assert_eq!(reopened["first_due_at"], reopened["due_at"], "the clock runs on");

    huanwei.accepts(issue).await.ok();
    let stale = support::Picture::jpeg();
    huanwei.announces_fix(issue, &stale).await.ok();
    bo.passes(issue).await.is_problem(409, "after-photo-not-stored");
    assert_ne!(old.sha256(), stale.sha256());
    huanwei.uploads(&stale).await.ok();
    let closed = bo.passes(issue).await.ok();
    assert_eq!((&closed["stage"], &closed["rework"]), (&"closed".into(), &1.into()));

    let detail = town.office().sees(issue).await;
    assert_eq!(detail["rectifications"].as_array().unwrap().len(), 2);
    assert_eq!(detail["rectifications"][1]["photos"][0]["sha256"], stale.sha256());
    let events = kinds(&town.office(), issue).await;
    assert_eq!(events.iter().filter(|kind| *kind == "rectified").count(), 2);
    let total = figures(&town.office()).await;
    assert_eq!((&total["closed"], &total["rework"]), (&1.into(), &1.into()));
    assert_eq!(total["rework_rate"]["percent"], 100.0);
}

#[tokio::test]
async fn what_the_verifier_saw_is_shown_with_the_verification() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let spot = town.spot(0);
    let issue = ana.submits(&report().at(spot)).await.issue();
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
    let seen = support::Picture::jpeg();
    let line = seen.line_at(town.now(), spot);
    let failed = json!({"passed": false, "note": "still there", "photos": [line]});
    bo.commands(issue, "verify", failed).await.ok();
    let shown = huanwei.sees(issue).await["verifications"][0].clone();
    assert_eq!((&shown["by_name"], &shown["passed"]), (&"bo".into(), &false.into()));
    assert_eq!((&shown["note"], &shown["at"]), (&"still there".into(), &json!(town.now())));
    let photo = &shown["photos"][0];
    assert_eq!((&photo["part"], &photo["state"]), (&"check".into(), &"announced".into()));
    bo.uploads(&seen).await.ok();

    town.wait(5);
    huanwei.accepts(issue).await.ok();
    huanwei.rectifies(issue).await;
    bo.passes(issue).await.ok();
    let detail = huanwei.sees(issue).await;
    let shown = detail["verifications"].as_array().unwrap();
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[0]["photos"][0]["sha256"], seen.sha256());
    assert_eq!(shown[0]["photos"][0]["state"], "stored");
    assert_eq!((&shown[1]["passed"], &shown[1]["photos"]), (&true.into(), &json!([])));
    let served = huanwei.gets(&format!("/photos/{}", seen.sha256())).await;
    assert_eq!((served.status, served.bytes), (200, seen.bytes));
}

#[tokio::test]
async fn a_picture_proves_one_fix_only() {
    let town = TestApp::start().await;
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let spot = town.spot(0);
    let issue = ana.submits(&report().at(spot)).await.issue();
    huanwei.accepts(issue).await.ok();
    let first = huanwei.rectifies(issue).await;
    bo.fails(issue).await.ok();
    town.wait(5);
    huanwei.accepts(issue).await.ok();
    huanwei.announces_fix(issue, &first).await.ok();
    huanwei.uploads(&first).await.ok();
    bo.passes(issue).await.is_problem(409, "after-photo-seen-before");
    bo.fails(issue).await.ok();

    // Nor does the reporter's own picture of the damage prove that it was mended.
    let before = support::Picture::jpeg();
    let other = ana.submits(&report().at(town.spot(1)).picture(&before)).await.issue();
    ana.uploads(&before).await.ok();
    huanwei.accepts(other).await.ok();
    huanwei.announces_fix(other, &before).await.ok();
    huanwei.uploads(&before).await.ok();
    bo.passes(other).await.is_problem(409, "after-photo-seen-before");
}

#[tokio::test]
async fn nobody_of_a_bureau_on_it_verifies_and_nobody_without_the_office_overrides() {
    let town = TestApp::start().await;
    let (ana, huanwei, office) = (town.inspector("ana"), town.bureau("huanwei"), town.office());
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    town.bureau("xinhua").accepts(issue).await.is_problem(409, "not-lead");
    huanwei.accepts(issue).await.ok();
    huanwei.passes(issue).await.is_problem(403, "forbidden");
    let reason = json!({"reason": "道路改造，无法再拍"});
    ana.commands(issue, "override", reason.clone()).await.is_problem(403, "forbidden");
    let mute = json!({"reason": " "});
    office.commands(issue, "override", mute).await.is_problem(409, "reason-missing");
    town.wait(30);
    let closed = office.commands(issue, "override", reason).await.ok();
    assert_eq!(closed["stage"], "closed");
    assert_eq!(closed["handled_at"], closed["closed_at"]);
    assert_eq!(kinds(&office, issue).await.last().unwrap(), "overridden");
}
