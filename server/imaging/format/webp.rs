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
    let (width, height, kind) = match &chunk[..4] {
        b"VP8 " if chunk[11..14] == [0x9D, 0x01, 0x2A] => {
            let (width, height) = (le16(chunk, 14) & 0x3FFF, le16(chunk, 16) & 0x3FFF);
            (u32::from(width), u32::from(height), Kind::Lossy)
        }
        b"VP8L" if chunk[8] == 0x2F => {
            let bits = le32(chunk, 9);
            ((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1, Kind::Lossless)
        }
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

/// The chunk of this name after the header, unpadded; chunks that reach past the end are none.
pub(crate) fn chunk<'a>(bytes: &'a [u8], name: [u8; 4]) -> Option<&'a [u8]> {
    let mut rest = bytes.get(12..)?;
    loop {
        let length = le32(rest.get(..8)?, 4) as usize;
        let body = rest.get(8..8usize.checked_add(length)?)?;
        if rest.starts_with(&name) {
            return Some(body);
        }
        rest = rest.get(8 + length + length % 2..)?;
    }
}
