//! `/changes`: the pull.

use std::time::Duration;

use actix_web::web::{Data, Json, Query};
use actix_web::{HttpMessage, HttpRequest, get};
use domain::access::{Action, Subject, may};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::cursor::{FeedCursor, scope_name};
use crate::http::documented::PullProblems;
use crate::http::hang_up::hung_up;
use crate::metrics::requests::Held;
use crate::problem::Error;
use crate::pull::{self, Changed, Page, Reader};
use crate::viewings::{Way, shown};
use crate::views::IssueView;

pub mod snapshot;
pub mod stream;

/// Entries of a page, unless asked otherwise, and at most.
const PAGE: i64 = 100;
const PAGE_MAX: i64 = 1_000;
/// The longest a poll is held, seconds: proxies cut what is silent for longer.
const WAIT_MAX_S: u64 = 60;

/// From where, how much, and how long to wait for it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// `next` of the page before; without it, from the feed's beginning, while that is kept.
    after: Option<String>,
    /// Feed entries examined, 1 to 1000; 100 unless said.
    #[param(example = 100)]
    limit: Option<i64>,
    /// Seconds to wait for a change where there is none, 0 to 60; 0 unless said.
    #[param(example = 30)]
    wait: Option<u64>,
}

/// What to do with an issue that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Hold it as it is here.
    Upsert,
    /// It left the reader's sight: drop it.
    Remove,
}

/// One issue that changed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// What to do.
    pub op: Op,
    /// The issue's number.
    pub id: i64,
    /// Its version; a change may be repeated, so apply by number and version.
    pub version: i64,
    /// As it stands now; null with `remove`.
    pub issue: Option<IssueView>,
}

/// A page of changes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ChangesPage {
    /// In the order they were committed, an issue at most once a page.
    pub changes: Vec<Change>,
    /// Cursor to go on from.
    pub next: String,
    /// There is more now.
    pub has_more: bool,
}

/// Pull what changed
///
/// Everything the reader may see, without gaps: a change is in the feed from the commit that made it.
/// What leaves the reader's sight comes as `remove`. A cursor that no longer fits is 410.
///
/// With `wait` an answer that would be empty is held until something changes for the reader, the time is
/// over (then it is empty), the access token ends, or the server is about to. An account may hold so many
/// at once; more are 429 `waiting-too-many`, and 503 `waiting-full` where the server holds too many.
#[utoipa::path(
    tag = "changes",
    operation_id = "list_changes",
    params(ChangesQuery),
    responses((status = 200, description = "A page.", body = ChangesPage), PullProblems)
)]
#[get("/changes")]
pub async fn list_changes(
    app: Data<App>,
    who: SignedIn,
    query: Query<ChangesQuery>,
    request: HttpRequest,
) -> Result<Json<ChangesPage>, Error> {
    may(Some(&who.actor(&app)), Action::ListChanges, &Subject::None)?;
    let reader = who.reader(&app);
    let after = place(&app, &reader, query.after.as_deref())?;
    let size = page_size(query.limit)?;
    let wait = seconds(query.wait)?;
    let page = if wait.is_zero() {
        pull::page(&app, &reader, after, size).await?
    } else {
        request.extensions_mut().insert(Held);
        tokio::select! {
            page = pull::held(&app, &reader, after, size, wait) => page?,
            // Nobody reads this.
            () = hung_up(&request) => Page { changes: Vec::new(), seq: after, has_more: false },
        }
    };
    let seen = page.changes.iter().filter(|changed| changed.seen);
    shown(&app, reader.account(), Way::Listed, seen.map(|changed| &changed.issue)).await?;
    let gazetteer = app.gazetteer();
    let has_more = page.has_more;
    let changes = page.changes.into_iter().map(|changed| change(changed, &gazetteer)).collect();
    let next = cursor(&app, &reader, page.seq)?.text();
    Ok(Json(ChangesPage { changes, next, has_more }))
}

fn change(Changed { issue, seen }: Changed, gazetteer: &Gazetteer) -> Change {
    Change {
        op: if seen { Op::Upsert } else { Op::Remove },
        id: issue.id,
        version: issue.version,
        issue: seen.then(|| IssueView::new(&issue, gazetteer)),
    }
}

/// The feed number that a cursor says; 0 without one.
fn place(app: &App, reader: &Reader, after: Option<&str>) -> Result<i64, Error> {
    let read = |text| FeedCursor::read(text, &app.epoch, &scope_name(&reader.scope)?);
    after.map_or(Ok(0), read)
}

fn cursor(app: &App, reader: &Reader, seq: i64) -> Result<FeedCursor, Error> {
    Ok(FeedCursor { epoch: app.epoch.clone(), seq, scope: scope_name(&reader.scope)? })
}

fn page_size(asked: Option<i64>) -> Result<i64, Error> {
    match asked {
        None => Ok(PAGE),
        Some(size @ 1..=PAGE_MAX) => Ok(size),
        Some(size) => {
            Err(Error::invalid("limit-invalid", format!("`limit` is {size}, not 1 to {PAGE_MAX}.")))
        }
    }
}

fn seconds(asked: Option<u64>) -> Result<Duration, Error> {
    match asked.unwrap_or(0) {
        wait @ 0..=WAIT_MAX_S => Ok(Duration::from_secs(wait)),
        wait => {
            Err(Error::invalid("wait-invalid", format!("`wait` is {wait}, not 0 to {WAIT_MAX_S}.")))
        }
    }
}
