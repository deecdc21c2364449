//! The first chunk of a WebP file (RFC 9649, section 2).

use crate::{
    Unreadable,
    numbers::{le16, le24, le32},
};

/// What the first chunk states.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WebpHeader {
    pub width: u32,
    pub height: u32,
    pub kind: Kind,
}

/// Which of the three first chunks a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Lossy,
    Lossless,
    /// `VP8X`: either of the two, perhaps with alpha.
    Extended,
    /// `VP8X` with the animation flag.
    Animated,
}

const ANIMATION: u8 = 0b10;

pub(crate) fn header(head: &[u8]) -> Result<WebpHeader, Unreadable> {
    let chunk = head.get(12..30).ok_or(Unreadable::Truncated)?;
    let name = &chunk[..4];
    let coded = |kind| picture(name, &chunk[8..]).map(|(width, height)| (width, height, kind));
    let (width, height, kind) = match name {
        b"VP8 " => coded(Kind::Lossy).ok_or(Unreadable::Corrupt)?,
        b"VP8L" => coded(Kind::Lossless).ok_or(Unreadable::Corrupt)?,
        b"VP8X" => {
            let kind = if chunk[8] & ANIMATION == 0 { Kind::Extended } else { Kind::Animated };
            (le24(chunk, 12) + 1, le24(chunk, 15) + 1, kind)
        }
        _ => return Err(Unreadable::Corrupt),
    };
    if width == 0 || height == 0 {
        return Err(Unreadable::Corrupt);
    }
    Ok(WebpHeader { width, height, kind })
}

/// Whether the pictures inside are no larger than the header says, which is what memory was
/// estimated by: the decoder makes room for them before it compares.
pub(crate) fn keeps_to_header(bytes: &[u8]) -> bool {
    let Ok(WebpHeader { width, height, .. }) = header(bytes) else { return false };
    let fits = |body: &[u8], name: &[u8]| match picture(name, body) {
        Some((across, down)) => across <= width && down <= height,
        None => !matches!(name, b"VP8 " | b"VP8L"),
    };
    chunks(bytes.get(12..).unwrap_or(&[])).all(|(name, body)| {
        let frame = if name == b"ANMF" { body.get(16..).unwrap_or(&[]) } else { &[] };
        fits(body, name) && chunks(frame).all(|(name, body)| fits(body, name))
    })
}

/// Width and height of a coded picture.
fn picture(name: &[u8], body: &[u8]) -> Option<(u32, u32)> {
    match name {
        b"VP8 " if body.get(3..6)? == [0x9D, 0x01, 0x2A] => {
            let side = |at| u32::from(le16(body, at) & 0x3FFF);
            (body.len() >= 10).then(|| (side(6), side(8)))
        }
        b"VP8L" if body.len() >= 5 && body[0] == 0x2F => {
            let bits = le32(body, 1);
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        _ => None,
    }
}

/// The chunk of this name after the header, unpadded; chunks that reach past the end are none.
pub(crate) fn chunk(bytes: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    chunks(bytes.get(12..)?).find(|chunk| chunk.0 == name).map(|chunk| chunk.1)
}

/// Names and bodies of chunks, up to one that reaches past the end.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let length = le32(rest.get(..8)?, 4) as usize;
        let (name, body) = (&rest[..4], rest.get(8..8usize.checked_add(length)?)?);
        rest = rest.get(8 + length + length % 2..).unwrap_or(&[]);
        Some((name, body))
    })
}
