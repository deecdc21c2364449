//! Long polls: a page is held until there is something on it.

use std::time::Duration;

use super::{Page, Reader, page};
use crate::app::App;
use crate::heard::Wake;
use crate::problem::Error;
use crate::store::feed;

/// What changed after a feed number; where nothing did, waits for it, at most for `wait`. The page is
/// empty when that is over, when what the reader showed is no longer good, or when the server is about
/// to end.
///
/// What comes between looking and waiting is not lost: the place is taken before the first look. News
/// for others costs nothing, and nothing of the database is held meanwhile.
pub async fn held(
    app: &App,
    reader: &Reader,
    after: i64,
    size: i64,
    wait: Duration,
) -> Result<Page, Error> {
    let over = tokio::time::sleep(wait.min(reader.left(app)));
    tokio::pin!(over);
    let audiences = feed::audiences(&reader.scope);
    let place = app.heard.wait(reader.account.id, reader.session, audiences)?;
    let mut found = page(app, reader, after, size).await?;
    while found.changes.is_empty() && !found.has_more {
        let wake = tokio::select! {
            () = &mut over => break,
            () = app.lifecycle.draining() => break,
            wake = place.woken() => wake,
        };
        reader.look_again(app).await?;
        if let Wake::News(_) = wake {
            found = page(app, reader, found.seq, size).await?;
        }
    }
    Ok(found)
}
