//! What a HEIC file states of itself (ISO/IEC 23008-12 over ISO/IEC 14496-12 boxes).

mod boxes;

use boxes::{Boxes, Meta};
use std::io::{Read, Seek, SeekFrom};

/// The most bytes of the `meta` box that are read; real ones take some 10 kB.
const META: u64 = 1 << 20;
/// The most top-level boxes that are passed over on the way to `meta`.
const TOP: usize = 64;

/// Whether the first bytes are those of a HEIC file: a brand of HEVC still pictures, or the
/// general brand with such a one beside it (AVIF shares the general brand).
pub(crate) fn is_one(head: &[u8]) -> bool {
    let hevc =
        |brand: &[u8]| matches!(brand, b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx");
    if head.get(4..8) != Some(b"ftyp") {
        return false;
    }
    match head.get(8..12) {
        Some(b"mif1" | b"msf1") => head[12..].chunks_exact(4).skip(1).any(hevc),
        Some(brand) => hevc(brand),
        None => false,
    }
}

/// Width and height of the primary picture as its `ispe` states them, before its own rotation.
pub(crate) fn dimensions<R: Read + Seek>(reader: &mut R) -> Option<(u32, u32)> {
    Meta(&meta(reader)?).dimensions()
}

/// The TIFF structure of the EXIF item.
pub(crate) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let meta = meta(&mut std::io::Cursor::new(bytes))?;
    let (offset, length) = Meta(&meta).exif()?;
    let item = bytes.get(offset..offset.checked_add(length)?)?;
    // The item starts with the distance from there to the TIFF header.
    let skip = u32::from_be_bytes(item.get(..4)?.try_into().ok()?) as usize;
    item.get(4usize.checked_add(skip)?..)
}

/// The body of the `meta` box, without its version and flags.
fn meta<R: Read + Seek>(reader: &mut R) -> Option<Vec<u8>> {
    reader.rewind().ok()?;
    for _ in 0..TOP {
        let mut head = [0; 16];
        reader.read_exact(&mut head[..8]).ok()?;
        if u32::from_be_bytes(head[..4].try_into().ok()?) == 1 {
            reader.read_exact(&mut head[8..]).ok()?;
        }
        let (name, header, size) = Boxes::head(&head)?;
        if name == *b"meta" {
            let mut body = Vec::new();
            reader.take(size.checked_sub(header)?.min(META)).read_to_end(&mut body).ok()?;
            return (body.len() >= 4).then(|| body.split_off(4));
        }
        reader.seek(SeekFrom::Current(i64::try_from(size.checked_sub(header)?).ok()?)).ok()?;
    }
    None
}
