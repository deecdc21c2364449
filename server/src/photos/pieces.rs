//! Bytes on their way into a file: written in large pieces away from the async threads, hashed on the way.

use std::fs::File;
use std::io::{ErrorKind, IoSlice, Seek, SeekFrom, Write};

use actix_web::web::Bytes;
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;

use super::blocking;
use crate::problem::Error;
use crate::uploads::Sum;

/// Bytes written at once.
pub(crate) const PIECE: usize = 512 * 1024;
/// Parts of the body that a piece has at most: each keeps what it was read into, however small it is.
pub(crate) const PARTS: usize = 64;
/// How many first bytes are kept to tell the type.
const HEAD: usize = 64;

/// What is known of a file's bytes without reading them again.
#[derive(Debug, Clone, Default)]
pub struct Hashed {
    sha256: Sha256,
    head: Vec<u8>,
}

impl Hashed {
    /// Counts more bytes in.
    pub(super) fn update(&mut self, part: &[u8]) {
        let missing = HEAD.saturating_sub(self.head.len()).min(part.len());
        self.head.extend_from_slice(&part[..missing]);
        self.sha256.update(part);
    }

    /// The digest in lower-case hex, and the first bytes.
    pub(super) fn finish(self) -> (String, Vec<u8>) {
        (crate::actions::record::hex(&self.sha256.finalize()), self.head)
    }
}

/// What was written so far; moves between threads.
#[derive(Debug)]
pub(super) struct Taken {
    pub file: File,
    /// None where what the file had before is not known.
    pub hashed: Option<Hashed>,
    /// What the sender says the bytes of this request add up to.
    pub sum: Option<Sum>,
}

impl Taken {
    pub(super) fn take(mut self: Box<Self>, piece: Vec<Bytes>) -> std::io::Result<Box<Self>> {
        // Written first: the disk may begin while the digest is reckoned.
        write_all(&mut self.file, &piece)?;
        for part in piece {
            if let Some(hashed) = &mut self.hashed {
                hashed.update(&part);
            }
            if let Some(sum) = &mut self.sum {
                sum.update(&part);
            }
        }
        Ok(self)
    }

    /// Cuts the file to this length and goes on there.
    pub(super) fn cut(&mut self, length: u64) -> std::io::Result<()> {
        if self.file.metadata()?.len() != length {
            self.file.set_len(length)?;
        }
        self.file.seek(SeekFrom::Start(length)).map(|_at| ())
    }
}

/// A file that pieces are written to, one while the next one comes.
#[derive(Debug)]
pub(super) struct Pieces(State);

#[derive(Debug)]
enum State {
    Idle(Box<Taken>),
    Writing(JoinHandle<std::io::Result<Box<Taken>>>),
    /// A piece could not be written, or its future was dropped halfway.
    Broken,
}

impl Pieces {
    pub(super) fn new(taken: Taken) -> Self {
        Self(State::Idle(Box::new(taken)))
    }

    /// Begins to write a piece, once the one before is written.
    pub(super) async fn write(&mut self, piece: Vec<Bytes>) -> Result<(), Error> {
        let taken = self.settle().await?;
        self.0 = State::Writing(tokio::task::spawn_blocking(move || taken.take(piece)));
        Ok(())
    }

    /// Waits until all is written, and does something with the file away from the async threads.
    pub(super) async fn then<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Taken) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let mut taken = self.settle().await?;
        let (taken, done) = blocking(move || {
            let done = work(&mut taken)?;
            Ok((taken, done))
        })
        .await?;
        self.0 = State::Idle(taken);
        Ok(done)
    }

    /// Waits until all is written, and gives the file away.
    pub(super) async fn settle(&mut self) -> Result<Box<Taken>, Error> {
        match std::mem::replace(&mut self.0, State::Broken) {
            State::Idle(taken) => Ok(taken),
            State::Writing(job) => {
                Ok(job.await.map_err(|error| Error::Internal(error.to_string()))??)
            }
            State::Broken => Err(Error::Internal("a photo's file is lost".to_owned())),
        }
    }
}

/// Writes parts as they are, without putting them together first.
fn write_all(file: &mut File, parts: &[Bytes]) -> std::io::Result<()> {
    let mut slices: Vec<IoSlice> = parts.iter().map(|part| IoSlice::new(part)).collect();
    let mut left = slices.as_mut_slice();
    IoSlice::advance_slices(&mut left, 0);
    while !left.is_empty() {
        match file.write_vectored(left) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
