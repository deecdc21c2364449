//! Begins to write an upload where it stands.

use std::sync::Arc;
use std::time::Duration;

use domain::access::{Action, Actor, Subject, may};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{Standing, expires_at, standing};
use crate::app::App;
use crate::photos::{Held, Part, blocking};
use crate::problem::{Error, UploadRefusal};
use crate::store::uploads::{self, Upload};
use crate::uploads::{Fed, Feed, Sum, Turn, UploadId, Writing, feed, file_name};

/// How often it is looked whether another process has let go of an upload, and how often at most.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const LOOKS: u32 = 20;

/// Bytes that a request brings.
#[derive(Debug)]
pub struct Request {
    /// The upload they are of.
    pub id: UploadId,
    /// Where they go on, by the client.
    pub offset: i64,
    /// How many they are, where the client says so beforehand.
    pub length: Option<u64>,
    /// What they add up to, where the client says so.
    pub sum: Option<Sum>,
}

/// What becomes of such a request.
#[allow(missing_debug_implementations, clippy::large_enum_variant)]
pub enum Begun {
    /// There is nothing to write.
    Nothing(Standing),
    /// The body goes into the feed; what comes out of it is for the writing.
    Writing(Writing, Feed, UnboundedReceiver<Fed>),
}

/// Looks whether a request's bytes may be written, and takes over from whoever writes the same upload.
/// Whatever is refused here leaves everything as it was.
pub async fn begin(
    app: &Arc<App>,
    actor: Actor,
    action: Action,
    request: Request,
) -> Result<Begun, Error> {
    may(Some(&actor), action, &Subject::None)?;
    let room = app.uploads.enter()?;
    let key = request.id.of(actor.account);
    // What was last kept here goes on here, most likely: it is looked at once, below.
    if !app.uploads.remembers(key) {
        let found = super::read(app, actor.account, request.id).await?;
        if found.is_done() {
            return fits(&found, &request).map(|()| Begun::Nothing(found));
        }
    }
    let turn = app.uploads.take(key).await?;
    let (found, held) = hold(app, &turn, request.id).await?;
    if let Err(refused) = fits(&found, &request) {
        blocking(move || held.remove_if_empty()).await?;
        return Err(refused);
    }
    if found.is_done() {
        blocking(move || held.remove_if_empty()).await?;
        return Ok(Begun::Nothing(found));
    }
    let (is_sized, has_sum) = (request.length.is_some(), request.sum.is_some());
    let part = resume(app, held, &found.upload, request.sum).await?;
    let (filling, fed) = feed(app.uploads.under_way());
    let app = Arc::clone(app);
    let writing = Writing { app, actor, found, turn, part, is_sized, has_sum, room };
    Ok(Begun::Writing(writing, filling, fed))
}

fn fits(found: &Standing, request: &Request) -> Result<(), Error> {
    let offset = found.offset();
    if request.offset != offset {
        return Err(UploadRefusal::Offset { offset }.into());
    }
    let left = found.line.bytes - offset;
    let is_too_long = request.length.is_some_and(|length| length > left.unsigned_abs());
    if is_too_long { Err(UploadRefusal::TooLong { left }.into()) } else { Ok(()) }
}

/// Holds an upload's file against other processes, and reads where the upload stands then.
pub(super) async fn hold(app: &App, turn: &Turn, id: UploadId) -> Result<(Standing, Held), Error> {
    for look in 0..LOOKS {
        if let Some(held) = try_hold(app, turn, id).await? {
            return Ok(held);
        }
        if look == 0 {
            // Whoever writes it elsewhere finds that out, and ends.
            fence(app, turn, id).await?;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(UploadRefusal::Busy.into())
}

async fn try_hold(app: &App, turn: &Turn, id: UploadId) -> Result<Option<(Standing, Held)>, Error> {
    let (photos, name) = (app.photos.clone(), file_name(turn.key));
    let (now, public_url, owner) = (app.clock.now(), app.config.public_url.clone(), turn.key.owner);
    // One trip: opening a file takes no longer than the look at the database before it.
    let read = move |conn: &mut schema::Conn| {
        let Some(held) = photos.hold(&name)? else { return Ok(None) };
        // Only who holds the file knows that nobody goes on writing it.
        match standing(conn, owner, id, now, &public_url) {
            Ok(found) => Ok(Some((found, held))),
            Err(error) => {
                held.remove_if_empty()?;
                Err(error)
            }
        }
    };
    app.db.read(read).await
}

/// Has whoever writes this upload in another process end at their next look.
async fn fence(app: &App, turn: &Turn, id: UploadId) -> Result<(), Error> {
    let (now, public_url, owner) = (app.clock.now(), app.config.public_url.clone(), turn.key.owner);
    let expires_at = expires_at(app, now);
    app.db
        .write(move |conn| {
            let found = standing(conn, owner, id, now, &public_url)?;
            uploads::save(conn, &found.with_row(now, expires_at)).map(|_is_first| ())
        })
        .await
}

/// Cuts the file back to what is durable, and goes on there.
pub(super) async fn resume(
    app: &App,
    held: Held,
    upload: &Upload,
    sum: Option<Sum>,
) -> Result<Part, Error> {
    let kept = u64::try_from(upload.kept).unwrap_or_default();
    if held.length < kept {
        return Err(lost(app, upload).await?);
    }
    let hashed = app.uploads.recall(upload.key, upload.generation);
    let photos = app.photos.clone();
    blocking(move || held.resume(&photos, kept, hashed, sum)).await
}

/// The file has less than it should: the disk, or somebody with access to it, lost it. What is left cannot
/// be trusted, so the upload begins anew.
async fn lost(app: &App, upload: &Upload) -> Result<Error, Error> {
    tracing::error!(upload = %UploadId::from(upload.key), "the file of an upload lost bytes");
    let anew = Upload { kept: 0, ..upload.clone() };
    app.db.write(move |conn| uploads::save(conn, &anew)).await?;
    Ok(UploadRefusal::Offset { offset: 0 }.into())
}
