//! `/sessions`, `/me`: signing in and out, and who one is.

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpResponse, delete, get, post, web};
use domain::access::{Action, Subject, may};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::accounts::Account;
use super::actor::Identified;
use super::caller::{Caller, Returning};
use super::documented::{IdentifiedProblems, RefreshProblems, SignInProblems};
use crate::accounts::{self, must};
use crate::actions;
use crate::actions::sign_in::{Credentials, Grant};
use crate::app::App;
use crate::problem::Error;
use crate::tokens::ACCESS_LIFE_S;

/// Credentials.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "login": "inspector01",
    "password": "correct horse battery",
    "device": "Chrome on Android"
}))]
#[allow(missing_debug_implementations)]
pub struct SignIn {
    /// In any case.
    pub login: String,
    /// The password.
    #[schema(format = Password)]
    pub password: String,
    /// What the client calls the device, shown to its owner; at most 200 characters.
    pub device: Option<String>,
    /// Where the account has a second factor: the app's six digits, or a recovery code.
    pub code: Option<String>,
}

/// What somebody must do before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Must {
    /// Set a password of their own with `PUT /me/password`.
    ChangePassword,
    /// Set a second factor up with `POST /me/second-factor` and `POST /me/second-factor:confirm`.
    SetUpSecondFactor,
}

impl From<accounts::Must> for Must {
    fn from(must: accounts::Must) -> Self {
        match must {
            accounts::Must::ChangePassword => Self::ChangePassword,
            accounts::Must::SetUpSecondFactor => Self::SetUpSecondFactor,
        }
    }
}

/// A refresh token to exchange.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "refresh_token": "zr1.3f1c4c0e-6d0a-4d0e-9a64-0b6a1f2f7c11.Zm9yIHRoZSBleGFtcGxlJ3Mgc2FrZSwgbm90aGluZyE"
}))]
#[allow(missing_debug_implementations)]
pub struct Refresh {
    /// The refresh token given last.
    pub refresh_token: String,
}

/// An open session (the token response of RFC 6749, 5.1, and the account).
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "access_token": "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImtpZCI6IkFCQ0RFRkdIIn0.e30.c2ln",
    "token_type": "Bearer",
    "expires_in": 900,
    "refresh_token": "zr1.3f1c4c0e-6d0a-4d0e-9a64-0b6a1f2f7c11.Zm9yIHRoZSBleGFtcGxlJ3Mgc2FrZSwgbm90aGluZyE",
    "account": {
        "id": 7,
        "login": "inspector01",
        "name": "王芳",
        "role": "inspector",
        "bureau": null,
        "duty_areas": ["340102"],
        "active": true,
        "created_at": "2026-03-02T01:00:00Z",
        "ends_at": null,
        "password_changed_at": "2026-03-02T01:00:00Z",
        "must_change_password": false,
        "second_factor": false
    },
    "must": []
}))]
#[allow(missing_debug_implementations)]
pub struct Session {
    /// Send it as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds the access token is good for.
    pub expires_in: i64,
    /// Exchange it before it is 30 days old; each exchange gives another.
    pub refresh_token: String,
    /// Who signed in.
    pub account: Account,
    /// What they must do before anything else, in this order; normally nothing. Until it is done, every
    /// other operation answers 403 `password-change-required` or `second-factor-setup-required`.
    pub must: Vec<Must>,
}

impl From<Grant> for Session {
    fn from(grant: Grant) -> Self {
        Self {
            access_token: grant.access_token,
            token_type: "Bearer".to_owned(),
            expires_in: ACCESS_LIFE_S,
            refresh_token: grant.refresh_token.to_string(),
            account: grant.account.into(),
            must: grant.must.into_iter().map(Must::from).collect(),
        }
    }
}

/// Oneself.
#[derive(Serialize, Deserialize, ToSchema)]
#[allow(missing_debug_implementations)]
pub struct Me {
    /// The account of the access token.
    #[serde(flatten)]
    pub account: Account,
    /// What must be done before anything else, in this order; normally nothing.
    pub must: Vec<Must>,
}

/// Tokens, and other secrets that are told once, must not stay in a cache (RFC 6749, 5.1).
pub(super) const NO_STORE: (actix_web::http::header::HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Sign in
///
/// Opens a session on a device and gives its first tokens. An unknown login, a wrong password and a
/// closed account get the same answer, and after five of them the login is locked for a while, whether
/// anybody has it or not. Whoever has a second factor sends its `code` as well.
#[utoipa::path(
    tag = "sessions",
    operation_id = "create_session",
    request_body = SignIn,
    responses(
        (status = 201, description = "Signed in.", body = Session),
        SignInProblems
    ),
    security(())
)]
#[post("/sessions")]
pub async fn create_session(
    app: web::Data<App>,
    _caller: Caller,
    body: web::Json<SignIn>,
) -> Result<HttpResponse, Error> {
    let SignIn { login, password, device, code } = body.into_inner();
    let credentials = Credentials { login, password, code, device };
    let grant = actions::sign_in::sign_in(&app, credentials).await?;
    Ok(HttpResponse::Created().insert_header(NO_STORE).json(Session::from(grant)))
}

/// Stay signed in
///
/// Exchanges the refresh token for the next one and a new access token. If the answer is lost, send
/// the same request again within 60 seconds: it gives the same refresh token. An older token ends
/// the session, because somebody else must hold it.
#[utoipa::path(
    tag = "sessions",
    operation_id = "refresh_session",
    request_body = Refresh,
    responses(
        (status = 200, description = "The next tokens.", body = Session),
        RefreshProblems
    ),
    security(())
)]
#[post("/sessions:refresh")]
pub async fn refresh_session(
    app: web::Data<App>,
    _returning: Returning,
    body: web::Json<Refresh>,
) -> Result<HttpResponse, Error> {
    let grant = actions::refresh_session::refresh_session(&app, &body.refresh_token).await?;
    Ok(HttpResponse::Ok().insert_header(NO_STORE).json(Session::from(grant)))
}

/// Sign out
///
/// Ends the session of the access token. Other devices stay signed in.
#[utoipa::path(
    tag = "sessions",
    operation_id = "end_session",
    responses(
        (status = 204, description = "Signed out."),
        IdentifiedProblems
    )
)]
#[delete("/sessions/current")]
pub async fn end_session(app: web::Data<App>, who: Identified) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::EndSession, &Subject::None)?;
    actions::end_session::end_session(&app, who.session).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Who am I?
///
/// The account of the access token, and what must be done first.
#[utoipa::path(
    tag = "sessions",
    operation_id = "get_me",
    responses(
        (status = 200, description = "The account.", body = Me),
        IdentifiedProblems
    )
)]
#[get("/me")]
pub async fn get_me(app: web::Data<App>, who: Identified) -> Result<web::Json<Me>, Error> {
    may(Some(&who.actor(&app)), Action::GetMe, &Subject::None)?;
    let must = must(&who.account, &app.config.sign_in, app.clock.now());
    let must = must.into_iter().map(Must::from).collect();
    Ok(web::Json(Me { account: Account::from(&*who.account), must }))
}

#[cfg(test)]
pub(super) mod tests;
