//! Keeps a photo's bytes and binds them to every manifest of the sender that announces them.

use std::sync::Arc;

use domain::access::{Action, Actor, Subject, may};
use uuid::Uuid;

use crate::app::App;
use crate::intake::sha256_bytes;
use crate::photos::{Arrived, Incoming, blocking};
use crate::problem::Error;
use crate::store::photos::{self, Photo};
use crate::store::uploads::Upload;

mod bind;
mod check;

use bind::{Bind, Bound};
pub use bind::{Binding, was_moved};
use check::{What, check};

/// The sender's own announcements of these bytes.
///
/// Asked before a byte of the body is read: knowing a digest gives nobody a photo, and nobody can
/// fill the disk with what no manifest names.
pub async fn announced(app: &App, actor: &Actor, sha256: &str) -> Result<Vec<Photo>, Error> {
    may(Some(actor), Action::PutPhoto, &Subject::None)?;
    let (digest, owner) = (sha256_bytes(sha256)?, actor.account);
    let own = app.db.read(move |conn| photos::list_own(conn, &digest, owner)).await?;
    if own.is_empty() { Err(Error::PhotoNotInManifest) } else { Ok(own) }
}

/// Checks what arrived against what was announced, makes it durable, and records it.
///
/// Gives every binding, and whether any of them is new.
pub async fn store_photo(
    app: &App,
    actor: Actor,
    sha256: &str,
    announced: &[Photo],
    incoming: Incoming,
) -> Result<(Vec<Photo>, bool), Error> {
    let arrived = incoming.finish().await?;
    let what = match check(&arrived, sha256, announced, app.config.photos.max_megapixels) {
        Ok(what) => what,
        Err(refused) => {
            arrived.discard().await;
            return Err(refused);
        }
    };
    let bound = keep(app, Sender::from(actor), &Arc::new(arrived), what, None).await?;
    app.looking.arrived.notify_one();
    Ok(bound)
}

/// The same for a photo of a draft that came by a link: it fulfils that draft's line alone, whoever else
/// announced the same bytes. Says whether it is new.
pub async fn store_draft_photo(app: &App, line: &Photo, incoming: Incoming) -> Result<bool, Error> {
    let arrived = incoming.finish().await?;
    let (sha256, lines) = (super::record::hex(&line.sha256), std::slice::from_ref(line));
    let what = match check(&arrived, &sha256, lines, app.config.photos.max_megapixels) {
        Ok(what) => what,
        Err(refused) => {
            arrived.discard().await;
            return Err(refused);
        }
    };
    let sender = Sender { actor: Actor::system(), draft: Some(line.subject.0) };
    let (_, is_new) = keep(app, sender, &Arc::new(arrived), what, None).await?;
    app.looking.arrived.notify_one();
    Ok(is_new)
}

/// Whose manifests are fulfilled.
#[derive(Debug, Clone)]
struct Sender {
    actor: Actor,
    /// The one draft, for what comes by a link.
    draft: Option<Uuid>,
}

impl From<Actor> for Sender {
    fn from(actor: Actor) -> Self {
        Self { actor, draft: None }
    }
}

/// What became of an upload that came whole.
#[derive(Debug)]
pub enum Settled {
    /// The photo is here.
    Stored,
    /// It is not what was announced, for this reason; what came is gone.
    Refused(Error),
    /// It could not be recorded. What came is durable, and can be recorded later.
    Left(Error),
}

/// The same for a photo that came in parts, whose file stays until it is recorded or refused.
pub async fn store_upload(
    app: &App,
    actor: Actor,
    line: &Photo,
    upload: &Upload,
    arrived: Arrived,
) -> Result<Settled, Error> {
    let (sha256, lines) = (super::record::hex(&line.sha256), std::slice::from_ref(line));
    let what = match check(&arrived, &sha256, lines, app.config.photos.max_megapixels) {
        Ok(what) => what,
        Err(refused) => {
            arrived.discard().await;
            return Ok(Settled::Refused(refused));
        }
    };
    let arrived = Arc::new(arrived);
    if let Err(error) = keep(app, actor.into(), &arrived, what, Some(upload)).await {
        let photos = app.photos.clone();
        blocking(move || photos.keep_part(&arrived)).await?;
        return Ok(Settled::Left(error));
    }
    if let Some(arrived) = Arc::into_inner(arrived) {
        arrived.discard().await;
    }
    app.looking.arrived.notify_one();
    Ok(Settled::Stored)
}

/// How often bytes are given their name anew when they are cleared up before they are bound.
const ATTEMPTS: u32 = 4;

/// Gives the bytes their name first, then binds them. Whoever clears up in between takes them for
/// nobody's: then the bind finds them gone, and both are done again from the file that arrived.
///
/// Bytes that are here already are replaced all the same: these were just verified, and of those
/// nobody knows what the disk has left.
async fn keep(
    app: &App,
    sender: Sender,
    arrived: &Arc<Arrived>,
    what: What,
    upload: Option<&Upload>,
) -> Result<Bound, Error> {
    let digest = sha256_bytes(&arrived.sha256)?;
    let mut attempt = 1;
    loop {
        put_in_place(app, arrived).await?;
        let bind = Bind {
            photos: app.photos.clone(),
            gazetteer: app.gazetteer(),
            digest: digest.clone(),
            actor: sender.actor.clone(),
            draft: sender.draft,
            what,
            upload: upload.cloned(),
            now: app.clock.now(),
        };
        let db = app.db.clone();
        let written = app.binding.0.with(Arc::new(bind), |group| bind::written(db, group)).await;
        match written.unwrap_or_else(|why| Err(why.into())) {
            Err(Error::Overtaken) if attempt < ATTEMPTS => attempt += 1,
            done => return done,
        }
    }
}

/// Gives arrived bytes their name, durably.
async fn put_in_place(app: &App, arrived: &Arc<Arrived>) -> Result<(), Error> {
    let (photos, arrived) = (app.photos.clone(), Arc::clone(arrived));
    blocking(move || photos.put_in_place(&arrived)).await
}
