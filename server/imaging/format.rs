//! Which kind of file the bytes are, and how large a picture their header states.

pub(crate) mod heic;
pub(crate) mod jpeg;
pub(crate) mod png;
pub(crate) mod webp;

use crate::Unreadable;
use std::io::{BufRead, Read, Seek};

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
            Some(Self::Jpeg)
        } else if head.starts_with(png::SIGNATURE) {
            Some(Self::Png)
        } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else if heic::is_one(head) {
            Some(Self::Heic)
        } else {
            None
        }
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
/// A picture without width or height is `Corrupt`; a JPEG that states its height only after its
/// picture (DNL) is `Unsupported`.
///
/// # Errors
/// `Empty`, `TypeUnknown`, `Truncated`, `Corrupt` and `Unsupported`; a failing reader counts as
/// `Truncated`.
pub fn header<R: BufRead + Seek>(mut reader: R) -> Result<Header, Unreadable> {
    let mut head = Vec::with_capacity(Format::HEAD);
    reader.by_ref().take(Format::HEAD as u64).read_to_end(&mut head).map_err(cut)?;
    if head.is_empty() {
        return Err(Unreadable::Empty);
    }
    let format = Format::of(&head).ok_or(Unreadable::TypeUnknown)?;
    reader.rewind().map_err(cut)?;
    let (width, height) = match format {
        Format::Jpeg => jpeg::frame(&mut reader).map(|frame| (frame.width, frame.height))?,
        Format::Png => png::header(&head).map(|header| (header.width, header.height))?,
        Format::Webp => webp::header(&head).map(|header| (header.width, header.height))?,
        Format::Heic => heic::dimensions(&mut reader).unwrap_or((0, 0)),
    };
    Ok(Header { format, width, height })
}

/// A reader that fails has no more to say, which to whoever looks at the photo is the same as a
/// file that ends.
#[allow(clippy::needless_pass_by_value)]
pub(crate) fn cut(_: std::io::Error) -> Unreadable {
    Unreadable::Truncated
}
