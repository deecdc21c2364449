use actix_web::test::TestRequest;
use serde_json::{Value, json};

use super::*;
use crate::accounts::tests::Town;
use crate::http::sessions::tests::{Answer, by};

impl Town {
    async fn root_asks(&self, request: TestRequest) -> Answer {
        self.asks(by(&self.token("root").await, request)).await
    }
}

fn new(login: &str) -> Value {
    json!({"login": login, "name": "李强", "role": "bureau", "bureau": "chengguan",
        "password": "correct horse battery"})
}

fn post(body: &Value) -> TestRequest {
    TestRequest::post().uri("/accounts").set_json(body)
}

fn logins(answer: &Answer) -> Vec<&str> {
    answer.body["items"].as_array().unwrap().iter().filter_map(|a| a["login"].as_str()).collect()
}

#[actix_web::test]
async fn an_account_from_its_creation_to_its_end() {
    let town = Town::new().await;
    let made = town.root_asks(post(&new("Li"))).await;
    assert_eq!(made.status, 201);
    assert_eq!((&made.body["login"], &made.body["bureau"]), (&json!("li"), &json!("chengguan")));
    assert_eq!(made.body["duty_areas"], json!([]));
    assert_eq!(town.root_asks(post(&new("LI"))).await.said(), (409, "login-taken"));

    let uri = format!("/accounts/{}", made.body["id"]);
    let close = TestRequest::patch().uri(&uri).set_json(json!({"active": false}));
    let closed = town.root_asks(close).await;
    assert_eq!((closed.status.as_u16(), &closed.body["active"]), (200, &json!(false)));
}

#[actix_web::test]
async fn pages_follow_each_other_to_the_last() {
    let town = Town::new().await;
    let list = |query: String| TestRequest::get().uri(&format!("/accounts{query}"));
    let all = town.root_asks(list(String::new())).await;
    assert_eq!((logins(&all), &all.body["next"]), (vec!["root", "ana", "bo"], &Value::Null));
    let first = town.root_asks(list("?limit=2".to_owned())).await;
    assert_eq!(logins(&first), ["root", "ana"]);
    let rest = town.root_asks(list(format!("?limit=2&after={}", first.body["next"]))).await;
    assert_eq!((logins(&rest), &rest.body["next"]), (vec!["bo"], &Value::Null));
    let exact = town.root_asks(list("?limit=3".to_owned())).await;
    assert_eq!(exact.body["next"], Value::Null);
    for limit in ["0", "501", "-1"] {
        let refused = town.root_asks(list(format!("?limit={limit}"))).await;
        assert_eq!(refused.said(), (422, "limit-invalid"), "{limit}");
    }
}

#[actix_web::test]
async fn nobody_else_keeps_accounts() {
    let town = Town::new().await;
    let token = town.token("ana").await;
    let uri = format!("/accounts/{}", town.account("ana").await.id);
    let requests = || {
        let promote = json!({"role": "admin"});
        let list = TestRequest::get().uri("/accounts");
        [list, post(&new("li")), TestRequest::patch().uri(&uri).set_json(promote)]
    };
    for request in requests() {
        assert_eq!(town.asks(by(&token, request)).await.said(), (403, "forbidden"));
    }
    for request in requests() {
        assert_eq!(town.asks(request).await.said(), (401, "token-invalid"));
    }
}

#[actix_web::test]
async fn what_cannot_be_changed_is_refused() {
    let town = Town::new().await;
    let own = format!("/accounts/{}", town.admin);
    let cases = [
        (own.as_str(), json!({"active": false}), 422),
        (own.as_str(), json!({"login": "root2"}), 400),
        (own.as_str(), json!({"role": "emperor"}), 400),
        (own.as_str(), json!({"password": "short"}), 422),
        ("/accounts/999", json!({"active": false}), 404),
    ];
    for (uri, body, status) in cases {
        let answer = town.root_asks(TestRequest::patch().uri(uri).set_json(&body)).await;
        assert_eq!(answer.status, status, "{uri} {body}");
    }
}

#[test]
fn the_words_of_the_roles_are_those_of_the_domain() {
    for word in ["inspector", "bureau", "office", "supervisor", "admin"] {
        let role: Role = serde_json::from_value(json!(word)).unwrap();
        let domain: access::Role = serde_json::from_value(json!(word)).unwrap();
        assert_eq!(access::Role::from(role), domain);
        assert_eq!(json!(Role::from(domain)), json!(word));
    }
}

#[actix_web::test]
async fn it_is_told_until_when_a_login_is_locked() {
    let town = Town::new().await;
    for _ in 0..5 {
        assert!(town.signs_in_with("bo", "wrong", None).await.is_err());
    }
    let all = town.root_asks(TestRequest::get().uri("/accounts")).await;
    let until = |at: usize| &all.body["items"][at]["locked_until"];
    assert_eq!((until(1), until(2)), (&Value::Null, &json!("2026-01-01T00:15:00Z")));
}

#[test]
fn every_operation_is_documented() {
    let api = json!(crate::routes::document::document());
    let mut ids = Vec::new();
    for (_, methods) in api["paths"].as_object().unwrap() {
        for (_, operation) in methods.as_object().unwrap() {
            assert!(operation["summary"].is_string(), "{operation}");
            assert!(operation["description"].is_string(), "{operation}");
            ids.push(operation["operationId"].as_str().unwrap().to_owned());
        }
    }
    ids.sort();
    let mut actions: Vec<&str> = Action::ALL.iter().map(|action| action.operation_id()).collect();
    actions.sort_unstable();
    assert_eq!(ids, actions);
    assert!(api["paths"]["/sessions:refresh"]["post"].is_object());
    let query = api["paths"]["/accounts"]["get"]["parameters"].as_array().unwrap();
    let names: Vec<&str> = query.iter().filter_map(|each| each["name"].as_str()).collect();
    assert_eq!(names, ["after", "limit"]);
}
