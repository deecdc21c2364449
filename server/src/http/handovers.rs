//! `/me/handovers`, `/sessions:handover`: a new phone, signed in by a code on the old one.

use actix_web::{HttpResponse, post, web};
use domain::access::{Action, Subject, may};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actor::SignedIn;
use super::caller::Caller;
use super::documented::{HandoverProblems, RedeemProblems};
use super::sessions::{NO_STORE, Session};
use crate::actions;
use crate::app::App;
use crate::problem::Error;

/// How a session is to be handed over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"keep": false}))]
pub struct AskHandover {
    /// Whether this device stays signed in as well.
    #[schema(default = false)]
    pub keep: Option<bool>,
}

/// A code to show; told once.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "code": "pY0a7Jc1nQkT4vB2xW9zLr3sMfE",
    "url": "https://zhoubian.example/handover#pY0a7Jc1nQkT4vB2xW9zLr3sMfE",
    "expires_at": "2026-11-16T01:05:00Z"
}))]
#[allow(missing_debug_implementations)]
pub struct Handover {
    /// What the new device sends.
    pub code: String,
    /// The page that sends it, for a QR code. The code stands behind `#`, so that it is in no log.
    pub url: String,
    /// When it is good no more: in five minutes.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

/// A code that was read off another device.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "pY0a7Jc1nQkT4vB2xW9zLr3sMfE", "device": "Chrome on Android"}))]
#[allow(missing_debug_implementations)]
pub struct RedeemHandover {
    /// The code.
    pub code: String,
    /// What the client calls the device, shown to its owner; at most 200 characters.
    pub device: Option<String>,
}

/// Make a code for a new device
///
/// Good once, for five minutes. The newest code of a session is the only one. Unless `keep` is true,
/// this session ends when the code is used.
#[utoipa::path(
    tag = "sessions",
    operation_id = "create_handover",
    request_body = AskHandover,
    responses(
        (status = 201, description = "The code, told once.", body = Handover),
        HandoverProblems
    )
)]
#[post("/me/handovers")]
pub async fn create_handover(
    app: web::Data<App>,
    who: SignedIn,
    body: web::Json<AskHandover>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::CreateHandover, &Subject::None)?;
    let offer =
        actions::hand_over::offer(&app, &who.account, who.session, body.keep.unwrap_or(false))
            .await?;
    let url = format!("{}/handover#{}", app.config.public_url, offer.code);
    let told = Handover { code: offer.code, url, expires_at: offer.expires_at };
    Ok(HttpResponse::Created().insert_header(NO_STORE).json(told))
}

/// Sign in with another device's code
///
/// Opens a session of the account whose device shows the code.
#[utoipa::path(
    tag = "sessions",
    operation_id = "redeem_handover",
    request_body = RedeemHandover,
    responses(
        (status = 201, description = "Signed in.", body = Session),
        RedeemProblems
    ),
    security(())
)]
#[post("/sessions:handover")]
pub async fn redeem_handover(
    app: web::Data<App>,
    _caller: Caller,
    body: web::Json<RedeemHandover>,
) -> Result<HttpResponse, Error> {
    let RedeemHandover { code, device } = body.into_inner();
    let grant = actions::hand_over::redeem(&app, &code, device).await?;
    Ok(HttpResponse::Created().insert_header(NO_STORE).json(Session::from(grant)))
}
