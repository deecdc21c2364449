//! Bytes on their way to the disk, and memory on its way to whoever looks.

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::web::Bytes;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::*;
use crate::actions::record::hex;
use crate::config::PhotoSettings;

/// A folder of its own that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("zhoubian_{}", Uuid::new_v4().simple()));
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn blobs(&self) -> Blobs {
        Blobs::new(self.0.join("photos"))
    }

    fn incoming(&self) -> usize {
        std::fs::read_dir(self.0.join("photos/incoming")).unwrap().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

async fn arrived(blobs: &Blobs, bytes: &[u8], piece: usize) -> Arrived {
    let mut incoming = blobs.receive().await.unwrap();
    for piece in bytes.chunks(piece) {
        incoming.write(Bytes::copy_from_slice(piece)).await.unwrap();
    }
    incoming.finish().await.unwrap()
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|n| u8::try_from(n * 31 % 251).unwrap()).collect()
}

#[tokio::test]
async fn what_arrives_in_whatever_pieces_is_what_is_kept() {
    let folder = Folder::new();
    let blobs = folder.blobs();
    for (length, piece) in [(1, 1), (524_288, 524_288), (524_289, 7_000), (1_700_000, 65_536)] {
        let sent = bytes(length);
        let arrived = arrived(&blobs, &sent, piece).await;
        assert_eq!(arrived.sha256, hex(&Sha256::digest(&sent)));
        assert_eq!(arrived.length, sent.len() as u64);
        assert!(sent.starts_with(&arrived.head));
        blobs.put_in_place(&arrived).unwrap();
        assert!(blobs.holds(&arrived.sha256, arrived.length).unwrap());
        assert_eq!(std::fs::read(blobs.path(&arrived.sha256)).unwrap(), sent);
        arrived.discard().await;
    }
    assert_eq!(folder.incoming(), 0);
}

#[tokio::test]
async fn what_stands_under_the_name_is_replaced() {
    let folder = Folder::new();
    let blobs = folder.blobs();
    let arrived = arrived(&blobs, &bytes(5_000), 5_000).await;
    let path = blobs.path(&arrived.sha256);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, b"cut short").unwrap();
    assert!(!blobs.holds(&arrived.sha256, arrived.length).unwrap());
    for _ in 0..2 {
        blobs.put_in_place(&arrived).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), bytes(5_000));
        std::fs::remove_file(&path).unwrap();
    }
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let folder = Folder::new();
    let blobs = folder.blobs();
    let mut incoming = blobs.receive().await.unwrap();
    incoming.write(bytes(2_000_000).into()).await.unwrap();
    incoming.discard().await;
    assert_eq!(folder.incoming(), 0);
    drop(blobs.receive().await.unwrap());
    while folder.incoming() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn memory_is_given_as_long_as_there_is_any() {
    let settings = PhotoSettings { memory_mib: 10, ..PhotoSettings::default() };
    let looking = Arc::new(Looking::new(&settings));
    let mib = |count: usize| count * 1024 * 1024;
    assert!(looking.reserve(mib(10) + 1).await.unwrap().is_none(), "there never is as much");
    let first = looking.reserve(mib(3)).await.unwrap().unwrap();
    let first = looking.enlarge(first, mib(7) - 5).await.unwrap().unwrap();
    assert_eq!(first.bytes(), mib(7));
    let waiting = {
        let looking = Arc::clone(&looking);
        tokio::spawn(async move { looking.reserve(mib(4)).await.unwrap().unwrap().bytes() })
    };
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished());
    drop(first);
    assert_eq!(waiting.await.unwrap(), mib(4));
    let last = looking.reserve(mib(1)).await.unwrap().unwrap();
    assert!(looking.enlarge(last, mib(11)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_font_that_is_not_there_is_said_to_be_missing() {
    let font = Font::new(Some(PathBuf::from("no such font")));
    assert!(matches!(font.read().await, Err(Error::FontMissing)));
}
