//! Where each kind of file keeps its EXIF structure.

use crate::{
    Format,
    decode::jpeg::marker,
    format::{heic, png::SIGNATURE, webp},
    numbers::{be16, be32},
};

const PREFIX: &[u8] = b"Exif\0\0";

/// The TIFF structure that holds the EXIF tags, if there is one.
pub(super) fn structure(bytes: &[u8]) -> Option<&[u8]> {
    match Format::of(bytes)? {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => {
            // Some writers keep JPEG's prefix.
            webp::chunk(bytes, *b"EXIF").map(|body| body.strip_prefix(PREFIX).unwrap_or(body))
        }
        Format::Heic => heic::exif(bytes),
    }
}

/// The first APP1 that says it is EXIF, before the first scan.
fn jpeg(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(2..)?;
    loop {
        let (marker, after) = marker(rest).ok()?;
        rest = match marker {
            0x01 | 0xD0..=0xD8 => after,
            0xD9 | 0xDA => return None,
            _ => {
                let length = usize::from(be16(after.get(..2)?, 0)).max(2);
                // A segment cut short may still hold what is looked for.
                let body = after.get(2..length.min(after.len())).unwrap_or(&[]);
                if let (0xE1, Some(structure)) = (marker, body.strip_prefix(PREFIX)) {
                    return Some(structure);
                }
                after.get(length..)?
            }
        };
    }
}

/// The `eXIf` chunk, which may stand before or after the picture.
fn png(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.get(SIGNATURE.len()..)?;
    loop {
        let length = be32(rest.get(..8)?, 0) as usize;
        let body = rest.get(8..8usize.checked_add(length)?)?;
        if rest[4..8] == *b"eXIf" {
            return Some(body.strip_prefix(PREFIX).unwrap_or(body));
        }
        rest = rest.get(length + 12..)?;
    }
}
