//! 分阶段时限: fenced off in two urgent hours, repaired in two working days; each stage is due by itself.

use serde_json::{Value, json};
use support::{Answer, Person, Picture, TestApp, report};

/// A manhole without its cover, reported on Monday 16 November at 9:00 and accepted; its limit is 2紧急工作时+2工作日.
async fn open_manhole(town: &TestApp) -> (i64, Person) {
    let draft = report().at(town.spot(0)).category("1102").condition("1102A");
    let issue = town.inspector("ana").submits(&draft).await.issue();
    if town.office().sees(issue).await["unrouted"] == true {
        let body = json!({"lead": "huanwei", "reason": "the nearest"});
        town.office().commands(issue, "dispatch", body).await.ok();
    }
    let lead = town.office().sees(issue).await["lead"].as_str().unwrap().to_owned();
    let lead = town.bureau(&lead);
    lead.accepts(issue).await.ok();
    (issue, lead)
}

async fn secures(who: &Person, issue: i64, photos: &[Value]) -> Answer {
    who.commands(issue, "secure", json!({"note": "已围挡", "photos": photos})).await
}

const FENCED_BY: &str = "2026-11-16T03:00:00Z";
const REPAIRED_BY: &str = "2026-11-18T03:00:00Z";

#[tokio::test]
async fn the_stage_that_is_due_next_is_what_lists_and_pulls_go_by() {
    let town = TestApp::start().await;
    let (issue, lead) = open_manhole(&town).await;
    let office = town.office();
    let later = report().at(town.spot(1)).category("0104").condition("0104A");
    let later = town.inspector("ana").submits(&later).await.issue();
    let seen = lead.sees(issue).await;
    assert_eq!((&seen["due_at"], &seen["next_due_at"]), (&json!(REPAIRED_BY), &json!(FENCED_BY)));
    assert_eq!(seen["stage_due"], json!({"n": 1, "of": 2, "limit": "2紧急工作时"}));
    assert_eq!(lead.pulls_all().await[&issue]["next_due_at"], FENCED_BY);
    assert_eq!(office.lists("open=true").await, [issue, later], "the fence comes first");
    let before_noon = "open=true&due_before=2026-11-16T04:00:00Z";
    assert_eq!(office.lists(before_noon).await, [issue]);

    town.wait(121);
    assert_eq!(lead.lists("due=overdue").await, [issue]);
    assert_eq!(office.gets("/morning").await.ok()["figures"]["overdue"], 1);

    secures(&lead, issue, &[]).await.is_problem(409, "after-photo-missing");
    let fence = Picture::jpeg();
    let secured = secures(&lead, issue, &[fence.line(town.now())]).await.ok();
    lead.uploads(&fence).await.ok();
    assert_eq!(
        (&secured["stage"], &secured["next_due_at"]),
        (&json!("accepted"), &json!(REPAIRED_BY))
    );
    assert_eq!((&secured["stage_due"], &secured["due_at"]), (&Value::Null, &json!(REPAIRED_BY)));
    assert_eq!(lead.lists("due=overdue").await, [0_i64; 0]);
    assert_eq!(office.lists("open=true").await, [later, issue]);
    assert_eq!(lead.pulls_all().await[&issue]["next_due_at"], REPAIRED_BY);
    secures(&lead, issue, &[fence.line(town.now())]).await.is_problem(409, "no-stage-open");

    let told = office.sees(issue).await["secured"][0].clone();
    assert_eq!(
        (&told["note"], &told["photos"][0]["sha256"]),
        (&json!("已围挡"), &json!(fence.sha256()))
    );
    let limit = office.gets(&format!("/issues/{issue}/limit")).await.ok();
    let last = limit["changes"].as_array().unwrap().last().unwrap();
    assert_eq!(last["kind"], "secured");
    assert_eq!(
        last["words"]["zh"], "11-16 周一 11:01 第 1 阶段完成，11-18 周三 11:00 到期",
        "the limit of the next stage runs on"
    );
}

#[tokio::test]
async fn a_fence_is_the_leads_to_put_up_and_closes_nothing() {
    let town = TestApp::start().await;
    let (issue, lead) = open_manhole(&town).await;
    let office = town.office();
    let offers = async |who: &Person| {
        who.sees(issue).await["allowed"].as_array().unwrap().contains(&json!("secure"))
    };
    assert!(offers(&lead).await && !offers(&office).await);
    let photos = [Picture::jpeg().line(town.now())];
    secures(&office, issue, &photos).await.is_problem(403, "forbidden");
    secures(&town.inspector("bo"), issue, &photos).await.is_problem(403, "forbidden");
    let other = if lead.sees(issue).await["lead"] == "huanwei" { "xinhua" } else { "huanwei" };
    secures(&town.bureau(other), issue, &photos).await.is_problem(404, "not-found");

    let fence = Picture::jpeg();
    secures(&lead, issue, &[fence.line(town.now())]).await.ok();
    lead.uploads(&fence).await.ok();
    assert!(!offers(&lead).await);
    town.inspector("bo").passes(issue).await.is_problem(409, "wrong-stage");
    town.wait(10);
    lead.rectifies(issue).await;
    let bo = town.inspector("bo");
    assert_eq!(bo.passes(issue).await.ok()["stage"], "closed", "the repair is what is verified");
}

#[tokio::test]
async fn a_limit_of_one_stage_is_due_once() {
    let town = TestApp::start().await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let huanwei = town.bureau("huanwei");
    huanwei.accepts(issue).await.ok();
    let seen = huanwei.sees(issue).await;
    assert_eq!((&seen["next_due_at"], &seen["stage_due"]), (&seen["due_at"], &Value::Null));
    let photos = [Picture::jpeg().line(town.now())];
    secures(&huanwei, issue, &photos).await.is_problem(409, "no-stage-open");
}
