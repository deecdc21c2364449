//! `/issues/{id}/viewings`: who was shown a blind finding.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use domain::access::{Action, Subject, may};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::command_issue::facets;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::ReadProblems;
use crate::problem::Error;
use crate::store::issues;
use crate::store::viewings::{self, Viewing};
use crate::viewings::Way;

/// One person, and one way in which they were shown it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "account": 12, "name": "林主任", "role": "office", "way": "opened",
    "first_at": "2026-11-20T01:12:07Z", "last_at": "2026-11-20T06:40:00Z"
}))]
pub struct ViewingView {
    /// The account.
    pub account: i64,
    /// Its name.
    pub name: String,
    /// What it acts as.
    pub role: String,
    /// How it was shown.
    pub way: Way,
    /// The first time.
    #[schema(value_type = String, format = DateTime)]
    pub first_at: Timestamp,
    /// The last time, to ten minutes.
    #[schema(value_type = String, format = DateTime)]
    pub last_at: Timestamp,
}

/// Whom a finding was shown to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ViewingPage {
    /// The first one first; empty for what was never blind.
    pub items: Vec<ViewingView>,
}

/// Read who was shown a blind finding 暗访
///
/// Everybody whom the issue, one of its photos, a list with it or a file with it was sent to while it was kept
/// from bureaus, whoever reported it included. It is on record before it is sent, and stays after the release;
/// what is sent after the release is not recorded.
#[utoipa::path(
    tag = "issues",
    operation_id = "list_viewings",
    params(("id" = i64, Path, description = "The issue's number.", example = 412)),
    responses((status = 200, description = "Whom it was shown to.", body = ViewingPage), ReadProblems)
)]
#[get("/issues/{id}/viewings")]
pub async fn list_viewings(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<Json<ViewingPage>, Error> {
    let (actor, id) = (who.actor(&app), id.into_inner());
    let found = app
        .db
        .read(move |conn| {
            let issue = issues::find(conn, id)?.ok_or(Error::NotFound)?;
            may(Some(&actor), Action::ListViewings, &Subject::Issue(facets(&issue)))?;
            viewings::list(conn, id)
        })
        .await?;
    Ok(Json(ViewingPage { items: found.into_iter().map(view).collect::<Result<_, _>>()? }))
}

fn view(viewing: Viewing) -> Result<ViewingView, Error> {
    let way = Way::of(&viewing.way);
    Ok(ViewingView {
        account: viewing.account,
        name: viewing.name,
        role: viewing.role,
        way: way.ok_or_else(|| Error::Internal(format!("a way {}", viewing.way)))?,
        first_at: viewing.first_at.0,
        last_at: viewing.last_at.0,
    })
}
