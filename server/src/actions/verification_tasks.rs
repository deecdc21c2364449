//! Tasks of looking again 核查任务: taken by whoever goes there, handed to somebody by the office, given back.
//!
//! Having the task is a word among those who go there and no more: whoever may verify may do so without it, and
//! what was found while a task lapsed counts like any other verdict.

use domain::access::{Action, Actor, Role, Subject, may, sees};
use domain::workflow::{Refusal, Way, may_be_given};
use jiff::{SignedDuration, Timestamp};
use schema::Conn;

use crate::actions::command_issue::facets;
use crate::actions::{authority, routing};
use crate::app::App;
use crate::config::VerificationSettings;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::accounts::{self, Account};
use crate::store::issues::{self, Issue};
use crate::store::verification_tasks::{self as tasks, Task};

/// A task with its issue.
#[derive(Debug)]
pub struct Given {
    /// The task as it stands now.
    pub task: Task,
    /// Its issue.
    pub issue: Issue,
}

/// Takes a task for the time that settings give; whoever has it already has it anew.
pub async fn take(app: &App, actor: Actor, issue: i64) -> Result<Given, Error> {
    let now = app.clock.now();
    let until = held_until(now, &app.config.verification);
    let write = move |conn: &mut Conn| {
        let (issue, task) = found(conn, &actor, Action::TakeTask, issue)?;
        may_be_given(&issue.state, &actor)?;
        if task.way == Way::Desk.word()
            && actor.role != Role::Office
            && task.holder(now) != Some(actor.account)
        {
            return Err(Refusal::DeskByOffice.into());
        }
        if !tasks::take(conn, issue.id, (actor.account, until), now)? {
            return Err(Error::TaskTaken);
        }
        given(conn, issue)
    };
    app.db.write(write).await
}

/// Gives a task back; the office frees anybody's. Free already is as good.
pub async fn give_back(app: &App, actor: Actor, issue: i64) -> Result<Given, Error> {
    let now = app.clock.now();
    let write = move |conn: &mut Conn| {
        let (issue, task) = found(conn, &actor, Action::GiveBackTask, issue)?;
        let own = Some(actor.account).filter(|_| actor.role != Role::Office);
        if !tasks::free(conn, issue.id, own)? && task.holder(now).is_some() {
            return Err(Error::TaskTaken);
        }
        given(conn, issue)
    };
    app.db.write(write).await
}

/// Hands a task to an inspector who sees the issue, whoever has it now.
pub async fn hand(app: &App, actor: Actor, issue: i64, account: i64) -> Result<Given, Error> {
    let (now, gazetteer) = (app.clock.now(), app.gazetteer());
    let settings = app.config.verification.clone();
    let write = move |conn: &mut Conn| {
        let (issue, task) = found(conn, &actor, Action::HandTask, issue)?;
        let unknown = || {
            let detail = format!("`account` {account} is no inspector who sees the issue.");
            Error::invalid("inspector-unknown", detail)
        };
        let to = accounts::find(conn, account)?.ok_or_else(unknown)?;
        let to = goes_there(&to, &issue, &gazetteer, now).ok_or_else(unknown)?;
        may_be_given(&issue.state, &to)?;
        let due = due_at(&task, &settings, &gazetteer)?;
        let until = held_until(now, &settings).max(due);
        tasks::hand(conn, issue.id, (to.account, until), actor.account)?;
        given(conn, issue)
    };
    app.db.write(write).await
}

/// Who can be handed a task: inspectors who see its issue and did not do the work.
pub fn candidates(
    conn: &mut Conn,
    issue: &Issue,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<Vec<Account>, Error> {
    let mut inspectors = accounts::list_inspectors(conn)?;
    inspectors.retain(|account| {
        goes_there(account, issue, gazetteer, now)
            .is_some_and(|actor| may_be_given(&issue.state, &actor).is_ok())
    });
    Ok(inspectors)
}

/// When the office's own limit for the verdict ends.
pub fn due_at(
    task: &Task,
    settings: &VerificationSettings,
    gazetteer: &Gazetteer,
) -> Result<Timestamp, Error> {
    routing::ends(task.owed_at.0, &routing::working_hours(settings.verification_hours)?, gazetteer)
}

/// An inspector who can sign in and sees the issue.
fn goes_there(
    account: &Account,
    issue: &Issue,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Option<Actor> {
    let assigned = account.actor();
    let actor = Actor { duty_areas: gazetteer.expand(&assigned.duty_areas), ..assigned };
    let goes = account.is_open(now) && actor.role == Role::Inspector;
    (goes && sees(&actor, &facets(issue))).then_some(actor)
}

fn held_until(now: Timestamp, settings: &VerificationSettings) -> Timestamp {
    let hold = SignedDuration::from_mins(i64::from(settings.hold_minutes));
    now.checked_add(hold).unwrap_or(Timestamp::MAX)
}

/// The issue and what it owes, locked, where they may do this with it.
fn found(
    conn: &mut Conn,
    actor: &Actor,
    action: Action,
    issue: i64,
) -> Result<(Issue, Task), Error> {
    authority::still_holds(conn, actor)?;
    let issue = issues::find_locked(conn, issue)?.ok_or(Error::NotFound)?;
    may(Some(actor), action, &Subject::Issue(facets(&issue)))?;
    let task = tasks::find(conn, issue.id)?;
    let task = task.ok_or(Error::Refused(Refusal::WrongStage(issue.state.stage)))?;
    Ok((issue, task))
}

fn given(conn: &mut Conn, issue: Issue) -> Result<Given, Error> {
    let task = tasks::find(conn, issue.id)?.ok_or(Error::NotFound)?;
    Ok(Given { task, issue })
}
