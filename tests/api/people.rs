//! Accounts from a list, and accounts that end by themselves.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, TestApp};

async fn imports(town: &TestApp, query: &str, list: &str) -> Answer {
    let request = town.admin().request(Method::POST, &format!("/accounts:import{query}"));
    town.nobody.send(request.body(list.to_owned())).await
}

async fn signs_in(town: &TestApp, login: &str, password: &str) -> Answer {
    let body = json!({"login": login, "password": password});
    town.nobody.send(town.nobody.request(Method::POST, "/sessions").json(&body)).await
}

#[tokio::test]
async fn a_list_of_people_is_taken_in_and_each_gets_a_password_once() {
    let town = TestApp::start().await;
    let list = "账号,姓名,角色,单位\nwang,王芳,责任单位,huanwei\nli,李强,创城办,\n";
    let dry = imports(&town, "?dry_run=true", list).await.ok();
    assert_eq!(
        (&dry["rows"][0]["fate"], &dry["rows"][0]["password"]),
        (&json!("new"), &Value::Null)
    );
    let answer = imports(&town, "", list).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let done = answer.ok();
    let password = done["rows"][0]["password"].as_str().unwrap();
    signs_in(&town, "wang", password).await.ok();
    let again = imports(&town, "", list).await.ok();
    for row in again["rows"].as_array().unwrap() {
        assert_eq!((&row["fate"], &row["password"]), (&json!("unchanged"), &Value::Null));
    }
}

#[tokio::test]
async fn a_list_with_a_wrong_row_is_refused_whole() {
    let town = TestApp::start().await;
    let list = "login,name,role\nwang,王芳,office\nli,李强,emperor\n";
    let refused = imports(&town, "", list).await;
    refused.is_problem(422, "people-refused");
    assert_eq!(refused.body["rows"][0]["fate"], "new");
    assert_eq!(refused.body["rows"][1]["line"], 3);
    assert_eq!(imports(&town, "?partial=true", list).await.ok()["rows"][0]["fate"], "new");
    imports(&town, "", "nothing").await.is_problem(422, "list-unreadable");
    imports(&town, "?encoding=latin1", list).await.is_problem(422, "option-invalid");
}

#[tokio::test]
async fn a_secondment_ends_by_itself_and_may_be_prolonged() {
    let town = TestApp::start().await;
    let end = town.now() + jiff::SignedDuration::from_mins(10);
    let body = json!({"login": "wang", "name": "王芳", "role": "office", "password": "over the river",
        "ends_at": end});
    let made = town.admin().posts("/accounts", &body).await.ok();
    assert_eq!(made["ends_at"], json!(end));
    let session = signs_in(&town, "wang", "over the river").await.ok();
    let me = || {
        let token = session["access_token"].as_str().unwrap();
        town.nobody.send(town.nobody.request(Method::GET, "/me").bearer_auth(token))
    };
    me().await.ok();
    town.wait(10);
    me().await.is_problem(401, "token-invalid");
    signs_in(&town, "wang", "over the river").await.is_problem(401, "credentials-invalid");
    let refresh = json!({"refresh_token": session["refresh_token"]});
    let refresh = town.nobody.request(Method::POST, "/sessions:refresh").json(&refresh);
    town.nobody.send(refresh).await.is_problem(401, "refresh-token-invalid");

    let path = format!("/accounts/{}", made["id"]);
    let change =
        |body: Value| town.nobody.send(town.admin().request(Method::PATCH, &path).json(&body));
    change(json!({"ends_at": end})).await.is_problem(422, "ends-at-past");
    let later = town.now() + jiff::SignedDuration::from_mins(60);
    assert_eq!(change(json!({"ends_at": later})).await.ok()["ends_at"], json!(later));
    // A device that was signed in when it ended may have been lost since.
    me().await.is_problem(401, "token-invalid");
    signs_in(&town, "wang", "over the river").await.ok();
    assert_eq!(change(json!({"name": "王 芳"})).await.ok()["ends_at"], json!(later), "it stays");
    assert_eq!(change(json!({"ends_at": null})).await.ok()["ends_at"], Value::Null);
}
