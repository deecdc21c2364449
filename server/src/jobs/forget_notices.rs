//! Forgets notices, and what was sent of them, once they are as old as the settings say.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use schema::Conn;

use crate::app::App;
use crate::problem::Error;
use crate::store::{messages, notices};

/// How often it is done.
const EVERY: Duration = Duration::from_hours(1);
/// Notices of one transaction: on `SQLite` everybody's writes wait for it.
const BATCH: i64 = 2_000;

/// Forgets what is old now; how many notices.
pub async fn forget(app: &App) -> Result<usize, Error> {
    let days = SignedDuration::from_hours(24 * i64::from(app.config.notices.keep_days));
    let before = app.clock.now() - days;
    app.db.write(move |conn| messages::remove_old(conn, before)).await?;
    let mut forgotten = 0;
    loop {
        let old = move |conn: &mut Conn| notices::remove_old(conn, before, BATCH);
        match app.db.write(old).await? {
            0 => return Ok(forgotten),
            some => forgotten += some,
        }
    }
}

/// Forgets once an hour; runs until it is dropped.
pub async fn keep_forgetting(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        if let Err(error) = forget(&app).await {
            tracing::warn!(%error, "old notices could not be removed");
        }
    }
}
