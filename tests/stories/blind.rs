//! 暗访: what the supervision team finds is kept from those it is about.

use support::{TestApp, report};

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
    assert_eq!((&filed["stage"], &filed["lead"]), (&"filed".into(), &serde_json::Value::Null));
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
