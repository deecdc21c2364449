//! The first chunk of a PNG (ISO/IEC 15948, 11.2.2).

use crate::{Unreadable, numbers::be32};

pub(crate) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What `IHDR` states.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PngHeader {
    pub width: u32,
    pub height: u32,
    /// Bits of one pixel as stored.
    pub bits: u32,
    /// Bytes of one pixel once palettes are resolved and samples brought to 8 bits.
    pub channels: u32,
    pub interlaced: bool,
}

pub(crate) fn header(head: &[u8]) -> Result<PngHeader, Unreadable> {
    let chunk = head.get(8..29).ok_or(Unreadable::Truncated)?;
    if chunk[..8] != *b"\0\0\0\x0dIHDR" {
        return Err(Unreadable::Corrupt);
    }
    let (width, height) = (be32(chunk, 8), be32(chunk, 12));
    let (depth, color, interlace) = (chunk[16], chunk[17], chunk[20]);
    let samples = samples(color, depth).ok_or(Unreadable::Corrupt)?;
    if width == 0 || height == 0 || width.max(height) > i32::MAX as u32 || interlace > 1 {
        return Err(Unreadable::Corrupt);
    }
    Ok(PngHeader {
        width,
        height,
        bits: samples * u32::from(depth),
        // A palette resolves to three samples, and `tRNS` may add one to every kind.
        channels: if color == 3 { 4 } else { (samples + 1).min(4) },
        interlaced: interlace == 1,
    })
}

/// Samples of one pixel, for the pairs that table 11.1 of the standard allows.
fn samples(color: u8, depth: u8) -> Option<u32> {
    match (color, depth) {
        (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) => Some(1),
        (4, 8 | 16) => Some(2),
        (2, 8 | 16) => Some(3),
        (6, 8 | 16) => Some(4),
        _ => None,
    }
}
