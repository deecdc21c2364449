//! Photos: that every one is where its row says, as long as it says, and with the bytes of its digest;
//! and what lies there that no row knows.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use schema::Conn;
use sha2::{Digest, Sha256};

use super::Report;
use crate::actions::record::hex;
use crate::backup::sha256_of;
use crate::photos::Blobs;
use crate::problem::Error;
use crate::store::stored::{self, Stored};
use crate::terminal::Progress;

/// Photos that are looked up together.
const PAGE: usize = 500;

/// Looks at every photo, and reads so many of a hundred.
pub(super) fn check(
    conn: &mut Conn,
    blobs: &Blobs,
    percent: u8,
    now: Timestamp,
    report: &mut Report,
    progress: &Progress,
) -> Result<(), Error> {
    progress.step("photos", Some(stored::count(conn)?));
    let mut after = Vec::new();
    loop {
        let page = stored::list_after(conn, &after, PAGE)?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.sha256);
        for photo in &page {
            one(photo, blobs, drawn(&photo.sha256, now, percent), report);
            progress.advance(1);
        }
    }
    progress.step("files among the photos", None);
    let mut batch = Vec::with_capacity(PAGE);
    each_file(&blobs.blobs(), SystemTime::from(now), &mut |file| {
        progress.advance(1);
        batch.push(file);
        if batch.len() == PAGE {
            unknown(conn, &std::mem::take(&mut batch), report)
        } else {
            Ok(())
        }
    })?;
    unknown(conn, &batch, report)
}

/// Whether this photo's bytes are read. Other days draw others.
fn drawn(sha256: &[u8], now: Timestamp, percent: u8) -> bool {
    let day = now.as_second().div_euclid(24 * 60 * 60);
    let drawn = Sha256::new().chain_update(sha256).chain_update(day.to_be_bytes()).finalize();
    u16::from_be_bytes([drawn[0], drawn[1]]) % 100 < u16::from(percent)
}

fn one(photo: &Stored, blobs: &Blobs, read: bool, report: &mut Report) {
    report.photos += 1;
    let sha256 = hex(&photo.sha256);
    let path = blobs.path(&sha256);
    match fs::metadata(&path) {
        Err(_) => return report.add("photo-missing", sha256),
        Ok(about) if i64::try_from(about.len()) != Ok(photo.bytes) => {
            let what = format!("{sha256} has {} bytes, not {}", about.len(), photo.bytes);
            return report.add("photo-length-wrong", what);
        }
        Ok(_) => {}
    }
    if !read {
        return;
    }
    report.photos_read += 1;
    match sha256_of(&path) {
        Ok(is) if is == sha256 => {}
        Ok(_) => report.add("photo-damaged", sha256),
        Err(error) => report.add("photo-unreadable", format!("{sha256}: {error}")),
    }
}

/// Goes through the files below a folder that were there before `before`.
fn each_file(
    folder: &Path,
    before: SystemTime,
    take: &mut impl FnMut(PathBuf) -> Result<(), Error>,
) -> Result<(), Error> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        // One that was swept meanwhile is none.
        let Ok(about) = entry.metadata() else { continue };
        if about.is_dir() {
            each_file(&entry.path(), before, take)?;
        } else if about.modified().is_ok_and(|at| at < before) {
            take(entry.path())?;
        }
    }
    Ok(())
}

fn unknown(conn: &mut Conn, files: &[PathBuf], report: &mut Report) -> Result<(), Error> {
    // What was made from a photo has its digest at the beginning of its name.
    let name = |file: &PathBuf| {
        let name = file.file_name()?.to_str()?.get(..64)?;
        (0..32).map(|at| u8::from_str_radix(name.get(2 * at..2 * at + 2)?, 16).ok()).collect()
    };
    let digests: Vec<Option<Vec<u8>>> = files.iter().map(name).collect();
    let asked: Vec<Vec<u8>> = digests.iter().flatten().cloned().collect();
    let known = stored::list_known(conn, &asked)?;
    let unknown = digests
        .iter()
        .filter(|digest| digest.as_ref().is_none_or(|digest| !known.contains(digest)));
    report.unknown_files += unknown.count() as u64;
    Ok(())
}
