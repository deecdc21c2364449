//! Tokens that are none of ours, or no longer good.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
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

/// A token with any header and claims, and any signature.
fn forged(header: &Value, claims: &Value, signature: &[u8]) -> String {
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let (header, claims) = (header.to_string(), claims.to_string());
    format!("{}.{}.{}", part(header.as_bytes()), part(claims.as_bytes()), part(signature))
}

/// The claims of a good token.
fn claims(token: &str) -> Value {
    let claims = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

/// HMAC-SHA256 (RFC 2104) of a header and claims, by any secret of at most 64 bytes.
fn signed(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let unsigned = forged(header, claims, b"");
    let message = unsigned.trim_end_matches('.').as_bytes();
    let pad = |byte: u8| {
        let mut key = [0; 64];
        key[..secret.len()].copy_from_slice(secret);
        key.map(|one| one ^ byte)
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    let mac = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
    forged(header, claims, &mac)
}

#[tokio::test]
async fn no_header_talks_the_server_into_another_key_or_algorithm() {
    let town = TestApp::start().await;
    let good = town.admin().token();
    let kid = {
        let header = URL_SAFE_NO_PAD.decode(good.split('.').next().unwrap()).unwrap();
        serde_json::from_slice::<Value>(&header).unwrap()["kid"].as_str().unwrap().to_owned()
    };
    let hs256 = |kid: &Value| json!({"typ": "JWT", "alg": "HS256", "kid": kid});
    let mut forgeries = vec![
        // Signed with what is known to everybody: the kid, nothing, a file that is always empty.
        signed(&hs256(&json!(kid)), &claims(&good), kid.as_bytes()),
        signed(&hs256(&json!(kid)), &claims(&good), b""),
        signed(&json!({"typ": "JWT", "alg": "HS256"}), &claims(&good), b""),
    ];
    for name in ["", "/dev/null", "../../../../dev/null", "keys.json", "' OR '1'='1", "0", "\u{0}"]
    {
        forgeries.push(signed(&hs256(&json!(name)), &claims(&good), b""));
    }
    forgeries.push(signed(&hs256(&json!("k".repeat(20_000))), &claims(&good), b""));
    forgeries.push(signed(&hs256(&json!({"a": 1})), &claims(&good), b""));
    for alg in ["none", "None", "RS256", "ES256", "EdDSA", "HS512", "PS256"] {
        let header = json!({"typ": "JWT", "alg": alg, "kid": kid});
        forgeries.push(signed(&header, &claims(&good), kid.as_bytes()));
        forgeries.push(forged(&header, &claims(&good), b""));
    }
    for forgery in forgeries {
        me(&town, &format!("Bearer {forgery}")).await.is_problem(401, "token-invalid");
    }
}

#[tokio::test]
async fn what_is_signed_must_be_said_for_us() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let keys: Value =
        serde_json::from_slice(&std::fs::read(town.app.config.data.join("keys.json")).unwrap())
            .unwrap();
    let secret = URL_SAFE_NO_PAD.decode(keys["keys"][0]["secret"].as_str().unwrap()).unwrap();
    let header = json!({"typ": "JWT", "alg": "HS256", "kid": keys["keys"][0]["kid"]});
    let good = claims(&ana.token());
    me(&town, &format!("Bearer {}", signed(&header, &good, &secret))).await.ok();
    let changes: [(&str, Value, &str); 8] = [
        ("aud", json!("another-api"), "token-invalid"),
        ("iss", json!("another"), "token-invalid"),
        ("exp", json!(1), "token-expired"),
        ("sub", json!(town.admin().member.account.to_string()), "token-invalid"),
        ("sub", json!("-1"), "token-invalid"),
        ("sid", json!(uuid::Uuid::new_v4()), "token-invalid"),
        ("sid", json!("' OR 1=1 --"), "token-invalid"),
        ("role", json!("emperor"), "token-invalid"),
    ];
    for (name, value, code) in changes {
        let mut claims = good.clone();
        claims[name] = value;
        let answer = me(&town, &format!("Bearer {}", signed(&header, &claims, &secret))).await;
        answer.is_problem(401, code);
    }
    // What a token says of a role or of scopes gives nobody more than they have.
    let mut promoted = good.clone();
    promoted["role"] = json!("admin");
    promoted["scope"] = json!("issues:read figures:read");
    let promoted = signed(&header, &promoted, &secret);
    let accounts = town.nobody.request(Method::GET, "/accounts").bearer_auth(promoted);
    town.nobody.send(accounts).await.is_problem(403, "forbidden");
}

#[tokio::test]
async fn one_kind_of_token_is_not_taken_for_the_other() {
    let town = TestApp::start().await;
    let body = json!({"login": "ana", "password": PASSWORD});
    let signed_in = town.nobody.request(Method::POST, "/sessions").json(&body);
    let session = town.nobody.send(signed_in).await.ok();
    let refresh = |token: &Value| {
        let body = json!({"refresh_token": token});
        town.nobody.send(town.nobody.request(Method::POST, "/sessions:refresh").json(&body))
    };
    let refresh_token = session["refresh_token"].as_str().unwrap();
    me(&town, &format!("Bearer {refresh_token}")).await.is_problem(401, "token-invalid");
    refresh(&session["access_token"]).await.is_problem(401, "refresh-token-invalid");
    // Stolen: whoever is second ends the session for both.
    let next = refresh(&session["refresh_token"]).await.ok();
    town.wait(2);
    refresh(&session["refresh_token"]).await.is_problem(401, "refresh-token-invalid");
    refresh(&next["refresh_token"]).await.is_problem(401, "refresh-token-invalid");
    let bearer = format!("Bearer {}", next["access_token"].as_str().unwrap());
    me(&town, &bearer).await.is_problem(401, "token-invalid");
}

#[tokio::test]
async fn a_huge_header_hurts_nobody() {
    let town = TestApp::start().await;
    let huge = format!("Bearer {}", "a.".repeat(20_000));
    assert!([400, 401, 431].contains(&me(&town, &huge).await.status));
    // Answered or cut off, whichever comes first; on a connection that nobody else uses.
    let alone = reqwest::Client::builder().no_proxy().build().unwrap();
    let beyond = alone.get(format!("{}/me", town.nobody.api)).bearer_auth("a".repeat(2_000_000));
    if let Ok(answer) = beyond.send().await {
        assert!(answer.status().is_client_error());
    }
    me(&town, &format!("Bearer {}", town.inspector("ana").token())).await.ok();
}

#[tokio::test]
async fn keys_are_rotated_and_withdrawn_under_a_running_server() {
    let town = TestApp::start().await;
    let data = town.app.config.data.clone();
    let body = json!({"login": "ana", "password": PASSWORD});
    let signed_in = town.nobody.request(Method::POST, "/sessions").json(&body);
    let session = town.nobody.send(signed_in).await.ok();
    let old = format!("Bearer {}", session["access_token"].as_str().unwrap());
    let old_kid = zhoubian::tokens::list(&data, town.now()).unwrap()[0].kid.clone();
    zhoubian::tokens::rotate(&data, town.now()).unwrap();
    assert!(town.app.keys.follow().unwrap());
    town.wait(1);
    me(&town, &old).await.ok();
    let refresh = |token: &Value| {
        let body = json!({"refresh_token": token});
        town.nobody.send(town.nobody.request(Method::POST, "/sessions:refresh").json(&body))
    };
    let next = refresh(&session["refresh_token"]).await.ok();
    let lost = refresh(&session["refresh_token"]).await.ok();
    assert_eq!(next["refresh_token"], lost["refresh_token"]);
    zhoubian::tokens::withdraw(&data, &old_kid, town.now()).unwrap();
    assert!(town.app.keys.follow().unwrap());
    me(&town, &old).await.is_problem(401, "token-invalid");
    me(&town, &format!("Bearer {}", next["access_token"].as_str().unwrap())).await.ok();
    refresh(&next["refresh_token"]).await.ok();
}
