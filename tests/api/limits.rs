//! How much one account and one address may ask.

use std::net::{IpAddr, Ipv4Addr};

use reqwest::Method;
use serde_json::json;
use support::{Answer, TestApp};
use zhoubian::config::RateSettings;

async fn limited(trusted_proxies: Vec<IpAddr>) -> TestApp {
    TestApp::start_with(move |config| {
        config.rates = RateSettings {
            account_per_second: 1,
            account_burst: 3,
            sign_ins_per_minute: 4,
            refreshes_per_minute: 2,
            links_per_minute: 0,
            guests_per_minute: 0,
            trusted_proxies,
        };
    })
    .await
}

async fn guesses(town: &TestApp, path: &str, from: &str) -> Answer {
    let request = town.nobody.request(Method::POST, path).header("x-forwarded-for", from);
    let request = match path {
        "/tokens" => request.form(&[("grant_type", "client_credentials")]),
        "/sessions" => request.json(&json!({"login": "admin", "password": "a guess"})),
        "/sessions:handover" => request.json(&json!({"code": "a guess"})),
        _ => request.json(&json!({"refresh_token": "a guess"})),
    };
    town.nobody.send(request).await
}

#[tokio::test]
async fn an_account_hears_how_much_it_may_ask_and_when_again() {
    let town = limited(Vec::new()).await;
    let (ana, bo) = (town.inspector("ana"), town.inspector("bo"));
    for left in [2, 1, 0] {
        let answer = ana.gets("/me").await;
        assert_eq!(answer.header("ratelimit-policy"), "\"account\";q=3;w=3");
        assert_eq!(answer.header("ratelimit"), format!("\"account\";r={left};t={}", 3 - left));
        answer.ok();
    }
    let refused = ana.gets("/issues/999").await;
    refused.is_problem(429, "too-many-requests");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("ratelimit"), "\"account\";r=0;t=3");
    assert_eq!(refused.body["violated-policies"], json!(["account"]));
    // A refusal of another kind is counted as well as an answer.
    let hidden = bo.gets("/issues/999").await;
    hidden.is_problem(404, "not-found");
    assert_eq!(hidden.header("ratelimit"), "\"account\";r=2;t=1");
    town.wait(1);
    ana.gets("/me").await.ok();
}

#[tokio::test]
async fn nobody_guesses_on_from_one_address() {
    let town = limited(Vec::new()).await;
    for path in ["/sessions", "/tokens", "/sessions:handover", "/sessions"] {
        let answer = guesses(&town, path, "198.51.100.1").await;
        assert!([400, 401].contains(&answer.status), "{path}: {}", answer.body);
        assert_eq!(answer.header("ratelimit-policy"), "\"sign-ins\";q=4;w=60");
    }
    let again = ["/sessions", "/tokens", "/sessions:handover"];
    for (number, path) in again.iter().enumerate() {
        // Whoever is no proxy of ours may write what they like.
        let answer = guesses(&town, path, &format!("198.51.100.{number}")).await;
        answer.is_problem(429, "too-many-requests");
        assert_eq!(answer.header("retry-after"), "15");
    }
    // Who is signed in already goes on.
    town.inspector("ana").gets("/me").await.ok();
    town.wait(1);
    guesses(&town, "/sessions", "198.51.100.1").await.is_problem(401, "credentials-invalid");
}

#[tokio::test]
async fn whoever_guesses_passwords_keeps_nobody_of_their_office_from_staying_signed_in() {
    let town = limited(Vec::new()).await;
    for _ in 0..9 {
        guesses(&town, "/sessions", "").await;
    }
    for left in [1, 0] {
        let answer = guesses(&town, "/sessions:refresh", "").await;
        answer.is_problem(401, "refresh-token-invalid");
        assert_eq!(answer.header("ratelimit-policy"), "\"refreshes\";q=2;w=60");
        assert_eq!(
            answer.header("ratelimit"),
            format!("\"refreshes\";r={left};t={}", 30 * (2 - left))
        );
    }
    let refused = guesses(&town, "/sessions:refresh", "").await;
    refused.is_problem(429, "too-many-requests");
    assert_eq!(refused.body["violated-policies"], json!(["refreshes"]));
}

#[tokio::test]
async fn behind_our_proxy_each_address_counts_for_itself() {
    let town = limited(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]).await;
    for number in 0..4 {
        // What stands before the last address, the client may have made up.
        let from = format!("10.9.9.{number}, 198.51.100.1");
        guesses(&town, "/sessions", &from).await.is_problem(401, "credentials-invalid");
    }
    guesses(&town, "/sessions", "198.51.100.1").await.is_problem(429, "too-many-requests");
    guesses(&town, "/sessions", "198.51.100.2").await.is_problem(401, "credentials-invalid");
}

#[tokio::test]
async fn an_operation_that_nobody_counts_says_nothing() {
    let town = limited(Vec::new()).await;
    for _ in 0..9 {
        let answer = town.nobody.send(town.nobody.request(Method::GET, "/health")).await;
        assert_eq!((answer.status, answer.header("ratelimit")), (200, ""));
    }
}
