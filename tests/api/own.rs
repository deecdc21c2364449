//! What is one's own: what became of one's reports, and what one's device still holds.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Person, TestApp, report};

async fn says(who: &Person, body: &Value) -> Answer {
    who.sends(who.request(Method::PUT, "/me/device").json(body)).await
}

#[tokio::test]
async fn an_inspector_finds_again_what_they_reported_and_what_became_of_it() {
    let town = TestApp::start().await;
    let (ana, chen) = (town.inspector("ana"), town.inspector("chen"));
    assert_eq!(ana.gets("/me/reports").await.ok(), json!({"reports": [], "next": null}));
    let draft = report().at(town.spot(0)).note("西门").photos(1);
    let first = ana.submits(&draft).await.issue();
    town.wait(5);
    // Joins what Ana found.
    assert_eq!(chen.submits(&report().at(town.spot(0))).await.issue(), first);
    let second = ana.submits(&report().at(town.spot(3)).unsorted()).await.issue();
    town.bureau("huanwei").accepts(first).await.ok();

    let own = ana.gets("/me/reports").await.ok();
    let own = own["reports"].as_array().unwrap();
    let numbers: Vec<_> = own.iter().map(|one| one["issue"]["id"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [second, first], "the newest first");
    let (report, issue) = (&own[1]["report"], &own[1]["issue"]);
    assert_eq!((&report["note"], &report["joined"]), (&json!("西门"), &json!(false)));
    assert_eq!(report["id"], json!(draft.id));
    assert_eq!(report["photos"][0]["sha256"], draft.pictures[0].sha256());
    assert_eq!(report["photos"][0]["state"], "announced");
    let seen = ana.sees(first).await;
    for field in ["stage", "category_name", "area_name", "lead_name", "due_at", "closed_at"] {
        assert_eq!(issue[field], seen[field], "{field}");
    }
    assert_eq!(issue["stage"], "accepted");
    assert_eq!(own[0]["report"]["category"], Value::Null);

    ana.uploads(&draft.pictures[0]).await.ok();
    let after = ana.gets("/me/reports").await.ok();
    assert_eq!(after["reports"][1]["report"]["photos"][0]["state"], "stored");
    // Nobody reads anybody else's.
    let others = chen.gets("/me/reports").await.ok();
    assert_eq!(others["reports"].as_array().unwrap().len(), 1);
    assert_eq!(others["reports"][0]["report"]["joined"], true);
    assert_eq!(town.office().gets("/me/reports").await.ok()["reports"], json!([]));
}

#[tokio::test]
async fn pages_of_one_s_own_reports_lose_and_double_nothing() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    for number in 0..17 {
        // Several in the same microsecond.
        if number % 4 == 0 {
            town.wait(1);
        }
        ana.submits(&report().at(town.spot(number))).await.ok();
    }
    let all = ana.gets("/me/reports?limit=200").await.ok();
    let all = all["reports"].as_array().unwrap();
    assert_eq!(all.len(), 17);
    let at = |one: &Value| one["report"]["received_at"].as_str().unwrap().to_owned();
    assert!(all.iter().rev().map(at).is_sorted());
    for limit in [1, 5, 16, 17] {
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let page = ana.gets(&format!("/me/reports?limit={limit}{after}")).await.ok();
            found.extend(page["reports"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(found, *all, "{limit} a page");
    }
    for bad in ["limit=0", "limit=201"] {
        let answer = ana.gets(&format!("/me/reports?{bad}")).await;
        answer.is_problem(422, "limit-invalid");
    }
    for bad in ["after=x", "limit=many", "of=chen"] {
        ana.gets(&format!("/me/reports?{bad}")).await.is_problem(400, "request-malformed");
    }
    town.nobody
        .send(town.nobody.request(Method::GET, "/me/reports"))
        .await
        .is_problem(401, "token-invalid");
}

#[tokio::test]
async fn what_a_device_holds_is_told_beside_when_it_was_seen() {
    let town = TestApp::start().await;
    let (ana, admin) = (town.inspector("ana"), town.admin());
    let account = ana.member.account;
    let kept = async || {
        let page = admin.gets(&format!("/accounts?after={}&limit=1", account - 1)).await.ok();
        page["items"][0].clone()
    };
    assert_eq!(kept().await["unsent"], Value::Null, "before it says anything");
    assert!(kept().await["last_seen_at"].is_string());
    let body = json!({"unsent": 4, "oldest_unsent_at": "2026-11-16T00:31:00Z"});
    assert_eq!(says(&ana, &body).await.status, 204);
    assert_eq!(says(&ana, &body).await.status, 204, "said again");
    for list in ["/me/sessions".to_owned(), format!("/accounts/{account}/sessions")] {
        let who = if list.starts_with("/me") { &ana } else { &admin };
        let device = who.gets(&list).await.ok()["items"][0].clone();
        assert_eq!(device["unsent"], 4, "{list}");
        assert_eq!(device["oldest_unsent_at"], "2026-11-16T00:31:00Z");
        assert_eq!(device["unsent_at"], json!(town.now()));
    }
    assert_eq!(
        (&kept().await["unsent"], &kept().await["unsent_at"]),
        (&json!(4), &json!(town.now()))
    );
    // Nothing is left, so nothing is the oldest.
    town.wait(3);
    let body = json!({"unsent": 0, "oldest_unsent_at": "2026-11-16T00:31:00Z"});
    assert_eq!(says(&ana, &body).await.status, 204);
    let device = ana.gets("/me/sessions").await.ok()["items"][0].clone();
    assert_eq!((&device["unsent"], &device["oldest_unsent_at"]), (&json!(0), &Value::Null));
    assert_eq!(kept().await["unsent"], 0);
}

#[tokio::test]
async fn a_device_says_what_it_holds_in_numbers_that_a_phone_could_hold() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let early = json!({"unsent": 1, "oldest_unsent_at": "-000001-01-01T00:00:00Z"});
    for body in [json!({"unsent": 100_001}), early] {
        says(&ana, &body).await.is_problem(422, "unsent-invalid");
    }
    for body in
        [json!({}), json!({"unsent": -1}), json!({"unsent": "4"}), json!({"unsent": 1, "x": 1})]
    {
        says(&ana, &body).await.is_problem(400, "request-malformed");
    }
    assert_eq!(ana.gets("/me/sessions").await.ok()["items"][0]["unsent"], Value::Null);
}
