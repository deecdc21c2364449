//! Everything before the first scan of a JPEG: tables, frame, and how colours are meant.

use super::huffman::Table;
use crate::{
    Unreadable,
    format::jpeg::{Component, Frame, Process, parse},
    numbers::be16,
};

/// Zigzag order of the 64 coefficients (T.81, figure 5).
pub(super) const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// A component's part in the first scan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Which component of the frame.
    pub component: usize,
    pub dc: usize,
    pub ac: usize,
}

/// What stands before the first scan's data, and that data with all that follows.
pub(crate) struct Segments<'a> {
    pub frame: Frame,
    pub(super) quantization: [Option<[u16; 64]>; 4],
    pub(super) dc: [Option<Box<Table>>; 4],
    pub(super) ac: [Option<Box<Table>>; 4],
    /// MCUs between restarts; 0 is none.
    pub(super) restart: usize,
    /// The colour transform that Adobe's APP14 names.
    pub(super) adobe: Option<u8>,
    jfif: bool,
    pub(super) parts: Vec<Part>,
    whole: bool,
    pub(super) data: &'a [u8],
}

/// How the components are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colors {
    Grey,
    Rgb,
    Ycc,
    Cmyk,
    Ycck,
}

impl Segments<'_> {
    /// Whether the first scan holds the whole picture and its components divide evenly, so that it
    /// can be decoded strip by strip.
    pub fn single(&self) -> bool {
        let (across, down) = self.frame.most();
        let even = |c: &Component| across % c.across == 0 && down % c.down == 0;
        self.frame.process == Process::Sequential
            && self.whole
            && self.parts.len() == self.frame.components.len()
            && self.frame.components.iter().all(even)
    }

    /// JFIF, Adobe's marker and the components' names, in the order libjpeg believes them.
    pub(super) fn colors(&self) -> Colors {
        let ids: Vec<u8> = self.frame.components.iter().map(|component| component.id).collect();
        match (ids.as_slice(), self.adobe) {
            ([_], _) => Colors::Grey,
            ([_, _, _], _) if self.jfif => Colors::Ycc,
            ([_, _, _], Some(0)) | ([b'R', b'G', b'B'], None) => Colors::Rgb,
            ([_, _, _], _) => Colors::Ycc,
            (_, Some(2)) => Colors::Ycck,
            _ => Colors::Cmyk,
        }
    }
}

/// Reads all segments up to the data of the first scan.
pub(crate) fn read(bytes: &[u8]) -> Result<Segments<'_>, Unreadable> {
    let mut found = Found::default();
    let mut rest = bytes.get(2..).ok_or(Unreadable::Truncated)?;
    loop {
        let (marker, after) = marker(rest)?;
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            rest = after;
            continue;
        }
        let length = usize::from(be16(after.get(..2).ok_or(Unreadable::Truncated)?, 0));
        let body = after.get(2..length.max(2)).ok_or(Unreadable::Truncated)?;
        if length < 2 || marker == 0xD9 {
            return Err(Unreadable::Corrupt);
        }
        rest = &after[length..];
        if marker == 0xDA {
            return found.scan(body, rest);
        }
        found.take(marker, body)?;
    }
}

/// The next marker and what follows it; bytes before it are passed over.
pub(crate) fn marker(mut bytes: &[u8]) -> Result<(u8, &[u8]), Unreadable> {
    loop {
        let at = bytes.iter().position(|byte| *byte == 0xFF).ok_or(Unreadable::Truncated)?;
        bytes = &bytes[at..];
        let fill = bytes.iter().position(|byte| *byte != 0xFF).ok_or(Unreadable::Truncated)?;
        let marker = bytes[fill];
        bytes = &bytes[fill + 1..];
        if marker != 0 {
            return Ok((marker, bytes));
        }
    }
}

#[derive(Default)]
struct Found {
    frame: Option<Frame>,
    quantization: [Option<[u16; 64]>; 4],
    dc: [Option<Box<Table>>; 4],
    ac: [Option<Box<Table>>; 4],
    restart: usize,
    adobe: Option<u8>,
    jfif: bool,
}

impl Found {
    fn take(&mut self, marker: u8, body: &[u8]) -> Result<(), Unreadable> {
        match marker {
            0xC4 => self.huffman(body)?,
            0xDB => self.quantization(body)?,
            0xCC => return Err(Unreadable::Unsupported),
            0xC0..=0xCF => {
                let frame = parse(marker, body)?;
                frame.supported()?;
                if self.frame.replace(frame).is_some() {
                    return Err(Unreadable::Unsupported);
                }
            }
            0xDD if body.len() == 2 => self.restart = usize::from(be16(body, 0)),
            0xDD => return Err(Unreadable::Corrupt),
            0xE0 if body.starts_with(b"JFIF\0") => self.jfif = true,
            0xEE if body.starts_with(b"Adobe") => self.adobe = body.get(11).copied(),
            _ => {}
        }
        Ok(())
    }

    fn quantization(&mut self, mut body: &[u8]) -> Result<(), Unreadable> {
        while let Some((&kind, rest)) = body.split_first() {
            let (wide, slot) = (kind >> 4, usize::from(kind & 15));
            let size = match wide {
                0 => 64,
                1 => 128,
                _ => return Err(Unreadable::Corrupt),
            };
            let (list, rest) = rest.split_at_checked(size).ok_or(Unreadable::Corrupt)?;
            let value = |i| if wide == 1 { be16(list, 2 * i) } else { u16::from(list[i]) };
            let slot = self.quantization.get_mut(slot).ok_or(Unreadable::Corrupt)?;
            *slot = Some(std::array::from_fn(value));
            body = rest;
        }
        Ok(())
    }

    fn huffman(&mut self, mut body: &[u8]) -> Result<(), Unreadable> {
        while let Some((&kind, rest)) = body.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>().ok_or(Unreadable::Corrupt)?;
            let total = counts.iter().map(|count| usize::from(*count)).sum();
            let (symbols, rest) = rest.split_at_checked(total).ok_or(Unreadable::Corrupt)?;
            let table = Table::new(counts, symbols).ok_or(Unreadable::Corrupt)?;
            let tables = match kind >> 4 {
                0 => &mut self.dc,
                1 => &mut self.ac,
                _ => return Err(Unreadable::Corrupt),
            };
            let slot = tables.get_mut(usize::from(kind & 15)).ok_or(Unreadable::Corrupt)?;
            *slot = Some(Box::new(table));
            body = rest;
        }
        Ok(())
    }

    fn scan<'a>(self, body: &[u8], data: &'a [u8]) -> Result<Segments<'a>, Unreadable> {
        let frame = self.frame.ok_or(Unreadable::Corrupt)?;
        let count = usize::from(*body.first().ok_or(Unreadable::Corrupt)?);
        if count == 0 || body.len() != count * 2 + 4 {
            return Err(Unreadable::Corrupt);
        }
        let (list, spectrum) = body[1..].split_at(count * 2);
        let parts = list.chunks_exact(2).map(|entry| part(entry, &frame));
        Ok(Segments {
            parts: parts.collect::<Option<_>>().ok_or(Unreadable::Corrupt)?,
            whole: spectrum == [0, 63, 0],
            quantization: self.quantization,
            dc: self.dc,
            ac: self.ac,
            restart: self.restart,
            adobe: self.adobe,
            jfif: self.jfif,
            frame,
            data,
        })
    }
}

fn part(entry: &[u8], frame: &Frame) -> Option<Part> {
    let component = frame.components.iter().position(|component| component.id == entry[0])?;
    let (dc, ac) = (usize::from(entry[1] >> 4), usize::from(entry[1] & 15));
    (dc < 4 && ac < 4).then_some(Part { component, dc, ac })
}
