//! Clears up photos that were sent in part: those whose time is over, and files that no row knows of.
//!
//! It cannot race whoever completes an upload. Both hold the upload's file, and whoever comes second finds
//! its row one generation on, or gone; where a filesystem has no locks, generations alone decide.

use jiff::{SignedDuration, Timestamp};

use crate::actions::upload_photo::expires_at;
use crate::app::App;
use crate::photos::{Held, blocking};
use crate::problem::Error;
use crate::store::uploads::{self, Upload, UploadKey, UploadState};
use crate::uploads::{file_name, key_of_file};

/// Rows looked at at a time.
const PAGE: i64 = 256;
/// Files looked at in one round.
const MOST_FILES: usize = 10_000;

/// Ends uploads whose time is over and forgets those that ended long ago; removes files that are nobody's.
/// Gives how many it ended or removed.
pub async fn clear(app: &App) -> Result<usize, Error> {
    let mut cleared = 0;
    loop {
        let now = app.clock.now();
        let page = app.db.read(move |conn| uploads::list_over(conn, now, PAGE)).await?;
        let mut progress = 0;
        for upload in page {
            progress += usize::from(is_over(app, upload, now).await?);
        }
        cleared += progress;
        if progress == 0 {
            break;
        }
    }
    Ok(cleared + nobodys(app).await?)
}

/// Ends or forgets one upload, unless somebody is just writing it.
async fn is_over(app: &App, upload: Upload, now: Timestamp) -> Result<bool, Error> {
    let Some(held) = hold(app, upload.key).await? else { return Ok(false) };
    let is_open = upload.state == UploadState::Open;
    let expires_at = expires_at(app, now);
    // Kept once more as long, so that whoever comes late hears what became of it.
    let expired = Upload { state: UploadState::Expired, kept: 0, expires_at, ..upload.clone() };
    let write = move |conn: &mut schema::Conn| {
        if is_open { uploads::save(conn, &expired) } else { uploads::remove(conn, &upload) }
    };
    if !app.db.write(write).await? {
        return Ok(false);
    }
    if is_open {
        app.metrics.upload("expired");
    }
    blocking(move || held.map_or(Ok(()), Held::remove)).await?;
    Ok(true)
}

/// Removes old files of uploads that are not open.
async fn nobodys(app: &App) -> Result<usize, Error> {
    let older = SignedDuration::from_hours(i64::from(app.config.photos.orphan_hours));
    let (photos, now) = (app.photos.clone(), app.clock.now());
    let names = blocking(move || photos.old_parts(older, now, MOST_FILES)).await?;
    let mut removed = 0;
    for name in names {
        let Some(key) = key_of_file(&name) else { continue };
        if is_open(app, key).await? {
            continue;
        }
        let Some(Some(held)) = hold(app, key).await? else { continue };
        // Only who holds the file knows that nobody begins to send it.
        if !is_open(app, key).await? {
            blocking(move || held.remove()).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

async fn is_open(app: &App, key: UploadKey) -> Result<bool, Error> {
    let list =
        move |conn: &mut schema::Conn| uploads::list(conn, key.owner, key.subject, key.photo_id);
    let all = app.db.read(list).await?;
    Ok(all.iter().any(|upload| upload.key == key && upload.state == UploadState::Open))
}

/// None while somebody writes the upload; the file within where there is one.
#[allow(clippy::option_option)]
async fn hold(app: &App, key: UploadKey) -> Result<Option<Option<Held>>, Error> {
    let (photos, name) = (app.photos.clone(), file_name(key));
    blocking(move || {
        if !photos.part(&name).try_exists()? {
            return Ok(Some(None));
        }
        Ok(photos.hold(&name)?.map(Some))
    })
    .await
}
