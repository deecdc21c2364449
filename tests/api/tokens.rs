//! Tokens that are none of ours, or no longer good.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, PASSWORD, TestApp};

async fn me(town: &TestApp, authorization: &str) -> Answer {
    let request = town.nobody.request(Method::GET, "/me").header("authorization", authorization);
    town.nobody.send(request).await
}

#[tokio::test]
async fn only_our_own_tokens_are_believed() {
    let (town, other) = (TestApp::start().await, TestApp::start().await);
    let good = town.inspector("ana").token();
    assert_eq!(me(&town, &format!("bearer {good}")).await.ok()["login"], "ana");
    let [head, claims, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    // {"typ":"JWT","alg":"none"} and, with the good token's key, {"alg":"HS512"} claims.
    let none = "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0";
    let swapped = town.admin().token();
    let admins: Vec<&str> = swapped.split('.').collect();
    let bad = [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        format!("Basic {good}"),
        format!("Bearer {none}.{claims}."),
        format!("Bearer {none}.{claims}.{signature}"),
        format!("Bearer {head}.{claims}."),
        format!("Bearer {head}.{claims}"),
        format!("Bearer {head}.{}.{signature}", admins[1]),
        format!("Bearer {head}.{claims}.{}", admins[2]),
        format!("Bearer {good}x"),
        format!("Bearer {}", other.inspector("ana").token()),
    ];
    for authorization in bad {
        let answer = me(&town, &authorization).await;
        answer.is_problem(401, "token-invalid");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let without = town.nobody.send(town.nobody.request(Method::GET, "/me")).await;
    without.is_problem(401, "token-invalid");
}

#[tokio::test]
async fn a_token_ends_after_a_quarter_of_an_hour() {
    let town = TestApp::start().await;
    let bearer = format!("Bearer {}", town.inspector("ana").token());
    town.wait(14);
    me(&town, &bearer).await.ok();
    town.wait(1);
    me(&town, &bearer).await.is_problem(401, "token-expired");
}

#[tokio::test]
async fn from_signing_in_to_a_closed_account() {
    let town = TestApp::start().await;
    let post = |path: &str, body: &Value| {
        let request = town.nobody.request(Method::POST, path).json(body);
        town.nobody.send(request)
    };
    post("/sessions", &json!({"login": "ana", "password": "over the river"}))
        .await
        .is_problem(401, "credentials-invalid");
    post("/sessions", &json!({"login": "nobody", "password": PASSWORD}))
        .await
        .is_problem(401, "credentials-invalid");
    let opened =
        post("/sessions", &json!({"login": "Ana", "password": PASSWORD, "device": "phone"})).await;
    assert_eq!((opened.status, opened.header("cache-control")), (201, "no-store"));
    let opened = opened.ok();
    let bearer = format!("Bearer {}", opened["access_token"].as_str().unwrap());
    let mut expected = opened["account"].clone();
    expected["must"] = json!([]);
    assert_eq!(me(&town, &bearer).await.ok(), expected);
    let refresh = json!({"refresh_token": opened["refresh_token"]});
    let next = post("/sessions:refresh", &refresh).await.ok();
    let lost = post("/sessions:refresh", &refresh).await.ok();
    assert_eq!(next["refresh_token"], lost["refresh_token"], "the answer may be lost once");

    let admin = town.admin();
    let path = format!("/accounts/{}", opened["account"]["id"]);
    let closing = admin.request(Method::PATCH, &path).json(&json!({"active": false}));
    assert_eq!(town.nobody.send(closing).await.ok()["active"], false);
    me(&town, &bearer).await.is_problem(401, "token-invalid");
    let next = json!({"refresh_token": next["refresh_token"]});
    post("/sessions:refresh", &next).await.is_problem(401, "refresh-token-invalid");
    post("/sessions", &json!({"login": "ana", "password": PASSWORD}))
        .await
        .is_problem(401, "credentials-invalid");
}
