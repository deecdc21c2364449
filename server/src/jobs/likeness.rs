//! Compares every photo that a picture was made of with all others: those that were just looked at, and
//! those that were looked at before there was anything to compare them by.

use std::sync::Arc;
use std::time::Duration;

use crate::actions::compare_photo::compare;
use crate::app::App;
use crate::problem::Error;
use crate::store::photo_files;

/// Photos that are taken from the database at once.
const AT_ONCE: i64 = 50;
/// How often it is asked whether there is one that another process left.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Compares all photos that were not yet; gives how many.
pub async fn compare_all(app: &App) -> Result<usize, Error> {
    let mut count = 0;
    loop {
        let waiting = app.db.read(|conn| photo_files::list_uncompared(conn, AT_ONCE)).await?;
        if waiting.is_empty() {
            return Ok(count);
        }
        // One that fails keeps none of the others from their turn.
        let mut failed = None;
        for sha256 in waiting {
            match compare(app, sha256).await {
                Ok(()) => count += 1,
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
    }
}

/// Compares photos as they come.
pub async fn keep_comparing(app: Arc<App>) {
    loop {
        if let Err(error) = compare_all(&app).await {
            tracing::warn!(%error, "photos could not be compared; they are tried again");
        }
        tokio::select! {
            () = app.looking.looked.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}
