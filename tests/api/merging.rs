//! Two issues that are one problem: reports and photos counted once, both histories tell of it.

use serde_json::{Value, json};
use support::{Answer, Person, TestApp, report};
use uuid::Uuid;
use zhoubian::check::{What, check};
use zhoubian::terminal::Progress;

async fn merges(who: &Person, issue: i64, into: i64) -> Answer {
    who.commands(issue, "merge", json!({"into": into})).await
}

async fn kinds(who: &Person, issue: i64) -> Vec<String> {
    let events = who.gets(&format!("/issues/{issue}/events")).await.ok();
    let kind = |event: &Value| event["kind"].as_str().unwrap().to_owned();
    events["items"].as_array().unwrap().iter().map(kind).collect()
}

/// `zhoubian check` finds nothing wrong.
async fn is_sound(town: &TestApp) {
    let (place, now) = (town.place(), town.now());
    let look = move || {
        let what = What { photos: Some(100), backup: None };
        check(&place, &what, now, &Progress::silent()).unwrap()
    };
    let report = tokio::task::spawn_blocking(look).await.unwrap();
    assert!(report.is_clean() && report.issues > 0, "{report:?}");
}

#[tokio::test]
async fn reports_and_photos_are_the_other_one_s_and_counted_once() {
    let town = TestApp::start().await;
    let (ana, bo, office) = (town.inspector("ana"), town.inspector("bo"), town.office());
    let (one, other) = (report().at(town.spot(0)).photos(2), report().at(town.spot(1)).photos(1));
    let into = ana.submits(&one).await.issue();
    let issue = bo.submits(&other).await.issue();
    for picture in &one.pictures {
        ana.uploads(picture).await.ok();
    }
    // Its photo arrives only after the merge.
    let done = merges(&office, issue, into).await.ok();
    assert_eq!((&done["stage"], &done["merged_into"]), (&"merged".into(), &into.into()));
    assert_eq!((&done["report_count"], &done["photos"]["expected"]), (&0.into(), &0.into()));
    bo.uploads(&other.pictures[0]).await.ok();
    let whole = office.sees(into).await;
    assert_eq!((&whole["report_count"], &whole["merged"]), (&2.into(), &json!([issue])));
    assert_eq!(whole["photos"], json!({"expected": 3, "stored": 3, "unreadable": 0}));
    assert_eq!(whole["reports"].as_array().unwrap().len(), 2);
    assert_eq!(office.sees(issue).await["reports"], json!([]));
    assert_eq!(kinds(&office, issue).await.last().unwrap(), "merged");
    assert!(kinds(&office, into).await.contains(&"absorbed".to_owned()));
    // Whoever sent it sees the other one instead.
    assert_eq!(bo.gets(&format!("/reports/{}", other.id)).await.ok()["receipt"]["issue"], into);
    bo.sees_nothing_of(issue).await;
    assert!(bo.pulls_all().await.contains_key(&into));
    let huanwei = town.bureau("huanwei");
    let held = huanwei.pulls_all().await;
    assert_eq!(held[&issue]["stage"], "merged", "its bureau is told");
    assert_eq!(office.lists("open=true").await, [into]);
    assert_eq!(office.lists("open=false").await, [issue]);
    let figures = "/figures?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
    assert_eq!(office.gets(figures).await.ok()["total"]["due"], 1, "counted once");
    is_sound(&town).await;
}

#[tokio::test]
async fn what_was_pulled_before_is_taken_back() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let into = ana.submits(&report().at(town.spot(0))).await.issue();
    let chen = town.inspector("chen");
    let issue = chen.submits(&report().at(town.spot(1))).await.issue();
    assert!(chen.sees(issue).await["id"] == issue);
    let page = chen.pulls(None, 200).await.ok();
    merges(&office, issue, into).await.ok();
    let page = chen.pulls(page["next"].as_str(), 200).await.ok();
    let changes = page["changes"].as_array().unwrap();
    let told = |id: i64, op: &str| {
        changes.iter().any(|one| one["op"] == op && (one["id"] == id || one["issue"]["id"] == id))
    };
    assert!(told(issue, "remove") && told(into, "upsert"), "{changes:#?}");
}

#[tokio::test]
async fn the_earlier_limit_and_the_graver_condition_hold() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let early = ana.submits(&report().at(town.spot(0)).condition("0101A")).await.issue();
    let limit = office.sees(early).await["due_at"].clone();
    town.wait(30);
    let late = ana.submits(&report().at(town.spot(1)).condition("0101B")).await.issue();
    merges(&office, early, late).await.ok();
    let seen = office.sees(late).await;
    assert_eq!((&seen["condition"], &seen["due_at"]), (&"0101A".into(), &limit));
    is_sound(&town).await;
}

#[tokio::test]
async fn the_same_merge_again_gives_the_first_result_and_each_rule_refuses_by_its_name() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let open = |number: usize| report().at(town.spot(number));
    let into = ana.submits(&open(0)).await.issue();
    let issue = ana.submits(&open(1)).await.issue();
    let id = Uuid::new_v4();
    let first = office.commands_at(issue, "merge", "\"3\"", id, json!({"into": into})).await;
    let again = office.commands_at(issue, "merge", "\"3\"", id, json!({"into": into})).await;
    assert_eq!((first.status, &again.body), (200, &first.body));
    assert_eq!(office.sees(into).await["report_count"], 2);

    let third = ana.submits(&open(2)).await.issue();
    merges(&office, third, third).await.is_problem(409, "merge-into-itself");
    merges(&office, third, issue).await.is_problem(409, "merge-into-ended");
    merges(&office, issue, third).await.is_problem(409, "wrong-stage");
    merges(&office, third, 999_999).await.is_problem(422, "issue-unknown");
    merges(&office, third, -1).await.is_problem(422, "issue-unknown");
    let unsorted = ana.submits(&open(3).unsorted()).await.issue();
    merges(&office, third, unsorted).await.is_problem(409, "merge-into-undispatched");
    let blind = town.supervisor().submits(&open(4).blind()).await.issue();
    merges(&office, blind, third).await.is_problem(409, "merge-blind");
    merges(&office, third, blind).await.is_problem(409, "merge-blind");
    let stale = office.commands_at(third, "merge", "\"1\"", Uuid::new_v4(), json!({"into": into}));
    stale.await.is_problem(412, "version-stale");
    merges(&ana, third, into).await.is_problem(403, "forbidden");
    merges(&town.bureau("huanwei"), third, into).await.is_problem(403, "forbidden");
    merges(&town.bureau("zhifa"), third, into).await.is_problem(404, "not-found");
    merges(&office, unsorted, third).await.ok();
    is_sound(&town).await;
}

#[tokio::test]
async fn two_that_are_merged_into_each_other_at_once_end_as_one() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let one = ana.submits(&report().at(town.spot(0))).await.issue();
    let other = ana.submits(&report().at(town.spot(1))).await.issue();
    let (there, back) = tokio::join!(merges(&office, one, other), merges(&office, other, one));
    let mut statuses = [there.status, back.status];
    statuses.sort_unstable();
    assert!(statuses[0] == 200 && matches!(statuses[1], 409 | 412), "{statuses:?}");
    let open = office.lists("open=true").await;
    assert_eq!(open.len(), 1);
    assert_eq!(office.sees(open[0]).await["report_count"], 2);
    is_sound(&town).await;
}
