//! The boxes inside `meta`: which item is the picture, how large it is, where the EXIF item lies.

use crate::numbers::{be16, be32};

/// Walks over the boxes in a body.
pub(super) struct Boxes<'a>(pub &'a [u8]);

impl Boxes<'_> {
    /// Name, length of the header and length of the whole box, out of its first 16 bytes.
    pub fn head(head: &[u8; 16]) -> Option<([u8; 4], u64, u64)> {
        let name = head[4..8].try_into().ok()?;
        match be32(head, 0) {
            1 => Some((name, 16, u64::from_be_bytes(head[8..].try_into().ok()?))),
            // To the end of the file.
            0 => Some((name, 8, u64::MAX)),
            size => Some((name, 8, u64::from(size))),
        }
    }
}

impl<'a> Iterator for Boxes<'a> {
    type Item = ([u8; 4], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let name = self.0.get(4..8)?.try_into().ok()?;
        let size = be32(self.0, 0) as usize;
        let body = self.0.get(8..size)?;
        self.0 = &self.0[size..];
        Some((name, body))
    }
}

/// The body of the `meta` box.
pub(super) struct Meta<'a>(pub &'a [u8]);

impl Meta<'_> {
    fn body(&self, name: [u8; 4]) -> Option<&[u8]> {
        Boxes(self.0).find(|found| found.0 == name).map(|found| found.1)
    }

    /// The size of the primary item, or else the largest there is: tiles of a grid have one too.
    pub fn dimensions(&self) -> Option<(u32, u32)> {
        let properties = self.body(*b"iprp")?;
        let inner = |name| Boxes(properties).find(|found| found.0 == name).map(|found| found.1);
        let sizes: Vec<_> = Boxes(inner(*b"ipco")?).map(|(name, body)| size(name, body)).collect();
        let own = || {
            let listed = associations(inner(*b"ipma")?, self.primary()?)?;
            listed.into_iter().find_map(|at| sizes.get(at.checked_sub(1)?).copied().flatten())
        };
        let largest =
            || sizes.iter().flatten().max_by_key(|size| u64::from(size.0) * u64::from(size.1));
        own().or_else(|| largest().copied())
    }

    fn primary(&self) -> Option<u32> {
        let body = self.body(*b"pitm")?;
        match body.first()? {
            0 => body.get(..6).map(|body| u32::from(be16(body, 4))),
            _ => body.get(..8).map(|body| be32(body, 4)),
        }
    }

    /// Offset in the file and length of the EXIF item.
    pub fn exif(&self) -> Option<(usize, usize)> {
        let list = self.body(*b"iinf")?;
        let skip = if *list.first()? == 0 { 6 } else { 8 };
        let id = Boxes(list.get(skip..)?).find_map(|(_, entry)| {
            let (wide, at) = (*entry.first()? > 2, if *entry.first()? > 2 { 10 } else { 8 });
            let id = entry.get(4..8).map(|id| if wide { be32(id, 0) } else { be16(id, 0).into() });
            id.filter(|_| entry.get(at..at + 4) == Some(b"Exif"))
        })?;
        location(self.body(*b"iloc")?, id)
    }
}

/// `ispe`: width and height.
fn size(name: [u8; 4], body: &[u8]) -> Option<(u32, u32)> {
    (name == *b"ispe").then_some(())?;
    body.get(..12).map(|body| (be32(body, 4), be32(body, 8)))
}

/// `ipma`: which properties, counted from 1, an item has.
fn associations(body: &[u8], item: u32) -> Option<Vec<usize>> {
    let (version, wide) = (*body.first()?, body.get(3)? & 1 == 1);
    let mut fields = Fields(body.get(4..)?);
    for _ in 0..fields.take(4)? {
        let id = fields.take(if version == 0 { 2 } else { 4 })?;
        let count = fields.take(1)?;
        let mut listed = Vec::new();
        for _ in 0..count {
            let index = if wide { fields.take(2)? & 0x7FFF } else { fields.take(1)? & 0x7F };
            listed.push(usize::try_from(index).ok()?);
        }
        if id == u64::from(item) {
            return Some(listed);
        }
    }
    None
}

/// `iloc`: offset and length of an item that lies in one piece in the file.
fn location(body: &[u8], item: u32) -> Option<(usize, usize)> {
    let version = *body.first()?;
    let mut fields = Fields(body.get(4..)?);
    let sizes = fields.take(2)?;
    let width = |shift: u32| ((sizes >> shift) & 15) as usize;
    let wide = if version == 2 { 4 } else { 2 };
    for _ in 0..fields.take(wide)? {
        let id = fields.take(wide)?;
        let method = if version > 0 { fields.take(2)? & 15 } else { 0 };
        fields.take(2)?;
        let base = fields.take(width(4))?;
        let extents = fields.take(2)?;
        let index = if version > 0 { width(0) } else { 0 };
        if id != u64::from(item) {
            // All at once: where widths are 0, extents without number take no bytes.
            let each = index + width(12) + width(8);
            fields.0 = fields.0.get(each * usize::try_from(extents).ok()?..)?;
            continue;
        }
        fields.take(index)?;
        let (offset, length) = (fields.take(width(12))?, fields.take(width(8))?);
        let place = usize::try_from(base.checked_add(offset)?).ok()?;
        return (method == 0 && extents == 1).then_some((place, usize::try_from(length).ok()?));
    }
    None
}

/// Takes big-endian fields of given widths off the front.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take(&mut self, width: usize) -> Option<u64> {
        let (field, rest) = self.0.split_at_checked(width).filter(|_| width <= 8)?;
        self.0 = rest;
        Some(field.iter().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
    }
}
