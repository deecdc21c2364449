//! `/accounts/{id}/…`: what an administrator does when a phone is lost or a login is locked.

use actix_web::{HttpResponse, delete, get, post, web};
use domain::access::{Action, Subject, may};

use super::actor::SignedIn;
use super::devices::{DeviceList, account, devices};
use super::documented::{AccountCareProblems, RemoveSecondFactorProblems};
use crate::actions;
use crate::app::App;
use crate::problem::Error;

/// List somebody's devices
///
/// Every session of the account that is open. For admins.
#[utoipa::path(
    tag = "accounts",
    operation_id = "list_account_sessions",
    params(("id" = i64, Path, description = "The account's id.", example = 7)),
    responses(
        (status = 200, description = "The devices.", body = DeviceList),
        AccountCareProblems
    )
)]
#[get("/accounts/{id}/sessions")]
pub async fn list_account_sessions(
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<i64>,
) -> Result<web::Json<DeviceList>, Error> {
    may(Some(&who.actor(&app)), Action::ListAccountSessions, &Subject::None)?;
    let account = account(&app, *id).await?;
    Ok(web::Json(devices(&app, &account, who.session).await?))
}

/// Sign somebody out everywhere
///
/// Ends every session of the account, at once on this server and within 5 seconds on others. For
/// admins.
#[utoipa::path(
    tag = "accounts",
    operation_id = "end_account_sessions",
    params(("id" = i64, Path, description = "The account's id.", example = 7)),
    responses(
        (status = 204, description = "Signed out."),
        AccountCareProblems
    )
)]
#[delete("/accounts/{id}/sessions")]
pub async fn end_account_sessions(
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::EndAccountSessions, &Subject::None)?;
    actions::end_session::end_all(&app, who.account.id, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Remove somebody's second factor
///
/// They sign in with their password alone, and set another one up if their role needs it. One's own is
/// removed with a code instead. For admins.
#[utoipa::path(
    tag = "accounts",
    operation_id = "remove_second_factor",
    params(("id" = i64, Path, description = "The account's id.", example = 7)),
    responses(
        (status = 204, description = "Removed, or there was none."),
        RemoveSecondFactorProblems
    )
)]
#[delete("/accounts/{id}/second-factor")]
pub async fn remove_second_factor(
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::RemoveSecondFactor, &Subject::None)?;
    actions::second_factor::remove_for(&app, who.account.id, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Unlock an account
///
/// Forgets the failed attempts to sign in. For admins.
#[utoipa::path(
    tag = "accounts",
    operation_id = "unlock_account",
    params(("id" = i64, Path, description = "The account's id.", example = 7)),
    responses(
        (status = 204, description = "Unlocked, or it was not locked."),
        AccountCareProblems
    )
)]
#[post("/accounts/{id}:unlock")]
pub async fn unlock_account(
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<i64>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::UnlockAccount, &Subject::None)?;
    actions::unlock_account::unlock_account(&app, who.account.id, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}
