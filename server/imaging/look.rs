//! Everything that one look at a photo yields.

use crate::{Exif, Limits, Unreadable};

/// Longest side of the large rendition in pixels.
pub const LARGE_SIDE: u32 = 1600;
/// Longest side of the thumbnail in pixels.
pub const THUMBNAIL_SIDE: u32 = 320;

/// Everything that one look at a photo yields.
#[derive(Clone, Debug)]
pub struct Look {
    /// Pixels across of the whole picture, upright.
    pub width: u32,
    /// Pixels down of the whole picture, upright.
    pub height: u32,
    /// What the camera wrote into the file.
    pub exif: Exif,
    /// The perceptual fingerprint, see [`hamming`](crate::hamming).
    pub fingerprint: u64,
    /// JPEG, upright, longest side at most [`LARGE_SIDE`], without metadata.
    pub large: Vec<u8>,
    /// JPEG, upright, longest side at most [`THUMBNAIL_SIDE`], without metadata.
    pub thumbnail: Vec<u8>,
}

/// Looks at a photo once: what it says of itself, and the renditions of it.
///
/// # Errors
/// Every [`Unreadable`] but `Font`.
pub fn look(_bytes: &[u8], _limits: &Limits) -> Result<Look, Unreadable> {
    Err(Unreadable::Unsupported)
}
