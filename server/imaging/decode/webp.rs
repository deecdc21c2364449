//! WebP, lossy and lossless, in whole: its format allows nothing less.

use super::{Picture, divisor, reduce::Reduce};
use crate::{Unreadable, format::webp::keeps_to_header, numbers::le32};
use image_webp::{DecodingError, WebPDecoder};
use std::io::{Cursor, ErrorKind};

/// Decodes the picture, or the first one of an animation.
pub(super) fn decode(bytes: &[u8]) -> Result<Picture, Unreadable> {
    if bytes.len() < 12 || bytes.len() - 8 < le32(bytes, 4) as usize {
        return Err(Unreadable::Truncated);
    }
    if !keeps_to_header(bytes) {
        return Err(Unreadable::Corrupt);
    }
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(problem)?;
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let size = decoder.output_buffer_size().ok_or(Unreadable::TooMuchMemory)?;
    let mut buffer = vec![0; size];
    decoder.read_image(&mut buffer).map_err(problem)?;
    drop(decoder);
    let (across, down) = (width as usize, height as usize);
    let mut reduce = Reduce::new(across, down, divisor(width, height));
    for row in buffer.chunks_exact(across * channels) {
        reduce.push(row, channels);
    }
    Ok(reduce.finish())
}

#[allow(clippy::needless_pass_by_value)]
fn problem(error: DecodingError) -> Unreadable {
    match error {
        DecodingError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            Unreadable::Truncated
        }
        DecodingError::NotEnoughInitData => Unreadable::Truncated,
        DecodingError::MemoryLimitExceeded | DecodingError::ImageTooLarge => {
            Unreadable::TooMuchMemory
        }
        DecodingError::UnsupportedFeature(_) => Unreadable::Unsupported,
        _ => Unreadable::Corrupt,
    }
}
