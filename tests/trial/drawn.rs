//! Photos that are drawn, each unlike any other also to the eye.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, Rgb, RgbImage};

use crate::corpus::Picture;
use crate::measure::Outcome;
use crate::measure::random::Random;

/// Width and height, pixels.
const SIZE: (u32, u32) = (320, 240);
/// Rectangles on one photo.
const SHAPES: usize = 24;
const QUALITY: u8 = 80;

/// A street scene of coloured blocks; each number gives its own.
pub fn photo(number: u64) -> Outcome<Picture> {
    let mut random = Random::new(number);
    let mut scene = RgbImage::from_pixel(SIZE.0, SIZE.1, colour(&mut random));
    for _ in 0..SHAPES {
        block(&mut scene, &mut random);
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode(
        &scene,
        SIZE.0,
        SIZE.1,
        ExtendedColorType::Rgb8,
    )?;
    Ok(Picture::new(format!("drawn/{number}"), bytes, "image/jpeg"))
}

fn block(scene: &mut RgbImage, random: &mut Random) {
    let colour = colour(random);
    let (left, top) = (below(random, SIZE.0), below(random, SIZE.1));
    let (right, bottom) = (left + 8 + below(random, 80), top + 8 + below(random, 80));
    for y in top..bottom.min(SIZE.1) {
        for x in left..right.min(SIZE.0) {
            scene.put_pixel(x, y, colour);
        }
    }
}

fn colour(random: &mut Random) -> Rgb<u8> {
    let [red, green, blue, ..] = random.any().to_le_bytes();
    Rgb([red, green, blue])
}

fn below(random: &mut Random, count: u32) -> u32 {
    u32::try_from(random.any() % u64::from(count)).unwrap_or(0)
}
