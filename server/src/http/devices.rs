//! `/me/sessions`: the devices somebody is signed in on.

use actix_web::{HttpResponse, delete, get, web};
use domain::access::{Action, Subject, may};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::actor::SignedIn;
use super::documented::{DeviceProblems, SignedInProblems};
use crate::accounts::is_idle;
use crate::actions;
use crate::app::App;
use crate::problem::Error;
use crate::store::accounts::Account;
use crate::store::{self, sessions};

/// A device that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "3f1c4c0e-6d0a-4d0e-9a64-0b6a1f2f7c11",
    "device": "Chrome on Android",
    "created_at": "2026-11-02T00:55:00Z",
    "last_seen_at": "2026-11-16T01:04:00Z",
    "unsent": 4,
    "oldest_unsent_at": "2026-11-16T00:31:00Z",
    "unsent_at": "2026-11-16T01:04:20Z",
    "current": true
}))]
pub struct Device {
    /// The session.
    pub id: Uuid,
    /// What its client calls it.
    #[schema(required)]
    pub device: Option<String>,
    /// When somebody signed in.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    #[schema(value_type = String, format = DateTime)]
    pub last_seen_at: Timestamp,
    /// How much it last said it holds that is not here yet; null before it said anything.
    #[schema(required)]
    pub unsent: Option<i32>,
    /// When the oldest of that was made, by the device's clock.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub oldest_unsent_at: Option<Timestamp>,
    /// When it said so.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub unsent_at: Option<Timestamp>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Devices that are signed in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeviceList {
    /// The one used last first.
    pub items: Vec<Device>,
}

/// An account's open sessions, for whoever asks with the session `asking`.
pub(super) async fn devices(
    app: &App,
    account: &Account,
    asking: Uuid,
) -> Result<DeviceList, Error> {
    let (id, now) = (account.id, app.clock.now());
    let open = app.db.read(move |conn| sessions::list_open(conn, id, now)).await?;
    let used = open.into_iter().filter(|one| !is_idle(one, account, &app.config.sign_in, now));
    let items = used.map(|session| Device {
        current: session.id == asking,
        id: session.id,
        device: session.device,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        unsent: session.unsent.map(|unsent| unsent.count),
        oldest_unsent_at: session.unsent.and_then(|unsent| unsent.oldest_at),
        unsent_at: session.unsent.map(|unsent| unsent.at),
    });
    Ok(DeviceList { items: items.collect() })
}

/// The account with this id; [`Error::NotFound`] when there is none.
pub(super) async fn account(app: &App, id: i64) -> Result<Account, Error> {
    let find = move |conn: &mut schema::Conn| store::accounts::find(conn, id);
    app.db.read(find).await?.ok_or(Error::NotFound)
}

/// List one's own devices
///
/// Every session of one's own that is open, and whether it is this one.
#[utoipa::path(
    tag = "sessions",
    operation_id = "list_my_sessions",
    responses(
        (status = 200, description = "The devices.", body = DeviceList),
        SignedInProblems
    )
)]
#[get("/me/sessions")]
pub async fn list_my_sessions(
    app: web::Data<App>,
    who: SignedIn,
) -> Result<web::Json<DeviceList>, Error> {
    may(Some(&who.actor(&app)), Action::ListMySessions, &Subject::None)?;
    Ok(web::Json(devices(&app, &who.account, who.session).await?))
}

/// Sign one device out
///
/// Ends a session of one's own, at once on this server and within 5 seconds on others.
#[utoipa::path(
    tag = "sessions",
    operation_id = "end_my_session",
    params(("id" = Uuid, Path, description = "The session.",
        example = "3f1c4c0e-6d0a-4d0e-9a64-0b6a1f2f7c11")),
    responses(
        (status = 204, description = "Signed out."),
        DeviceProblems
    )
)]
#[delete("/me/sessions/{id}")]
pub async fn end_my_session(
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::EndMySession, &Subject::None)?;
    actions::end_session::end_own(&app, who.account.id, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Sign all other devices out
///
/// Ends every session of one's own but the one that asks.
#[utoipa::path(
    tag = "sessions",
    operation_id = "end_my_other_sessions",
    responses(
        (status = 204, description = "Signed out."),
        SignedInProblems
    )
)]
#[delete("/me/sessions")]
pub async fn end_my_other_sessions(
    app: web::Data<App>,
    who: SignedIn,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::EndMyOtherSessions, &Subject::None)?;
    actions::end_session::end_others(&app, who.account.id, who.session).await?;
    Ok(HttpResponse::NoContent().finish())
}
