//! Directories of tags (TIFF 6.0, section 2), read where they lie: nothing is copied, and no
//! pointer is followed but the one that is asked for.

use std::cell::Cell;

/// The structure.
pub(super) struct Tiff<'a> {
    data: &'a [u8],
    big: bool,
    broken: Cell<bool>,
}

/// One directory in it.
pub(super) struct Directory<'a> {
    tiff: &'a Tiff<'a>,
    entries: &'a [u8],
}

/// The value of one tag: its type (TIFF 6.0, page 15) and its bytes.
pub(super) struct Value<'a> {
    kind: u16,
    data: &'a [u8],
    big: bool,
}

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

impl<'a> Tiff<'a> {
    pub fn new(data: &'a [u8]) -> Option<Self> {
        let big = match data.get(..4)? {
            b"MM\0*" => true,
            b"II*\0" => false,
            _ => return None,
        };
        (data.len() >= 8).then_some(Self { data, big, broken: Cell::new(false) })
    }

    /// Whether anything that was asked for pointed outside.
    pub fn is_broken(&self) -> bool {
        self.broken.get()
    }

    pub fn first(&'a self) -> Directory<'a> {
        self.directory(long(self.data, 4, self.big))
    }

    /// The directory at an offset; entries that are cut off are left out.
    fn directory(&'a self, offset: u32) -> Directory<'a> {
        let from = (offset as usize).saturating_add(2);
        let entries = self.data.get(from..).filter(|_| offset >= 8).map(|rest| {
            let wanted = usize::from(short(self.data, from - 2, self.big)) * 12;
            if wanted > rest.len() {
                self.broken.set(true);
            }
            &rest[..wanted.min(rest.len() / 12 * 12)]
        });
        if entries.is_none() {
            self.broken.set(true);
        }
        Directory { tiff: self, entries: entries.unwrap_or(&[]) }
    }
}

impl<'a> Directory<'a> {
    /// The first value of a tag.
    pub fn value(&self, tag: u16) -> Option<Value<'a>> {
        let Tiff { data, big, broken } = self.tiff;
        let entry = self.entries.chunks_exact(12).find(|entry| short(entry, 0, *big) == tag)?;
        let (kind, count) = (short(entry, 2, *big), long(entry, 4, *big) as usize);
        let size = match kind {
            1 | ASCII | 6 | 7 => 1,
            SHORT | 8 => 2,
            LONG | 9 => 4,
            RATIONAL | 10 => 8,
            _ => 0,
        };
        let length = count.saturating_mul(size);
        let found = if length <= 4 {
            entry.get(8..8 + length)
        } else {
            let at = long(entry, 8, *big) as usize;
            data.get(at..at.saturating_add(length))
        };
        if found.is_none() {
            broken.set(true);
        }
        found.map(|data| Value { kind, data, big: *big })
    }

    /// The directory a tag points to.
    pub fn child(&self, tag: u16) -> Option<Directory<'a>> {
        let offset = self.value(tag)?.number();
        if offset.is_none() {
            self.tiff.broken.set(true);
        }
        offset.map(|offset| self.tiff.directory(offset))
    }
}

impl<'a> Value<'a> {
    /// A single SHORT or LONG.
    pub fn number(&self) -> Option<u32> {
        match (self.kind, self.data.len()) {
            (SHORT, 2) => Some(u32::from(short(self.data, 0, self.big))),
            (LONG, 4) => Some(long(self.data, 0, self.big)),
            _ => None,
        }
    }

    /// The bytes of an ASCII value up to its first NUL.
    pub fn ascii(&self) -> Option<&'a [u8]> {
        let text = self.data.split(|byte| *byte == 0).next()?;
        (self.kind == ASCII).then_some(text)
    }

    /// One to three RATIONALs, missing ones 0; `None` when one is divided by zero.
    pub fn three(&self) -> Option<[f64; 3]> {
        let mut numbers = [0.0; 3];
        let count = self.data.len() / 8;
        if self.kind != RATIONAL || !(1..=3).contains(&count) {
            return None;
        }
        for (number, bytes) in numbers.iter_mut().zip(self.data.chunks_exact(8)) {
            let (over, under) = (long(bytes, 0, self.big), long(bytes, 4, self.big));
            *number = (under > 0).then(|| f64::from(over) / f64::from(under))?;
        }
        Some(numbers)
    }
}

fn short(data: &[u8], at: usize, big: bool) -> u16 {
    let bytes = [data[at], data[at + 1]];
    if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
}

fn long(data: &[u8], at: usize, big: bool) -> u32 {
    let bytes = [data[at], data[at + 1], data[at + 2], data[at + 3]];
    if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
}
