//! `/changes`: the pull.

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use domain::access::{Action, Scope, Subject, may, scope};
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::command_issue::facets;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor::{FeedCursor, scope_name};
use crate::http::documented::PullProblems;
use crate::http::issues::page_size;
use crate::problem::Error;
use crate::store::feed;
use crate::store::issues::Issue;
use crate::views::IssueView;

/// From where, and how much.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// `next` of the page before; without it, from the beginning.
    after: Option<String>,
    /// Feed entries examined, 1 to 200.
    #[param(example = 100)]
    limit: Option<i64>,
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
) -> Result<Json<ChangesPage>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListChanges, &Subject::None)?;
    let scope = scope(&actor);
    let scope_name = scope_name(&scope)?;
    let after = match &query.after {
        Some(text) => FeedCursor::read(text, &app.epoch, &scope_name)?,
        None => 0,
    };
    let size = page_size(query.limit)?;
    let reads = scope.clone();
    let (found, head) = app.db.read(move |conn| page(conn, &reads, after, size)).await?;
    let has_more = i64::try_from(found.len()).unwrap_or(i64::MAX) >= size;
    let last = found.last().map_or(after, |(seq, _)| *seq);
    // A page that is not full has examined everything up to the head read before it.
    let seq = if has_more { last } else { last.max(head) };
    let gazetteer = app.gazetteer();
    let changes = latest(found).into_iter().map(|issue| {
        let seen = scope.covers(&facets(&issue));
        Change {
            op: if seen { Op::Upsert } else { Op::Remove },
            id: issue.id,
            version: issue.version,
            issue: seen.then(|| IssueView::new(&issue, &gazetteer)),
        }
    });
    let changes = changes.collect();
    let next = FeedCursor { epoch: app.epoch.clone(), seq, scope: scope_name }.text();
    Ok(Json(ChangesPage { changes, next, has_more }))
}

type Page = (Vec<(i64, Issue)>, i64);

fn page(conn: &mut Conn, scope: &Scope, after: i64, size: i64) -> Result<Page, Error> {
    // The head first: numbers up to it are committed, so the list that follows cannot lack any.
    let head = feed::head(conn)?;
    let found = match scope {
        Scope::All | Scope::AllButBlind => feed::list_all(conn, after, size)?,
        Scope::Bureau(code) => feed::list(conn, &[format!("bureau:{code}")], after, size)?,
        Scope::Inspector { account, areas } => {
            let mut audiences = vec![format!("person:{account}")];
            audiences.extend(areas.iter().map(|code| format!("area:{code}")));
            feed::list(conn, &audiences, after, size)?
        }
        Scope::Nothing => Vec::new(),
    };
    Ok((found, head))
}

/// Each issue once, at the place of its last entry.
fn latest(found: Vec<(i64, Issue)>) -> Vec<Issue> {
    let mut seen = std::collections::HashSet::new();
    let mut issues: Vec<Issue> =
        found.into_iter().rev().map(|(_, issue)| issue).filter(|issue| seen.insert(issue.id)).collect();
    issues.reverse();
    issues
}
