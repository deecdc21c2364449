//! The inverse cosine transform that turns 64 coefficients into N × N samples, N = 1, 2, 4 or 8.
//!
//! The lowest N × N coefficients, taken as those of an N-point transform, are the picture at N/8 of
//! its size (Dugad & Ahuja, "A fast scheme for image size change in the compressed domain", 2001).

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use super::segments::ZIGZAG;
use std::f32::consts::PI;

/// Where coefficients that do not matter at this size are put.
const NOWHERE: u8 = 64;

/// One size of the transform.
pub(super) struct Transform<const N: usize> {
    /// Cosines: for each frequency, one value for each sample.
    basis: [[f32; N]; N],
    /// Place of the k-th coefficient in zigzag order: row × 8 + column, or [`NOWHERE`].
    pub place: [u8; 64],
    /// Rows of coefficients that can be other than zero when the k-th is the last one that is.
    rows: [usize; 64],
}

impl<const N: usize> Transform<N> {
    pub fn new() -> Self {
        let basis = std::array::from_fn(|k| {
            let norm = if k == 0 { 1.0 } else { 2f32.sqrt() } / 8f32.sqrt();
            std::array::from_fn(|x| {
                norm * ((2 * x + 1) as f32 * k as f32 * PI / (2 * N) as f32).cos()
            })
        });
        let inside = |place: u8| usize::from(place / 8) < N && usize::from(place % 8) < N;
        let place = ZIGZAG.map(|place| if inside(place) { place } else { NOWHERE });
        let mut most = 0;
        let rows = place.map(|place| {
            if place != NOWHERE {
                most = most.max(usize::from(place / 8) + 1);
            }
            most
        });
        Self { basis, place, rows }
    }

    /// Samples of one block, written into rows `stride` apart. `last` is the place in zigzag order
    /// of the last coefficient that is not zero.
    pub fn invert(&self, coefficients: &[f32; 65], last: usize, out: &mut [u8], stride: usize) {
        if last == 0 {
            let value = (coefficients[0] / 8.0 + 128.5) as u8;
            out.chunks_mut(stride).take(N).for_each(|row| row[..N].fill(value));
            return;
        }
        let rows = self.rows[last];
        let mut half = [[0f32; N]; N];
        for (half, row) in half.iter_mut().zip(coefficients.chunks_exact(8)).take(rows) {
            for (basis, coefficient) in self.basis.iter().zip(row) {
                for (half, basis) in half.iter_mut().zip(basis) {
                    *half += basis * coefficient;
                }
            }
        }
        for (y, row) in out.chunks_mut(stride).take(N).enumerate() {
            let mut samples = [128.5f32; N];
            for (half, basis) in half.iter().zip(&self.basis).take(rows) {
                for (sample, half) in samples.iter_mut().zip(half) {
                    *sample += half * basis[y];
                }
            }
            for (to, sample) in row.iter_mut().zip(samples) {
                *to = sample as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inverted<const N: usize>(coefficients: &[f32; 65], last: usize) -> Vec<u8> {
        let mut out = vec![0; N * N];
        Transform::<N>::new().invert(coefficients, last, &mut out, N);
        out
    }

    #[test]
    fn a_constant_stays_at_every_size() {
        let mut coefficients = [0.0; 65];
        coefficients[0] = 8.0 * 40.0;
        assert_eq!(inverted::<1>(&coefficients, 63), [168]);
        assert_eq!(inverted::<2>(&coefficients, 63), [168; 4]);
        assert_eq!(inverted::<4>(&coefficients, 63), [168; 16]);
        assert_eq!(inverted::<8>(&coefficients, 63), [168; 64]);
        assert_eq!(inverted::<8>(&coefficients, 0), [168; 64]);
    }

    #[test]
    fn a_slope_across_stays_a_slope() {
        let mut coefficients = [0.0; 65];
        coefficients[1] = -200.0;
        for row in inverted::<4>(&coefficients, 1).chunks(4) {
            assert!(row.is_sorted() && row[0] < 110 && row[3] > 146, "{row:?}");
        }
        // T.81's own formula at one sample: 128 + ¼ · (1/√2) · −200 · cos(π/16).
        assert_eq!(inverted::<8>(&coefficients, 1)[0], 93);
    }
}
