//! Huffman codes of sequential JPEG (T.81, annexes C and F), and the bits they are read from.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap)]

use crate::Unreadable;

/// Bits looked up at once; longer codes are searched for.
const LOOK: u32 = 10;

/// One table of codes.
#[derive(Debug)]
pub(super) struct Table {
    /// Length and symbol of each code of up to [`LOOK`] bits; length 0 for longer ones.
    short: [(u8, u8); 1 << LOOK],
    /// For an AC coefficient whose code and value fit [`LOOK`] bits: the value, how many bits both
    /// take (0 when they do not fit), and the zeros before it.
    whole: [(i16, u8, u8); 1 << LOOK],
    /// One more than the largest code of each length, brought to 16 bits.
    limit: [u32; 17],
    /// What to add to a code of each length to get the place of its symbol.
    base: [i32; 17],
    symbols: [u8; 256],
}

impl Table {
    /// From the number of codes of each length and their symbols; `None` when these are no code.
    pub fn new(counts: &[u8; 16], list: &[u8]) -> Option<Self> {
        let mut symbols = [0; 256];
        symbols.get_mut(..list.len())?.copy_from_slice(list);
        let (mut short, mut limit, mut base) = ([(0, 0); 1 << LOOK], [0; 17], [0; 17]);
        let (mut code, mut at) = (0u32, 0usize);
        for length in 1..=16u32 {
            base[length as usize] = at as i32 - code as i32;
            for _ in 0..counts[length as usize - 1] {
                if let Some(free) = LOOK.checked_sub(length) {
                    let from = (code << free) as usize;
                    short.get_mut(from..from + (1 << free))?.fill((length as u8, symbols[at]));
                }
                (code, at) = (code + 1, at + 1);
            }
            (code <= 1 << length).then_some(())?;
            limit[length as usize] = code << (16 - length);
            code <<= 1;
        }
        let whole = std::array::from_fn(|bits| whole(bits as u32, short[bits]));
        Some(Self { short, whole, limit, base, symbols })
    }
}

fn whole(bits: u32, (length, symbol): (u8, u8)) -> (i16, u8, u8) {
    let (run, size) = (symbol >> 4, symbol & 15);
    let total = length + size;
    if length == 0 || size == 0 || u32::from(total) > LOOK {
        return (0, 0, 0);
    }
    let value = (bits >> (LOOK - u32::from(total))) & ((1 << size) - 1);
    (extend(value, u32::from(size)) as i16, total, run)
}

/// `EXTEND` of T.81, F.2.2.1: the upper half of the values are positive, the lower negative.
fn extend(value: u32, size: u32) -> i32 {
    if size > 0 && value < 1 << (size - 1) { value as i32 - (1 << size) + 1 } else { value as i32 }
}

/// The bits of entropy-coded data, up to the next marker.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// The next bits, the first one highest.
    buffer: u64,
    count: u32,
    /// Bits made up behind the end; once any of them is used, the data ended too early.
    padding: u32,
}

impl<'a> Bits<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, buffer: 0, count: 0, padding: 0 }
    }

    /// Makes at least 32 bits ready: enough for one code and its value.
    fn fill(&mut self) {
        if self.count >= 32 {
            return;
        }
        let next = self.data.get(self.at..self.at + 8).and_then(|next| next.first_chunk::<8>());
        match next.copied().map(u64::from_be_bytes).filter(|word| !has_ff(*word)) {
            Some(word) => {
                // The bits beyond the whole bytes counted are the same that come next time.
                self.buffer |= word >> self.count;
                let bytes = (64 - self.count) / 8;
                self.count += bytes * 8;
                self.at += bytes as usize;
            }
            None => self.fill_bytes(),
        }
    }

    fn fill_bytes(&mut self) {
        while self.count <= 56 {
            let byte = match (self.data.get(self.at), self.data.get(self.at + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.at += 2;
                    0xFF
                }
                (Some(0xFF) | None, _) => {
                    self.padding += 8;
                    0
                }
                (Some(byte), _) => {
                    self.at += 1;
                    *byte
                }
            };
            self.buffer |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    fn peek(&self, count: u32) -> u32 {
        (self.buffer >> (64 - count)) as u32
    }

    fn skip(&mut self, count: u32) {
        self.buffer <<= count;
        self.count -= count;
    }

    /// The next symbol; the caller has filled.
    fn symbol(&mut self, table: &Table) -> Result<u8, Unreadable> {
        let (length, symbol) = table.short[self.peek(LOOK) as usize];
        if length > 0 {
            self.skip(u32::from(length));
            return Ok(symbol);
        }
        let bits = self.peek(16);
        let length = (LOOK as usize + 1..=16).find(|length| bits < table.limit[*length]);
        let length = length.ok_or_else(|| self.broken())?;
        let code = (bits >> (16 - length)) as i32;
        self.skip(length as u32);
        let at = usize::try_from(code + table.base[length]).unwrap_or(usize::MAX);
        table.symbols.get(at).copied().ok_or(Unreadable::Corrupt)
    }

    fn value(&mut self, size: u32) -> i32 {
        if size == 0 {
            return 0;
        }
        let value = self.peek(size);
        self.skip(size);
        extend(value, size)
    }

    /// The difference of the next DC coefficient.
    pub fn dc(&mut self, table: &Table) -> Result<i32, Unreadable> {
        self.fill();
        match self.symbol(table)? {
            size @ 0..=11 => Ok(self.value(u32::from(size))),
            _ => Err(self.broken()),
        }
    }

    /// The next AC coefficient and the zeros before it; `None` at the end of the block.
    #[inline]
    pub fn ac(&mut self, table: &Table) -> Result<Option<(usize, i32)>, Unreadable> {
        self.fill();
        let (value, length, run) = table.whole[self.peek(LOOK) as usize];
        if length > 0 {
            self.skip(u32::from(length));
            return Ok(Some((usize::from(run), i32::from(value))));
        }
        let symbol = self.symbol(table)?;
        let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        match (run, size) {
            (15, 0) => Ok(Some((15, 0))),
            (_, 0) => Ok(None),
            _ => Ok(Some((run, self.value(size)))),
        }
    }

    /// Whether more was read than there is, and why there is no more.
    pub fn check(&self) -> Result<(), Unreadable> {
        if self.padding > self.count { Err(self.ended()) } else { Ok(()) }
    }

    /// Steps over the restart marker of this number (T.81, F.2.2.5).
    pub fn restart(&mut self, number: u8) -> Result<(), Unreadable> {
        self.check()?;
        while self.data.get(self.at) == Some(&0xFF) && self.data.get(self.at + 1) == Some(&0xFF) {
            self.at += 1;
        }
        if self.data.get(self.at..self.at + 2) != Some(&[0xFF, 0xD0 + number]) {
            return Err(self.ended());
        }
        *self = Self { data: self.data, at: self.at + 2, buffer: 0, count: 0, padding: 0 };
        Ok(())
    }

    /// A code that is none: damage, unless the bits ran out before.
    fn broken(&self) -> Unreadable {
        if self.padding > 0 { self.ended() } else { Unreadable::Corrupt }
    }

    /// At the end of the file the rest is missing; a marker in the way, even that of the end of the
    /// image, means damage.
    fn ended(&self) -> Unreadable {
        match self.data.get(self.at..) {
            None | Some([] | [0xFF]) => Unreadable::Truncated,
            Some(_) => Unreadable::Corrupt,
        }
    }
}

/// Whether any byte of the word is 0xFF, which is where stuffing and markers start.
fn has_ff(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let inverse = !word;
    inverse.wrapping_sub(ONES) & word & (ONES << 7) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_ff() {
        for at in 0..8 {
            let mut bytes = [0xFE; 8];
            assert!(!has_ff(u64::from_be_bytes(bytes)));
            bytes[at] = 0xFF;
            assert!(has_ff(u64::from_be_bytes(bytes)));
        }
        assert!(!has_ff(0));
        assert!(!has_ff(0x7F80_7F80_7F80_7F80));
    }

    #[test]
    fn values_extend_as_in_the_standard() {
        assert_eq!([0, 1].map(|v| extend(v, 1)), [-1, 1]);
        assert_eq!([0, 3, 4, 7].map(|v| extend(v, 3)), [-7, -4, 4, 7]);
    }

    #[test]
    fn more_codes_than_fit_are_refused() {
        let mut counts = [0; 16];
        counts[0] = 3;
        assert!(Table::new(&counts, &[1, 2, 3]).is_none());
    }

    #[test]
    fn long_codes_are_found_by_searching() {
        // One code of each length: 0, 10, 110 and so on.
        let symbols: Vec<u8> = (1..=16).collect();
        let table = Table::new(&[1; 16], &symbols).unwrap();
        // The code of length 12 (eleven ones and a zero), then that of length 1.
        let mut bits = Bits::new(&[0xFF, 0, 0b1110_0000, 0]);
        bits.fill();
        assert_eq!(bits.symbol(&table), Ok(12));
        assert_eq!(bits.symbol(&table), Ok(1));
    }
}
