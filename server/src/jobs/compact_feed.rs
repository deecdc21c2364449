//! Shortens the feed: entries older than the setting `changes.keep_days` go. What happened stays in the
//! log, and whoever pulls from further back is told to start from a snapshot.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use schema::Conn;

use crate::app::App;
use crate::problem::Error;
use crate::store::feed;

/// How often it is done.
const EVERY: Duration = Duration::from_hours(1);
/// Entries of one transaction: on `SQLite` everybody's writes wait for it.
const BATCH: i64 = 2_000;
/// Audiences looked at by one read.
const AUDIENCES: usize = 200;

/// Removes what is old now; how many entries.
pub async fn compact_feed(app: &App) -> Result<usize, Error> {
    let Some(floor) = raise(app).await? else { return Ok(0) };
    let (mut removed, mut after) = (0, String::new());
    loop {
        let last = after.clone();
        let passed = move |conn: &mut Conn| feed::list_passed(conn, &last, floor, AUDIENCES);
        let audiences = app.db.read(passed).await?;
        let Some((last, _)) = audiences.last() else { return Ok(removed) };
        after.clone_from(last);
        for (audience, _) in audiences.into_iter().filter(|(_, passed)| *passed) {
            removed += remove(app, &audience, floor).await?;
        }
    }
}

/// Raises the floor first, for good: whatever then goes, nobody misses it in silence. The floor as it
/// then is; none where everything is kept.
async fn raise(app: &App) -> Result<Option<i64>, Error> {
    let days = i64::from(app.config.changes.keep_days);
    if days == 0 {
        return Ok(None);
    }
    let before = app.clock.now() - SignedDuration::from_hours(24 * days);
    let begin = |conn: &mut Conn| feed::pull(conn, &domain::access::Scope::Nothing, 0, 1);
    let known = app.db.read(begin).await?.floor;
    let mut floor = known;
    loop {
        let from = floor;
        floor = app.db.read(move |conn| feed::seq_before(conn, from, before)).await?;
        if floor == from {
            break;
        }
    }
    if floor > known {
        app.db.write(move |conn| feed::raise_floor(conn, floor)).await?;
    }
    Ok(Some(floor))
}

async fn remove(app: &App, audience: &str, floor: i64) -> Result<usize, Error> {
    let mut removed = 0;
    loop {
        let audience = audience.to_owned();
        let some = move |conn: &mut Conn| feed::remove_passed(conn, &audience, floor, BATCH);
        let count = app.db.write(some).await?;
        removed += count;
        if i64::try_from(count).unwrap_or(i64::MAX) < BATCH {
            return Ok(removed);
        }
    }
}

/// Shortens the feed once an hour; runs until it is dropped.
pub async fn keep_feed_short(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        match compact_feed(&app).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "old entries of the feed were removed"),
            Err(error) => tracing::warn!(%error, "old entries of the feed could not be removed"),
        }
    }
}
