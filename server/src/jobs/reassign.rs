//! After an import, looks at every open issue anew.
//!
//! How far it is stands in the issues themselves: each has the version of the reference data it was
//! last placed with. So a job that was killed goes on where it was, several processes share the work,
//! and a report that was placed with older data and kept just after an import is found as well.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::access::Actor;
use jiff::{SignedDuration, Timestamp};
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

/// Issues that could not be placed with one version of the reference data. They are left alone for a
/// while, so that the others are placed and the log is not filled with them.
#[derive(Debug, Default)]
pub struct Failed {
    version: i64,
    again_at: BTreeMap<i64, Timestamp>,
}

impl Failed {
    /// How long they are left alone, unless newer data comes.
    const PAUSE: SignedDuration = SignedDuration::from_mins(5);
    /// With as many, it is not the issues that something is wrong with.
    const MOST: usize = 1_000;

    /// Those that are left alone now, ascending.
    fn left_alone(&mut self, version: i64, now: Timestamp) -> Vec<i64> {
        if self.version != version {
            *self = Self { version, ..Self::default() };
        }
        self.again_at.retain(|_, at| *at > now);
        self.again_at.keys().copied().collect()
    }

    fn add(&mut self, issue: i64, now: Timestamp, error: Error) -> Result<(), Error> {
        if self.again_at.len() >= Self::MOST {
            return Err(error);
        }
        tracing::warn!(issue, %error, "an open issue could not be placed anew; it is tried again");
        self.again_at.insert(issue, now + Self::PAUSE);
        Ok(())
    }
}

/// Looks at every open issue that was placed with older reference data than is in force. One that
/// cannot be placed keeps none of the others back.
pub async fn reassign(app: &App) -> Result<Progress, Error> {
    reassign_but(app, &mut Failed::default()).await
}

async fn reassign_but(app: &App, failed: &mut Failed) -> Result<Progress, Error> {
    let mut done = Progress::default();
    while let Some(chunk) = reassign_some(app, failed).await? {
        done.looked_at += chunk.looked_at;
        done.changed += chunk.changed;
    }
    Ok(done)
}

/// The same for the first 200 of them at most, in one transaction; none when there is nothing to do.
pub async fn reassign_some(app: &App, failed: &mut Failed) -> Result<Option<Progress>, Error> {
    app.reload_gazetteer().await?;
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    let version = gazetteer.version;
    let but = failed.left_alone(version, now);
    let listed = app.db.read(move |conn| issues::list_outdated(conn, version, &but, CHUNK));
    let waiting = listed.await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    match placed(app, &gazetteer, waiting.clone()).await {
        Err(error) if !is_outage(&error) => {
            tracing::warn!(%error, issues = waiting.len(), "issues are placed anew one by one");
            one_by_one(app, &gazetteer, waiting, failed).await.map(Some)
        }
        done => done.map(Some),
    }
}

/// What stands in the way of one issue must not stand in the way of those beside it.
async fn one_by_one(
    app: &App,
    gazetteer: &Arc<Gazetteer>,
    waiting: Vec<i64>,
    failed: &mut Failed,
) -> Result<Progress, Error> {
    let mut done = Progress::default();
    for issue in waiting {
        match placed(app, gazetteer, vec![issue]).await {
            Ok(one) => {
                done.looked_at += one.looked_at;
                done.changed += one.changed;
            }
            Err(error) if is_outage(&error) => return Err(error),
            Err(error) => failed.add(issue, app.clock.now(), error)?,
        }
    }
    Ok(done)
}

fn is_outage(error: &Error) -> bool {
    matches!(error, Error::Storage(error) if error.is_outage())
}

/// Places these issues in one transaction.
async fn placed(app: &App, gazetteer: &Arc<Gazetteer>, ids: Vec<i64>) -> Result<Progress, Error> {
    let (gazetteer, now) = (Arc::clone(gazetteer), app.clock.now());
    match app.db.write(move |conn| chunk(conn, &ids, &gazetteer, now)).await {
        // Another import came in between: the next one begins with its data.
        Err(Error::Overtaken) => Ok(Progress::default()),
        done => done,
    }
}

fn chunk(
    conn: &mut Conn,
    ids: &[i64],
    gazetteer: &Gazetteer,
    at: Timestamp,
) -> Result<Progress, Error> {
    let version = gazetteer.version;
    authority::reference_is(conn, version)?;
    let mut locked = issues::list_locked(conn, ids)?;
    // They were listed before they were locked: some may have been done by another process, or ended.
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
pub async fn keep_issues_placed(app: Arc<App>) {
    let (mut tick, mut failed) = (tokio::time::interval(LOOK_EVERY), Failed::default());
    loop {
        tick.tick().await;
        let done = reassign_but(&app, &mut failed).await;
        if done.is_ok() && failed.again_at.is_empty() {
            app.metrics.placed(app.clock.now());
        }
        match done {
            Ok(Progress { looked_at: 0, .. }) => {}
            Ok(Progress { looked_at, changed }) => {
                tracing::info!(looked_at, changed, "open issues were placed anew");
            }
            Err(error) => tracing::warn!(%error, "open issues could not be placed anew"),
        }
    }
}
