//! A fingerprint that stays nearly the same when a picture is re-encoded or scaled.
//!
//! pHash (Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010): the
//! picture in 32 × 32 greys, the cosine transform of it, and for each of the 64 lowest frequencies
//! that vary both across and down, whether it lies above their median.

use crate::{Unreadable, decode::Picture, rendition::resized};
use fast_image_resize::FilterType;
use std::f32::consts::PI;

const SIDE: usize = 32;

/// How many of the 64 bits two fingerprints differ in: up to 6 for the same picture, some 32 for
/// two that have nothing to do with each other.
pub fn hamming(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

/// The fingerprint of an upright thumbnail.
pub(crate) fn fingerprint(thumbnail: &Picture) -> Result<u64, Unreadable> {
    let small = resized(thumbnail, (SIDE, SIDE), FilterType::Box)?;
    let greys: Vec<f32> = small.rgb.chunks_exact(3).map(grey).collect();
    let waves: [[f32; SIDE]; 8] = std::array::from_fn(|k| {
        std::array::from_fn(|x| ((2 * x + 1) as f32 * (k + 1) as f32 * PI / 64.0).cos())
    });
    let along = |line: &[f32], wave: &[f32; SIDE]| line.iter().zip(wave).map(|(a, b)| a * b).sum();
    let across: Vec<[f32; 8]> = greys
        .chunks_exact(SIDE)
        .map(|row| std::array::from_fn(|u| along(row, &waves[u])))
        .collect();
    let strengths: Vec<f32> = (0..64)
        .map(|bit| {
            let column: Vec<f32> = across.iter().map(|row| row[bit % 8]).collect();
            along(&column, &waves[bit / 8])
        })
        .collect();
    let mut sorted = strengths.clone();
    sorted.sort_by(f32::total_cmp);
    let median = f32::midpoint(sorted[31], sorted[32]);
    Ok(strengths.iter().fold(0, |bits, strength| (bits << 1) | u64::from(*strength > median)))
}

/// ITU-R BT.601 luma.
fn grey(pixel: &[u8]) -> f32 {
    0.299 * f32::from(pixel[0]) + 0.587 * f32::from(pixel[1]) + 0.114 * f32::from(pixel[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::cast_possible_truncation)]
    fn a_turned_picture_has_another_fingerprint() {
        let rgb =
            |x: usize, y: usize| [(x * x / 20) as u8, ((x * 3 + y) % 97) as u8, (y / 3) as u8];
        let picture = |turned: bool| Picture {
            width: 64,
            height: 64,
            rgb: (0..64 * 64)
                .flat_map(|at| if turned { rgb(at / 64, at % 64) } else { rgb(at % 64, at / 64) })
                .collect(),
        };
        let (one, other) = (fingerprint(&picture(false)), fingerprint(&picture(true)));
        assert!(hamming(one.unwrap(), other.unwrap()) >= 16);
        assert_eq!(one, fingerprint(&picture(false)));
    }
}
