//! Where an upload stands: its manifest line, and its row where it has one.

use jiff::Timestamp;
use schema::Conn;

use crate::problem::{Error, UploadRefusal};
use crate::store::photos::{self, Photo};
use crate::store::uploads::{self, Upload, UploadKey, UploadState};
use crate::uploads::UploadId;

/// A manifest line and one attempt at sending its photo.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The line.
    pub line: Photo,
    /// The attempt; of generation 0 where it has no row yet.
    pub upload: Upload,
}

impl Standing {
    /// The current attempt at sending a photo. `uploads` are attempts at sending this one and others, in
    /// the order of attempts.
    pub fn current(line: &Photo, uploads: &[Upload], now: Timestamp) -> Self {
        let own = |upload: &&Upload| {
            upload.key.subject == line.subject.0 && upload.key.photo_id == line.photo_id.0
        };
        let attempts: Vec<Upload> = uploads.iter().filter(own).cloned().collect();
        let attempt = current(&attempts, now);
        let row = attempts.into_iter().next_back().filter(|last| last.key.attempt == attempt);
        let upload = row.unwrap_or_else(|| untouched(line, attempt));
        Self { line: line.clone(), upload }
    }

    /// Whether the photo is here, by this upload or another way.
    pub fn is_done(&self) -> bool {
        self.line.stored_at.is_some()
    }

    /// Bytes that are durable.
    pub fn offset(&self) -> i64 {
        if self.is_done() { self.line.bytes } else { self.upload.kept }
    }

    /// Whether all came, and was not recorded yet.
    pub fn is_whole(&self) -> bool {
        !self.is_done() && self.upload.kept == self.line.bytes
    }

    /// The row as it is to be written, made now if there is none.
    pub fn with_row(&self, now: Timestamp, expires_at: Timestamp) -> Upload {
        let row = self.upload.clone();
        if row.generation > 0 { row } else { Upload { created_at: now, expires_at, ..row } }
    }
}

/// How an attempt stands at this instant.
fn is_good(upload: &Upload, now: Timestamp) -> bool {
    match upload.state {
        UploadState::Open => now < upload.expires_at,
        UploadState::Stored => true,
        UploadState::Refused | UploadState::Ended | UploadState::Expired => false,
    }
}

/// Which attempt at sending a photo is the current one. `attempts` are in their order.
fn current(attempts: &[Upload], now: Timestamp) -> i32 {
    match attempts.last() {
        None => 1,
        Some(last) if is_good(last, now) => last.key.attempt,
        Some(last) => last.key.attempt.saturating_add(1),
    }
}

/// An attempt that nothing was kept of yet.
fn untouched(line: &Photo, attempt: i32) -> Upload {
    let (owner, subject, photo_id) = (line.owner, line.subject.0, line.photo_id.0);
    Upload {
        key: UploadKey { owner, subject, photo_id, attempt },
        sha256: line.sha256.clone(),
        bytes: line.bytes,
        metadata: None,
        kept: 0,
        generation: 0,
        state: UploadState::Open,
        problem: None,
        created_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::MAX,
    }
}

/// Finds an upload by its address: [`Error::NotFound`] where the owner's manifests have no such line or the
/// line no such attempt, a problem with the fresh address where the attempt is over.
pub fn standing(
    conn: &mut Conn,
    owner: i64,
    id: UploadId,
    now: Timestamp,
    public_url: &str,
) -> Result<Standing, Error> {
    let line = photos::find_own(conn, owner, id.subject, id.photo_id)?.ok_or(Error::NotFound)?;
    let mut attempts = uploads::list(conn, owner, id.subject, id.photo_id)?;
    let current = current(&attempts, now);
    let at = attempts.iter().position(|upload| upload.key.attempt == id.attempt);
    let Some(at) = at else {
        let is_next = id.attempt == current;
        return if is_next { Ok(fresh(line, current)) } else { Err(Error::NotFound) };
    };
    let upload = attempts.swap_remove(at);
    let fresh = || UploadId { attempt: current, ..id }.url(public_url);
    match upload.state {
        UploadState::Refused => {
            let problem = upload.problem.unwrap_or_default();
            Err(UploadRefusal::Refused { problem, fresh: fresh() }.into())
        }
        UploadState::Ended => Err(UploadRefusal::Ended { fresh: fresh() }.into()),
        _ if line.stored_at.is_none() && !is_good(&upload, now) => {
            Err(UploadRefusal::Expired { fresh: fresh() }.into())
        }
        _ => Ok(Standing { line, upload }),
    }
}

fn fresh(line: Photo, attempt: i32) -> Standing {
    let upload = untouched(&line, attempt);
    Standing { line, upload }
}
