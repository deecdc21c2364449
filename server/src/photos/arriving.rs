//! A photo on its way in: written in large pieces away from the async threads, hashed on the way.

use std::fs::File;
use std::io::{BufReader, ErrorKind, IoSlice, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use actix_web::web::Bytes;
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::{Blobs, blocking};
use crate::problem::Error;

/// Bytes written at once. Two such pieces are what an upload holds: one that fills up and one that
/// is being written.
const PIECE: usize = 512 * 1024;
/// Parts of the body that a piece has at most: each keeps what it was read into, however small it is.
const PARTS: usize = 64;
/// How many first bytes are kept to tell the type.
const HEAD: usize = 64;

/// A file in `incoming/` that goes away with this value. Whatever is to stay has another name by then.
#[derive(Debug)]
pub(super) struct Temporary(PathBuf);

impl Temporary {
    /// A new file, locked for as long as it is open: whoever clears up sees that it is in use, also
    /// from another process.
    pub(super) fn create(blobs: &Blobs) -> std::io::Result<(Self, File)> {
        let new = Self::name(blobs);
        let create = || File::options().read(true).write(true).create_new(true).open(new.path());
        let file = match create() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                std::fs::create_dir_all(blobs.incoming())?;
                create()?
            }
            other => other?,
        };
        // Where the filesystem has no locks, age alone tells.
        drop(file.try_lock());
        Ok((new, file))
    }

    /// A name of its own that nothing has yet.
    pub(super) fn name(blobs: &Blobs) -> Self {
        Self(blobs.incoming().join(Uuid::new_v4().to_string()))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let path = std::mem::take(&mut self.0);
        let remove = move || drop(std::fs::remove_file(path));
        // It may be dropped by an async thread whose request broke off.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(remove)),
            Err(_none) => remove(),
        }
    }
}

/// A photo that is arriving; its file goes away with it unless it is kept.
#[derive(Debug)]
pub struct Incoming {
    at: Temporary,
    state: State,
    filling: Vec<Bytes>,
    filled: usize,
    /// Bytes so far.
    pub length: u64,
}

#[derive(Debug)]
enum State {
    Idle(Box<Taken>),
    Writing(JoinHandle<std::io::Result<Box<Taken>>>),
    /// A piece could not be written, or its future was dropped halfway.
    Broken,
}

/// What was written so far; moves between threads.
#[derive(Debug)]
struct Taken {
    file: File,
    hash: Sha256,
    head: Vec<u8>,
}

/// A photo that has arrived whole, and is not durable yet.
#[derive(Debug)]
pub struct Arrived {
    pub(super) at: Temporary,
    pub(super) file: File,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub length: u64,
    /// The first bytes, enough to tell the type.
    pub head: Vec<u8>,
    /// What its header states; read from the file, nothing decoded.
    pub header: Result<imaging::Header, imaging::Unreadable>,
}

impl Blobs {
    /// Begins to take bytes in.
    pub async fn receive(&self) -> Result<Incoming, Error> {
        let blobs = self.clone();
        let (at, file) = blocking(move || Temporary::create(&blobs)).await?;
        let taken = Taken { file, hash: Sha256::new(), head: Vec::new() };
        let state = State::Idle(Box::new(taken));
        Ok(Incoming { at, state, filling: Vec::new(), filled: 0, length: 0 })
    }
}

impl Incoming {
    /// Takes a part of the body. Waits for the disk only when it is a whole piece behind.
    pub async fn write(&mut self, part: Bytes) -> Result<(), Error> {
        self.length += part.len() as u64;
        self.filled += part.len();
        self.filling.push(part);
        if self.filled >= PIECE || self.filling.len() >= PARTS {
            self.hand_over().await?;
        }
        Ok(())
    }

    async fn hand_over(&mut self) -> Result<(), Error> {
        let taken = self.settle().await?;
        let full = std::mem::take(&mut self.filling);
        self.filled = 0;
        self.state = State::Writing(tokio::task::spawn_blocking(move || taken.take(full)));
        Ok(())
    }

    async fn settle(&mut self) -> Result<Box<Taken>, Error> {
        match std::mem::replace(&mut self.state, State::Broken) {
            State::Idle(taken) => Ok(taken),
            State::Writing(job) => {
                Ok(job.await.map_err(|error| Error::Internal(error.to_string()))??)
            }
            State::Broken => Err(Error::Internal("a photo's file is lost".to_owned())),
        }
    }

    /// Says that all has come: the last piece is written, the digest is known, the header is read.
    pub async fn finish(mut self) -> Result<Arrived, Error> {
        let taken = self.settle().await?;
        let (at, last, length) = (self.at, self.filling, self.length);
        let finish = move || {
            let mut taken = taken.take(last)?;
            let sha256 = crate::actions::record::hex(&taken.hash.finalize());
            taken.file.seek(SeekFrom::Start(0))?;
            let header = imaging::header(BufReader::new(&taken.file));
            let (file, head) = (taken.file, taken.head);
            Ok(Arrived { at, file, sha256, length, head, header })
        };
        blocking(finish).await
    }

    /// Forgets it, and its file before this returns.
    pub async fn discard(mut self) {
        drop(self.settle().await);
        let at = self.at;
        drop(blocking(move || std::fs::remove_file(at.path())).await);
    }
}

impl Arrived {
    /// Forgets it, and its name in `incoming/` before this returns.
    pub async fn discard(self) {
        drop(blocking(move || std::fs::remove_file(self.at.path())).await);
    }
}

impl Taken {
    fn take(mut self: Box<Self>, piece: Vec<Bytes>) -> std::io::Result<Box<Self>> {
        // Written first: the disk may begin while the digest is reckoned.
        write_all(&mut self.file, &piece)?;
        for part in piece {
            let missing = HEAD.saturating_sub(self.head.len()).min(part.len());
            self.head.extend_from_slice(&part[..missing]);
            self.hash.update(&part);
        }
        Ok(self)
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
