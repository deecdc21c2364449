//! `/issues`: lists, one issue, what happened to it.

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get};
use domain::access::{Action, Subject, may, scope};
use domain::workflow::Event;
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::command_issue::facets;
use crate::actions::record::hex;
use crate::actions::routing;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::{ListProblems, ReadProblems};
use crate::http::photos::PhotoState;
use crate::problem::Error;
use crate::store::issue_list::{self, Key};
use crate::store::issues::Issue;
use crate::store::photos::Photo;
use crate::store::{events, issues, photos, reports};
use crate::viewings::{Way, shown};
use crate::views::why::{Words, words as words_of};
use crate::views::{IssueView, allowed};

mod detail;
mod findings;
mod query;
mod steps;
pub use detail::{IssueDetail, PhotoView, PointNear, ReportOf, near_points, photo_view, points_of};
pub use findings::PhotoFinding;
pub use query::{IssueQuery, Sought};
pub use steps::{RectificationView, RequestOf, ReviewView, VerificationView};

/// Issues on one page, unless asked for another number.
pub const PAGE: i64 = 50;
/// Issues on one page, at most.
pub const PAGE_MAX: i64 = 200;

/// A page of issues.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct IssuePage {
    /// The issues.
    pub items: Vec<IssueView>,
    /// Cursor of the next page; null on the last.
    pub next: Option<String>,
}

/// How many a reader asks for, within bounds.
pub fn page_size(asked: Option<i64>) -> Result<i64, Error> {
    match asked {
        None => Ok(PAGE),
        Some(size @ 1..=PAGE_MAX) => Ok(size),
        Some(size) => {
            Err(Error::invalid("limit-invalid", format!("`limit` is {size}, not 1 to {PAGE_MAX}.")))
        }
    }
}

/// List issues
///
/// Those the reader may see, the nearest limit first: a bureau's list to work from.
#[utoipa::path(
    tag = "issues",
    operation_id = "list_issues",
    params(IssueQuery),
    responses((status = 200, description = "A page.", body = IssuePage), ListProblems)
)]
#[get("/issues")]
pub async fn list_issues(
    app: Data<App>,
    who: SignedIn,
    query: Query<IssueQuery>,
) -> Result<Json<IssuePage>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListIssues, &Subject::None)?;
    let query = query.into_inner();
    let size = page_size(query.limit)?;
    let after: Option<Key> = query.after.as_deref().map(cursor::read).transpose()?;
    let (Sought { filter, order }, scope) = (query.sought(&app)?, scope(&actor));
    let account = actor.account;
    // One more than asked for tells whether there is a next page.
    let list =
        move |conn: &mut Conn| issue_list::list(conn, &scope, &filter, order, after, size + 1);
    let mut found = app.db.read(list).await?;
    let more = found.len() > usize::try_from(size).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(size).unwrap_or(usize::MAX));
    let next =
        found.last().filter(|_| more).map(|last| cursor::write(&Key::of(last))).transpose()?;
    shown(&app, account, Way::Listed, &found).await?;
    let gazetteer = app.gazetteer();
    let items = found.iter().map(|issue| IssueView::new(issue, &gazetteer)).collect();
    Ok(Json(IssuePage { items, next }))
}

/// Read an issue
///
/// With its reports, rectifications, verifications, photos, the points around it, and the commands
/// this reader may now use. Its ETag is what a command sends as If-Match.
#[utoipa::path(
    tag = "issues",
    operation_id = "get_issue",
    params(("id" = i64, Path, description = "Its number.", example = 412)),
    responses((status = 200, description = "The issue.", body = IssueDetail,
        headers(("ETag" = String, description = "Its version, quoted."))), ReadProblems)
)]
#[get("/issues/{id}")]
pub async fn get_issue(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (who.actor(&app), id.into_inner());
    let reader = actor.clone();
    let found = app.db.read(move |conn| detail::find(conn, id, &reader)).await?;
    shown(&app, actor.account, Way::Opened, [&found.issue]).await?;
    let gazetteer = app.gazetteer();
    let version = found.issue.version;
    let facts = routing::facts(&found.issue.state, &gazetteer, app.clock.now(), Vec::new())?;
    let allowed = allowed(&actor, &found.issue, &facts);
    let detail = found.render(&gazetteer, &app.config.evidence.thresholds(), allowed)?;
    Ok(HttpResponse::Ok().insert_header((ETAG, etag(version)?)).json(detail))
}

/// The ETag of a version.
pub fn etag(version: i64) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(&format!("\"{version}\""))
        .map_err(|error| Error::Internal(error.to_string()))
}

/// One thing that happened to an issue.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "seq": 9913, "n": 4, "kind": "accepted", "at": "2026-11-20T01:20:00Z", "by": 31, "by_name": "王芳",
    "bureau": "huanwei", "payload": {"kind": "accepted"}, "words": null,
    "hash": "5f8d6f6d9b0d1c6d0f4b8f1f6a3f8c5f0f6a3f8c5f0f6a3f8c5f0f6a3f8c5f0f"
}))]
pub struct EventView {
    /// Feed number.
    pub seq: i64,
    /// Its place among the issue's events, from 1.
    pub n: i64,
    /// What happened, in a word.
    pub kind: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The account that caused it; 0 is the system 系统, where newer reference data did.
    pub by: i64,
    /// That account's name; null for the system.
    pub by_name: Option<String>,
    /// That account's bureau.
    pub bureau: Option<String>,
    /// What happened, in full.
    #[schema(value_type = Object)]
    pub payload: Value,
    /// Why the issue went where this sent it, in words; null for what routes nothing.
    pub words: Option<Words>,
    /// Chained SHA-256, hex.
    pub hash: String,
}

/// What happened to an issue.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EventPage {
    /// In their order.
    pub items: Vec<EventView>,
}

/// Read what happened to an issue
///
/// Every event in order. Each carries the hash of the one before it, so that a change shows.
#[utoipa::path(
    tag = "issues",
    operation_id = "list_issue_events",
    params(("id" = i64, Path, description = "Its number.", example = 412)),
    responses((status = 200, description = "Its events.", body = EventPage), ReadProblems)
)]
#[get("/issues/{id}/events")]
pub async fn list_issue_events(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<Json<EventPage>, Error> {
    let (actor, id) = (who.actor(&app), id.into_inner());
    let account = actor.account;
    let (issue, found) = app
        .db
        .read(move |conn| {
            let issue = issues::find(conn, id)?.ok_or(Error::NotFound)?;
            may(Some(&actor), Action::ListIssueEvents, &Subject::Issue(facets(&issue)))?;
            let found = events::list(conn, id)?;
            Ok::<_, Error>((issue, found))
        })
        .await?;
    shown(&app, account, Way::Opened, [&issue]).await?;
    let gazetteer = app.gazetteer();
    let view = |(entry, by_name): (events::Entry, Option<String>)| {
        let payload = entry.payload.read()?;
        let why = entry.payload.read::<Event>()?.why();
        Ok(EventView {
            seq: entry.seq,
            n: entry.n,
            kind: entry.kind,
            at: entry.at,
            by: entry.actor,
            by_name,
            bureau: entry.bureau,
            payload,
            words: why.map(|why| words_of(&why, &gazetteer)),
            hash: hex(&entry.hash),
        })
    };
    let items = found.into_iter().map(view).collect::<Result<_, Error>>()?;
    Ok(Json(EventPage { items }))
}
