//! JPEGs with several scans: progressive ones, and sequential ones whose components come apart.

use super::{
    color::inks,
    scaled,
    segments::{Colors, Segments},
};
use crate::{Unreadable, decode::Picture};
use jpeg_decoder::{ColorTransform, Decoder, Error, PixelFormat};
use std::io::ErrorKind;

pub(super) fn decode(bytes: &[u8], segments: &Segments<'_>) -> Result<Picture, Unreadable> {
    let mut decoder = Decoder::new(bytes);
    let (width, height) = scaled(&segments.frame);
    let side = |length: usize| u16::try_from(length).map_err(|_| Unreadable::Corrupt);
    decoder.scale(side(width)?, side(height)?).map_err(problem)?;
    decoder.set_color_transform(match segments.colors() {
        Colors::Grey => ColorTransform::Grayscale,
        Colors::Rgb => ColorTransform::RGB,
        Colors::Ycc => ColorTransform::YCbCr,
        Colors::Cmyk => ColorTransform::CMYK,
        Colors::Ycck => ColorTransform::YCCK,
    });
    let pixels = decoder.decode().map_err(problem)?;
    let info = decoder.info().ok_or(Unreadable::Corrupt)?;
    let adobe = segments.adobe.is_some();
    let rgb: Vec<u8> = match info.pixel_format {
        PixelFormat::RGB24 => pixels,
        PixelFormat::L8 => pixels.iter().flat_map(|grey| [*grey; 3]).collect(),
        PixelFormat::CMYK32 => {
            // The decoder gives all inks as if they were stored inverted.
            let stored = |inks: &[u8; 4]| inks.map(|ink| 255 - ink);
            let (pixels, _) = pixels.as_chunks::<4>();
            pixels.iter().flat_map(|pixel| inks(Colors::Cmyk, stored(pixel), adobe)).collect()
        }
        PixelFormat::L16 => return Err(Unreadable::Unsupported),
    };
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    Ok(Picture { width, height, rgb })
}

#[allow(clippy::needless_pass_by_value)]
fn problem(error: Error) -> Unreadable {
    match error {
        Error::Io(error) if error.kind() == ErrorKind::UnexpectedEof => Unreadable::Truncated,
        Error::Unsupported(_) => Unreadable::Unsupported,
        _ => Unreadable::Corrupt,
    }
}
