//! 迎检时限: limits are shorter for a time, for what is dispatched within it and, if so meant, for what is open.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Person, TestApp, report};

use super::kinds;

/// Half of each limit from now on, for the stacked goods of this story.
fn half(open_too: bool) -> Value {
    json!({
        "name": "省级测评迎检", "from": "2026-11-16T01:00:00Z", "until": "2026-11-30T01:00:00Z",
        "categories": ["0104"], "bureaus": [], "limit": null, "percent": 50, "open_too": open_too
    })
}

async fn sets(who: &Person, query: &str, body: &Value) -> Answer {
    let request = who.request(Method::PUT, &format!("/limit-periods/yj{query}"));
    who.sends(request.json(body)).await
}

/// Of 4 working hours, reported now.
async fn stacked(town: &TestApp, spot: usize) -> i64 {
    let draft = report().at(town.spot(spot)).category("0104").condition("0104A");
    town.inspector("ana").submits(&draft).await.issue()
}

#[tokio::test]
async fn what_is_open_follows_from_when_it_is_set_and_what_comes_is_shorter_at_once() {
    let town = TestApp::start().await;
    let office = town.office();
    let (open, ended) = (stacked(&town, 0).await, stacked(&town, 1).await);
    let other = town.inspector("ana").submits(&report().at(town.spot(2))).await.issue();
    office.voids(ended).await.ok();
    let before = [office.sees(open).await, office.sees(ended).await, office.sees(other).await];
    assert_eq!(before[0]["due_at"], "2026-11-16T07:00:00Z", "9:00 and four hours, with lunch");
    town.wait(30);

    let tried = sets(&office, "?dry_run=true", &half(true)).await.ok();
    assert_eq!(
        (&tried["looked_at"], &tried["moved"], &tried["dry_run"]),
        (&json!(2), &json!(1), &json!(true))
    );
    assert_eq!(tried["examples"][0]["after"]["due_at"], "2026-11-16T03:30:00Z");
    assert_eq!(office.gets("/limit-periods").await.ok()["items"], json!([]));
    assert_eq!(sets(&office, "", &half(true)).await.ok()["moved"], 1);
    town.follows().await;
    town.follows().await;

    let seen = office.sees(open).await;
    assert_eq!(
        (&seen["due_at"], &seen["first_due_at"]),
        (&json!("2026-11-16T03:30:00Z"), &before[0]["due_at"])
    );
    let happened = kinds(&office, open).await;
    assert_eq!(happened.iter().filter(|kind| *kind == "limit_recomputed").count(), 1);
    assert_eq!(office.sees(ended).await, before[1]);
    assert_eq!(office.sees(other).await["due_at"], before[2]["due_at"], "another category");
    let told = office.gets(&format!("/issues/{open}/limit")).await.ok();
    assert_eq!(told["period"]["name"], "省级测评迎检");
    assert!(told["words"]["zh"].as_str().unwrap().starts_with("按“省级测评迎检”缩短的时限"));

    let new = office.sees(stacked(&town, 3).await).await;
    assert_eq!(
        (&new["due_at"], &new["first_due_at"]),
        (&json!("2026-11-16T03:30:00Z"), &new["due_at"])
    );
    let mut over = half(true);
    over["withdrawn"] = json!(true);
    assert_eq!(sets(&office, "", &over).await.ok()["moved"], 0);
    town.follows().await;
    assert_eq!(office.sees(open).await["due_at"], "2026-11-16T03:30:00Z", "no time is given back");
    assert_eq!(office.sees(stacked(&town, 4).await).await["due_at"], "2026-11-16T07:30:00Z");
    let listed = town.bureau("huanwei").gets("/limit-periods").await.ok();
    assert_eq!(listed["items"][0]["withdrawn"], true, "bureaus read it too");
}

#[tokio::test]
async fn only_the_lead_bureaus_named_have_less_time() {
    let town = TestApp::start().await;
    let office = town.office();
    let lead = office.sees(stacked(&town, 0).await).await["lead"].clone();
    let mut theirs = half(false);
    theirs["bureaus"] = json!(["yuanlin"]);
    sets(&office, "", &theirs).await.ok();
    assert_eq!(office.sees(stacked(&town, 1).await).await["due_at"], "2026-11-16T07:00:00Z");
    theirs["bureaus"] = json!([lead]);
    sets(&office, "", &theirs).await.ok();
    assert_eq!(office.sees(stacked(&town, 2).await).await["due_at"], "2026-11-16T03:00:00Z");
}

#[tokio::test]
async fn what_makes_nothing_shorter_is_refused_and_only_the_office_sets_it() {
    let town = TestApp::start().await;
    let office = town.office();
    for (field, value) in [
        ("percent", json!(100)),
        ("percent", json!(0)),
        ("limit", json!("2工作时")),
        ("until", json!("2026-11-01T00:00:00Z")),
        ("name", json!(" ")),
    ] {
        let mut wrong = half(false);
        wrong[field] = value;
        sets(&office, "", &wrong).await.is_problem(422, "limit-period-invalid");
    }
    let mut unknown = half(false);
    unknown["categories"] = json!(["9999"]);
    sets(&office, "", &unknown).await.is_problem(422, "import-refused");
    for who in [town.bureau("huanwei"), town.inspector("ana"), town.supervisor(), town.admin()] {
        sets(&who, "", &half(false)).await.is_problem(403, "forbidden");
    }
}
