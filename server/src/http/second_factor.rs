//! `/me/second-factor`: codes of an authenticator app beside the password.

use actix_web::{HttpResponse, delete, post, web};
use domain::access::{Action, Subject, may};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actor::{Identified, SignedIn};
use super::documented::{
    BeginSecondFactorProblems, ConfirmSecondFactorProblems, RemoveMySecondFactorProblems,
};
use super::sessions::NO_STORE;
use crate::actions;
use crate::app::App;
use crate::problem::Error;
use crate::second_factor::RecoveryCode;

/// The password, once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"password": "correct horse battery"}))]
#[allow(missing_debug_implementations)]
pub struct BeginSecondFactor {
    /// The password.
    #[schema(format = Password)]
    pub password: String,
}

/// A secret for an authenticator app; told once.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    "uri": "otpauth://totp/zhoubian:office?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=zhoubian&algorithm=SHA1&digits=6&period=30"
}))]
#[allow(missing_debug_implementations)]
pub struct SecondFactor {
    /// For typing into the app: Base32.
    pub secret: String,
    /// For the app as a QR code.
    pub uri: String,
}

/// The app's first code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "287082"}))]
#[allow(missing_debug_implementations)]
pub struct ConfirmSecondFactor {
    /// Six digits.
    pub code: String,
}

/// Codes for the day the phone is gone; told once.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"recovery_codes": ["7k3m-9q2x-t0vb-h5rc", "e8w1-4ynd-6zpj-sa3f"]}))]
#[allow(missing_debug_implementations)]
pub struct RecoveryCodes {
    /// Ten, each good once in place of a code of the app.
    pub recovery_codes: Vec<String>,
}

/// Password and a code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"password": "correct horse battery", "code": "287082"}))]
#[allow(missing_debug_implementations)]
pub struct RemoveSecondFactor {
    /// The password.
    #[schema(format = Password)]
    pub password: String,
    /// The app's six digits, or a recovery code.
    pub code: String,
}

/// Begin to set a second factor up
///
/// Gives a secret for an authenticator app. It is asked for at signing in once a code of it has been
/// confirmed; asking again before that gives another.
#[utoipa::path(
    tag = "sessions",
    operation_id = "begin_second_factor",
    request_body = BeginSecondFactor,
    responses(
        (status = 200, description = "The secret, told once.", body = SecondFactor),
        BeginSecondFactorProblems
    )
)]
#[post("/me/second-factor")]
pub async fn begin_second_factor(
    app: web::Data<App>,
    who: Identified,
    body: web::Json<BeginSecondFactor>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::BeginSecondFactor, &Subject::None)?;
    let password = body.into_inner().password;
    let secret = actions::second_factor::begin(&app, &who.account, password).await?;
    let told = SecondFactor { secret: secret.text(), uri: secret.uri(&who.account.login) };
    Ok(HttpResponse::Ok().insert_header(NO_STORE).json(told))
}

/// Confirm a second factor
///
/// Shows that the app has the secret, and gives ten recovery codes. From now on signing in takes a
/// code. Every other session ends. Wrong codes count as failed attempts to sign in.
#[utoipa::path(
    tag = "sessions",
    operation_id = "confirm_second_factor",
    request_body = ConfirmSecondFactor,
    responses(
        (status = 200, description = "The recovery codes, told once.", body = RecoveryCodes),
        ConfirmSecondFactorProblems
    )
)]
#[post("/me/second-factor:confirm")]
pub async fn confirm_second_factor(
    app: web::Data<App>,
    who: Identified,
    body: web::Json<ConfirmSecondFactor>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ConfirmSecondFactor, &Subject::None)?;
    let codes =
        actions::second_factor::confirm(&app, &who.account, who.session, &body.code).await?;
    let recovery_codes = codes.iter().map(RecoveryCode::text).collect();
    Ok(HttpResponse::Ok().insert_header(NO_STORE).json(RecoveryCodes { recovery_codes }))
}

/// Remove one's own second factor
///
/// Takes the password and a code. Wrong ones count as failed attempts to sign in.
#[utoipa::path(
    tag = "sessions",
    operation_id = "remove_my_second_factor",
    request_body = RemoveSecondFactor,
    responses(
        (status = 204, description = "Removed."),
        RemoveMySecondFactorProblems
    )
)]
#[delete("/me/second-factor")]
pub async fn remove_my_second_factor(
    app: web::Data<App>,
    who: SignedIn,
    body: web::Json<RemoveSecondFactor>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::RemoveMySecondFactor, &Subject::None)?;
    let RemoveSecondFactor { password, code } = body.into_inner();
    actions::second_factor::remove_own(&app, &who.account, password, code).await?;
    Ok(HttpResponse::NoContent().finish())
}
