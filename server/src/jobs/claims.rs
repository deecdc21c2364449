//! Offers 待认领 whose time is over: whoever is named for that answers for the issue, or the desk is told.
//!
//! Which ones stands in the database: what ran out while the server was down is found at its start, and dated by its
//! deadline. Several processes share the work; an offer lapses once.

use std::sync::Arc;
use std::time::Duration;

use domain::access::Actor;
use domain::workflow::{IssueState, offer_lapses};
use schema::Conn;

use crate::actions::record::{Act, Ledger};
use crate::actions::{authority, routing};
use crate::app::App;
use crate::problem::Error;
use crate::store::{issues, offers};

/// Issues of one transaction. On `SQLite` everybody's writes wait for it.
const CHUNK: i64 = 200;
/// How often the job looks whether there is anything to do.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// Ends whatever is over now; how many offers.
pub async fn lapse(app: &App) -> Result<usize, Error> {
    let mut lapsed = 0;
    loop {
        app.reload_gazetteer().await?;
        let (gazetteer, now) = (app.gazetteer(), app.clock.now());
        let over = app.db.read(move |conn| offers::list_over(conn, now, CHUNK)).await?;
        if over.is_empty() {
            return Ok(lapsed);
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
                let otherwise =
                    issue.state.offer.as_ref().and_then(|offer| offer.otherwise.clone());
                let led = IssueState { lead: otherwise, ..issue.state.clone() };
                let facts = routing::facts(&led, &gazetteer, now, Vec::new())?;
                // It was listed before it was locked: somebody may have claimed it in between.
                let events = offer_lapses(&issue.state, &facts);
                if !events.is_empty() {
                    ledger.append(conn, &mut issue, events, act)?;
                    count += 1;
                }
            }
            ledger.close(conn)?;
            Ok(count)
        };
        match app.db.write(write).await {
            // Another import came in between: its data is read first.
            Err(Error::Overtaken) => {}
            done => lapsed += done?,
        }
    }
}

/// Ends offers as their time is over; runs until it is dropped.
pub async fn keep_lapsing(app: Arc<App>) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        match lapse(&app).await {
            Ok(0) => {}
            Ok(offers) => tracing::info!(offers, "offers that nobody claimed were over"),
            Err(error) => tracing::warn!(%error, "offers could not be ended"),
        }
    }
}
