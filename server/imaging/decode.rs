//! Pixels out of each kind of file, no larger than the renditions need them.

#[cfg(feature = "heic")]
pub(crate) mod heic;
pub(crate) mod jpeg;
pub(crate) mod png;
mod reduce;
pub(crate) mod webp;

use crate::{Format, LARGE_SIDE, Unreadable};

/// Eight-bit RGB, row after row without gaps.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

/// Decodes a picture as it is stored, not yet upright. It may come out smaller than the header
/// says, but never with its longest side below [`LARGE_SIDE`] when the header's is not.
pub(crate) fn decode(bytes: &[u8], format: Format) -> Result<Picture, Unreadable> {
    match format {
        Format::Jpeg => jpeg::decode(bytes),
        Format::Png => png::decode(bytes),
        Format::Webp => webp::decode(bytes),
        #[cfg(feature = "heic")]
        Format::Heic => heic::decode(bytes),
        #[cfg(not(feature = "heic"))]
        Format::Heic => Err(Unreadable::Unsupported),
    }
}

/// The largest whole number a picture can be divided by and still fill the large rendition.
pub(crate) fn divisor(width: u32, height: u32) -> usize {
    (width.max(height) / LARGE_SIDE).max(1) as usize
}
