//! Strips of components in, rows of RGB out (ITU-T T.871 for YCbCr).

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use super::segments::{Colors, Segments};

/// Collects the rows of a picture.
pub(super) struct Rows {
    width: usize,
    height: usize,
    colors: Colors,
    /// Whether inks are stored inverted, as Adobe writes them: 255 is none.
    inverted: bool,
    /// For each component: how many pixels one of its samples stands for, across and down.
    spread: Vec<(usize, usize)>,
    /// One row of each component, spread out.
    lines: Vec<Vec<u8>>,
    rgb: Vec<u8>,
}

impl Rows {
    pub fn new(segments: &Segments<'_>, width: usize, height: usize) -> Self {
        let (across, down) = segments.frame.most();
        let components =
            segments.parts.iter().map(|part| segments.frame.components[part.component]);
        let spread: Vec<_> = components.map(|c| (across / c.across, down / c.down)).collect();
        Self {
            width,
            height,
            colors: segments.colors(),
            inverted: segments.adobe.is_some(),
            lines: spread.iter().map(|_| vec![0; width]).collect(),
            spread,
            rgb: Vec::with_capacity(width * height * 3),
        }
    }

    /// Takes one strip of this many rows: samples and length of a row of each component.
    pub fn push<'a>(
        &mut self,
        strips: &(impl Iterator<Item = (&'a [u8], usize)> + Clone),
        rows: usize,
    ) {
        let left = self.height - self.rgb.len() / (self.width * 3);
        for y in 0..rows.min(left) {
            let parts = self.lines.iter_mut().zip(&self.spread).zip(strips.clone());
            for ((line, (across, down)), (samples, stride)) in parts {
                spread(&samples[y / down * stride..], *across, line);
            }
            self.row();
        }
    }

    fn row(&mut self) {
        let lines: Vec<&[u8]> = self.lines.iter().map(Vec::as_slice).collect();
        match (self.colors, lines.as_slice()) {
            (Colors::Ycc, [y, cb, cr]) => {
                let pixels = y.iter().zip(*cb).zip(*cr);
                self.rgb.extend(pixels.flat_map(|((y, cb), cr)| rgb(*y, *cb, *cr)));
            }
            (Colors::Rgb, [r, g, b]) => {
                self.rgb.extend(r.iter().zip(*g).zip(*b).flat_map(|((r, g), b)| [*r, *g, *b]));
            }
            (colors, [c, m, y, k]) => {
                let inverted = self.inverted;
                let pixels = c.iter().zip(*m).zip(*y).zip(*k);
                self.rgb.extend(
                    pixels.flat_map(|(((c, m), y), k)| inks(colors, [*c, *m, *y, *k], inverted)),
                );
            }
            (_, lines) => self.rgb.extend(lines[0].iter().flat_map(|grey| [*grey; 3])),
        }
    }

    pub fn finish(self) -> Vec<u8> {
        self.rgb
    }
}

/// Repeats each sample. The encoder takes the mean of just such groups again, so interpolating
/// between them would cost time and change nothing in a picture that keeps its size.
fn spread(samples: &[u8], across: usize, line: &mut [u8]) {
    if across == 1 {
        let length = line.len();
        line.copy_from_slice(&samples[..length]);
    } else {
        for (to, sample) in line.chunks_mut(across).zip(samples) {
            to.fill(*sample);
        }
    }
}

#[inline]
fn rgb(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    [91_881 * cr, -22_554 * cb - 46_802 * cr, 116_130 * cb]
        .map(|part| ((y + part + 0x8000) >> 16).clamp(0, 255) as u8)
}

/// Four inks to RGB without a profile, as every viewer does it that has none.
pub(super) fn inks(colors: Colors, stored: [u8; 4], inverted: bool) -> [u8; 3] {
    let [c, m, y, k] = stored;
    // YCCK holds the RGB that the inks are the inverse of.
    let light = match (colors, inverted) {
        (Colors::Ycck, true) => rgb(c, m, y).map(|ink| 255 - ink),
        (Colors::Ycck, false) => rgb(c, m, y),
        (_, true) => [c, m, y],
        (_, false) => [255 - c, 255 - m, 255 - y],
    };
    let white = u32::from(if inverted { k } else { 255 - k });
    light.map(|light| ((u32::from(light) * white + 127) / 255) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primaries() {
        assert_eq!(rgb(128, 128, 128), [128; 3]);
        assert_eq!(rgb(76, 85, 255), [254, 0, 0]);
        assert_eq!(rgb(29, 255, 107), [0, 0, 254]);
    }

    #[test]
    fn inks_plain_and_inverted_agree() {
        assert_eq!(inks(Colors::Cmyk, [0, 255, 255, 0], false), [255, 0, 0]);
        assert_eq!(inks(Colors::Cmyk, [255, 0, 0, 255], true), [255, 0, 0]);
        assert_eq!(inks(Colors::Cmyk, [255, 255, 255, 0], true), [0; 3]);
    }

    #[test]
    fn each_sample_covers_its_pixels() {
        let mut line = [0; 5];
        spread(&[1, 2, 3], 2, &mut line);
        assert_eq!(line, [1, 1, 2, 2, 3]);
    }
}
