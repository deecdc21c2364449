//! Writes what comes of one request to its upload's file, and keeps how far it is.
//!
//! In this order: write, fdatasync, keep the offset in the database, answer. A request that broke off is
//! no different up to the answer.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use domain::access::Actor;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::UnboundedReceiver;

use super::{Ending, Fed, Turn, UploadId};
use crate::actions::upload_photo::{self, Standing, expires_at};
use crate::app::App;
use crate::photos::Part;
use crate::problem::{Error, UploadRefusal};
use crate::store::uploads::Upload;

/// Bytes after which what came is kept though more comes.
const KEEP_EVERY: u64 = 4 * 1024 * 1024;
/// How often it is looked whether somebody in another process wants the upload, while nothing comes.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// An upload that one request writes.
#[allow(missing_debug_implementations)]
pub struct Writing {
    /// Everything else.
    pub app: Arc<App>,
    /// Who sends.
    pub actor: Actor,
    /// Where the upload stands.
    pub found: Standing,
    /// The right to write it.
    pub turn: Turn,
    /// Its file.
    pub part: Part,
    /// The request says how long its body is, and that fits: so some of it may be kept before all came.
    pub is_sized: bool,
    /// The request says what its bytes add up to: nothing is kept until they do.
    pub has_sum: bool,
    /// Its place among those that are being written.
    pub room: OwnedSemaphorePermit,
}

/// What came of a request.
#[derive(Debug, Clone)]
pub struct Came {
    /// Where the upload stands now.
    pub found: Standing,
    /// The photo is here.
    pub is_stored: bool,
}

/// Writes what comes until it ends, however that is.
pub async fn write(mut writing: Writing, mut fed: UnboundedReceiver<Fed>) -> Result<Came, Error> {
    let ending = match writing.take(&mut fed).await {
        Ok(ending) => ending,
        Err(error) => {
            // Room that a full disk may need, and bytes that must not stand there.
            drop(writing.give_up().await);
            return Err(error);
        }
    };
    // The body may go on; whoever sends hears at once.
    drop(fed);
    let app = Arc::clone(&writing.app);
    let came = writing.keep(ending).await?;
    app.metrics.upload(match ending {
        Some(Ending::Complete) => "kept",
        Some(Ending::Stalled) => "stalled",
        Some(Ending::Overtaken) => "overtaken",
        None => "broken_off",
    });
    match ending {
        Some(Ending::Complete) => Ok(came),
        Some(Ending::Stalled) => Err(UploadRefusal::Stalled.into()),
        Some(Ending::Overtaken) => Err(UploadRefusal::Busy.into()),
        None => Err(UploadRefusal::BrokenOff.into()),
    }
}

impl Writing {
    /// Takes what comes until nothing more does; none where it broke off.
    async fn take(&mut self, fed: &mut UnboundedReceiver<Fed>) -> Result<Option<Ending>, Error> {
        loop {
            match tokio::time::timeout(LOOK_EVERY, fed.recv()).await {
                Ok(Some(Fed::Piece(piece, room))) => {
                    self.piece(piece).await?;
                    drop(room);
                }
                Ok(Some(Fed::End(how))) => return Ok(Some(how)),
                Ok(None) => return Ok(None),
                Err(_nothing_came) => {
                    if !self.is_ours().await? {
                        return Err(UploadRefusal::Busy.into());
                    }
                }
            }
        }
    }

    async fn piece(&mut self, piece: Vec<Bytes>) -> Result<(), Error> {
        let length: u64 = piece.iter().map(|part| part.len() as u64).sum();
        if self.part.length + length > whole(&self.found) {
            let left = self.found.line.bytes - self.found.upload.kept;
            return Err(UploadRefusal::TooLong { left }.into());
        }
        self.part.write(piece).await?;
        let is_last = self.part.length == whole(&self.found);
        let may = self.is_sized && !self.has_sum && !is_last;
        if may && self.part.length - kept(&self.found) >= KEEP_EVERY {
            self.save().await?;
        }
        Ok(())
    }

    /// Keeps what came, as far as it may be.
    async fn keep(mut self, ending: Option<Ending>) -> Result<Came, Error> {
        if self.has_sum {
            let sum = self.part.sum().await?;
            let is_complete = ending == Some(Ending::Complete);
            if !is_complete || !sum.is_some_and(super::Sum::fits) {
                let found = self.found.clone();
                self.give_up().await?;
                return if is_complete {
                    Err(UploadRefusal::ChecksumMismatch.into())
                } else {
                    Ok(Came { found, is_stored: false })
                };
            }
        }
        if self.part.length == whole(&self.found) {
            return self.settle().await;
        }
        if self.part.length > kept(&self.found) {
            self.save().await?;
        }
        Ok(Came { found: self.found, is_stored: false })
    }

    async fn settle(self) -> Result<Came, Error> {
        let Self { app, actor, mut found, turn, part, room, .. } = self;
        upload_photo::settle(&app, actor, &found, part.finish().await?).await?;
        drop((turn, room));
        found.upload.kept = found.line.bytes;
        Ok(Came { found, is_stored: true })
    }

    /// Makes what came durable, then says so in the database.
    async fn save(&mut self) -> Result<(), Error> {
        let hashed = self.part.sync().await?;
        let now = self.app.clock.now();
        let expires_at = expires_at(&self.app, now);
        let length = i64::try_from(self.part.length).unwrap_or(i64::MAX);
        let row = Upload { kept: length, expires_at, ..self.found.with_row(now, expires_at) };
        if !upload_photo::keep(&self.app, row.clone()).await? {
            return Err(UploadRefusal::Busy.into());
        }
        self.found.upload = Upload { generation: row.generation + 1, ..row };
        self.app.uploads.remember(self.turn.key, self.found.upload.generation, hashed);
        Ok(())
    }

    /// Cuts the file back to what is kept.
    async fn give_up(self) -> Result<(), Error> {
        let length = kept(&self.found);
        self.part.cut(length).await
    }

    /// Whether nobody in another process wants the upload.
    async fn is_ours(&self) -> Result<bool, Error> {
        let id = UploadId::from(self.turn.key);
        let now = upload_photo::read(&self.app, self.turn.key.owner, id).await?;
        Ok(now.upload.generation == self.found.upload.generation)
    }
}

fn whole(found: &Standing) -> u64 {
    u64::try_from(found.line.bytes).unwrap_or_default()
}

fn kept(found: &Standing) -> u64 {
    u64::try_from(found.upload.kept).unwrap_or_default()
}
