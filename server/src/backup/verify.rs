//! Whether a backup is as it was written.

use std::path::Path;

use super::manifest::Manifest;
use super::{lines, sha256_of};
use crate::photos::Blobs;
use crate::problem::Error;
use crate::terminal::Progress;

/// Reads a backup through, and tells of everything in it that is not as it was written: its file and
/// what is wrong. Photos that were lost before are told of as missing.
pub fn verify(
    folder: &Path,
    progress: &Progress,
    mut found: impl FnMut(&'static str, String),
) -> Result<Manifest, Error> {
    let manifest = Manifest::read(folder)?;
    for part in manifest.tables.iter().chain([&manifest.photos.list]) {
        progress.step(&format!("backup: {}", part.name), None);
        if let Some(says) = lines::check(folder, part) {
            found("backup-damaged", says);
        } else if let Err(error) = lines::each(folder, part, |_row| Ok(())) {
            found("backup-damaged", error.to_string());
        }
    }
    for key in &manifest.keys {
        if !sha256_of(&folder.join(&key.file)).is_ok_and(|sha256| sha256 == key.sha256) {
            found("backup-damaged", format!("{} is not as it was written", key.file));
        }
    }
    let (blobs, list) = (Blobs::new(folder.join("photos")), &manifest.photos.list);
    progress.step("backup: photos", Some(list.rows));
    let all = lines::each(folder, list, |row| {
        progress.advance(1);
        let Some(sha256) = row.first().and_then(|cell| cell.as_str()) else { return Ok(()) };
        match sha256_of(&blobs.path(sha256)) {
            Ok(is) if is == sha256 => {}
            Ok(_) => found("backup-photo-damaged", sha256.to_owned()),
            Err(_) => found("backup-photo-missing", sha256.to_owned()),
        }
        Ok(())
    });
    if let Err(error) = all {
        found("backup-damaged", error.to_string());
    }
    Ok(manifest)
}
