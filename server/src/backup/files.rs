//! Copies files, durable and checked.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::actions::record::hex;

/// What became of a photo that was to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// It was there already.
    Before,
    /// It was copied: so many bytes.
    Now(u64),
    /// It is not where it should be.
    Missing,
    /// Its bytes are not those of its digest.
    Damaged,
}

/// SHA-256 of a file, hexadecimal.
///
/// # Errors
/// Whatever failed when it was read.
pub fn sha256_of(file: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    through(&mut File::open(file)?, |piece| {
        hash.update(piece);
        Ok(())
    })?;
    Ok(hex(&hash.finalize()))
}

fn through(file: &mut File, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut piece = vec![0; 1 << 17];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => take(&piece[..read])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Copies a photo to where it is named by its digest, unless it is there: whole or not at all, and
/// only if its bytes are those of the digest. Its folder has to be synced later.
///
/// With `link`, the same bytes get a second name where both are on one file system.
///
/// # Errors
/// Whatever failed, other than that there is nothing to copy.
pub fn copy_photo(from: &Path, to: &Path, sha256: &str, link: bool) -> io::Result<Copied> {
    if to.try_exists()? {
        return Ok(Copied::Before);
    }
    let mut source = match File::open(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Copied::Missing),
        source => source?,
    };
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    if link && sha256_of(from)? == sha256 && fs::hard_link(from, to).is_ok() {
        return Ok(Copied::Now(0));
    }
    let draft = to.with_extension("part");
    let (mut out, mut hash, mut bytes) = (File::create(&draft)?, Sha256::new(), 0);
    through(&mut source, |piece| {
        hash.update(piece);
        bytes += piece.len() as u64;
        out.write_all(piece)
    })?;
    if hex(&hash.finalize()) != sha256 {
        fs::remove_file(&draft)?;
        return Ok(Copied::Damaged);
    }
    out.sync_all()?;
    fs::rename(&draft, to)?;
    Ok(Copied::Now(bytes))
}

/// Copies a small file that only its owner may read.
pub(super) fn copy_secret(from: &Path, to: &Path) -> io::Result<String> {
    let bytes = fs::read(from)?;
    let draft = to.with_extension("part");
    drop(fs::remove_file(&draft));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut out = options.open(&draft)?;
    out.write_all(&bytes)?;
    out.sync_all()?;
    fs::rename(&draft, to)?;
    Ok(hex(&Sha256::digest(&bytes)))
}

/// Makes a folder that only its owner may look into; one that is there keeps its permissions.
pub(super) fn folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Makes the names in these folders, and theirs in the folders above them, durable.
pub(super) fn sync_folders(
    root: &Path,
    folders: impl IntoIterator<Item = PathBuf>,
) -> io::Result<()> {
    let mut all = std::collections::BTreeSet::new();
    for folder in folders {
        let above = folder.ancestors().take_while(|above| above.starts_with(root));
        all.extend(above.map(Path::to_path_buf));
    }
    all.iter().try_for_each(|folder| File::open(folder)?.sync_all())
}
