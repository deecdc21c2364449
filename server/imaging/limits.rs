//! How much a photo may take.

use crate::{
    Format, Header, LARGE_SIDE, Unreadable,
    decode::{
        divisor,
        jpeg::{self, Segments, scale, scaled},
        png::{CHUNKS, row},
    },
    format::{
        self,
        png::PngHeader,
        webp::{Kind, WebpHeader},
    },
    header,
    rendition::fit,
};
use std::io::Cursor;

/// How much one photo may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most pixels (width × height) the header may state.
    pub max_pixels: u64,
    /// The most bytes that looking at it may take, the bytes of the file included.
    pub memory: usize,
}

/// The bytes that [`look`](crate::look) takes at most for this photo, those of the file included:
/// an upper estimate from the headers alone, which callers reserve from a budget.
///
/// # Errors
/// As [`header`], and `Unsupported` for kinds that are not decoded.
pub fn memory_needed(bytes: &[u8]) -> Result<usize, Unreadable> {
    let header = header(Cursor::new(bytes))?;
    let (decoding, size) = match header.format {
        Format::Jpeg => jpeg(&jpeg::read(bytes)?),
        Format::Png => png(&format::png::header(bytes)?),
        Format::Webp => webp(&format::webp::header(bytes)?, bytes.len()),
        Format::Heic => heic(&header)?,
    };
    let most = decoding.max(renditions(size, &header));
    Ok(bytes.len().saturating_add(most).saturating_add(SLACK))
}

/// Tables, windows, rows and whatever else does not grow with the picture.
const SLACK: usize = 1 << 20;

/// Bytes while decoding, and the size of what comes out.
type Decoding = (usize, (usize, usize));

fn jpeg(segments: &Segments<'_>) -> Decoding {
    let frame = &segments.frame;
    let (width, height) = scaled(frame);
    let (across, down) = frame.most();
    let columns = (frame.width as usize).div_ceil(8 * across);
    let lines = (frame.height as usize).div_ceil(8 * down);
    let blocks: usize = frame.components.iter().map(|c| c.across * c.down * columns).sum();
    let samples = blocks * scale(frame) * scale(frame);
    let rgb = width * height * 3;
    let bytes = if segments.single() {
        rgb + samples + width * frame.components.len()
    } else {
        // All coefficients; a copy of them under way to the threads that transform them, should
        // those lag behind; all samples; and the pixels as they are and as RGB.
        let coefficients = blocks * lines * 64 * 2;
        2 * coefficients + samples * lines + width * height * 4 + rgb
    };
    (bytes, (width, height))
}

fn png(header: &PngHeader) -> Decoding {
    let (width, height) = (header.width as usize, header.height as usize);
    let divisor = divisor(header.width, header.height);
    let (across, down) = (width.div_ceil(divisor), height.div_ceil(divisor));
    let whole = width.saturating_mul(height).saturating_mul(header.channels as usize);
    let held = if header.interlaced { whole } else { 0 };
    let bytes = held.saturating_add(across * (down * 3 + 12) + 4 * row(header) + 3 * CHUNKS);
    (bytes, (across, down))
}

fn webp(header: &WebpHeader, file: usize) -> Decoding {
    let (width, height) = (header.width as usize, header.height as usize);
    let divisor = divisor(header.width, header.height);
    let (across, down) = (width.div_ceil(divisor), height.div_ceil(divisor));
    let pixels = width * height;
    let bytes = match header.kind {
        // Luma, two quarters of chroma, and RGB; in macroblocks of 16.
        Kind::Lossy => {
            width.next_multiple_of(16) * height.next_multiple_of(16) * 3 / 2 + pixels * 3
        }
        // RGBA twice, and its transforms.
        Kind::Lossless => pixels * 9,
        Kind::Extended => pixels * 10,
        Kind::Animated => pixels * 14,
    };
    // The coded picture is copied out of the file.
    (bytes + file + across * (down * 3 + 12), (across, down))
}

#[cfg(feature = "heic")]
fn heic(header: &Header) -> Result<Decoding, Unreadable> {
    if header.width == 0 || header.height == 0 {
        return Err(Unreadable::Corrupt);
    }
    Ok(crate::decode::heic::needs(header))
}

#[cfg(not(feature = "heic"))]
fn heic(_: &Header) -> Result<Decoding, Unreadable> {
    Err(Unreadable::Unsupported)
}

/// Bytes while the renditions are made of a decoded picture of this size.
fn renditions((width, height): (usize, usize), header: &Header) -> usize {
    let (across, down) = fit(header.width as usize, header.height as usize, LARGE_SIDE as usize);
    let (decoded, large) = (width * height * 3, across * down * 3);
    // Scaled across first, then down; turned upright; encoded, in a buffer that may double twice.
    let scaling = decoded + (across + 8) * (height + 8) * 3 + large + (width + height) * 64;
    scaling.max(2 * large).max(large * 3)
}
