//! Takes a photo in parts (tus 1.0): where an upload stands, how it begins, goes on and ends.
//!
//! A line of a manifest is an upload already: it has an address and an offset before anything is asked for.
//! A row is made of it only when there is something to keep.

use domain::access::{Action, Actor, Subject, may};
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::problem::{Error, UploadRefusal};
use crate::store::uploads::{self, Upload, UploadState};
use crate::uploads::{Turn, UploadId, file_name};

mod begin;
mod create;
mod finish;
mod keep;
pub mod standing;

pub use begin::{Begun, Request, begin};
pub use create::{Asked, create};
pub use finish::{finish, settle};
pub use keep::{Keeping, keep};
pub use standing::{Standing, standing};

/// Until when an upload is kept if nothing more comes.
pub fn expires_at(app: &App, now: Timestamp) -> Timestamp {
    let hours = i64::from(app.config.photos.uploads_days) * 24;
    now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}

/// Where an upload stands. Whoever writes it ends and keeps what came, so that all of that is counted;
/// one that came whole and could not be recorded then is recorded now.
pub async fn look(
    app: &App,
    actor: &Actor,
    action: Action,
    id: UploadId,
) -> Result<Standing, Error> {
    may(Some(actor), action, &Subject::None)?;
    let mut found = read(app, actor.account, id).await?;
    if !found.is_done() && app.uploads.is_being_written(found.upload.key) {
        drop(app.uploads.take(found.upload.key).await?);
        found = read(app, actor.account, id).await?;
    }
    if found.is_whole() { finish(app, actor, found).await } else { Ok(found) }
}

/// Where an upload stands as far as the database knows.
pub(crate) async fn read(app: &App, owner: i64, id: UploadId) -> Result<Standing, Error> {
    let (now, public_url) = (app.clock.now(), app.config.public_url.clone());
    app.db.read(move |conn| standing(conn, owner, id, now, &public_url)).await
}

/// Ends an upload at its sender's wish: what came is gone. A photo that is here stays.
pub async fn end(app: &App, actor: &Actor, action: Action, id: UploadId) -> Result<(), Error> {
    may(Some(actor), action, &Subject::None)?;
    let key = read(app, actor.account, id).await?.upload.key;
    let turn = app.uploads.take(key).await?;
    let found = read(app, actor.account, id).await?;
    if found.is_done() {
        return Err(UploadRefusal::Finished.into());
    }
    let now = app.clock.now();
    let expires_at = expires_at(app, now);
    let ended = Upload { state: UploadState::Ended, expires_at, ..found.with_row(now, expires_at) };
    if !app.db.write(move |conn| uploads::save(conn, &ended)).await? {
        return Err(UploadRefusal::Busy.into());
    }
    clear(app, &turn).await
}

/// Removes the file of an upload that is over. Whoever still writes it elsewhere finds its row changed.
pub(crate) async fn clear(app: &App, turn: &Turn) -> Result<(), Error> {
    let (photos, name) = (app.photos.clone(), file_name(turn.key));
    crate::photos::blocking(move || {
        // Held by another process, it goes when the job for that comes by.
        photos.hold_existing(&name)?.map_or(Ok(()), crate::photos::Held::remove)
    })
    .await
}
