//! `/issues/{id}/limit`: how an issue's limit came to end when it does.

use actix_web::get;
use actix_web::web::{Data, Json, Path};
use domain::access::{Action, Subject, may};
use domain::workflow::{Event, Recorded};

use crate::actions::command_issue::facets;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::ReadProblems;
use crate::problem::Error;
use crate::store::{calendars, events, issues};
use crate::views::limit::{LimitView, Telling};

/// Explain an issue's limit
///
/// Which limit, from when, each stage's end, and every stretch of time on the way: whether it counts, and why.
/// With every step that set or moved it, and the whole in words. It is told with the calendar that it was
/// reckoned with, whatever was imported since.
#[utoipa::path(
    tag = "issues",
    operation_id = "get_issue_limit",
    params(("id" = i64, Path, description = "Its number.", example = 412)),
    responses((status = 200, description = "Its limit.", body = LimitView), ReadProblems)
)]
#[get("/issues/{id}/limit")]
pub async fn get_issue_limit(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<Json<LimitView>, Error> {
    let (actor, id) = (who.actor(&app), id.into_inner());
    let found = app.db.read(move |conn| {
        let issue = issues::find(conn, id)?.ok_or(Error::NotFound)?;
        may(Some(&actor), Action::GetIssueLimit, &Subject::Issue(facets(&issue)))?;
        let version = issue.state.limit.as_ref().map(|limit| limit.reference_version);
        let then = version.map(|version| calendars::find(conn, version)).transpose()?.flatten();
        Ok::<_, Error>((issue, events::list(conn, id)?, then))
    });
    let (issue, log, then) = found.await?;
    let gazetteer = app.gazetteer();
    let recorded = log.into_iter().map(|(entry, _)| {
        let event: Event = entry.payload.read()?;
        Ok(Recorded { at: entry.at, by: entry.actor, bureau: entry.bureau, event })
    });
    let recorded = recorded.collect::<Result<Vec<_>, Error>>()?;
    let condition = issue.state.condition.as_deref();
    LimitView::new(&Telling {
        state: &issue.state,
        events: &recorded,
        then: then.as_ref().unwrap_or(&gazetteer.calendar),
        now: &gazetteer.calendar,
        says: condition.and_then(|code| gazetteer.limit(code)).map(ToString::to_string),
    })
    .map(Json)
}
