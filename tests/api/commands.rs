//! Commands: on the version one saw, once.

use reqwest::Method;
use serde_json::json;
use support::{TestApp, report};
use uuid::Uuid;

#[tokio::test]
async fn a_command_names_the_version_it_was_decided_on() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let path = format!("/issues/{issue}:accept");
    let without = huanwei.request(Method::POST, &path).json(&json!({"command_id": Uuid::new_v4()}));
    town.nobody.send(without).await.is_problem(428, "precondition-required");
    for garbage in
        ["W/\"3\"", "3", "*", "\"3\", \"4\"", "\"x\"", "\"\"", "\"99999999999999999999\"", "\""]
    {
        let answer = huanwei.commands_at(issue, "accept", garbage, Uuid::new_v4(), json!({})).await;
        answer.is_problem(400, "request-malformed");
    }
    for stale in ["\"2\"", "\"4\"", "\"-3\"", "\"0\""] {
        let answer = huanwei.commands_at(issue, "accept", stale, Uuid::new_v4(), json!({})).await;
        answer.is_problem(412, "version-stale");
        assert_eq!(
            (&answer.body["current"]["version"], &answer.body["current"]["id"]),
            (&3.into(), &issue.into())
        );
    }
    let done = huanwei.commands_at(issue, "accept", "\"3\"", Uuid::new_v4(), json!({})).await;
    assert_eq!((done.status, done.header("etag")), (200, "\"4\""));
    let detail = office.gets(&format!("/issues/{issue}")).await;
    assert_eq!(detail.header("etag"), "\"4\"");
}

#[tokio::test]
async fn the_same_command_again_gives_the_first_result() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let ana = town.inspector("ana");
    let issue = ana.submits(&report().at(town.spot(0))).await.issue();
    let other = ana.submits(&report().at(town.spot(1))).await.issue();
    let id = Uuid::new_v4();
    let first = huanwei.commands_at(issue, "accept", "\"3\"", id, json!({})).await;
    town.wait(10);
    huanwei.rectifies(issue).await;
    let again = huanwei.commands_at(issue, "accept", "\"3\"", id, json!({})).await;
    assert_eq!((again.status, again.header("etag")), (200, "\"4\""));
    assert_eq!(again.body, first.body, "as it then stood");
    // With another verb, another issue, another body: another command.
    let body = json!({"reason": "gone", "note": "gone"});
    huanwei
        .commands_at(issue, "return", "\"3\"", id, body)
        .await
        .is_problem(409, "command-conflict");
    huanwei
        .commands_at(other, "accept", "\"3\"", id, json!({}))
        .await
        .is_problem(409, "command-conflict");
    let dispatch = |lead: &str| json!({"lead": lead, "reason": "desk"});
    let id = Uuid::new_v4();
    office.commands_at(other, "dispatch", "\"3\"", id, dispatch("zhifa")).await.ok();
    let changed = office.commands_at(other, "dispatch", "\"3\"", id, dispatch("huanwei")).await;
    changed.is_problem(409, "command-conflict");
    // Ids are each account's own.
    let also = town
        .person("dispatch01")
        .commands_at(other, "dispatch", "\"4\"", id, dispatch("huanwei"))
        .await;
    assert_eq!(also.status, 200);
}

#[tokio::test]
async fn a_refused_command_may_be_sent_again_when_it_fits() {
    let town = TestApp::start().await;
    let (huanwei, bo) = (town.bureau("huanwei"), town.inspector("bo"));
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    huanwei.accepts(issue).await.ok();
    let picture = support::Picture::jpeg();
    huanwei.announces_fix(issue, &picture).await.ok();
    let (id, body) = (Uuid::new_v4(), json!({"passed": true}));
    bo.commands_at(issue, "verify", "\"5\"", id, body.clone())
        .await
        .is_problem(409, "after-photo-not-stored");
    huanwei.uploads(&picture).await.ok();
    assert_eq!(bo.commands_at(issue, "verify", "\"6\"", id, body).await.ok()["stage"], "closed");
}

#[tokio::test]
async fn another_bureaus_issue_is_not_there() {
    let town = TestApp::start().await;
    let zhifa = town.bureau("zhifa");
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    for number in [issue, 999, -1, i64::MAX] {
        for (verb, body) in [
            ("accept", json!({})),
            ("return", json!({"reason": "gone", "note": "gone"})),
            ("rectify", json!({"outcome": "rectified", "photos": []})),
        ] {
            let answer = zhifa.commands_at(number, verb, "\"3\"", Uuid::new_v4(), body).await;
            answer.is_problem(404, "not-found");
        }
        zhifa.gets(&format!("/issues/{number}")).await.is_problem(404, "not-found");
    }
}

#[tokio::test]
async fn each_stage_takes_its_own_steps_and_offers_no_other() {
    let town = TestApp::start().await;
    let (huanwei, bo, office) = (town.bureau("huanwei"), town.inspector("bo"), town.office());
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let allowed = async |who: &support::Person| who.sees(issue).await["allowed"].clone();
    assert_eq!(allowed(&huanwei).await, json!(["accept", "return", "set-task"]));
    assert_eq!(
        allowed(&office).await,
        json!(["dispatch", "defer", "shelve", "merge", "void", "set-task"])
    );
    assert_eq!(allowed(&bo).await, json!([]));
    bo.passes(issue).await.is_problem(409, "wrong-stage");
    office.files(issue, "0101B").await.is_problem(409, "wrong-stage");
    huanwei.accepts(issue).await.ok();
    huanwei.accepts(issue).await.is_problem(409, "wrong-stage");
    assert_eq!(
        allowed(&huanwei).await,
        json!(["return", "rectify", "extend", "defer", "shelve", "set-task"])
    );
    assert_eq!(
        allowed(&office).await,
        json!(["dispatch", "defer", "shelve", "override", "merge", "void", "set-task"])
    );
    huanwei.rectifies(issue).await;
    assert_eq!(allowed(&huanwei).await, json!([]));
    assert_eq!(allowed(&bo).await, json!(["verify"]));
    assert_eq!(allowed(&office).await, json!(["verify", "override", "void"]));
}
