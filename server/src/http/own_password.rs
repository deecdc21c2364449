//! `/me/password`: a password of one's own.

use actix_web::{HttpResponse, put, web};
use domain::access::{Action, Subject, may};
use serde::Deserialize;
use utoipa::ToSchema;

use super::actor::Identified;
use super::documented::ChangePasswordProblems;
use crate::actions;
use crate::app::App;
use crate::problem::Error;

/// The password that is and the one that shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "current": "correct horse battery",
    "new": "three herons over the weir"
}))]
#[allow(missing_debug_implementations)]
pub struct ChangePassword {
    /// The password that is.
    #[schema(format = Password)]
    pub current: String,
    /// The password that shall be: another one, not easy to guess.
    #[schema(format = Password, min_length = 10, max_length = 200)]
    pub new: String,
}

/// Change one's own password
///
/// Ends all one's other sessions. A wrong current password counts as a failed attempt to sign in.
#[utoipa::path(
    tag = "sessions",
    operation_id = "change_my_password",
    request_body = ChangePassword,
    responses(
        (status = 204, description = "Changed."),
        ChangePasswordProblems
    )
)]
#[put("/me/password")]
pub async fn change_my_password(
    app: web::Data<App>,
    who: Identified,
    body: web::Json<ChangePassword>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ChangeMyPassword, &Subject::None)?;
    let ChangePassword { current, new } = body.into_inner();
    let passwords = (current, new);
    actions::change_password::change_password(&app, &who.account, who.session, passwords).await?;
    Ok(HttpResponse::NoContent().finish())
}
