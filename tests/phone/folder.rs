//! Small files that are whole or not there, and a lock, so that one worker at a time has them.
//!
//! A file is written under another name, synced, renamed, and the folder is synced: a power cut leaves
//! the old file or the new one. A client with another store (`IndexedDB`, SQLite) needs the same of it.

use std::fs::{File, TryLockError};
use std::io::{self, Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What unfinished files are called.
const UNFINISHED: &str = ".part";
/// How often a folder that another has is asked for again.
const PATIENCE: u32 = 100;

/// Steps that may still be taken before everything stops, as if the power were cut: for tests.
#[derive(Debug, Clone)]
pub struct Fuse(Arc<AtomicUsize>);

impl Fuse {
    /// One that never blows.
    pub fn none() -> Self {
        Self::after(usize::MAX)
    }

    /// One that blows after so many steps on the disk.
    pub fn after(steps: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(steps)))
    }

    fn step(&self) -> io::Result<()> {
        let one_less = |left: usize| left.checked_sub(1);
        match self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less) {
            Ok(_left) => Ok(()),
            Err(_blown) => Err(Error::new(ErrorKind::Interrupted, "the power was cut")),
        }
    }
}

/// A folder that this process alone works in.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    fuse: Fuse,
    // Freed by the system when the process dies, however it dies.
    _lock: File,
}

impl Folder {
    /// Opens or makes it, and clears what a death left unfinished.
    ///
    /// # Errors
    /// [`ErrorKind::WouldBlock`] while another worker has it.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::open_with(path, Fuse::none())
    }

    /// The same, with a fuse.
    pub fn open_with(path: &Path, fuse: Fuse) -> io::Result<Self> {
        std::fs::create_dir_all(path)?;
        let lock =
            File::options().write(true).create(true).truncate(false).open(path.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::new(ErrorKind::WouldBlock, "another has this queue"),
            TryLockError::Error(error) => error,
        })?;
        let folder = Self { path: path.to_path_buf(), fuse, _lock: lock };
        for unfinished in folder.list(UNFINISHED)? {
            std::fs::remove_file(folder.path.join(unfinished))?;
        }
        Ok(folder)
    }

    /// Opens it, and waits a little where another worker has it: one that was just killed may hold the
    /// lock until the system has buried it.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn wait_for(path: &Path, fuse: Fuse) -> io::Result<Self> {
        for _ in 0..PATIENCE {
            match Self::open_with(path, fuse.clone()) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
                opened => return opened,
            }
        }
        Self::open_with(path, fuse)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives a file this content, durably: when this returns it is there after a power cut, and when it
    /// does not, the file is as it was.
    pub fn write(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let unfinished = self.path.join(format!("{name}{UNFINISHED}"));
        self.fuse.step()?;
        let mut file = File::create(&unfinished)?;
        self.fuse.step()?;
        file.write_all(content)?;
        self.fuse.step()?;
        file.sync_all()?;
        self.fuse.step()?;
        std::fs::rename(&unfinished, self.path.join(name))?;
        self.sync()
    }

    /// What a file holds; none where there is none.
    pub fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match std::fs::read(self.path.join(name)) {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a file, durably; it may be gone already.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        self.fuse.step()?;
        match std::fs::remove_file(self.path.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _gone => self.sync(),
        }
    }

    /// The files whose names end so, in the order of their names.
    pub fn list(&self, ending: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.path)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(ending) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Names survive a power cut only once their folder is synced.
    fn sync(&self) -> io::Result<()> {
        self.fuse.step()?;
        File::open(&self.path)?.sync_all()
    }
}
