//! A photo on its way in, in one request.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use actix_web::web::Bytes;
use uuid::Uuid;

use super::pieces::{Hashed, PARTS, PIECE, Pieces, Taken};
use super::{Blobs, blocking};
use crate::problem::Error;

/// A file's name that goes away with this value, unless it is to stay. Whatever is kept for good has
/// another name by then.
#[derive(Debug)]
pub(super) struct Temporary {
    path: PathBuf,
    stays: bool,
}

impl Temporary {
    /// A new file in `incoming/`, locked for as long as it is open: whoever clears up sees that it is in
    /// use, also from another process.
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
        Self { path: blobs.incoming().join(Uuid::new_v4().to_string()), stays: false }
    }

    /// A name that stays whatever becomes of this value.
    pub(super) fn staying(path: PathBuf) -> Self {
        Self { path, stays: true }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.stays {
            return;
        }
        let path = std::mem::take(&mut self.path);
        let remove = move || drop(std::fs::remove_file(path));
        // It may be dropped by an async thread whose request broke off.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(remove)),
            Err(_none) => remove(),
        }
    }
}

/// A photo that is arriving; its file goes away with it unless it is kept. Two pieces are what it holds in
/// memory: one that fills up and one that is being written.
#[derive(Debug)]
pub struct Incoming {
    at: Temporary,
    pieces: Pieces,
    filling: Vec<Bytes>,
    filled: usize,
    /// Bytes so far.
    pub length: u64,
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
        let pieces = Pieces::new(Taken { file, hashed: Some(Hashed::default()), sum: None });
        Ok(Incoming { at, pieces, filling: Vec::new(), filled: 0, length: 0 })
    }
}

impl Incoming {
    /// Takes a part of the body. Waits for the disk only when it is a whole piece behind.
    pub async fn write(&mut self, part: Bytes) -> Result<(), Error> {
        self.length += part.len() as u64;
        self.filled += part.len();
        self.filling.push(part);
        if self.filled >= PIECE || self.filling.len() >= PARTS {
            self.filled = 0;
            self.pieces.write(std::mem::take(&mut self.filling)).await?;
        }
        Ok(())
    }

    /// Says that all has come: the last piece is written, the digest is known, the header is read.
    pub async fn finish(mut self) -> Result<Arrived, Error> {
        let taken = self.pieces.settle().await?;
        let (at, last, length) = (self.at, self.filling, self.length);
        blocking(move || Arrived::of(at, *taken.take(last)?, length)).await
    }

    /// Forgets it, and its file before this returns.
    pub async fn discard(mut self) {
        drop(self.pieces.settle().await);
        let at = self.at;
        drop(blocking(move || std::fs::remove_file(at.path())).await);
    }
}

impl Arrived {
    /// What a file holds, read from it as far as it is not known. Blocks.
    pub(super) fn of(at: Temporary, mut taken: Taken, length: u64) -> std::io::Result<Self> {
        let hashed = match taken.hashed {
            Some(hashed) => hashed,
            None => read(&mut taken.file)?,
        };
        let (sha256, head) = hashed.finish();
        taken.file.seek(SeekFrom::Start(0))?;
        let header = imaging::header(BufReader::new(&taken.file));
        Ok(Self { at, file: taken.file, sha256, length, head, header })
    }

    /// Forgets it, and the name it arrived under before this returns.
    pub async fn discard(self) {
        drop(blocking(move || std::fs::remove_file(self.at.path())).await);
    }
}

/// Counts in what a file holds.
fn read(file: &mut File) -> std::io::Result<Hashed> {
    use std::io::Read;
    file.seek(SeekFrom::Start(0))?;
    let (mut hashed, mut buffer) = (Hashed::default(), vec![0; 128 * 1024]);
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hashed),
            Ok(length) => hashed.update(&buffer[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
