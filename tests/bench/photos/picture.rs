//! The photo that is measured with: as large and as full of detail as a phone's.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::measure::Outcome;
use crate::measure::random::Random;

const SIZE: (u16, u16) = (4_000, 3_000);
/// Gives about 3 MB, as a phone's own 12-megapixel photos have.
const QUALITY: u8 = 90;
/// How far grain moves a value.
const GRAIN: i32 = 10;

/// A street's worth of edges and grain, 4000 × 3000, 4:2:0 as phones write it, or in several scans.
pub fn twelve_megapixels(progressive: bool) -> Outcome<Vec<u8>> {
    let mut random = Random::new(12);
    let mut pixels = Vec::with_capacity(usize::from(SIZE.0) * usize::from(SIZE.1) * 3);
    for y in 0..i32::from(SIZE.1) {
        for x in 0..i32::from(SIZE.0) {
            let grain = i32::try_from(random.any() % (2 * GRAIN as u64))? - GRAIN;
            let wall = if (x / 160 + y / 120) % 2 == 0 { 60 } else { 0 };
            let sky = y * 90 / i32::from(SIZE.1);
            for tint in [70, 80, 60] {
                pixels.push(u8::try_from((tint + wall + sky + grain).clamp(0, 255))?);
            }
        }
    }
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_progressive(progressive);
    encoder.encode(&pixels, SIZE.0, SIZE.1, ColorType::Rgb)?;
    Ok(jpeg)
}

/// The same picture as a photo of its own: a comment that no other has (a COM segment, ITU-T T.81,
/// B.2.4.5, behind SOI).
pub fn unlike_any_other(jpeg: &[u8], number: u64) -> Vec<u8> {
    let mut photo = Vec::with_capacity(jpeg.len() + 12);
    photo.extend_from_slice(&jpeg[..2]);
    photo.extend_from_slice(&[0xff, 0xfe, 0x00, 0x0a]);
    photo.extend_from_slice(&number.to_be_bytes());
    photo.extend_from_slice(&jpeg[2..]);
    photo
}
