//! Greys of one size, blurred and read between pixels.

use crate::Unreadable;
use crate::decode::Picture;
use crate::rendition::resized;
use fast_image_resize::FilterType;

/// No side is brought below this, however long the other is.
const LEAST: f32 = 24.0;

/// Greys, row after row.
#[derive(Clone, Debug)]
pub(super) struct Grey {
    pub width: usize,
    pub height: usize,
    pub at: Vec<f32>,
}

impl Grey {
    /// A picture brought to the area of a square of this side.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    pub(super) fn of(picture: &Picture, side: f32) -> Result<Self, Unreadable> {
        let shape = (picture.width as f32 / picture.height as f32).sqrt();
        let length = |length: f32| length.round().clamp(LEAST, side * side / LEAST) as usize;
        let (width, height) = (length(side * shape), length(side / shape));
        let scaled = resized(picture, (width, height), FilterType::Hamming)?;
        let at = scaled.rgb.chunks_exact(3).map(luma).collect();
        Ok(Self { width, height, at })
    }

    /// The same with every pixel spread over a Gaussian of this deviation, pixels.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    pub(super) fn blurred(&self, deviation: f32) -> Self {
        let reach = (deviation * 3.0).ceil() as usize;
        let weight = |at: usize| {
            let far = (at as f32 - reach as f32) / deviation;
            (-0.5 * far * far).exp()
        };
        let mut kernel: Vec<f32> = (0..=2 * reach).map(weight).collect();
        let sum: f32 = kernel.iter().sum();
        for weight in &mut kernel {
            *weight /= sum;
        }
        // Turned twice: what was down is across, and back.
        self.across(&kernel).across(&kernel)
    }

    /// Blurred across, and turned by its diagonal.
    fn across(&self, kernel: &[f32]) -> Self {
        let reach = kernel.len() / 2;
        let mut at = vec![0.0; self.at.len()];
        let mut padded = vec![0.0; self.width + 2 * reach];
        for (y, row) in self.at.chunks_exact(self.width).enumerate() {
            padded[..reach].fill(row[0]);
            padded[reach..reach + self.width].copy_from_slice(row);
            padded[reach + self.width..].fill(row[self.width - 1]);
            for x in 0..self.width {
                let under = &padded[x..x + kernel.len()];
                at[x * self.height + y] = under.iter().zip(kernel).map(|(a, b)| a * b).sum();
            }
        }
        Self { width: self.height, height: self.width, at }
    }

    /// The grey at a place between pixels; none outside.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    pub(super) fn read(&self, x: f32, y: f32) -> Option<f32> {
        if x < 0.0 || y < 0.0 {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        if left + 1 >= self.width || top + 1 >= self.height {
            return None;
        }
        let (right, down) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let upper = self.at[at] * (1.0 - right) + self.at[at + 1] * right;
        let below = &self.at[at + self.width..];
        let lower = below[0] * (1.0 - right) + below[1] * right;
        Some(upper * (1.0 - down) + lower * down)
    }
}

/// ITU-R BT.601 luma.
fn luma(pixel: &[u8]) -> f32 {
    0.299 * f32::from(pixel[0]) + 0.587 * f32::from(pixel[1]) + 0.114 * f32::from(pixel[2])
}
