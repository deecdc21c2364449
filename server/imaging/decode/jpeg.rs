//! JPEG, brought down to a half, a quarter or an eighth while it is decoded.
//!
//! Photos from cameras are nearly all sequential with one scan: those are decoded here strip by
//! strip, in memory for one strip and the picture that comes out, and a file that ends early is
//! told for certain. Everything else goes through `jpeg-decoder`, which holds all coefficients.

mod color;
mod huffman;
mod segments;
mod sequential;
mod several;
mod transform;

use super::Picture;
use crate::{LARGE_SIDE, Unreadable, format::jpeg::Frame};
pub(crate) use segments::{Segments, marker, read};

/// More scans than this are no photo but a way to keep a decoder busy.
const SCANS: usize = 100;

/// Samples that each block of eight is brought down to, across and down: 1, 2, 4 or 8.
pub(crate) fn scale(frame: &Frame) -> usize {
    let longest = frame.width.max(frame.height);
    [1, 2, 4].into_iter().find(|n| (longest * n).div_ceil(8) >= LARGE_SIDE).unwrap_or(8) as usize
}

/// Pixels across and down of what comes out.
pub(crate) fn scaled(frame: &Frame) -> (usize, usize) {
    let side = |length: u32| (length as usize * scale(frame)).div_ceil(8);
    (side(frame.width), side(frame.height))
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Picture, Unreadable> {
    let segments = read(bytes)?;
    if segments.single() {
        return match scale(&segments.frame) {
            1 => sequential::decode::<1>(&segments),
            2 => sequential::decode::<2>(&segments),
            4 => sequential::decode::<4>(&segments),
            _ => sequential::decode::<8>(&segments),
        };
    }
    let scans = segments.data.windows(2).filter(|pair| *pair == [0xFF, 0xDA]).count() + 1;
    if scans > SCANS {
        return Err(Unreadable::Unsupported);
    }
    several::decode(bytes, &segments)
}
