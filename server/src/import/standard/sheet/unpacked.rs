//! Whether a workbook may be unpacked: it is a zip archive, and a small one can hold a large one.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The largest workbook taken, bytes.
const MAX_PACKED: usize = 16 * 1024 * 1024;
/// Parts a workbook may have.
const MAX_PARTS: usize = 1_000;
/// How large one part may be unpacked, and all parts that are read together, bytes. Published
/// standards unpack to less than one MiB. In memory a part can take some twenty times as much.
const MAX_PART: u64 = 8 * 1024 * 1024;
/// See [`MAX_PART`].
const MAX_UNPACKED: u64 = 16 * 1024 * 1024;

/// Refuses, in words, what is no zip archive or unpacks to too much. What the archive says of its
/// parts is looked at first; then every part is unpacked and counted, because it may lie.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > MAX_PACKED {
        return Err(format!("the workbook is larger than {} MiB", MAX_PACKED / 1024 / 1024));
    }
    let unread = |error| format!("the file is no workbook: {error}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unread)?;
    if archive.len() > MAX_PARTS {
        return Err(format!("the workbook has more than {MAX_PARTS} parts"));
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(unread)?;
        let most = MAX_PART.min(left);
        let size = if part.size() > most { part.size() } else { counted(part, most)? };
        if size > most {
            return Err(format!(
                "the workbook unpacks to more than {} MiB, or a part of it to more than {}: \
                 keep only the sheets of the standard in it, without pictures",
                MAX_UNPACKED / 1024 / 1024,
                MAX_PART / 1024 / 1024
            ));
        }
        left -= size;
    }
    Ok(())
}

/// How large a part really is; above `most`, just more than that.
fn counted(part: impl Read, most: u64) -> Result<u64, String> {
    let unread = |error| format!("the workbook is damaged: {error}");
    std::io::copy(&mut part.take(most + 1), &mut std::io::sink()).map_err(unread)
}
