//! Everything that one look at a photo yields.

use crate::{
    Exif, Format, Limits, Unreadable,
    decode::decode,
    exif,
    fingerprint::fingerprint,
    header, memory_needed,
    orient::{swaps, upright},
    rendition::{LARGE_QUALITY, THUMBNAIL_QUALITY, encode, fit, resize, resized},
};
use fast_image_resize::FilterType;
use std::io::Cursor;

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
/// Colours are taken as they are: a profile is neither applied nor kept, so what a phone stored in
/// Display P3 comes out a little paler. Transparent pictures are laid over white, of an animation
/// the first picture is taken, and four inks are turned to RGB without a profile.
///
/// # Errors
/// Every [`Unreadable`] but `Font`.
pub fn look(bytes: &[u8], limits: &Limits) -> Result<Look, Unreadable> {
    let header = header(Cursor::new(bytes))?;
    if u64::from(header.width) * u64::from(header.height) > limits.max_pixels {
        return Err(Unreadable::TooManyPixels);
    }
    if memory_needed(bytes)? > limits.memory {
        return Err(Unreadable::TooMuchMemory);
    }
    let exif = exif(bytes);
    let orientation = if header.format == Format::Heic { 1 } else { exif.orientation };
    let mut picture = decode(bytes, header.format)?;
    let (mut width, mut height) = (header.width, header.height);
    if header.format == Format::Heic && (picture.width > picture.height) != (width > height) {
        // HEIC turns its pictures by properties of its own, which the decoder has followed.
        (width, height) = (height, width);
    }
    let whole = match header.format {
        // They may be cropped, too.
        Format::Heic => (picture.width, picture.height),
        _ => (width as usize, height as usize),
    };
    let size = fit(whole.0, whole.1, LARGE_SIDE as usize);
    picture = upright(resize(picture, size)?, orientation);
    if swaps(orientation) {
        (width, height) = (height, width);
    }
    let size = fit(picture.width, picture.height, THUMBNAIL_SIDE as usize);
    let thumbnail = resized(&picture, size, FilterType::Hamming)?;
    let large = encode(&picture, LARGE_QUALITY)?;
    Ok(Look {
        width,
        height,
        exif,
        fingerprint: fingerprint(&thumbnail),
        large,
        thumbnail: encode(&thumbnail, THUMBNAIL_QUALITY)?,
    })
}
