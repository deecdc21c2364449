//! Gives arrived bytes their name, durably.
//!
//! The name is a second one (a hard link): the first, in `incoming/` or `uploads/`, stays until the
//! database knows of the photo, so that whoever clears up orphans in between takes nothing that cannot be put back.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::arriving::Temporary;
use super::{Arrived, Blobs, Tree, sync_folder};

/// Which folders this process has synced, in each tree: the tree's own, those below it, and those with
/// the photos. A folder found in place may be another upload's that has not come so far, so each
/// process syncs the way to a folder once by itself.
#[derive(Debug)]
pub(super) struct Synced {
    trees: [[Box<[AtomicBool]>; 3]; 2],
    parts: AtomicBool,
}

impl Default for Synced {
    fn default() -> Self {
        let all = |count: usize| (0..count).map(|_| AtomicBool::new(false)).collect();
        let tree = || [all(1), all(1 << 8), all(1 << 16)];
        Self { trees: [tree(), tree()], parts: AtomicBool::new(false) }
    }
}

impl Synced {
    /// The marks of the folders on the way to a digest, from the tree's own down.
    fn way(&self, tree: Tree, sha256: &str) -> [&AtomicBool; 3] {
        let number = |digits| {
            let digits = sha256.get(..digits).and_then(|some| usize::from_str_radix(some, 16).ok());
            digits.unwrap_or_default()
        };
        let [root, above, folders] = &self.trees[tree as usize];
        [&root[0], &above[number(2)], &folders[number(4)]]
    }

    /// The mark of the folder of uploads.
    pub(super) fn parts(&self) -> &AtomicBool {
        &self.parts
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
        let is_missing = |folder: &&Path| !folder.is_dir();
        let missing = folder.ancestors().take(3).take_while(is_missing).count();
        if missing > 0 {
            std::fs::create_dir_all(&folder)?;
            for synced in self.synced.way(tree, sha256).into_iter().rev().take(missing) {
                synced.store(false, Ordering::Release);
            }
        }
        Ok(folder)
    }

    /// Makes a folder's new names durable and, once, the folder itself: its name stands in its
    /// parent, that one's in the tree's root, and so on up to the data folder.
    pub(super) fn sync_way(&self, tree: Tree, sha256: &str, folder: &Path) -> std::io::Result<()> {
        sync_folder(folder)?;
        let [root, above, own] = self.synced.way(tree, sha256);
        for (synced, from, count) in [(own, 1, 1), (above, 2, 1), (root, 3, 2)] {
            if !synced.load(Ordering::Acquire) {
                folder.ancestors().skip(from).take(count).try_for_each(sync_folder)?;
                synced.store(true, Ordering::Release);
            }
        }
        Ok(())
    }
}
