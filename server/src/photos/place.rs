//! Gives arrived bytes their name, durably.
//!
//! The name is a second one (a hard link): the first, in `incoming/`, stays until the database knows
//! of the photo, so that whoever clears up orphans in between takes nothing that cannot be put back.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::arriving::Temporary;
use super::{Arrived, Blobs, Tree, sync_folder};

/// Which folders this process has synced with all above them. A folder found in place may be another
/// upload's that has not come so far, so each process syncs the way to a folder once by itself.
#[derive(Debug)]
pub(super) struct Synced([Box<[AtomicBool]>; 2]);

impl Default for Synced {
    fn default() -> Self {
        let all = || (0..=u16::MAX).map(|_| AtomicBool::new(false)).collect();
        Self([all(), all()])
    }
}

impl Synced {
    fn of(&self, tree: Tree, sha256: &str) -> &AtomicBool {
        let number = sha256.get(..4).and_then(|four| u16::from_str_radix(four, 16).ok());
        &self.0[tree as usize][usize::from(number.unwrap_or_default())]
    }
}

impl Blobs {
    /// Gives arrived bytes their name and makes both durable. Blocks.
    ///
    /// What stands under the name already is replaced, once the new bytes are durable: it may be what
    /// another upload has not finished, or what a failing disk left.
    pub fn put_in_place(&self, arrived: &Arrived) -> std::io::Result<()> {
        let target = self.path(&arrived.sha256);
        let folder = self.open_folder(Tree::Blobs, &arrived.sha256)?;
        // Named first and synced then: on a journalling filesystem both are one commit. Nobody was
        // told of this name, so nobody misses it if the power goes in between.
        let is_new = std::fs::hard_link(arrived.at.path(), &target).is_ok();
        arrived.file.sync_data()?;
        if !is_new {
            self.replace(arrived, &target)?;
        }
        self.sync_way(Tree::Blobs, &arrived.sha256, &folder)
    }

    fn replace(&self, arrived: &Arrived, target: &Path) -> std::io::Result<()> {
        let other = Temporary::name(self);
        if std::fs::hard_link(arrived.at.path(), other.path()).is_err() {
            // A filesystem without hard links.
            std::fs::copy(arrived.at.path(), other.path())?;
            std::fs::File::open(other.path())?.sync_all()?;
        }
        std::fs::rename(other.path(), target)
    }

    /// The folder of a digest, made if need be: the first time, or when somebody removed it.
    pub(super) fn open_folder(&self, tree: Tree, sha256: &str) -> std::io::Result<PathBuf> {
        let folder = self.folder(tree, sha256);
        if !folder.is_dir() {
            std::fs::create_dir_all(&folder)?;
            self.synced.of(tree, sha256).store(false, Ordering::Release);
        }
        Ok(folder)
    }

    /// Makes a folder's new names durable and, once, the folder itself: its name stands in its
    /// parent, that one's in the tree's root, and so on up to the data folder.
    pub(super) fn sync_way(&self, tree: Tree, sha256: &str, folder: &Path) -> std::io::Result<()> {
        sync_folder(folder)?;
        let synced = self.synced.of(tree, sha256);
        if !synced.load(Ordering::Acquire) {
            folder.ancestors().skip(1).take(4).try_for_each(sync_folder)?;
            synced.store(true, Ordering::Release);
        }
        Ok(())
    }
}
