//! The watermark 水印: what is known of a photo, drawn onto its picture.

use crate::Unreadable;

/// Draws lines onto a large rendition, lower left over a half-transparent band, and gives the JPEG.
/// The font is TTF, OTF or a collection of them.
///
/// # Errors
/// As [`look`](crate::look) for the JPEG, and `Font`.
pub fn watermark(
    _large_jpeg: &[u8],
    _lines: &[String],
    _font: &[u8],
) -> Result<Vec<u8>, Unreadable> {
    Err(Unreadable::Unsupported)
}
