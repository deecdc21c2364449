//! Rows in, a smaller picture out: each block of pixels becomes their mean, over white.

use super::Picture;

/// Takes a picture row by row and keeps only the means of its blocks.
pub(super) struct Reduce {
    width: usize,
    divisor: usize,
    /// Sums of red, green and blue for each block of the row of blocks at hand.
    sums: Vec<u32>,
    rows: usize,
    rgb: Vec<u8>,
}

impl Reduce {
    /// For rows of this many pixels. The divisor is at most 2000 or so: sums are 32 bits wide.
    pub fn new(width: usize, height: usize, divisor: usize) -> Self {
        let across = width.div_ceil(divisor);
        let rgb = Vec::with_capacity(across * height.div_ceil(divisor) * 3);
        Self { width, divisor, sums: vec![0; across * 3], rows: 0, rgb }
    }

    /// Takes the next row; `channels` is 1 grey, 2 grey and alpha, 3 RGB or 4 RGB and alpha.
    pub fn push(&mut self, row: &[u8], channels: usize) {
        match channels {
            1 => self.add::<1>(row, |p| [p[0]; 3]),
            2 => self.add::<2>(row, |p| [over_white(p[0], p[1]); 3]),
            3 => self.add::<3>(row, |p| *p),
            _ => self.add::<4>(row, |p| [0, 1, 2].map(|i| over_white(p[i], p[3]))),
        }
        self.rows += 1;
        if self.rows == self.divisor {
            self.flush();
        }
    }

    fn add<const C: usize>(&mut self, row: &[u8], rgb: impl Fn(&[u8; C]) -> [u8; 3]) {
        let (pixels, _) = row.as_chunks::<C>();
        if self.divisor == 1 {
            self.rgb.extend(pixels.iter().flat_map(rgb));
            return;
        }
        let (sums, _) = self.sums.as_chunks_mut::<3>();
        for (sum, block) in sums.iter_mut().zip(pixels.chunks(self.divisor)) {
            for pixel in block {
                for (sum, value) in sum.iter_mut().zip(rgb(pixel)) {
                    *sum += u32::from(value);
                }
            }
        }
    }

    /// Ends a row of blocks; those at the edges hold fewer pixels.
    #[allow(clippy::cast_possible_truncation)]
    fn flush(&mut self) {
        if self.divisor > 1 {
            for (at, sum) in self.sums.iter_mut().enumerate() {
                let across = self.divisor.min(self.width - at / 3 * self.divisor);
                let count = (across * self.rows) as u32;
                self.rgb.push(((*sum + count / 2) / count) as u8);
                *sum = 0;
            }
        }
        self.rows = 0;
    }

    pub fn finish(mut self) -> Picture {
        if self.rows > 0 {
            self.flush();
        }
        let width = self.width.div_ceil(self.divisor);
        Picture { width, height: self.rgb.len() / (width * 3), rgb: self.rgb }
    }
}

/// A sample with its alpha, laid over white.
#[allow(clippy::cast_possible_truncation)]
fn over_white(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u32::from(sample), u32::from(alpha));
    ((sample * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_of_whole_and_partial_blocks() {
        let mut reduce = Reduce::new(3, 3, 2);
        for row in [[0, 4, 10], [8, 12, 20], [100, 200, 7]] {
            reduce.push(&row, 1);
        }
        let picture = reduce.finish();
        assert_eq!((picture.width, picture.height), (2, 2));
        assert_eq!(picture.rgb, [6, 6, 6, 15, 15, 15, 150, 150, 150, 7, 7, 7]);
    }

    #[test]
    fn transparent_is_white() {
        let mut reduce = Reduce::new(2, 1, 1);
        reduce.push(&[10, 20, 30, 0, 10, 20, 30, 255], 4);
        assert_eq!(reduce.finish().rgb, [255, 255, 255, 10, 20, 30]);
        assert_eq!(over_white(0, 128), 127);
    }
}
