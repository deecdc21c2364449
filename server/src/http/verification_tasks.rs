//! `/verification-tasks`: looks that are owed 核查任务.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use domain::access::{Action, Actor, Role, Subject, may, scope};
use domain::position::Position;
use domain::workflow::Way as How;
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::command_issue::facets;
use crate::actions::verification_tasks::{self as actions, Given};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::{ListProblems, TaskProblems};
use crate::http::issues::page_size;
use crate::problem::Error;
use crate::store::verification_tasks::{self as tasks, Key, Task};
use crate::store::{accounts, issues};
use crate::viewings::{Way, shown};

mod views;

pub use views::{InspectorView, Rules, TaskPage, TaskView};

/// Which tasks, and how many.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// Where the reader is, degrees of WGS-84, with `lon`: what is nearest comes first.
    #[param(example = 30.6612)]
    lat: Option<f64>,
    /// With `lat`.
    #[param(example = 113.1644)]
    lon: Option<f64>,
    /// `on_site` or `desk` alone; for the office.
    #[param(example = "desk")]
    way: Option<String>,
    /// `next` of the page before; for the office.
    after: Option<String>,
    /// Tasks on the page, 1 to 200.
    #[param(example = 20)]
    limit: Option<i64>,
}

/// List tasks of looking again
///
/// What is said to be done and owes a look. An inspector reads what is on site in their areas and in nobody's hands,
/// theirs first and then the nearest, or what waits longest where they do not say where they are. The office and
/// supervisors read all of them, those that wait longest first, with who has each.
#[utoipa::path(
    tag = "issues",
    operation_id = "list_verification_tasks",
    params(TaskQuery),
    responses((status = 200, description = "The tasks.", body = TaskPage), ListProblems)
)]
#[get("/verification-tasks")]
pub async fn list_verification_tasks(
    app: Data<App>,
    who: SignedIn,
    query: Query<TaskQuery>,
) -> Result<Json<TaskPage>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListVerificationTasks, &Subject::None)?;
    let asked = Asked::read(&query, actor)?;
    let (now, gazetteer) = (app.clock.now(), app.gazetteer());
    let not_found = app.config.verification.not_the_finder;
    let account = asked.actor.account;
    let read = move |conn: &mut Conn| {
        let scope = scope(&asked.actor);
        let (tasks, next) = asked.list(conn, now, not_found)?;
        let ids: Vec<i64> = tasks.iter().map(|task| task.issue_id).collect();
        let found = issues::list(conn, &ids)?;
        let holders: Vec<i64> = tasks.iter().filter_map(|task| task.holder(now)).collect();
        let names =
            if asked.is_desk() { accounts::list_by_id(conn, &holders)? } else { Vec::new() };
        let counts = asked.is_desk().then(|| tasks::count(conn, &scope, now)).transpose()?;
        Ok::<_, Error>((asked, tasks, next, found, names, counts))
    };
    let (asked, tasks, next, found, names, counts) = app.db.read(read).await?;
    shown(&app, account, Way::Listed, &found).await?;
    let settings = &app.config.verification;
    let mut items = Vec::with_capacity(tasks.len());
    for task in &tasks {
        let Some(issue) = found.iter().find(|issue| issue.id == task.issue_id) else { continue };
        let holder = names.iter().find(|one| Some(one.id) == task.holder(now));
        let seen = views::Seen { account, now, from: asked.from, holder };
        items.push(TaskView::new(task, issue, &seen, settings, &gazetteer)?);
    }
    Ok(Json(TaskPage {
        items,
        on_site: counts.map(|(on_site, ..)| on_site),
        desk: counts.map(|(_, desk, _)| desk),
        taken: counts.map(|(.., taken)| taken),
        rules: asked.is_desk().then(|| Rules::new(settings)),
        at: now,
        next,
    }))
}

/// What was asked for, by whom.
struct Asked {
    actor: Actor,
    from: Option<Position>,
    way: Option<How>,
    after: Option<Key>,
    size: i64,
}

impl Asked {
    fn read(query: &TaskQuery, actor: Actor) -> Result<Self, Error> {
        let from = match (query.lat, query.lon) {
            (None, None) => None,
            (Some(lat), Some(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => {
                Some(Position { lat, lon })
            }
            _ => {
                let detail = "`lat` and `lon` are degrees, and come together.";
                return Err(Error::invalid("position-invalid", detail));
            }
        };
        let way = match query.way.as_deref() {
            None => None,
            Some("on_site") => Some(How::OnSite),
            Some("desk") => Some(How::Desk),
            Some(other) => {
                let detail = format!("`way` {other} is not on_site or desk.");
                return Err(Error::invalid("way-unknown", detail));
            }
        };
        let after = query.after.as_deref().map(cursor::read).transpose()?;
        Ok(Self { actor, from, way, after, size: page_size(query.limit)? })
    }

    /// Whether whoever asks supervises the tasks, and does not go there.
    fn is_desk(&self) -> bool {
        self.actor.role != Role::Inspector
    }

    fn list(
        &self,
        conn: &mut Conn,
        now: Timestamp,
        not_found: bool,
    ) -> Result<(Vec<Task>, Option<String>), Error> {
        let (scope, most) = (scope(&self.actor), usize::try_from(self.size).unwrap_or(usize::MAX));
        if self.is_desk() {
            let mut found = tasks::list(conn, &scope, self.way, self.after, self.size + 1)?;
            let more = found.len() > most;
            found.truncate(most);
            let key =
                |task: &Task| Key { owed: task.owed_at.0.as_microsecond(), id: task.issue_id };
            let last = found.last().map(key).filter(|_| more);
            return Ok((found, last.as_ref().map(cursor::write).transpose()?));
        }
        let account = self.actor.account;
        let whose = (account, self.actor.duty_areas.as_slice(), not_found);
        let mut found = tasks::list_offered(conn, &scope, whose, now)?;
        let metres = |task: &Task| views::metres(self.from, task).unwrap_or(f64::INFINITY);
        found.sort_by(|one, other| {
            let own = |task: &Task| task.holder(now) != Some(account);
            own(one).cmp(&own(other)).then(metres(one).total_cmp(&metres(other)))
        });
        found.truncate(most);
        Ok((found, None))
    }
}

async fn answered(app: &App, actor: &Actor, given: Given) -> Result<Json<TaskView>, Error> {
    let now = app.clock.now();
    let Given { task, issue } = given;
    shown(app, actor.account, Way::Opened, [&issue]).await?;
    let of = task.holder(now).filter(|_| actor.role != Role::Inspector);
    let find = move |conn: &mut Conn| match of {
        Some(account) => accounts::find(conn, account),
        None => Ok(None),
    };
    let holder = app.db.read(find).await?;
    let seen = views::Seen { account: actor.account, now, from: None, holder: holder.as_ref() };
    TaskView::new(&task, &issue, &seen, &app.config.verification, &app.gazetteer()).map(Json)
}

/// Take a task of looking again
///
/// It is yours for a set time, and not offered to others meanwhile; taken again, it is yours anew. Of two who take it
/// at once one gets it. What is found after the time is over still counts.
#[utoipa::path(
    tag = "issues",
    operation_id = "take_task",
    params(("issue" = i64, Path, description = "The issue's number.", example = 412)),
    responses((status = 200, description = "It is yours.", body = TaskView), TaskProblems)
)]
#[post("/verification-tasks/{issue}:take")]
pub async fn take_task(
    app: Data<App>,
    who: SignedIn,
    issue: Path<i64>,
) -> Result<Json<TaskView>, Error> {
    let actor = who.actor(&app);
    let given = actions::take(&app, actor.clone(), issue.into_inner()).await?;
    answered(&app, &actor, given).await
}

/// Give a task back
///
/// It is offered again at once. The office frees anybody's.
#[utoipa::path(
    tag = "issues",
    operation_id = "give_back_task",
    params(("issue" = i64, Path, description = "The issue's number.", example = 412)),
    responses((status = 200, description = "It is nobody's.", body = TaskView), TaskProblems)
)]
#[post("/verification-tasks/{issue}:give-back")]
pub async fn give_back_task(
    app: Data<App>,
    who: SignedIn,
    issue: Path<i64>,
) -> Result<Json<TaskView>, Error> {
    let actor = who.actor(&app);
    let given = actions::give_back(&app, actor.clone(), issue.into_inner()).await?;
    answered(&app, &actor, given).await
}

/// Whom to hand a task to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"account": 17}))]
pub struct HandTask {
    /// The inspector's account.
    pub account: i64,
}

/// Hand a task to an inspector 指派核查
///
/// To one who sees the issue and did not do the work, whoever has it now; what the desk would have looked at, too.
#[utoipa::path(
    tag = "issues",
    operation_id = "hand_task",
    params(("issue" = i64, Path, description = "The issue's number.", example = 412)),
    request_body = HandTask,
    responses((status = 200, description = "It is theirs.", body = TaskView), TaskProblems)
)]
#[post("/verification-tasks/{issue}:hand")]
pub async fn hand_task(
    app: Data<App>,
    who: SignedIn,
    issue: Path<i64>,
    body: Json<HandTask>,
) -> Result<Json<TaskView>, Error> {
    let actor = who.actor(&app);
    let given = actions::hand(&app, actor.clone(), issue.into_inner(), body.account).await?;
    answered(&app, &actor, given).await
}

/// List whom a task can be handed to
///
/// Inspectors who see the issue and did not do the work, those with the fewest tasks in hand first.
#[utoipa::path(
    tag = "issues",
    operation_id = "list_task_inspectors",
    params(("issue" = i64, Path, description = "The issue's number.", example = 412)),
    responses((status = 200, description = "The inspectors.", body = [InspectorView]), TaskProblems)
)]
#[get("/verification-tasks/{issue}/inspectors")]
pub async fn list_task_inspectors(
    app: Data<App>,
    who: SignedIn,
    issue: Path<i64>,
) -> Result<Json<Vec<InspectorView>>, Error> {
    let (actor, now, gazetteer) = (who.actor(&app), app.clock.now(), app.gazetteer());
    let number = issue.into_inner();
    let read = move |conn: &mut Conn| {
        let issue = issues::find(conn, number)?.ok_or(Error::NotFound)?;
        may(Some(&actor), Action::ListTaskInspectors, &Subject::Issue(facets(&issue)))?;
        let found = actions::candidates(conn, &issue, &gazetteer, now)?;
        Ok::<_, Error>((found, tasks::count_held(conn, now)?))
    };
    let (found, held) = app.db.read(read).await?;
    let mut inspectors: Vec<InspectorView> = found
        .into_iter()
        .map(|account| InspectorView {
            tasks: held.get(&account.id).copied().unwrap_or(0),
            account: account.id,
            name: account.name,
        })
        .collect();
    inspectors.sort_by_key(|one| (one.tasks, one.account));
    Ok(Json(inspectors))
}
