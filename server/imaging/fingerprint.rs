//! A fingerprint that stays nearly the same when a picture is re-encoded or scaled.
//!
//! pHash (Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010): the
//! cosine transform of its greys, and for each of the 64 lowest frequencies, 0 to 7 across and down,
//! whether it lies above their median. The transform is taken of the whole thumbnail, not
//! of 32 × 32 greys in whole numbers, whose rounding would decide bits of faint pictures.

use crate::decode::Picture;
use std::f32::consts::PI;

/// How many of the 64 bits two fingerprints differ in: up to 6 for the same picture, some 32 for
/// two that have nothing to do with each other.
pub fn hamming(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

/// The fingerprint of an upright thumbnail.
pub(crate) fn fingerprint(thumbnail: &Picture) -> u64 {
    let (across, down) = (waves(thumbnail.width), waves(thumbnail.height));
    let mut strengths = [0f32; 64];
    for (y, row) in thumbnail.rgb.chunks_exact(thumbnail.width * 3).enumerate() {
        let greys: Vec<f32> = row.chunks_exact(3).map(grey).collect();
        for (u, wave) in across.iter().enumerate() {
            let along: f32 = greys.iter().zip(wave).map(|(grey, wave)| grey * wave).sum();
            for (v, wave) in down.iter().enumerate() {
                strengths[v * 8 + u] += along * wave[y];
            }
        }
    }
    let mut sorted = strengths;
    sorted.sort_by(f32::total_cmp);
    let median = f32::midpoint(sorted[31], sorted[32]);
    strengths.iter().fold(0, |bits, strength| (bits << 1) | u64::from(*strength > median))
}

/// The cosines of the frequencies 0 to 7 over a side of this many pixels.
fn waves(side: usize) -> [Vec<f32>; 8] {
    let at = |k: usize, x: usize| ((2 * x + 1) as f32 * k as f32 * PI / (2 * side) as f32).cos();
    std::array::from_fn(|k| (0..side).map(|x| at(k, x)).collect())
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
        assert!(hamming(one, other) >= 16);
        assert_eq!(one, fingerprint(&picture(false)));
    }
}
