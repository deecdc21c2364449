//! The frame header of a JPEG (ITU-T T.81, B.2.2), found by walking its segments.

use super::cut;
use crate::{Unreadable, numbers::be16};
use std::io::{BufRead, Read, Seek};

/// How the samples are coded, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Process {
    /// Sequential DCT with Huffman codes (SOF0, SOF1).
    Sequential,
    /// Progressive DCT with Huffman codes (SOF2).
    Progressive,
    /// Lossless, hierarchical or arithmetic.
    Other,
}

/// One colour component of a frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Component {
    pub id: u8,
    /// Horizontal and vertical sampling factors, 1 to 4.
    pub across: usize,
    pub down: usize,
    pub quantization: usize,
}

/// The frame header.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub process: Process,
    pub precision: u8,
    pub width: u32,
    pub height: u32,
    pub components: Vec<Component>,
}

impl Frame {
    /// The largest sampling factors of all components.
    pub fn most(&self) -> (usize, usize) {
        self.components.iter().fold((1, 1), |most, component| {
            (most.0.max(component.across), most.1.max(component.down))
        })
    }

    /// Whether pictures of this kind are decoded: 8 bits, and one, three or four components.
    pub fn supported(&self) -> Result<(), Unreadable> {
        let known = self.process != Process::Other && self.precision == 8;
        if known && matches!(self.components.len(), 1 | 3 | 4) {
            Ok(())
        } else {
            Err(Unreadable::Unsupported)
        }
    }
}

/// Walks to the frame header, leaving the reader behind it.
pub(crate) fn frame<R: BufRead + Seek>(reader: &mut R) -> Result<Frame, Unreadable> {
    let mut start = [0; 2];
    reader.read_exact(&mut start).map_err(cut)?;
    loop {
        match marker(reader)? {
            kind @ (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) => {
                return parse(kind, &body(reader)?);
            }
            // End of image, or a scan before its frame.
            0xD9 | 0xDA => return Err(Unreadable::Corrupt),
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => {}
            _ => skip(reader)?,
        }
    }
}

/// The next marker; bytes that are none are passed over, as cameras leave some between segments.
fn marker<R: BufRead>(reader: &mut R) -> Result<u8, Unreadable> {
    loop {
        reader.skip_until(0xFF).map_err(cut)?;
        let mut byte = [0xFF];
        while byte[0] == 0xFF {
            reader.read_exact(&mut byte).map_err(cut)?;
        }
        if byte[0] != 0 {
            return Ok(byte[0]);
        }
    }
}

/// The length of a segment's body.
fn length<R: Read>(reader: &mut R) -> Result<u16, Unreadable> {
    let mut length = [0; 2];
    reader.read_exact(&mut length).map_err(cut)?;
    u16::from_be_bytes(length).checked_sub(2).ok_or(Unreadable::Corrupt)
}

fn body<R: Read>(reader: &mut R) -> Result<Vec<u8>, Unreadable> {
    let mut body = vec![0; usize::from(length(reader)?)];
    reader.read_exact(&mut body).map_err(cut)?;
    Ok(body)
}

fn skip<R: BufRead + Seek>(reader: &mut R) -> Result<(), Unreadable> {
    let length = length(reader)?;
    reader.seek_relative(i64::from(length)).map_err(cut)
}

/// The frame header out of the body of its segment.
pub(crate) fn parse(marker: u8, body: &[u8]) -> Result<Frame, Unreadable> {
    let (head, list) = body.split_at_checked(6).ok_or(Unreadable::Corrupt)?;
    let (width, height) = (be16(head, 3), be16(head, 1));
    if height == 0 {
        return Err(Unreadable::Unsupported);
    }
    let count = usize::from(head[5]);
    if width == 0 || count == 0 || list.len() != count * 3 {
        return Err(Unreadable::Corrupt);
    }
    let mut components = list.chunks_exact(3).map(component).collect::<Result<Vec<_>, _>>()?;
    if let [only] = components.as_mut_slice() {
        // With nothing to interleave the factors mean nothing (T.81, A.2.2), yet encoders set them.
        (only.across, only.down) = (1, 1);
    }
    Ok(Frame {
        process: match marker {
            0xC0 | 0xC1 => Process::Sequential,
            0xC2 => Process::Progressive,
            _ => Process::Other,
        },
        precision: head[0],
        width: u32::from(width),
        height: u32::from(height),
        components,
    })
}

fn component(bytes: &[u8]) -> Result<Component, Unreadable> {
    let (across, down) = (usize::from(bytes[1] >> 4), usize::from(bytes[1] & 15));
    let quantization = usize::from(bytes[2]);
    if (1..=4).contains(&across) && (1..=4).contains(&down) && quantization < 4 {
        Ok(Component { id: bytes[0], across, down, quantization })
    } else {
        Err(Unreadable::Corrupt)
    }
}
