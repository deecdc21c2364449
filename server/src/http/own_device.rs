//! `/me/device`: what the device that asks still holds.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, put};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actor::SignedIn;
use super::documented::OwnDeviceProblems;
use crate::actions::tell_unsent::tell_unsent;
use crate::app::App;
use crate::problem::Error;

/// What a device still holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"unsent": 4, "oldest_unsent_at": "2026-11-16T00:31:00Z"}))]
pub struct DeviceState {
    /// How many reports, counts and photos are not here yet.
    #[schema(maximum = 100_000)]
    pub unsent: u32,
    /// When the oldest of them was made, by the device's clock.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub oldest_unsent_at: Option<Timestamp>,
}

/// Say what this device still holds
///
/// Whoever looks after the devices reads it beside when the device was last seen. A device says it when
/// it goes online, and again when the number changes; it is gone with the session.
#[utoipa::path(
    tag = "sessions",
    operation_id = "put_my_device",
    request_body = DeviceState,
    responses((status = 204, description = "Kept."), OwnDeviceProblems)
)]
#[put("/me/device")]
pub async fn put_my_device(
    app: Data<App>,
    who: SignedIn,
    body: Json<DeviceState>,
) -> Result<HttpResponse, Error> {
    let DeviceState { unsent, oldest_unsent_at } = body.into_inner();
    tell_unsent(&app, who.actor(&app), who.session, unsent, oldest_unsent_at).await?;
    Ok(HttpResponse::NoContent().finish())
}
