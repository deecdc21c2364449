//! 暗访: what the supervision team finds is kept from those it is about.

use jiff::Timestamp;
use serde_json::Value;
use support::{Person, TestApp, report};
use uuid::Uuid;

#[tokio::test]
async fn a_blind_finding_is_invisible_until_released() {
    let town = TestApp::start().await;
    let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
    let (supervisor, office, admin) = (town.supervisor(), town.office(), town.admin());
    let draft = report().at(town.spot(0)).blind().photos(1);
    let issue = supervisor.submits(&draft).await.issue();
    supervisor.uploads(&draft.pictures[0]).await.ok();
    let photo = format!("/photos/{}", draft.pictures[0].sha256());
    for kept in [&ana, &huanwei, &town.bureau("xinhua"), &admin] {
        kept.sees_nothing_of(issue).await;
        kept.gets(&photo).await.is_problem(404, "not-found");
        kept.gets(&format!("/issues/{issue}/events")).await.is_problem(404, "not-found");
    }
    assert_eq!(office.gets(&photo).await.bytes, draft.pictures[0].bytes);

    let filed = office.files(issue, "0101B").await.ok();
    assert_eq!((&filed["stage"], &filed["lead"]), (&"filed".into(), &Value::Null));
    huanwei.sees_nothing_of(issue).await;
    office.dispatches(issue, "huanwei").await.is_problem(409, "blind-unreleased");
    office.commands(issue, "release", serde_json::json!({})).await.ok();
    assert_eq!(ana.sees(issue).await["stage"], "filed", "released, it shows in her duty area");
    assert!(ana.pulls_all().await.contains_key(&issue));
    huanwei.sees_nothing_of(issue).await;
    office.dispatches(issue, "huanwei").await.ok();
    assert_eq!(huanwei.pulls_all().await[&issue]["stage"], "dispatched");
    office.commands(issue, "release", serde_json::json!({})).await.is_problem(409, "wrong-stage");
}

#[tokio::test]
async fn whoever_is_shown_a_blind_finding_is_on_record() {
    let town = TestApp::start().await;
    let (supervisor, office, desk) = (town.supervisor(), town.office(), town.person("dispatch01"));
    let draft = report().at(town.spot(0)).blind().photos(1);
    let issue = supervisor.submits(&draft).await.issue();
    supervisor.uploads(&draft.pictures[0]).await.ok();
    assert_eq!(shown(&office, issue).await, [], "nobody has asked for it yet");

    office.lists("").await;
    office.sees(issue).await;
    town.wait(15);
    office.sees(issue).await;
    desk.gets(&format!("/photos/{}", draft.pictures[0].sha256())).await.ok();
    town.wait(1);
    desk.gets("/issues.csv").await.ok();
    supervisor.pulls_all().await;
    let name = |person: &Person| person.member.account;
    let expected = [
        (name(&office), "listed", 0),
        (name(&office), "opened", 15),
        (name(&desk), "photo", 0),
        (name(&desk), "exported", 0),
        (name(&supervisor), "listed", 0),
    ];
    let mut sorted = expected.map(|(account, way, minutes)| (account, way.to_owned(), minutes));
    sorted.sort();
    assert_eq!(shown(&office, issue).await, sorted);

    for kept in [town.inspector("ana"), town.bureau("huanwei"), town.admin()] {
        let answer = kept.gets(&format!("/issues/{issue}/viewings")).await;
        answer.is_problem(404, "not-found");
    }
    office.commands(issue, "release", serde_json::json!({})).await.ok();
    let before = shown(&supervisor, issue).await;
    town.inspector("ana").sees(issue).await;
    town.person("watch").sees(issue).await;
    assert_eq!(shown(&supervisor, issue).await, before, "it is no secret any more");
    let answer = town.inspector("ana").gets(&format!("/issues/{issue}/viewings")).await;
    answer.is_problem(403, "forbidden");
}

#[tokio::test]
async fn a_refused_step_that_shows_a_blind_finding_is_on_record_too() {
    let town = TestApp::start().await;
    let (supervisor, office) = (town.supervisor(), town.office());
    let issue = supervisor.submits(&report().at(town.spot(0)).blind()).await.issue();
    let guess = serde_json::json!({});
    let stale = office.commands_at(issue, "release", "\"99\"", Uuid::new_v4(), guess).await;
    stale.is_problem(412, "version-stale");
    assert_eq!(shown(&supervisor, issue).await, [(office.member.account, "opened".to_owned(), 0)]);
    let open = town.inspector("ana").submits(&report().at(town.spot(1))).await.issue();
    office.sees(open).await;
    assert_eq!(shown(&office, open).await, [], "what bureaus see leaves no trace");
}

/// Whom an issue was shown to and in which way, with the minutes between the first time and the last; sorted.
async fn shown(reader: &Person, issue: i64) -> Vec<(i64, String, i64)> {
    let page = reader.gets(&format!("/issues/{issue}/viewings")).await.ok();
    let at = |one: &Value, key: &str| one[key].as_str().unwrap().parse::<Timestamp>().unwrap();
    let mut all: Vec<_> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let lasted = at(one, "last_at").duration_since(at(one, "first_at"));
            let way = one["way"].as_str().unwrap().to_owned();
            (one["account"].as_i64().unwrap(), way, lasted.as_mins())
        })
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_blind_finding_joins_nothing_that_bureaus_see() {
    let town = TestApp::start().await;
    let (ana, supervisor) = (town.inspector("ana"), town.supervisor());
    let seen = ana.submits(&report().at(town.spot(0))).await.issue();
    let blind = supervisor.submits(&report().at(town.spot(0)).blind()).await;
    assert_eq!(blind.body["joined"], false);
    let blind = blind.issue();
    assert_ne!(blind, seen);
    assert_eq!(supervisor.submits(&report().at(town.spot(0)).blind()).await.issue(), blind);
    assert_eq!(ana.submits(&report().at(town.spot(0))).await.issue(), seen);
    assert_eq!(
        supervisor.submits(&report().at(town.spot(0)).from_supervision()).await.issue(),
        seen
    );
}

#[tokio::test]
async fn an_inspector_does_not_report_blind_nor_for_others() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let blind = report().at(town.spot(0)).with("blind", true.into());
    ana.submits(&blind).await.is_problem(422, "source-not-yours");
    ana.submits(&report().at(town.spot(0)).from_supervision())
        .await
        .is_problem(422, "source-not-yours");
    assert_eq!(town.office().lists("").await, Vec::<i64>::new());
}
