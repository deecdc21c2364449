//! Signing in: locked logins, second factors, devices, handing over, sessions that nobody uses.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, PASSWORD, Person, TestApp};
use zhoubian::config::SignInSettings;

mod devices;
mod factor;
mod handover;
mod lock;
mod password;

/// Posts without a token.
async fn post(town: &TestApp, path: &str, body: &Value) -> Answer {
    town.nobody.send(town.nobody.request(Method::POST, path).json(body)).await
}

/// Signs in with more than login and password.
async fn signs_in(town: &TestApp, login: &str, password: &str, code: Option<&str>) -> Answer {
    let body = json!({"login": login, "password": password, "device": "phone", "code": code});
    post(town, "/sessions", &body).await
}

/// Asks with the access token of a session that was opened over HTTP.
async fn asks(town: &TestApp, session: &Value, method: Method, path: &str, body: Value) -> Answer {
    let token = session["access_token"].as_str().unwrap();
    let request = town.nobody.request(method, path).bearer_auth(token);
    let request = if body.is_null() { request } else { request.json(&body) };
    town.nobody.send(request).await
}

async fn deletes(who: &Person, path: &str) -> Answer {
    who.sends(who.request(Method::DELETE, path)).await
}

fn seconds(number: i64) -> SignedDuration {
    SignedDuration::from_secs(number)
}
