//! 飞线: the subdistrict leads, five companies help; each takes its part and does it, and only then is it done.

use serde_json::{Value, json};
use support::{Answer, Person, Picture, TestApp, report};

const COMPANIES: [&str; 5] = ["gongdian", "yidong", "liantong", "dianxin", "guangdian"];
const MONTH: &str = "from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";

/// Cables hang down in 新华: filed by the desk, and sent to its subdistrict and the companies by rule.
async fn cables(town: &TestApp) -> i64 {
    let ana = town.inspector("ana");
    let draft = report().at(town.spot(0)).category("1201").condition("1201B");
    let issue = ana.submits(&draft).await.issue();
    if town.office().sees(issue).await["stage"] == "reported" {
        town.office().files(issue, "1201B").await.ok();
    }
    issue
}

fn part(issue: &Value, bureau: &str) -> Value {
    let parts = issue["parts"].as_array().unwrap();
    parts.iter().find(|part| part["bureau"] == bureau).unwrap().clone()
}

async fn finishes(company: &Person, town: &TestApp, issue: i64) -> Answer {
    let picture = Picture::jpeg();
    let body = json!({"note": "废线已剪除", "photos": [picture.line_at(town.now(), town.spot(0))]});
    let answer = company.commands(issue, "finish-part", body).await;
    if answer.said().0 == 200 {
        company.uploads(&picture).await.ok();
    }
    answer
}

async fn allowed(who: &Person, issue: i64) -> String {
    who.sees(issue).await["allowed"].to_string()
}

#[tokio::test]
async fn the_subdistrict_closes_cables_once_every_company_has_done_its_part() {
    let town = TestApp::start().await;
    let issue = cables(&town).await;
    let (lead, office) = (town.bureau("xinhua"), town.office());
    let seen = lead.accepts(issue).await.ok();
    assert_eq!((&seen["lead"], &seen["cooperating"]), (&json!("xinhua"), &json!(COMPANIES)));
    for company in COMPANIES {
        let own = part(&seen, company);
        assert!(own["task"].as_str().unwrap().contains("废线剪除"), "{own}");
        assert_eq!((&own["owed"], &own["due_at"]), (&json!(true), &seen["due_at"]));
        assert!(own["name"].is_string());
        assert_eq!(town.bureau(company).lists(&format!("owes_part={company}")).await, [issue]);
    }
    assert!(!allowed(&lead, issue).await.contains("\"rectify\""), "it would be refused");

    // Everyone but broadcast takes its part and does it; there is no cable of theirs.
    for company in COMPANIES.into_iter().take(4) {
        let company = town.bureau(company);
        town.wait(10);
        finishes(&company, &town, issue).await.is_problem(409, "part-not-accepted");
        company.commands(issue, "accept-part", json!({})).await.ok();
        assert!(allowed(&company, issue).await.contains("finish-part"));
        finishes(&company, &town, issue).await.ok();
    }
    let early = lead.announces_fix(issue, &Picture::jpeg()).await;
    early.is_problem(409, "parts-owed");
    let let_off = json!({"bureau": "guangdian", "reason": "杆上没有广电线缆"});
    lead.commands(issue, "release-part", let_off.clone()).await.is_problem(403, "forbidden");
    let seen = office.commands(issue, "release-part", let_off).await.ok();
    assert!(part(&seen, "guangdian")["released_at"].is_string());
    assert!(town.bureau("guangdian").lists("owes_part=guangdian").await.is_empty());

    lead.rectifies(issue).await;
    let done = office.sees(issue).await["parts_done"].clone();
    assert_eq!(done.as_array().unwrap().len(), 4);
    assert!(done[0]["photos"][0]["part"] == "after" && done[0]["by_name"].is_string());
    town.bureau("yidong").passes(issue).await.is_problem(403, "forbidden");
    town.inspector("bo").passes(issue).await.ok();

    // Lead and helpers apart: the subdistrict is in the one table, four companies in the other.
    let rows = async |path: &str| office.gets(&format!("/figures?{MONTH}&{path}")).await.ok();
    let helped = rows("by=bureau&part=cooperating").await;
    let codes: Vec<&str> = helped["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["dianxin", "gongdian", "liantong", "yidong"]);
    for row in helped["rows"].as_array().unwrap() {
        let counts =
            [&row["due"], &row["handled"], &row["handled_on_time"], &row["closed_on_time"]];
        assert_eq!(counts, [1, 1, 1, 1], "{row}");
    }
    assert_eq!(rows("part=cooperating").await["total"]["due"], 4);
    let by_lead = rows("by=bureau").await;
    assert_eq!((&by_lead["part"], &by_lead["rows"][0]["code"]), (&json!("lead"), &json!("xinhua")));
    assert_eq!(by_lead["rows"].as_array().unwrap().len(), 1);
    let own = town.bureau("yidong").gets(&format!("/figures?{MONTH}&part=cooperating")).await.ok();
    assert_eq!(own["total"]["due"], 1);
    office.gets(&format!("/figures?{MONTH}&part=half")).await.is_problem(422, "part-unknown");
}

#[tokio::test]
async fn a_sub_task_has_a_limit_of_its_own_and_is_sent_back_when_it_is_not_done_well() {
    let town = TestApp::start().await;
    let issue = cables(&town).await;
    let (lead, yidong) = (town.bureau("xinhua"), town.bureau("yidong"));
    lead.accepts(issue).await.ok();
    let set = |due: Value| json!({"bureau": "yidong", "task": "剪掉门头的废线", "due_at": due});
    let due_at = town.now() + jiff::SignedDuration::from_hours(8);
    let told = lead.commands(issue, "set-task", set(json!(due_at))).await.ok();
    let own = part(&told, "yidong");
    assert_eq!((&own["task"], &own["due_at"]), (&json!("剪掉门头的废线"), &json!(due_at)));
    lead.commands(issue, "set-task", set(json!("2026-12-31T00:00:00Z")))
        .await
        .is_problem(409, "part-due-after-issue");
    lead.commands(issue, "set-task", set(json!(town.now()))).await.is_problem(409, "part-due-past");
    let other = json!({"bureau": "huanwei", "task": "x"});
    lead.commands(issue, "set-task", other).await.is_problem(409, "not-cooperating");
    yidong.commands(issue, "set-task", set(Value::Null)).await.is_problem(409, "not-lead");
    town.bureau("huanwei").sees_nothing_of(issue).await;

    yidong.commands(issue, "accept-part", json!({})).await.ok();
    yidong.commands(issue, "accept-part", json!({})).await.is_problem(409, "part-accepted");
    finishes(&yidong, &town, issue).await.ok();
    finishes(&yidong, &town, issue).await.is_problem(409, "part-not-owed");
    let back = lead.commands(issue, "set-task", set(Value::Null)).await.ok();
    let own = part(&back, "yidong");
    assert_eq!(
        (&own["rework"], &own["owed"], &own["done_at"]),
        (&json!(1), &json!(true), &Value::Null)
    );
    // Its pull tells it, its history has every step.
    assert_eq!(part(&yidong.pulls_all().await[&issue], "yidong")["owed"], true);
    let events = yidong.gets(&format!("/issues/{issue}/events")).await.ok().to_string();
    for kind in ["sub_task_set", "part_accepted", "part_done"] {
        assert!(events.contains(kind), "{kind}");
    }
    finishes(&yidong, &town, issue).await.ok();
    assert_eq!(lead.sees(issue).await["parts_done"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_part_done_after_its_own_limit_is_late_though_the_issue_is_not() {
    let town = TestApp::start().await;
    let issue = cables(&town).await;
    let (lead, office) = (town.bureau("xinhua"), town.office());
    lead.accepts(issue).await.ok();
    let due_at = town.now() + jiff::SignedDuration::from_hours(2);
    let task = json!({"bureau": "yidong", "task": "先剪掉门头的", "due_at": due_at});
    office.commands(issue, "set-task", task).await.ok();
    town.wait(3 * 60);
    for company in COMPANIES {
        let company = town.bureau(company);
        company.commands(issue, "accept-part", json!({})).await.ok();
        finishes(&company, &town, issue).await.ok();
    }
    lead.rectifies(issue).await;
    town.inspector("bo").passes(issue).await.ok();
    let figures = office.gets(&format!("/figures?{MONTH}&by=bureau&part=cooperating")).await.ok();
    for row in figures["rows"].as_array().unwrap() {
        let on_time = i32::from(row["code"] != "yidong");
        assert_eq!(
            (&row["handled"], &row["handled_on_time"]),
            (&json!(1), &json!(on_time)),
            "{row}"
        );
    }
    let by_lead = office.gets(&format!("/figures?{MONTH}&by=bureau")).await.ok();
    assert_eq!(by_lead["rows"][0]["handled_on_time"], 1);
}
