//! Many at once.

use std::collections::BTreeSet;

use support::{Answer, Draft, Person, TestApp, report};
use tokio::task::JoinSet;

/// Sends all of these at once.
async fn all_at_once(sent: impl Iterator<Item = (Person, Draft)>) -> Vec<Answer> {
    let mut at_once = JoinSet::new();
    for (who, draft) in sent {
        at_once.spawn(async move { who.submits(&draft).await });
    }
    at_once.join_all().await
}

#[tokio::test]
async fn sixteen_who_report_one_problem_at_once_make_one_issue() {
    let town = TestApp::start().await;
    let draft = |n: u8| report().at(town.spot(0).north(f64::from(n) * 0.5)).note(&n.to_string());
    let sent = (1..=16).map(|n| (town.inspector(&format!("inspector{n:02}")), draft(n)));
    let answers = all_at_once(sent).await;
    assert!(answers.iter().all(|answer| answer.status == 201));
    assert_eq!(answers.iter().filter(|answer| answer.body["joined"] == false).count(), 1);
    let issues: BTreeSet<i64> = answers.into_iter().map(Answer::issue).collect();
    assert_eq!(issues.len(), 1);
    let detail = town.office().sees(*issues.first().unwrap()).await;
    assert_eq!(
        (&detail["report_count"], detail["reports"].as_array().unwrap().len()),
        (&16.into(), 16)
    );
    assert_eq!(town.office().lists("").await.len(), 1);
}

#[tokio::test]
async fn one_report_sent_sixteen_times_at_once_is_one_report() {
    let town = TestApp::start().await;
    let (ana, draft) = (town.inspector("ana"), report().at(town.spot(0)).photos(2));
    let answers = all_at_once((0..16).map(|_| (ana.clone(), draft.clone()))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [[200; 15].as_slice(), &[201]].concat());
    let issue = answers[0].clone().issue();
    assert!(answers.iter().all(|answer| answer.body["issue"] == issue));
    let detail = ana.sees(issue).await;
    assert_eq!((&detail["report_count"], &detail["photos"]["expected"]), (&1.into(), &2.into()));
    assert_eq!(town.office().lists("").await, [issue]);
}

#[tokio::test]
async fn a_photo_sent_many_times_at_once_is_counted_once() {
    let town = TestApp::start().await;
    let (ana, draft) = (town.inspector("ana"), report().at(town.spot(0)).photos(1));
    let issue = ana.submits(&draft).await.issue();
    let mut at_once = JoinSet::new();
    for _ in 0..8 {
        let (ana, picture) = (ana.clone(), draft.pictures[0].clone());
        at_once.spawn(async move { ana.uploads(&picture).await.status });
    }
    let mut statuses = at_once.join_all().await;
    statuses.sort_unstable();
    assert!(statuses.iter().all(|status| [200, 201].contains(status)), "{statuses:?}");
    let detail = ana.sees(issue).await;
    assert_eq!(detail["photos"]["stored"], 1);
    assert_eq!(detail["version"], 4, "reported, filed, dispatched, photo stored");
}

#[tokio::test]
async fn of_two_who_decide_on_one_version_one_is_told() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let accept =
        huanwei.commands_at(issue, "accept", "\"3\"", uuid::Uuid::new_v4(), serde_json::json!({}));
    let body = serde_json::json!({"lead": "zhifa", "reason": "desk"});
    let dispatch = office.commands_at(issue, "dispatch", "\"3\"", uuid::Uuid::new_v4(), body);
    let (accept, dispatch) = tokio::join!(accept, dispatch);
    // Who came first is chance; that exactly one did is not. To the bureau it may be gone already.
    let outcomes = (accept.status, dispatch.status);
    assert!([(200, 412), (404, 200)].contains(&outcomes), "{outcomes:?}");
    assert_eq!(office.sees(issue).await["version"], 4);
}
