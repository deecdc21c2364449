//! A photo that comes in several requests: a file in `photos/uploads/` that stays between them.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use actix_web::web::Bytes;

use super::arriving::Temporary;
use super::pieces::{Hashed, Pieces, Taken};
use super::{Arrived, Blobs, blocking, sync_folder};
use crate::problem::Error;
use crate::uploads::Sum;

/// The file of an upload, held against every other writer.
#[derive(Debug)]
pub struct Held {
    path: PathBuf,
    file: File,
    /// Bytes it has.
    pub length: u64,
}

/// The file of an upload that is being written from some length on.
#[derive(Debug)]
pub struct Part {
    path: PathBuf,
    pieces: Pieces,
    blobs: Blobs,
    /// Bytes so far.
    pub length: u64,
    /// Its name may not be durable yet.
    is_new: bool,
}

impl Blobs {
    /// Where what has come of an upload is, or would be.
    pub fn part(&self, name: &str) -> PathBuf {
        self.parts().join(name)
    }

    pub(super) fn parts(&self) -> PathBuf {
        self.root.join("uploads")
    }

    /// Opens the file of an upload and holds it; none while somebody else does, in this process or
    /// another. Blocks, but not for that.
    pub fn hold(&self, name: &str) -> std::io::Result<Option<Held>> {
        let path = self.part(name);
        loop {
            let file = self.open(&path)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Ok(None),
                // Where the filesystem has no locks, generations alone tell.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            let found = file.metadata()?;
            // Whoever had it just now may have removed it.
            if !is_removed(&found) {
                return Ok(Some(Held { path, file, length: found.len() }));
            }
        }
    }

    /// The same of a file that is there already; none where there is none.
    pub fn hold_existing(&self, name: &str) -> std::io::Result<Option<Held>> {
        if self.part(name).try_exists()? { self.hold(name) } else { Ok(None) }
    }

    fn open(&self, path: &PathBuf) -> std::io::Result<File> {
        let open =
            || File::options().read(true).write(true).create(true).truncate(false).open(path);
        match open() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                std::fs::create_dir_all(self.parts())?;
                self.synced.parts().store(false, Ordering::Release);
                open()
            }
            other => other,
        }
    }
}

#[cfg(unix)]
fn is_removed(found: &std::fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(found) == 0
}

#[cfg(not(unix))]
fn is_removed(_found: &std::fs::Metadata) -> bool {
    false
}

impl Held {
    /// Removes the file while it is held. Blocks.
    pub fn remove(self) -> std::io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes it where nothing was ever written to it. Blocks.
    pub fn remove_if_empty(self) -> std::io::Result<()> {
        if self.length == 0 { self.remove() } else { Ok(()) }
    }

    /// Cuts the file back to what is durable and goes on there. `hashed` is what is known of those
    /// bytes; `sum` what the next ones shall add up to. Blocks.
    pub fn resume(
        self,
        blobs: &Blobs,
        kept: u64,
        hashed: Option<Hashed>,
        sum: Option<Sum>,
    ) -> std::io::Result<Part> {
        let hashed = if kept == 0 { Some(Hashed::default()) } else { hashed };
        let mut taken = Taken { file: self.file, hashed, sum };
        taken.cut(kept)?;
        let (path, blobs, pieces) = (self.path, blobs.clone(), Pieces::new(taken));
        Ok(Part { path, pieces, blobs, length: kept, is_new: kept == 0 })
    }
}

impl Part {
    /// Takes a piece; waits for the disk only when it is a whole piece behind.
    pub async fn write(&mut self, piece: Vec<Bytes>) -> Result<(), Error> {
        self.length += piece.iter().map(|part| part.len() as u64).sum::<u64>();
        self.pieces.write(piece).await
    }

    /// Makes all that was written durable; gives what is known of it.
    pub async fn sync(&mut self) -> Result<Option<Hashed>, Error> {
        let (blobs, is_new) = (self.blobs.clone(), self.is_new);
        let sync = move |taken: &mut Taken| {
            taken.file.sync_data()?;
            if is_new {
                blobs.sync_parts()?;
            }
            Ok(taken.hashed.clone())
        };
        let hashed = self.pieces.then(sync).await?;
        self.is_new = false;
        Ok(hashed)
    }

    /// What the bytes of this request add up to, where that was asked for.
    pub async fn sum(&mut self) -> Result<Option<Sum>, Error> {
        self.pieces.then(|taken| Ok(taken.sum.take())).await
    }

    /// Forgets all beyond this length.
    pub async fn cut(mut self, length: u64) -> Result<(), Error> {
        self.pieces.then(move |taken| taken.cut(length)).await
    }

    /// Says that all has come: the digest is known, the header is read. The file stays.
    pub async fn finish(mut self) -> Result<Arrived, Error> {
        let taken = self.pieces.settle().await?;
        let (at, length) = (Temporary::staying(self.path), self.length);
        blocking(move || Arrived::of(at, *taken, length)).await
    }
}

impl Blobs {
    /// Makes what came whole by an upload durable under the upload's own name. Blocks.
    pub fn keep_part(&self, arrived: &Arrived) -> std::io::Result<()> {
        arrived.file.sync_data()?;
        self.sync_parts()
    }

    /// Makes the names of uploads durable and, once, the way to their folder. Blocks.
    pub(super) fn sync_parts(&self) -> std::io::Result<()> {
        let folder = self.parts();
        sync_folder(&folder)?;
        if !self.synced.parts().load(Ordering::Acquire) {
            folder.ancestors().skip(1).take(2).try_for_each(sync_folder)?;
            self.synced.parts().store(true, Ordering::Release);
        }
        Ok(())
    }
}
