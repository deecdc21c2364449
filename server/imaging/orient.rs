//! Turning a picture upright by the EXIF orientation (EXIF 3.0, 4.6.6).

use crate::decode::Picture;

/// Whether the orientation swaps width and height.
pub(crate) fn swaps(orientation: u8) -> bool {
    (5..=8).contains(&orientation)
}

/// Turns a stored picture upright. The number says where row 0 and column 0 of the stored picture
/// belong: 1 top and left, 2 top and right, 3 bottom and right, 4 bottom and left, 5 left and top,
/// 6 right and top, 7 right and bottom, 8 left and bottom.
pub(crate) fn upright(picture: Picture, orientation: u8) -> Picture {
    if !(2..=8).contains(&orientation) {
        return picture;
    }
    let (across, down) = (picture.width, picture.height);
    let (width, height) = if swaps(orientation) { (down, across) } else { (across, down) };
    let mut rgb = Vec::with_capacity(picture.rgb.len());
    let (pixels, _) = picture.rgb.as_chunks::<3>();
    for y in 0..height {
        // Where the row starts in the stored picture, and the step from pixel to pixel.
        let (start, step) = match orientation {
            2 => (y * across + across - 1, -1),
            3 => ((down - 1 - y) * across + across - 1, -1),
            4 => ((down - 1 - y) * across, 1),
            5 => (y, across.cast_signed()),
            6 => ((down - 1) * across + y, -across.cast_signed()),
            7 => (down * across - 1 - y, -across.cast_signed()),
            _ => (across - 1 - y, across.cast_signed()),
        };
        let mut at = start;
        for _ in 0..width {
            rgb.extend_from_slice(&pixels[at]);
            at = at.wrapping_add_signed(step);
        }
    }
    Picture { width, height, rgb }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in row 0 and column 0 of the stored 3 × 2 picture
    ///   a b c
    ///   d e f
    /// comes to where the orientation says.
    #[test]
    fn all_eight() {
        let expected = [
            (1, ["abc", "def"].as_slice()),
            (2, &["cba", "fed"]),
            (3, &["fed", "cba"]),
            (4, &["def", "abc"]),
            (5, &["ad", "be", "cf"]),
            (6, &["da", "eb", "fc"]),
            (7, &["fc", "eb", "da"]),
            (8, &["cf", "be", "ad"]),
        ];
        for (orientation, rows) in expected {
            let rgb = b"abcdef".iter().flat_map(|letter| [*letter; 3]).collect();
            let turned = upright(Picture { width: 3, height: 2, rgb }, orientation);
            assert_eq!((turned.width, turned.height), (rows[0].len(), rows.len()));
            let letters: Vec<u8> = turned.rgb.chunks(3).map(|pixel| pixel[0]).collect();
            assert_eq!(String::from_utf8(letters).unwrap(), rows.concat(), "{orientation}");
        }
    }
}
