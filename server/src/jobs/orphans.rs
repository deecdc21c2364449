//! Removes files that nothing knows of: bytes whose upload was broken off before it was recorded, and
//! pictures of photos that are gone.
//!
//! It cannot race an upload. An upload names its bytes first, and then, in one transaction, adds their
//! row and sees that the file is there. Here, in one transaction, the same row is added, the file is
//! removed, the row is removed. Whoever adds the row second waits for the first (PostgreSQL) or comes
//! after it (SQLite): either the row is there and the file stays, or the upload finds its file gone
//! and names it once more.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use schema::Conn;

use crate::app::App;
use crate::intake::sha256_bytes;
use crate::photos::{Leftover, Tree, blocking};
use crate::problem::Error;
use crate::store::photo_files;

/// How often it looks.
const LOOK_EVERY: Duration = Duration::from_hours(1);
/// Folders looked at in one round: a sixteenth, so that every folder has its turn within a day.
const FOLDERS: u32 = 4_096;
/// Rounds until every folder was looked at.
const ROUNDS: u32 = 65_536 / FOLDERS;
/// Files of broken-off uploads looked at in one round.
const MOST_INCOMING: usize = 10_000;

/// Clears up now and then; runs until it is dropped. Which folders have their turn follows from the
/// hour: nothing needs to be remembered, and a server that is started often gets to all of them.
pub async fn clear_orphans(app: Arc<App>) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        let hour = app.clock.now().as_second().div_euclid(3_600).rem_euclid(i64::from(ROUNDS));
        let first = u32::try_from(hour).unwrap_or_default() * FOLDERS;
        match clear(&app, first..first + FOLDERS).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "files that nothing knew of were removed"),
            Err(error) => tracing::warn!(%error, "the folder of photos could not be cleared up"),
        }
        match super::uploads::clear(&app).await {
            Ok(0) => {}
            Ok(cleared) => tracing::info!(cleared, "photos sent in part that were over are gone"),
            Err(error) => tracing::warn!(%error, "photos sent in part could not be cleared up"),
        }
    }
}

/// Clears up in these folders (0 is `00/00`, 65535 is `ff/ff`) and among broken-off uploads; gives
/// how many files it removed.
pub async fn clear(app: &App, folders: std::ops::Range<u32>) -> Result<usize, Error> {
    let (photos, age, now) = (app.photos.clone(), age(app), app.clock.now());
    let mut removed = blocking(move || photos.clear_incoming(age, now, MOST_INCOMING)).await?;
    for folder in folders {
        let Ok(folder) = u16::try_from(folder) else { break };
        for tree in Tree::ALL {
            for file in nobodys(app, tree, folder).await? {
                removed += usize::from(remove(app, file).await?);
            }
        }
    }
    Ok(removed)
}

fn age(app: &App) -> SignedDuration {
    SignedDuration::from_hours(i64::from(app.config.photos.orphan_hours))
}

/// The old files of a folder whose bytes the database does not know.
async fn nobodys(app: &App, tree: Tree, folder: u16) -> Result<Vec<Leftover>, Error> {
    let photos = app.photos.clone();
    let files = blocking(move || photos.files_of(tree, folder)).await?;
    if files.is_empty() {
        return Ok(files);
    }
    let known = app.db.read(move |conn| {
        let until = folder.checked_add(1).map(u16::to_be_bytes);
        let until = until.as_ref().map(<[u8; 2]>::as_slice);
        photo_files::list_digests(conn, &folder.to_be_bytes(), until)
    });
    let known: HashSet<Vec<u8>> = known.await?.into_iter().collect();
    let (age, now) = (age(app), app.clock.now());
    let is_known = move |file: &Leftover| {
        sha256_bytes(&file.sha256).is_ok_and(|digest| known.contains(&digest))
    };
    // Only what is not known is looked at on the disk.
    let old = move || {
        let unknown = files.into_iter().filter(|file| !is_known(file));
        Ok(unknown.filter(|file| file.is_older(age, now)).collect())
    };
    blocking(old).await
}

/// Removes a file unless the database knows of its bytes by now.
pub async fn remove(app: &App, file: Leftover) -> Result<bool, Error> {
    let now = app.clock.now();
    app.db.write(move |conn| remove_unknown(conn, &file, now)).await
}

fn remove_unknown(conn: &mut Conn, file: &Leftover, now: jiff::Timestamp) -> Result<bool, Error> {
    let digest = sha256_bytes(&file.sha256)?;
    if !photo_files::insert(conn, &digest, (0, ""), now)? {
        return Ok(false);
    }
    match std::fs::remove_file(&file.path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    photo_files::remove(conn, &digest)?;
    Ok(true)
}
