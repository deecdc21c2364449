//! Sessions over HTTP; and a way to ask, for the other handlers' tests.

use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, WWW_AUTHENTICATE,
};
use actix_web::test::{TestRequest, init_service, try_call_service};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::*;
use crate::accounts::tests::{PASSWORD, Town};
use crate::config::SignInSettings;
use crate::http::accounts::{create_account, list_accounts, update_account};
use crate::http::devices::list_my_sessions;
use crate::http::own_password::change_my_password;
use crate::http::second_factor::{begin_second_factor, confirm_second_factor};
use crate::second_factor::Secret;

/// What came back.
pub(in crate::http) struct Answer {
    pub(in crate::http) status: StatusCode,
    headers: HeaderMap,
    /// Null when there was no body.
    pub(in crate::http) body: Value,
}

impl Answer {
    fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(in crate::http) fn said(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }
}

impl Town {
    /// Sends a request through the handlers.
    pub(in crate::http) async fn asks(&self, request: TestRequest) -> Answer {
        let app = actix_web::App::new()
            .app_data(self.app.clone())
            .service(create_session)
            .service(refresh_session)
            .service(end_session)
            .service(get_me)
            .service(list_accounts)
            .service(create_account)
            .service(update_account)
            .service(change_my_password)
            .service(begin_second_factor)
            .service(confirm_second_factor)
            .service(list_my_sessions);
        let service = init_service(app).await;
        let response = match try_call_service(&service, request.to_request()).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await.unwrap_or_default();
        Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    /// The access token of somebody who signs in.
    pub(in crate::http) async fn token(&self, login: &str) -> String {
        self.signs_in(login).await.unwrap().access_token
    }
}

pub(in crate::http) fn by(token: &str, request: TestRequest) -> TestRequest {
    request.insert_header((AUTHORIZATION, format!("Bearer {token}")))
}

fn me(header: &str) -> TestRequest {
    TestRequest::get().uri("/me").insert_header((AUTHORIZATION, header))
}

fn post(uri: &str, body: &Value) -> TestRequest {
    TestRequest::post().uri(uri).set_json(body)
}

#[actix_web::test]
async fn from_signing_in_to_signing_out() {
    let town = Town::new().await;
    let credentials = json!({"login": "Ana", "password": PASSWORD, "device": "phone"});
    let opened = town.asks(post("/sessions", &credentials)).await;
    assert_eq!(opened.status, 201);
    assert_eq!(opened.header(CACHE_CONTROL), "no-store");
    assert_eq!(opened.body["token_type"], "Bearer");
    assert_eq!(opened.body["expires_in"], 900);
    let token = opened.body["access_token"].as_str().unwrap();
    let seen = town.asks(by(token, TestRequest::get().uri("/me"))).await;
    assert_eq!(seen.status, 200);
    assert_eq!((&seen.body["id"], &seen.body["must"]), (&opened.body["account"]["id"], &json!([])));

    let refresh = json!({"refresh_token": opened.body["refresh_token"]});
    let next = town.asks(post("/sessions:refresh", &refresh)).await;
    assert_eq!(next.status, 200);
    assert_eq!(next.header(CACHE_CONTROL), "no-store");
    let token = next.body["access_token"].as_str().unwrap();

    let out = town.asks(by(token, TestRequest::delete().uri("/sessions/current"))).await;
    assert_eq!(out.status, 204);
    let after = town.asks(by(token, TestRequest::get().uri("/me"))).await;
    assert_eq!(after.said(), (401, "token-invalid"));
    let refresh = json!({"refresh_token": next.body["refresh_token"]});
    let again = town.asks(post("/sessions:refresh", &refresh)).await;
    assert_eq!(again.said(), (401, "refresh-token-invalid"));
}

#[actix_web::test]
async fn the_account_is_told_and_its_password_is_not() {
    let town = Town::new().await;
    let token = town.token("ana").await;
    let seen = town.asks(by(&token, TestRequest::get().uri("/me"))).await;
    let id = town.account("ana").await.id;
    let expected = json!({
        "id": id, "login": "ana", "name": "ana", "role": "inspector", "bureau": null,
        "duty_areas": ["429901000000"], "active": true, "created_at": "2026-01-01T00:00:00Z",
        "ends_at": null,
        "password_changed_at": "2026-01-01T00:00:00Z", "must_change_password": false,
        "second_factor": false, "must": [],
    });
    assert_eq!(seen.body, expected);
}

#[actix_web::test]
async fn wrong_credentials_are_a_problem() {
    let town = Town::new().await;
    let wrong = json!({"login": "ana", "password": "wrong"});
    let refused = town.asks(post("/sessions", &wrong)).await;
    assert_eq!(refused.said(), (401, "credentials-invalid"));
    assert_eq!(refused.header(CONTENT_TYPE), "application/problem+json");
    assert_eq!(refused.header(WWW_AUTHENTICATE), "Bearer");
}

#[actix_web::test]
async fn unknown_fields_are_refused() {
    let town = Town::new().await;
    let body = json!({"login": "ana", "password": PASSWORD, "remember": true});
    assert_eq!(town.asks(post("/sessions", &body)).await.status, 400);
}

#[actix_web::test]
async fn the_scheme_may_be_written_in_any_case() {
    let town = Town::new().await;
    let token = town.token("ana").await;
    for scheme in ["Bearer", "bearer", "BEARER"] {
        assert_eq!(town.asks(me(&format!("{scheme} {token}"))).await.status, 200, "{scheme}");
    }
    for header in ["", "Bearer", "Bearer ", &token, &format!("Basic {token}")] {
        assert_eq!(town.asks(me(header)).await.said(), (401, "token-invalid"), "{header}");
    }
    let bare = TestRequest::get().uri("/me");
    assert_eq!(town.asks(bare).await.said(), (401, "token-invalid"));
}

#[actix_web::test]
async fn an_expired_token_is_told_apart() {
    let town = Town::new().await;
    let token = town.token("ana").await;
    town.app.clock.advance(SignedDuration::from_secs(ACCESS_LIFE_S));
    let refused = town.asks(by(&token, TestRequest::get().uri("/me"))).await;
    assert_eq!(refused.said(), (401, "token-expired"));
}

#[actix_web::test]
async fn a_refresh_token_opens_no_door() {
    let town = Town::new().await;
    let refresh = town.signs_in("ana").await.unwrap().refresh_token.to_string();
    let refused = town.asks(by(&refresh, TestRequest::get().uri("/me"))).await;
    assert_eq!(refused.said(), (401, "token-invalid"));
}

#[actix_web::test]
async fn until_what_must_be_done_is_done_nothing_else_is_answered() {
    let town = Town::with(SignInSettings::default()).await;
    let token = town.token("root").await;
    let list = || by(&token, TestRequest::get().uri("/accounts"));
    assert_eq!(town.asks(list()).await.said(), (403, "second-factor-setup-required"));
    let devices = by(&token, TestRequest::get().uri("/me/sessions"));
    assert_eq!(town.asks(devices).await.said(), (403, "second-factor-setup-required"));
    let me = town.asks(by(&token, TestRequest::get().uri("/me"))).await;
    assert_eq!(me.body["must"], json!(["set_up_second_factor"]));

    let begin = by(&token, post("/me/second-factor", &json!({"password": PASSWORD})));
    let begun = town.asks(begin).await;
    assert_eq!((begun.status.as_u16(), begun.header(CACHE_CONTROL)), (200, "no-store"));
    let secret = totp_rs::Secret::try_from_base32(begun.body["secret"].as_str().unwrap()).unwrap();
    let code = Secret::of(secret.as_bytes().to_vec()).code_at(town.app.clock.now());
    let confirm = by(&token, post("/me/second-factor:confirm", &json!({"code": code})));
    let confirmed = town.asks(confirm).await;
    assert_eq!(confirmed.body["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(town.asks(list()).await.status, 200);
}

#[actix_web::test]
async fn a_temporary_password_is_changed_first() {
    let town = Town::new().await;
    let root = town.token("root").await;
    let new = json!({"login": "li", "name": "李强", "role": "office", "password": PASSWORD});
    assert_eq!(town.asks(by(&root, post("/accounts", &new))).await.status, 201);
    let opened = town.asks(post("/sessions", &json!({"login": "li", "password": PASSWORD}))).await;
    assert_eq!(opened.body["must"], json!(["change_password"]));
    let token = opened.body["access_token"].as_str().unwrap();
    let devices = || by(token, TestRequest::get().uri("/me/sessions"));
    assert_eq!(town.asks(devices()).await.said(), (403, "password-change-required"));
    let change = |current: &str, new: &str| {
        let body = json!({"current": current, "new": new});
        by(token, TestRequest::put().uri("/me/password").set_json(body))
    };
    let weak = town.asks(change(PASSWORD, "password123")).await;
    assert_eq!(weak.said(), (422, "password-weak"));
    assert!(weak.body["words"]["zh"].as_str().unwrap().contains("常见密码"), "{}", weak.body);
    assert_eq!(town.asks(change(PASSWORD, "under the tunnel")).await.status, 204);
    assert_eq!(town.asks(devices()).await.status, 200);
}
