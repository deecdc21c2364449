//! 核查: a task that an inspector took, one that the office handed to somebody, and what the desk passed and failed
//! on its photos.

use domain::access::{Action, Scope};
use domain::workflow::{Command, Way};
use jiff::SignedDuration;

use super::step::{Step, take};
use crate::actions::verification_tasks::{self as actions, candidates};
use crate::app::App;
use crate::demo::story::{Cast, Month};
use crate::problem::Error;
use crate::store::issues::{self, Issue};
use crate::store::verification_tasks;

/// Tells them in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let ago = |minutes: i64| month.now - SignedDuration::from_mins(minutes);
    let owed = |way| waiting(app, way);
    app.clock.set(ago(50));
    let mut on_site = owed(Way::OnSite).await?.into_iter();
    if let Some(issue) = on_site.next()
        && let Some(login) = somebody(app, &issue, 0).await?
    {
        actions::take(app, cast.account(&login)?, issue.id).await?;
    }
    app.clock.set(ago(40));
    if let Some(issue) = on_site.next()
        && let Some(login) = somebody(app, &issue, 1).await?
    {
        let (office, to) = (cast.account("office")?, cast.account(&login)?.account);
        actions::hand(app, office, issue.id, to).await?;
    }
    app.clock.set(ago(30));
    let mut desk = owed(Way::Desk).await?.into_iter().filter(|issue| !issue.state.self_handled);
    if let Some(issue) = desk.next() {
        verdict(app, cast, issue.id, ("failed at the desk", false)).await?;
    }
    app.clock.set(ago(20));
    for issue in desk {
        match verdict(app, cast, issue.id, ("passed at the desk", true)).await {
            // An after-photo that proves nothing: the next one may.
            Err(Error::Refused(_)) => {}
            done => return done,
        }
    }
    Ok(())
}

/// What has to be looked at this way, what waits longest first.
async fn waiting(app: &App, way: Way) -> Result<Vec<Issue>, Error> {
    // Nobody looks at what is done later, as the story goes.
    let now = app.clock.now();
    let read = move |conn: &mut schema::Conn| {
        let tasks = verification_tasks::list(conn, &Scope::AllButBlind, Some(way), None, 50)?;
        let done = tasks.iter().filter(|task| task.owed_at.0 < now);
        let ids: Vec<i64> = done.map(|task| task.issue_id).collect();
        issues::list(conn, &ids)
    };
    app.db.read(read).await
}

/// The login of an inspector who may look at it.
async fn somebody(app: &App, issue: &Issue, nth: usize) -> Result<Option<String>, Error> {
    let (issue, gazetteer, now) = (issue.clone(), app.gazetteer(), app.clock.now());
    let read = move |conn: &mut schema::Conn| candidates(conn, &issue, &gazetteer, now);
    let mut found = app.db.read(read).await?;
    found.truncate(nth + 1);
    Ok(found.pop().map(|account| account.login))
}

async fn verdict(
    app: &App,
    cast: &Cast,
    issue: i64,
    (name, passed): (&'static str, bool),
) -> Result<(), Error> {
    let note = if passed {
        "照片可见已处理到位"
    } else {
        "照片里路沿仍有破损，请重新处理"
    };
    let command =
        Command::Verify { passed, note: note.to_owned(), photos: Vec::new(), way: Some(Way::Desk) };
    let step = Step { name, login: "watch".to_owned(), action: Action::VerifyIssue, command };
    take(app, cast, issue, step).await.map(drop)
}
