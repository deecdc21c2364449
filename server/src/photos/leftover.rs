//! Finds files that may be nobody's: a bounded number of folders at a time, whatever there is.

use std::fs::{DirEntry, File};
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::Blobs;

/// A tree of folders `ab/cd`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tree {
    /// What was sent.
    Blobs,
    /// What was made of it.
    Renditions,
}

impl Tree {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Blobs, Self::Renditions];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Blobs => "blobs",
            Self::Renditions => "renditions",
        }
    }
}

/// A file by its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// SHA-256 of the bytes it is, or was made of; lower-case hex.
    pub sha256: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Leftover {
    /// Whether it was last written this long ago. Blocks for one look at the disk.
    pub fn is_older(&self, than: SignedDuration, now: Timestamp) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|found| is_older(&found, than, now))
    }

    fn of(entry: &DirEntry) -> Option<Self> {
        let name = entry.file_name().into_string().ok()?;
        let sha256 = name.get(..64).filter(|digest| crate::intake::is_sha256(digest))?;
        Some(Self { sha256: sha256.to_owned(), path: entry.path() })
    }
}

fn is_older(found: &std::fs::Metadata, than: SignedDuration, now: Timestamp) -> bool {
    let written = found.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    written.is_some_and(|at| now.duration_since(at) > than)
}

impl Blobs {
    /// The files of one folder of a tree (0 is `00/00`, 65535 is `ff/ff`) that are named by a
    /// digest; none where there is no such folder. Blocks.
    pub fn files_of(&self, tree: Tree, folder: u16) -> std::io::Result<Vec<Leftover>> {
        let folder = self.folder(tree, &format!("{folder:04x}"));
        match std::fs::read_dir(folder) {
            Ok(entries) => Ok(entries.flatten().filter_map(|entry| Leftover::of(&entry)).collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// The names of files of uploads that were last written longer ago than this. Looks at so many at most.
    /// Blocks.
    pub fn old_parts(
        &self,
        older: SignedDuration,
        now: Timestamp,
        most: usize,
    ) -> std::io::Result<Vec<String>> {
        let entries = match std::fs::read_dir(self.parts()) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let is_old =
            |entry: &DirEntry| entry.metadata().is_ok_and(|found| is_older(&found, older, now));
        let old = entries.flatten().take(most).filter(is_old);
        Ok(old.filter_map(|entry| entry.file_name().into_string().ok()).collect())
    }

    /// Removes what uploads left that were broken off by a kill: files last written longer ago than
    /// this that nobody holds open. Looks at so many at most; gives how many it removed. Blocks.
    pub fn clear_incoming(
        &self,
        older: SignedDuration,
        now: Timestamp,
        most: usize,
    ) -> std::io::Result<usize> {
        let entries = match std::fs::read_dir(self.incoming()) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        let mut removed = 0;
        for entry in entries.flatten().take(most) {
            let old = entry.metadata().is_ok_and(|found| is_older(&found, older, now));
            if old && is_abandoned(&entry) {
                removed += usize::from(std::fs::remove_file(entry.path()).is_ok());
            }
        }
        Ok(removed)
    }
}

/// Whoever writes a file holds its lock; a process that was killed holds none.
fn is_abandoned(entry: &DirEntry) -> bool {
    let lock = File::open(entry.path()).map(|file| file.try_lock());
    !matches!(lock, Ok(Err(std::fs::TryLockError::WouldBlock)))
}
