//! PNG, row by row, so that a picture of 100 megapixels needs no more memory than its renditions.

use super::{Picture, divisor, reduce::Reduce};
use crate::{Unreadable, format::png as format};
use png::{Decoder, DecodingError, Limits, Reader, Transformations};
use std::io::Cursor;

/// What a chunk beside the picture may take; larger ones are refused as too much memory.
pub(crate) const CHUNKS: usize = 1 << 20;

/// Bytes of one row at its widest: as stored and with 8 bits for each sample.
pub(crate) fn row(header: &format::PngHeader) -> usize {
    let width = header.width as usize;
    (width * header.bits as usize).div_ceil(8).max(width * header.channels as usize) + 1
}

pub(super) fn decode(bytes: &[u8]) -> Result<Picture, Unreadable> {
    let header = format::header(bytes)?;
    let limits = Limits { bytes: CHUNKS + 4 * row(&header) };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    // Compressed text and colour profiles are where bombs hide, and nothing here needs them.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(problem)?;
    let (width, height) = (header.width as usize, header.height as usize);
    let reduce = Reduce::new(width, height, divisor(header.width, header.height));
    let picture =
        if header.interlaced { whole(&mut reader, reduce) } else { rows(&mut reader, reduce) }?;
    reader.finish().map_err(problem)?;
    Ok(picture)
}

fn rows(reader: &mut Reader<Cursor<&[u8]>>, mut reduce: Reduce) -> Result<Picture, Unreadable> {
    let channels = reader.output_color_type().0.samples();
    while let Some(row) = reader.next_row().map_err(problem)? {
        reduce.push(row.data(), channels);
    }
    Ok(reduce.finish())
}

/// Interlaced pictures come in seven passes over the whole, which must be held.
fn whole(reader: &mut Reader<Cursor<&[u8]>>, mut reduce: Reduce) -> Result<Picture, Unreadable> {
    let channels = reader.output_color_type().0.samples();
    let size = reader.output_buffer_size().ok_or(Unreadable::TooMuchMemory)?;
    let mut buffer = vec![0; size];
    let info = reader.next_frame(&mut buffer).map_err(problem)?;
    for row in buffer[..info.buffer_size()].chunks_exact(info.line_size) {
        reduce.push(row, channels);
    }
    Ok(reduce.finish())
}

#[allow(clippy::needless_pass_by_value)]
fn problem(error: DecodingError) -> Unreadable {
    match error {
        DecodingError::IoError(_) => Unreadable::Truncated,
        DecodingError::LimitsExceeded => Unreadable::TooMuchMemory,
        DecodingError::Format(_) | DecodingError::Parameter(_) => Unreadable::Corrupt,
    }
}
