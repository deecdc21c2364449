//! Photo bytes on disk, under their content hash, durable before anybody is told they are here.
//!
//! `photos/blobs/ab/cd/abcd…` holds one file per digest: two levels of 256 folders keep ten million
//! photos at about 150 a folder. `photos/incoming/` holds what is still arriving.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::problem::Error;

/// The folder of photo bytes.
#[derive(Debug, Clone)]
pub struct Blobs {
    root: PathBuf,
}

/// A photo that is arriving; its file goes away with it unless it is kept.
#[derive(Debug)]
pub struct Incoming {
    file: File,
    path: PathBuf,
    hash: Sha256,
    /// Bytes so far.
    pub length: u64,
    /// The first bytes, enough to tell the type.
    pub head: Vec<u8>,
}

/// How many first bytes are kept to tell the type.
const HEAD: usize = 64;

impl Blobs {
    /// A store below this folder; nothing is made until something arrives.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Where the bytes with this digest are, or would be.
    pub fn path(&self, sha256: &str) -> PathBuf {
        let (first, second) = (sha256.get(..2).unwrap_or("00"), sha256.get(2..4).unwrap_or("00"));
        self.root.join("blobs").join(first).join(second).join(sha256)
    }

    /// The folder below which the bytes are, each under its digest.
    pub fn folder(&self) -> PathBuf {
        self.root.join("blobs")
    }

    /// Begins to take bytes in.
    pub async fn receive(&self) -> Result<Incoming, Error> {
        let folder = self.root.join("incoming");
        fs::create_dir_all(&folder).await?;
        let path = folder.join(Uuid::new_v4().to_string());
        let file = File::create_new(&path).await?;
        Ok(Incoming { file, path, hash: Sha256::new(), length: 0, head: Vec::new() })
    }

    /// Makes what arrived durable under its digest: file, then name, then folder.
    pub async fn keep(&self, mut incoming: Incoming, sha256: &str) -> Result<(), Error> {
        incoming.file.flush().await?;
        incoming.file.sync_all().await?;
        let target = self.path(sha256);
        let folder = target.parent().unwrap_or(&self.root).to_path_buf();
        fs::create_dir_all(&folder).await?;
        fs::rename(&incoming.path, &target).await?;
        sync_folders(&folder).await
    }
}

/// A name survives a power cut only once its folder is synced, and a new folder only once its
/// parents are.
async fn sync_folders(folder: &Path) -> Result<(), Error> {
    let folders: Vec<PathBuf> = folder.ancestors().take(3).map(Path::to_path_buf).collect();
    let sync =
        move || folders.iter().try_for_each(|folder| std::fs::File::open(folder)?.sync_all());
    let done = tokio::task::spawn_blocking(sync).await;
    done.map_err(|error| Error::Internal(error.to_string()))??;
    Ok(())
}

impl Incoming {
    /// Takes a piece of the body.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), Error> {
        let missing = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..missing]);
        self.hash.update(piece);
        self.length += piece.len() as u64;
        Ok(self.file.write_all(piece).await?)
    }

    /// SHA-256 of what arrived, lower-case hex.
    pub fn sha256(&self) -> String {
        crate::actions::record::hex(&self.hash.clone().finalize())
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Gone already when it was kept; a leftover is swept at the next start.
        drop(std::fs::remove_file(&self.path));
    }
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
