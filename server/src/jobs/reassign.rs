//! After an import, looks at every open issue anew.
//!
//! How far it is stands in the issues themselves: each has the version of the reference data it was
//! last placed with. So a job that was killed goes on where it was, several processes share the work,
//! and a report that was placed with older data and kept just after an import is found as well.

use std::time::Duration;

use domain::access::Actor;
use jiff::Timestamp;
use schema::Conn;

use crate::actions::authority;
use crate::actions::reassign::anew;
use crate::actions::record::{Act, Ledger};
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::{issues, reference_imports};

/// Issues of one transaction. On `SQLite` everybody's writes wait for it.
const CHUNK: i64 = 200;
/// How often the job looks whether there is anything to do.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Issues looked at.
    pub looked_at: usize,
    /// Those of them that changed.
    pub changed: usize,
}

/// Looks at every open issue that was placed with older reference data than is in force.
pub async fn reassign(app: &App) -> Result<Progress, Error> {
    let mut done = Progress::default();
    while let Some(chunk) = reassign_some(app).await? {
        done.looked_at += chunk.looked_at;
        done.changed += chunk.changed;
    }
    Ok(done)
}

/// The same for the first 200 of them at most, in one transaction; none when there is nothing to do.
pub async fn reassign_some(app: &App) -> Result<Option<Progress>, Error> {
    app.reload_gazetteer().await?;
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    let version = gazetteer.version;
    let waiting = app.db.read(move |conn| issues::list_outdated(conn, version, 1)).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    match app.db.write(move |conn| chunk(conn, &gazetteer, now)).await {
        // Another import came in between: the next one begins with its data.
        Err(Error::Overtaken) => Ok(Some(Progress::default())),
        done => done.map(Some),
    }
}

fn chunk(conn: &mut Conn, gazetteer: &Gazetteer, at: Timestamp) -> Result<Progress, Error> {
    let version = gazetteer.version;
    authority::reference_is(conn, version)?;
    let ids = issues::list_outdated(conn, version, CHUNK)?;
    let mut locked = issues::list_locked(conn, &ids)?;
    // Another process may have done some of them before they were locked here.
    locked.retain(|issue| issue.state.stage.is_open() && issue.detail.reference_version < version);
    // The feed tells of them in this order on both databases.
    locked.sort_unstable_by_key(|issue| issue.id);
    let (mut ledger, mut same) = (Ledger::default(), Vec::new());
    let looked_at = locked.len();
    let actor = Actor::system();
    let act = Act { actor: &actor, at, command: None };
    for mut issue in locked {
        let events = anew(&issue, gazetteer, at)?;
        if events.is_empty() {
            same.push(issue.id);
        } else {
            issue.detail.reference_version = version;
            ledger.append(conn, &mut issue, events, act)?;
        }
    }
    issues::save_reference_version(conn, &same, version)?;
    let done = Progress { looked_at, changed: looked_at - same.len() };
    reference_imports::save_progress(conn, version, done.looked_at, done.changed)?;
    ledger.close(conn)?;
    Ok(done)
}

/// Keeps open issues as the reference data in force has them; runs until it is dropped.
pub async fn keep_issues_placed(app: std::sync::Arc<App>) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        match reassign(&app).await {
            Ok(Progress { looked_at: 0, .. }) => {}
            Ok(Progress { looked_at, changed }) => {
                tracing::info!(looked_at, changed, "open issues were placed anew");
            }
            Err(error) => tracing::warn!(%error, "open issues could not be placed anew"),
        }
    }
}
