//! `/suspensions`: what is deferred 缓办 or shelved 挂账 now.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use domain::access::{Action, Subject, may, scope};
use domain::workflow::Stage;
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::ListProblems;
use crate::http::issues::page_size;
use crate::problem::Error;
use crate::store::issues::{self, Issue};
use crate::store::suspensions::{self, Key, Totals};
use crate::views::IssueView;

/// Which ones.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SuspensionQuery {
    /// `shelved` (the default) or `deferred`.
    #[param(example = "shelved")]
    kind: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Issues on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

/// What is deferred or shelved, and what all of it comes to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SuspensionPage {
    /// The issues, the one that is to be looked at next first.
    pub items: Vec<IssueView>,
    /// How many there are, not on this page alone.
    pub count: i64,
    /// Of those that are shelved, how many were not reviewed within their month; of those that are deferred, how
    /// many are about to come back.
    pub overdue: i64,
    /// What solving all of them would cost, whole yuan.
    pub cost_yuan: i64,
    /// Now, by the server's clock.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// List what is deferred or shelved
///
/// The ledger 挂账台账: each issue with the money it needs and when it has to be reviewed, the one that is to be
/// looked at next first, and the totals of all that the reader may see. A bureau reads its own.
#[utoipa::path(
    tag = "issues",
    operation_id = "list_suspensions",
    params(SuspensionQuery),
    responses((status = 200, description = "A page.", body = SuspensionPage), ListProblems)
)]
#[get("/suspensions")]
pub async fn list_suspensions(
    app: Data<App>,
    who: SignedIn,
    query: Query<SuspensionQuery>,
) -> Result<Json<SuspensionPage>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListSuspensions, &Subject::None)?;
    let kind = kind(query.kind.as_deref())?;
    let size = page_size(query.limit)?;
    let after: Option<Key> = query.after.as_deref().map(cursor::read).transpose()?;
    let (scope, at) = (scope(&actor), app.clock.now());
    // One more than asked for tells whether there is a next page.
    let read = move |conn: &mut Conn| {
        let keys = suspensions::list(conn, &scope, kind, after, size + 1)?;
        let ids: Vec<i64> = keys.iter().map(|key| key.id).collect();
        let found = issues::list(conn, &ids)?;
        Ok::<_, Error>((keys, found, suspensions::totals(conn, &scope, kind, at)?))
    };
    let (mut keys, found, totals) = app.db.read(read).await?;
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = keys.len() > most;
    keys.truncate(most);
    let next = keys.last().filter(|_| more).map(cursor::write).transpose()?;
    let by_id: HashMap<i64, Issue> = found.into_iter().map(|issue| (issue.id, issue)).collect();
    let gazetteer = app.gazetteer();
    let items = keys.iter().filter_map(|key| by_id.get(&key.id));
    let items = items.map(|issue| IssueView::new(issue, &gazetteer)).collect();
    let Totals { count, overdue, cost_yuan } = totals;
    Ok(Json(SuspensionPage { items, count, overdue, cost_yuan, at, next }))
}

fn kind(word: Option<&str>) -> Result<Stage, Error> {
    match word {
        None | Some("shelved") => Ok(Stage::Shelved),
        Some("deferred") => Ok(Stage::Deferred),
        Some(other) => Err(Error::invalid(
            "kind-unknown",
            format!("`kind` {other} is not shelved or deferred."),
        )),
    }
}
