//! What needs the desk: no category, no rule, no truth in it.

use serde_json::{Value, json};
use support::{TestApp, report};

use super::{figures, kinds};

#[tokio::test]
async fn a_manhole_cover_waits_in_the_unrouted_queue() {
    let town = TestApp::start().await;
    let (ana, office, gongdian) = (town.inspector("ana"), town.office(), town.bureau("gongdian"));
    let routed = ana.submits(&report().at(town.spot(1))).await.issue();
    let receipt = ana.submits(&report().at(town.spot(0)).category("1102").condition("1102A")).await;
    assert_eq!(receipt.body["stage"], "filed");
    let issue = receipt.issue();
    assert_eq!(office.lists("unrouted=true").await, [issue]);
    assert_eq!(office.lists("unrouted=false").await, [routed]);
    let waiting = office.sees(issue).await;
    assert_eq!(waiting["routing"]["because"]["kind"], "unresolved");
    assert_eq!((&waiting["due_at"], &waiting["lead"]), (&Value::Null, &Value::Null));
    town.wait(45);
    let nobody = json!({"lead": "nobody", "reason": "desk"});
    office.commands(issue, "dispatch", nobody).await.is_problem(422, "bureau-unknown");
    let mute = json!({"lead": "gongdian", "reason": ""});
    office.commands(issue, "dispatch", mute).await.is_problem(409, "reason-missing");
    let body = json!({"lead": "gongdian", "cooperating": ["xinhua"], "reason": "电力井盖"});
    let sent = office.commands(issue, "dispatch", body).await.ok();
    assert_eq!(
        sent["dispatched_at"], "2026-11-16T01:45:00Z",
        "the clock starts at the first dispatch"
    );
    assert_eq!((&sent["unrouted"], &sent["routing"]["rule"]), (&false.into(), &Value::Null));
    assert_eq!(office.lists("unrouted=true").await, Vec::<i64>::new());
    assert!(gongdian.pulls_all().await.contains_key(&issue));
    assert!(town.bureau("xinhua").pulls_all().await.contains_key(&issue));
}

#[tokio::test]
async fn a_report_without_category_is_filed_by_the_desk_and_then_routed_by_rule() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let receipt = ana.submits(&report().at(town.spot(0)).unsorted().note("什么东西")).await;
    assert_eq!(receipt.body["stage"], "reported");
    assert_eq!(receipt.body["flags"][0]["code"], "category-missing");
    let issue = receipt.issue();
    ana.files(issue, "0101B").await.is_problem(403, "forbidden");
    let elsewhere = json!({"category": "0102", "condition": "0101B"});
    office.commands(issue, "file", elsewhere).await.is_problem(422, "condition-unknown");
    let filed = office.files(issue, "0101B").await.ok();
    assert_eq!((&filed["stage"], &filed["lead"]), (&"dispatched".into(), &"huanwei".into()));
    assert_eq!(kinds(&office, issue).await, ["reported", "filed", "dispatched"]);
    let joined = ana.submits(&report().at(town.spot(0))).await;
    assert_eq!(joined.body["joined"], true, "filed, it can be matched by its family");
}

#[tokio::test]
async fn what_the_public_says_is_looked_at_before() {
    let town = TestApp::start().await;
    let office = town.office();
    for source in ["citizen", "hotline_12345", "chat_group", "media"] {
        let draft = report().at(town.spot(0)).with("source", source.into());
        let receipt = office.submits(&draft).await;
        assert_eq!(receipt.body["stage"], "reported", "{source}");
        let body = json!({"reason": "false_alarm", "note": "现场无此问题"});
        assert_eq!(office.commands(receipt.issue(), "refuse", body).await.ok()["stage"], "refused");
    }
    assert_eq!(figures(&office).await["due"], 0);
}

#[tokio::test]
async fn a_void_issue_leaves_the_figures() {
    let town = TestApp::start().await;
    let (ana, office) = (town.inspector("ana"), town.office());
    let (kept, gone) = (
        ana.submits(&report().at(town.spot(0))).await.issue(),
        ana.submits(&report().at(town.spot(1))).await.issue(),
    );
    assert_eq!(figures(&office).await["due"], 2);
    let before = office.gets("/changes").await.ok()["next"].as_str().unwrap().to_owned();
    let voided = office.voids(gone).await.ok();
    assert_eq!(voided["stage"], "void");
    assert_eq!(figures(&office).await["due"], 1);
    assert_eq!(office.lists("open=true").await, [kept]);
    // As of the position before, the day's figures are what they were.
    let seq = before.split('.').nth(1).unwrap();
    let then = office
        .gets(&format!("/figures?from=2026-11-16T00:00:00Z&to=2026-11-17T00:00:00Z&as_of={seq}"))
        .await;
    assert_eq!(then.ok()["total"]["due"], 2);
    office.voids(gone).await.is_problem(409, "wrong-stage");
}
