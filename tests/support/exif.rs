//! What a camera writes into a JPEG (EXIF 3.0, CIPA DC-008), as much of it as tests need.

use crate::{Spot, with_segment};

/// What a camera writes into a photo.
#[derive(Debug, Clone, Default)]
pub struct Camera {
    /// 1 to 8.
    pub orientation: Option<u16>,
    /// `2026:11:16 09:00:00`, by its own clock.
    pub local: Option<&'static str>,
    /// `+08:00`.
    pub offset: Option<&'static str>,
    /// WGS-84.
    pub position: Option<Spot>,
}

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// Tag, type, count, and the value's bytes.
type Entry = (u16, u16, u32, Vec<u8>);

fn text(tag: u16, text: &str) -> Entry {
    let bytes = [text.as_bytes(), &[0]].concat();
    (tag, ASCII, u32::try_from(bytes.len()).unwrap(), bytes)
}

/// Degrees, minutes, and seconds to a ten-thousandth: 3 mm.
fn degrees(tag: u16, value: f64) -> Entry {
    let ten_thousandths = (value.abs() * 3_600.0 * 1e4).round();
    let seconds = ten_thousandths % 600_000.0;
    let minutes = ((ten_thousandths - seconds) / 600_000.0) % 60.0;
    let whole = (ten_thousandths / 36_000_000.0).floor();
    let parts = [(whole, 1_u32), (minutes, 1), (seconds, 10_000)];
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bytes = parts.map(|(upper, lower)| [(upper as u32).to_be_bytes(), lower.to_be_bytes()]);
    (tag, RATIONAL, 3, bytes.concat().concat())
}

/// A directory at this offset, what does not fit into it right behind it.
fn directory(at: usize, entries: &[Entry]) -> Vec<u8> {
    let mut directory = u16::try_from(entries.len()).unwrap().to_be_bytes().to_vec();
    let mut behind = Vec::new();
    let first = at + 2 + 12 * entries.len() + 4;
    for (tag, kind, count, bytes) in entries {
        directory.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
        directory.extend(count.to_be_bytes());
        if bytes.len() <= 4 {
            directory.extend(bytes.iter().copied().chain([0; 4]).take(4));
        } else {
            directory.extend(u32::try_from(first + behind.len()).unwrap().to_be_bytes());
            behind.extend(bytes);
        }
    }
    [directory, vec![0; 4], behind].concat()
}

impl Camera {
    /// The JPEG as this camera would have written it.
    pub fn writes(&self, jpeg: &[u8]) -> Vec<u8> {
        with_segment(jpeg, 0xe1, &[b"Exif\0\0".as_slice(), &self.tiff()].concat())
    }

    fn tiff(&self) -> Vec<u8> {
        let mut photo = Vec::new();
        photo.extend(self.local.map(|local| text(0x9003, local)));
        photo.extend(self.offset.map(|offset| text(0x9011, offset)));
        let mut gps = Vec::new();
        if let Some(spot) = self.position {
            let (north, east) = (spot.lat >= 0.0, spot.lon >= 0.0);
            gps.push(text(1, if north { "N" } else { "S" }));
            gps.push(degrees(2, spot.lat));
            gps.push(text(3, if east { "E" } else { "W" }));
            gps.push(degrees(4, spot.lon));
        }
        // The first directory has the same length whatever stands in it.
        let (first, count) = (8, 2 + usize::from(self.orientation.is_some()));
        let photo_at = first + 2 + 12 * count + 4;
        let photo = directory(photo_at, &photo);
        let gps_at = photo_at + photo.len();
        let gps = directory(gps_at, &gps);
        let long = |at: usize| u32::try_from(at).unwrap().to_be_bytes().to_vec();
        let mut entries: Vec<Entry> = Vec::new();
        entries.extend(self.orientation.map(|to| (0x0112, SHORT, 1, to.to_be_bytes().to_vec())));
        entries.push((0x8769, LONG, 1, long(photo_at)));
        entries.push((0x8825, LONG, 1, long(gps_at)));
        let start = [b"MM\0\x2a".as_slice(), &8_u32.to_be_bytes()].concat();
        [start, directory(first, &entries), photo, gps].concat()
    }
}
