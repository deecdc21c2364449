//! Files in the data folder that only their owner can read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Makes a file: it appears whole or not at all, and never over one that is there; then that one
/// stays, since another process was first.
///
/// `draft` tells this draft from those of other processes.
pub fn create(folder: &Path, name: &str, draft: &str, bytes: &[u8]) -> io::Result<()> {
    let draft = folder.join(format!("{name}.{draft}"));
    let linked = write(&draft, bytes).and_then(|()| fs::hard_link(&draft, folder.join(name)));
    let removed = fs::remove_file(&draft);
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        other => other?,
    }
    removed?;
    File::open(folder)?.sync_all()
}

/// The same in place of the one that is there.
pub fn replace(folder: &Path, name: &str, draft: &str, bytes: &[u8]) -> io::Result<()> {
    let draft = folder.join(format!("{name}.{draft}"));
    let placed = write(&draft, bytes).and_then(|()| fs::rename(&draft, folder.join(name)));
    if placed.is_err() {
        drop(fs::remove_file(&draft));
    }
    placed?;
    File::open(folder)?.sync_all()
}

fn write(draft: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = owner_only(OpenOptions::new().write(true).create_new(true)).open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(unix)]
fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
