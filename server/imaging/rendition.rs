//! Scaling and encoding: the JPEGs that are shown in place of the original.

use crate::{Unreadable, decode::Picture};
use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// The quality of the large rendition: no artefacts to see, a fifth of a byte for each pixel.
pub(crate) const LARGE_QUALITY: u8 = 80;
/// The quality of the thumbnail.
pub(crate) const THUMBNAIL_QUALITY: u8 = 75;

/// The size with its longest side brought down to `longest`; never enlarged, no side below 1.
pub(crate) fn fit(width: usize, height: usize, longest: usize) -> (usize, usize) {
    let side = width.max(height);
    if side <= longest {
        return (width, height);
    }
    let scaled = |length: usize| ((length * longest + side / 2) / side).max(1);
    (scaled(width), scaled(height))
}

/// Scales to exactly this size; the same size comes back as it is.
pub(crate) fn resize(
    picture: Picture,
    (width, height): (usize, usize),
) -> Result<Picture, Unreadable> {
    if (picture.width, picture.height) == (width, height) {
        return Ok(picture);
    }
    resized(&picture, (width, height), FilterType::CatmullRom)
}

/// A scaled copy.
pub(crate) fn resized(
    picture: &Picture,
    (width, height): (usize, usize),
    filter: FilterType,
) -> Result<Picture, Unreadable> {
    let side = |length: usize| u32::try_from(length).map_err(|_| Unreadable::Corrupt);
    let (from_width, from_height) = (side(picture.width)?, side(picture.height)?);
    let from = ImageRef::new(from_width, from_height, &picture.rgb, PixelType::U8x3)
        .map_err(|_| Unreadable::Corrupt)?;
    let mut to = Image::new(side(width)?, side(height)?, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
    Resizer::new().resize(&from, &mut to, &options).map_err(|_| Unreadable::Corrupt)?;
    Ok(Picture { width, height, rgb: to.into_vec() })
}

/// Encodes as JPEG with halved colour and nothing but a JFIF header beside it.
pub(crate) fn encode(picture: &Picture, quality: u8) -> Result<Vec<u8>, Unreadable> {
    let side = |length: usize| u16::try_from(length).map_err(|_| Unreadable::Corrupt);
    let mut jpeg = Vec::with_capacity(picture.rgb.len() / 8 + 1024);
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder
        .encode(&picture.rgb, side(picture.width)?, side(picture.height)?, ColorType::Rgb)
        .map_err(|_| Unreadable::Corrupt)?;
    Ok(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_without_enlarging() {
        assert_eq!(fit(4000, 3000, 1600), (1600, 1200));
        assert_eq!(fit(3000, 4000, 1600), (1200, 1600));
        assert_eq!(fit(1600, 10, 1600), (1600, 10));
        assert_eq!(fit(1, 20000, 1600), (1, 1600));
        assert_eq!(fit(1, 1, 320), (1, 1));
    }

    #[test]
    fn renditions_hold_no_metadata() {
        let picture = Picture { width: 3, height: 2, rgb: vec![100; 18] };
        let jpeg = encode(&picture, 80).unwrap();
        assert_eq!(jpeg[..4], [0xFF, 0xD8, 0xFF, 0xE0]);
        let markers = jpeg.windows(2).filter(|m| m[0] == 0xFF && (0xE1..=0xFE).contains(&m[1]));
        assert_eq!(markers.count(), 0);
    }
}
