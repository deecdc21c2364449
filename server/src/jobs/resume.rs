//! Deferred issues 缓办 whose date is over come back by themselves.
//!
//! Which ones stands in the database: what fell due while the server was down is found at its start, and is given the
//! limit that it would have had. Several processes share the work; an issue comes back once.

use std::sync::Arc;
use std::time::Duration;

use domain::access::Actor;
use domain::workflow::comes_back;
use schema::Conn;

use crate::actions::record::{Act, Ledger};
use crate::actions::{authority, routing};
use crate::app::App;
use crate::problem::Error;
use crate::store::{issues, suspensions};

/// Issues of one transaction. On `SQLite` everybody's writes wait for it.
const CHUNK: i64 = 200;
/// How often the job looks whether there is anything to do.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// Takes up whatever is over now; how many issues.
pub async fn resume(app: &App) -> Result<usize, Error> {
    let mut resumed = 0;
    loop {
        app.reload_gazetteer().await?;
        let (gazetteer, now) = (app.gazetteer(), app.clock.now());
        let over = app.db.read(move |conn| suspensions::list_over(conn, now, CHUNK)).await?;
        if over.is_empty() {
            return Ok(resumed);
        }
        let write = move |conn: &mut Conn| {
            authority::reference_is(conn, gazetteer.version)?;
            let mut locked = issues::list_locked(conn, &over)?;
            // The feed tells of them in this order on both databases.
            locked.sort_unstable_by_key(|issue| issue.id);
            let (mut ledger, actor) = (Ledger::default(), Actor::system());
            let act = Act { actor: &actor, at: now, command: None };
            let mut count = 0;
            for mut issue in locked {
                let facts = routing::facts(&issue.state, &gazetteer, now, Vec::new())?;
                // It was listed before it was locked: somebody may have taken it up in between.
                let Some(event) = comes_back(&issue.state, &facts) else { continue };
                ledger.append(conn, &mut issue, vec![event], act)?;
                count += 1;
            }
            ledger.close(conn)?;
            Ok(count)
        };
        match app.db.write(write).await {
            // Another import came in between: its data is read first.
            Err(Error::Overtaken) => {}
            done => resumed += done?,
        }
    }
}

/// Takes up what is over as it falls due; runs until it is dropped.
pub async fn keep_resuming(app: Arc<App>) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        match resume(&app).await {
            Ok(0) => {}
            Ok(issues) => tracing::info!(issues, "deferred issues came back"),
            Err(error) => tracing::warn!(%error, "deferred issues could not be taken up"),
        }
    }
}
