//! 缓办 and 挂账: asked for or ordered, decided by two persons; the clock stands still, the figures subtract it once,
//! and it comes back with as much time as was left.

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use support::{Answer, Person, Picture, TestApp, report};

fn instant(of: &Value) -> Timestamp {
    of.as_str().unwrap().parse().unwrap()
}

async fn accepted(town: &TestApp) -> i64 {
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    town.bureau("huanwei").accepts(issue).await.ok();
    issue
}

async fn defers(who: &Person, issue: i64, until: Timestamp) -> Answer {
    who.commands(issue, "defer", json!({"until": until, "reason": "冬季不能摊铺"})).await
}

async fn shelves(who: &Person, issue: i64, cost_yuan: i64, form: &[Value]) -> Answer {
    let body = json!({"cost_yuan": cost_yuan, "reason": "须列入预算", "photos": form});
    who.commands(issue, "shelve", body).await
}

async fn decides(who: &Person, issue: i64, approved: bool) -> Answer {
    who.commands(issue, "decide", json!({"approved": approved, "note": "属实"})).await
}

async fn both_approve(town: &TestApp, issue: i64) -> Value {
    decides(&town.office(), issue, true).await.ok();
    decides(&town.person("watch"), issue, true).await.ok()
}

/// What was due in a span of days of November, and what was subtracted.
async fn due(office: &Person, from: &str, to: &str) -> (u64, u64) {
    let span = format!("from={from}T00:00:00Z&to={to}T00:00:00Z");
    let total = office.gets(&format!("/figures?{span}")).await.ok()["total"].clone();
    (total["due"].as_u64().unwrap(), total["suspended"].as_u64().unwrap())
}

#[tokio::test]
async fn a_deferral_stops_the_clock_and_comes_back_by_itself_after_downtime() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let issue = accepted(&town).await;
    let limit = instant(&huanwei.sees(issue).await["due_at"]);
    let (asked_at, until) = (town.now(), town.now() + 72.hours());
    let asked = defers(&huanwei, issue, until).await.ok();
    assert_eq!(
        (&asked["request"]["kind"], &asked["stage"]),
        (&json!("deferral"), &json!("accepted"))
    );
    assert_eq!(office.lists("asked=true").await, [issue]);
    town.wait(5);
    let deferred = both_approve(&town, issue).await;
    assert_eq!((&deferred["stage"], &deferred["due_at"]), (&json!("deferred"), &json!(limit)));
    assert_eq!(instant(&deferred["suspension"]["stopped_at"]), asked_at);
    assert_eq!(instant(&deferred["suspension"]["until"]), until);
    assert_eq!(office.lists("stage=deferred").await, [issue]);
    assert!(office.sees(issue).await["allowed"].to_string().contains("resume"));
    huanwei.commands(issue, "accept", json!({})).await.is_problem(409, "wrong-stage");

    // Long after its limit nobody is late, and it is subtracted once.
    town.wait(2 * 24 * 60);
    assert!(office.lists("due=overdue").await.is_empty());
    assert_eq!(due(&office, "2026-11-16", "2026-11-18").await, (0, 1));
    assert_eq!(due(&office, "2026-11-18", "2026-12-01").await, (0, 0));
    assert_eq!(town.resumes().await, 0, "its date is still to come");

    // The server was down when the date came, and two processes look at once.
    town.wait(3 * 24 * 60);
    let (one, other) = tokio::join!(town.resumes(), town.resumes());
    assert_eq!(one + other, 1);
    let back = office.sees(issue).await;
    assert_eq!((&back["stage"], &back["suspension"]), (&json!("accepted"), &Value::Null));
    let left = limit.duration_since(asked_at);
    assert_eq!(
        instant(&back["due_at"]),
        until + left,
        "dated from its date, not from when it was noticed"
    );
    assert_eq!(back["first_due_at"], json!(limit));
    let events = office.gets(&format!("/issues/{issue}/events")).await.ok();
    let kinds: Vec<&str> =
        events["items"].as_array().unwrap().iter().filter_map(|e| e["kind"].as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "resumed").count(), 1, "{kinds:?}");
    assert_eq!(
        due(&office, "2026-11-16", "2026-12-01").await,
        (1, 0),
        "it is due by its limit now"
    );
    let told = office.sees(issue).await["requests"][0].clone();
    assert_eq!((&told["approved"], &told["bureau"]), (&json!(true), &json!("huanwei")));
    assert_eq!(huanwei.pulls_all().await[&issue]["stage"], "accepted");
}

#[tokio::test]
async fn what_is_shelved_stands_in_the_ledger_with_its_cost_and_is_reviewed_every_month() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let issue = accepted(&town).await;
    shelves(&huanwei, issue, 380_000, &[]).await.is_problem(409, "form-missing");
    shelves(&huanwei, issue, 0, &[]).await.is_problem(422, "cost-invalid");
    let form = Picture::jpeg();
    shelves(&huanwei, issue, 380_000, &[form.line(town.now())]).await.ok();
    huanwei.uploads(&form).await.ok();
    let shelved = both_approve(&town, issue).await;
    assert_eq!(
        (&shelved["stage"], &shelved["suspension"]["cost_yuan"]),
        (&json!("shelved"), &json!(380_000))
    );
    // Monday 16 November 2026, 09:00: a month later it is Wednesday 16 December.
    assert_eq!(shelved["suspension"]["review_by"], "2026-12-16T01:00:00Z");
    let photo = &office.sees(issue).await["requests"][0]["photos"][0];
    assert_eq!(photo["part"], "form");

    for reader in [&office, &huanwei, &town.supervisor()] {
        let ledger = reader.gets("/suspensions").await.ok();
        assert_eq!((&ledger["count"], &ledger["cost_yuan"]), (&json!(1), &json!(380_000)));
        assert_eq!((&ledger["items"][0]["id"], &ledger["overdue"]), (&json!(issue), &json!(0)));
    }
    let nothing = town.bureau("gongdian").gets("/suspensions").await.ok();
    assert_eq!((&nothing["count"], &nothing["cost_yuan"]), (&json!(0), &json!(0)));
    assert_eq!(office.gets("/suspensions?kind=deferred").await.ok()["count"], 0);

    town.wait(31 * 24 * 60);
    assert_eq!(office.gets("/suspensions").await.ok()["overdue"], 1);
    assert_eq!(town.resumes().await, 0, "it does not come back by itself");
    office.commands(issue, "review", json!({"note": " "})).await.is_problem(409, "reason-missing");
    let reviewed = office.commands(issue, "review", json!({"note": "资金未落实"})).await.ok();
    assert_eq!(reviewed["suspension"]["reviews"], 1);
    assert_eq!(office.gets("/suspensions").await.ok()["overdue"], 0);
    assert_eq!(office.sees(issue).await["reviews"][0]["note"], "资金未落实");

    let back = huanwei.commands(issue, "resume", json!({"note": "资金到位"})).await.ok();
    assert_eq!((&back["stage"], &back["suspension"]), (&json!("accepted"), &Value::Null));
    assert!(instant(&back["due_at"]) > town.now());
    assert_eq!(office.gets("/suspensions").await.ok()["count"], 0);
    huanwei.rectifies(issue).await;
}

#[tokio::test]
async fn the_office_orders_and_a_second_person_of_it_decides() {
    let town = TestApp::start().await;
    let (office, watch) = (town.office(), town.person("watch"));
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let until = town.now() + 48.hours();
    defers(&town.bureau("huanwei"), issue, until).await.is_problem(409, "wrong-stage");
    let ordered = defers(&office, issue, until).await.ok();
    assert_eq!(ordered["request"]["endorsed"], true, "it is the first level by that");
    decides(&office, issue, true).await.is_problem(409, "request-same-person");
    let deferred = decides(&watch, issue, true).await.ok();
    assert_eq!(deferred["stage"], "deferred");
    let told = office.sees(issue).await["requests"][0].clone();
    assert_eq!(told["bureau"], Value::Null);
    office.commands(issue, "resume", json!({"note": "施工提前"})).await.ok();
    assert_eq!(office.sees(issue).await["stage"], "dispatched");
}

#[tokio::test]
async fn what_may_not_be_is_refused_by_name() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let issue = accepted(&town).await;
    defers(&huanwei, issue, town.now()).await.is_problem(409, "deferral-over");
    defers(&huanwei, issue, town.now() + (24 * 400).hours()).await.is_problem(409, "until-too-far");
    for who in [&town.inspector("ana"), &town.supervisor()] {
        defers(who, issue, town.now() + 9.hours()).await.is_problem(403, "forbidden");
        who.commands(issue, "resume", json!({"note": "x"})).await.is_problem(403, "forbidden");
    }
    huanwei.commands(issue, "review", json!({"note": "x"})).await.is_problem(403, "forbidden");
    office.commands(issue, "resume", json!({"note": "x"})).await.is_problem(409, "wrong-stage");
    office.commands(issue, "review", json!({"note": "x"})).await.is_problem(409, "wrong-stage");
    town.inspector("ana").gets("/suspensions").await.is_problem(403, "forbidden");
    office.gets("/suspensions?kind=lost").await.is_problem(422, "kind-unknown");
    // Too late for the date that was asked for: it can only be declined.
    defers(&huanwei, issue, town.now() + 2.hours()).await.ok();
    decides(&office, issue, true).await.ok();
    town.wait(150);
    decides(&town.person("watch"), issue, true).await.is_problem(409, "deferral-over");
    decides(&town.person("watch"), issue, false).await.ok();
    assert_eq!(office.sees(issue).await["stage"], "accepted");
}
