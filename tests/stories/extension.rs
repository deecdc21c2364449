//! 延期: a bureau asks for a later limit, two persons of the office decide, both limits are kept.

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use support::{Person, Picture, TestApp, report};

/// The limit as an issue's view has it.
fn due(issue: &Value) -> Timestamp {
    issue["due_at"].as_str().unwrap().parse().unwrap()
}

/// Asked for, for so many hours more than there is.
async fn asks(bureau: &Person, issue: i64, hours: i64, form: &[Value]) -> support::Answer {
    let until = due(&bureau.sees(issue).await) + hours.hours();
    let body = json!({"until": until, "reason": "等配件", "photos": form});
    bureau.commands(issue, "extend", body).await
}

async fn decides(officer: &Person, issue: i64, approved: bool, note: &str) -> support::Answer {
    officer.commands(issue, "decide", json!({"approved": approved, "note": note})).await
}

async fn accepted(town: &TestApp) -> i64 {
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    town.bureau("huanwei").accepts(issue).await.ok();
    issue
}

async fn extended_in_figures(office: &Person) -> Value {
    let month = "from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
    office.gets(&format!("/figures?{month}")).await.ok()["total"]["extended"].clone()
}

#[tokio::test]
async fn two_persons_of_the_office_move_the_limit_and_the_first_is_kept() {
    let town = TestApp::start().await;
    let (huanwei, office, watch) = (town.bureau("huanwei"), town.office(), town.person("watch"));
    let issue = accepted(&town).await;
    let first = due(&huanwei.sees(issue).await);
    let allowed = async |who: &Person| who.sees(issue).await["allowed"].clone().to_string();
    assert!(
        allowed(&huanwei).await.contains("extend") && !allowed(&office).await.contains("decide")
    );

    let asked = asks(&huanwei, issue, 24, &[]).await.ok();
    assert_eq!(asked["request"]["until"], json!(first + 24.hours()));
    assert_eq!((&asked["due_at"], &asked["extensions"]), (&json!(first), &json!(0)));
    asks(&huanwei, issue, 48, &[]).await.is_problem(409, "request-pending");
    assert!(allowed(&office).await.contains("decide"));
    for reader in [&huanwei, &office] {
        assert_eq!(reader.lists("asked=true").await, [issue]);
    }

    town.wait(10);
    let endorsed = decides(&office, issue, true, "属实").await.ok();
    assert_eq!(endorsed["request"]["endorsed"], true);
    assert_eq!(endorsed["due_at"], json!(first), "one level decides nothing");
    decides(&office, issue, true, "").await.is_problem(409, "request-same-person");
    town.wait(10);
    let extended = decides(&watch, issue, true, "").await.ok();
    assert_eq!(extended["due_at"], json!(first + 24.hours()));
    assert_eq!((&extended["first_due_at"], &extended["extensions"]), (&json!(first), &json!(1)));
    assert_eq!(extended["request"], Value::Null);
    assert!(office.lists("asked=true").await.is_empty());

    let told = office.sees(issue).await["requests"][0].clone();
    assert_eq!((&told["approved"], &told["reason"]), (&json!(true), &json!("等配件")));
    let persons = [&told["by_name"], &told["endorsed_by_name"], &told["decided_by_name"]];
    assert!(persons.iter().all(|name| name.is_string()) && persons[1] != persons[2], "{told}");
    assert_eq!(extended_in_figures(&office).await, 1);
    // The new limit is what a reader's pull and its lists go by.
    assert_eq!(huanwei.pulls_all().await[&issue]["due_at"], json!(first + 24.hours()));
    let before = format!("due_before={}&open=true", first + 1.minute());
    assert!(huanwei.lists(&before).await.is_empty());
}

#[tokio::test]
async fn the_second_time_a_photo_of_the_stamped_form_comes_with_it() {
    let town = TestApp::start().await;
    let (huanwei, office, watch) = (town.bureau("huanwei"), town.office(), town.person("watch"));
    let issue = accepted(&town).await;
    asks(&huanwei, issue, 24, &[]).await.ok();
    decides(&office, issue, true, "").await.ok();
    decides(&watch, issue, true, "").await.ok();
    asks(&huanwei, issue, 24, &[]).await.is_problem(409, "form-missing");
    let form = Picture::jpeg();
    asks(&huanwei, issue, 24, &[form.line(town.now())]).await.ok();
    huanwei.uploads(&form).await.ok();
    let seen = office.sees(issue).await;
    let photo = &seen["requests"][1]["photos"][0];
    assert_eq!((&photo["part"], &photo["state"]), (&json!("form"), &json!("stored")));
    // It shows no problem: neither counted nor shown among the issue's photos.
    assert_eq!(seen["cover"], Value::Null);
    decides(&watch, issue, false, " ").await.is_problem(409, "reason-missing");
    decides(&watch, issue, false, "时间够用").await.ok();
    let told = office.sees(issue).await["requests"][1].clone();
    assert_eq!((&told["approved"], &told["note"]), (&json!(false), &json!("时间够用")));
    decides(&office, issue, true, "").await.is_problem(409, "request-missing");
}

#[tokio::test]
async fn what_may_not_be_asked_for_is_refused_by_name() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let issue = accepted(&town).await;
    asks(&huanwei, issue, 0, &[]).await.is_problem(409, "extension-not-later");
    asks(&huanwei, issue, 24 * 400, &[]).await.is_problem(409, "until-too-far");
    let mute = json!({"until": "2026-11-30T08:00:00Z", "reason": " "});
    huanwei.commands(issue, "extend", mute).await.is_problem(409, "reason-missing");
    decides(&office, issue, true, "").await.is_problem(409, "request-missing");
    let body = json!({"until": "2026-11-30T08:00:00Z", "reason": "rain"});
    for who in [&town.inspector("ana"), &town.supervisor(), &office] {
        who.commands(issue, "extend", body.clone()).await.is_problem(403, "forbidden");
    }
    let yes = json!({"approved": true});
    huanwei.commands(issue, "decide", yes).await.is_problem(403, "forbidden");
    // Monday 09:00; the limit is over the next day at the latest.
    town.wait(3 * 24 * 60);
    asks(&huanwei, issue, 24 * 5, &[]).await.is_problem(409, "extension-too-late");
}

#[tokio::test]
async fn what_was_asked_for_lapses_with_the_rectification() {
    let town = TestApp::start().await;
    let (huanwei, office) = (town.bureau("huanwei"), town.office());
    let issue = accepted(&town).await;
    asks(&huanwei, issue, 24, &[]).await.ok();
    huanwei.rectifies(issue).await;
    assert_eq!(office.sees(issue).await["request"], Value::Null);
    decides(&office, issue, true, "").await.is_problem(409, "wrong-stage");
    let told = office.sees(issue).await["requests"][0].clone();
    assert_eq!((&told["approved"], &told["decided_at"]), (&Value::Null, &Value::Null));
    assert_eq!(extended_in_figures(&office).await, 0);
}
