//! HEIC through the system's libheif, which follows the file's own rotation and mirroring.

use super::{Picture, divisor, reduce::Reduce};
use crate::{Header, Unreadable, header};
use libheif_rs::{ColorSpace, HeifContext, HeifError, HeifErrorCode, LibHeif, RgbChroma};
use std::io::Cursor;

/// Buffers of the video decoder for one tile and its tables.
const TILES: usize = 32 << 20;

/// Bytes while decoding and the size of what comes out, by the header. The library's own memory
/// cannot be counted; this is frames in 4:4:4 before and after turning, and RGB.
pub(crate) fn needs(header: &Header) -> (usize, (usize, usize)) {
    let (width, height) = (header.width as usize, header.height as usize);
    let divisor = divisor(header.width, header.height);
    let (across, down) = (width.div_ceil(divisor), height.div_ceil(divisor));
    let pixels = width.saturating_mul(height);
    (pixels.saturating_mul(10).saturating_add(across * down * 3 + TILES), (across, down))
}

pub(super) fn decode(bytes: &[u8]) -> Result<Picture, Unreadable> {
    let stated = header(Cursor::new(bytes))?;
    let library = LibHeif::new();
    let mut context = HeifContext::read_from_bytes(bytes).map_err(problem)?;
    context.set_max_decoding_threads(1);
    let handle = context.primary_image_handle().map_err(problem)?;
    let (width, height) = (handle.width(), handle.height());
    // What was reserved goes by the header.
    let stated = u64::from(stated.width) * u64::from(stated.height);
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > stated {
        return Err(Unreadable::Corrupt);
    }
    let image = library.decode(&handle, ColorSpace::Rgb(RgbChroma::Rgba), None).map_err(problem)?;
    let plane = image.planes().interleaved.ok_or(Unreadable::Corrupt)?;
    let (across, down) = (plane.width as usize, plane.height as usize);
    let divisor = divisor(plane.width, plane.height);
    let mut reduce = Reduce::new(across, down, divisor);
    for row in plane.data.chunks(plane.stride).take(down) {
        reduce.push(row.get(..across * 4).ok_or(Unreadable::Corrupt)?, 4);
    }
    Ok(reduce.finish())
}

#[allow(clippy::needless_pass_by_value)]
fn problem(error: HeifError) -> Unreadable {
    match error.code {
        HeifErrorCode::UnsupportedFeature | HeifErrorCode::UnsupportedFileType => {
            Unreadable::Unsupported
        }
        HeifErrorCode::MemoryAllocationError => Unreadable::TooMuchMemory,
        _ => Unreadable::Corrupt,
    }
}
