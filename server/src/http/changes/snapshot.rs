//! `/changes/snapshot`: what to start again from.

use actix_web::get;
use actix_web::web::{Data, Json, Query};
use domain::access::{Action, Subject, may};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{cursor, page_size};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor::{SnapshotCursor, scope_name};
use crate::http::documented::SnapshotProblems;
use crate::problem::Error;
use crate::pull;
use crate::viewings::{Way, shown};
use crate::views::IssueView;

/// From where, and how much.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SnapshotQuery {
    /// `next` of the page before; without it, a new snapshot.
    after: Option<String>,
    /// Issues on the page, 1 to 1000; 100 unless said.
    #[param(example = 100)]
    limit: Option<i64>,
}

/// A page of a snapshot.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SnapshotPage {
    /// By number, each as it stands now.
    pub issues: Vec<IssueView>,
    /// While `has_more`, the cursor of the snapshot's next page; on its last page, the cursor to go on
    /// from with `GET /changes`.
    pub next: String,
    /// The snapshot goes on.
    pub has_more: bool,
}

/// Start again
///
/// All issues the reader sees, by number: for whoever pulls for the first time, or was answered 410
/// `must-refetch`. Read it to its last page, then go on with `GET /changes?after={next}`: whatever changed
/// while the pages were read comes there, so that nothing is missed.
#[utoipa::path(
    tag = "changes",
    operation_id = "snapshot_changes",
    params(SnapshotQuery),
    responses((status = 200, description = "A page.", body = SnapshotPage), SnapshotProblems)
)]
#[get("/changes/snapshot")]
pub async fn snapshot_changes(
    app: Data<App>,
    who: SignedIn,
    query: Query<SnapshotQuery>,
) -> Result<Json<SnapshotPage>, Error> {
    may(Some(&who.actor(&app)), Action::SnapshotChanges, &Subject::None)?;
    let reader = who.reader(&app);
    let size = page_size(query.limit)?;
    let (seq, after) = match query.after.as_deref() {
        Some(text) => SnapshotCursor::read(text, &app.epoch, &scope_name(&reader.scope)?)?,
        None => (pull::begin_snapshot(&app).await?, 0),
    };
    let part = pull::snapshot(&app, &reader, seq, after, size).await?;
    shown(&app, reader.account(), Way::Listed, &part.issues).await?;
    let feed = cursor(&app, &reader, seq)?;
    let next = match part.issues.last().filter(|_| part.has_more) {
        Some(last) => SnapshotCursor { feed, issue: last.id }.text(),
        None => feed.text(),
    };
    let gazetteer = app.gazetteer();
    let issues = part.issues.iter().map(|issue| IssueView::new(issue, &gazetteer)).collect();
    Ok(Json(SnapshotPage { issues, next, has_more: part.has_more }))
}
