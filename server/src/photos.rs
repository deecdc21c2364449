//! Photo bytes on disk, under their content hash, durable before anybody is told they are here.
//!
//! `photos/blobs/ab/cd/abcd…` holds one file per digest: two levels of 256 folders keep ten million
//! photos at about 150 a folder. `photos/renditions/` has the same folders for the pictures made of
//! them, `photos/incoming/` what is still arriving or being written, `photos/uploads/` what came so far of
//! photos that come in several requests.

mod arriving;
mod font;
mod leftover;
mod looking;
mod part;
mod pieces;
mod place;
mod renditions;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::problem::Error;

pub use arriving::{Arrived, Incoming};
pub use font::Font;
pub use leftover::{Leftover, Tree};
pub use looking::{Looking, Reserved};
pub use part::{Held, Part};
pub use pieces::Hashed;
pub(crate) use pieces::{PARTS, PIECE};
pub use renditions::Size;

/// The folder of photo bytes; cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    root: PathBuf,
    synced: Arc<place::Synced>,
}

impl Blobs {
    /// A store below this folder; nothing is made until something arrives.
    pub fn new(root: PathBuf) -> Self {
        Self { root, synced: Arc::default() }
    }

    /// Where the bytes with this digest are, or would be.
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.folder(Tree::Blobs, sha256).join(sha256)
    }

    /// Whether bytes of this length are here under this digest. Blocks for one look at the disk.
    pub fn holds(&self, sha256: &str, length: u64) -> std::io::Result<bool> {
        match std::fs::metadata(self.path(sha256)) {
            Ok(found) => Ok(found.is_file() && found.len() == length),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn folder(&self, tree: Tree, sha256: &str) -> PathBuf {
        let (first, second) = (sha256.get(..2).unwrap_or("00"), sha256.get(2..4).unwrap_or("00"));
        self.root.join(tree.word()).join(first).join(second)
    }

    fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    /// The folder below which the bytes are, each under its digest.
    pub fn blobs(&self) -> PathBuf {
        self.root.join(Tree::Blobs.word())
    }
}

/// A name survives a power cut only once its folder is synced.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Runs work on the disk away from the async threads.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| Error::Internal(error.to_string()))??)
}

/// The media type that the first bytes show, of those that are taken.
pub fn media_type_of(head: &[u8]) -> Option<&'static str> {
    match infer::get(head)?.mime_type() {
        "image/jpeg" => Some("image/jpeg"),
        "image/png" => Some("image/png"),
        "image/webp" => Some("image/webp"),
        "image/heif" | "image/heic" => Some("image/heic"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
