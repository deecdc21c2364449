//! The watermark 水印: what is known of a photo, drawn onto its picture.

mod face;
mod layout;

use crate::{
    Unreadable,
    decode::{Picture, jpeg},
    rendition::encode,
};
use ab_glyph::{Font, FontRef, ScaleFont};
use layout::{Layout, lay_out, scale};

/// Above the large rendition's own: small type suffers first.
const QUALITY: u8 = 85;
/// How much of the picture is left to see through the band, of 256.
const BEHIND: u32 = 128;

/// Draws lines onto a large rendition, lower left over a half-transparent band, and gives the JPEG.
///
/// The font is TTF or OTF, or a collection of them, of which the face for Simplified Chinese is
/// taken. The size of the type follows that of the picture. Lines that are too long make it
/// smaller, down to three fifths; what is still too long then ends in an ellipsis. Characters that
/// the font does not have come out as its sign for that.
///
/// # Errors
/// As [`look`](crate::look) for the JPEG, and `Font`.
pub fn watermark(large_jpeg: &[u8], lines: &[String], font: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let face = FontRef::try_from_slice_and_index(font, face::simplified(font))
        .map_err(|_| Unreadable::Font)?;
    if large_jpeg.is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut picture = jpeg::decode(large_jpeg)?;
    let layout = lay_out(&face, lines, picture.width, picture.height);
    darken(&mut picture, &layout);
    for (index, line) in layout.lines.iter().enumerate() {
        write(&mut picture, &face, &layout, index, line);
    }
    encode(&picture, QUALITY)
}

/// Lays the band under the type.
#[allow(clippy::cast_possible_truncation)]
fn darken(picture: &mut Picture, layout: &Layout) {
    for row in picture.rgb.chunks_exact_mut(picture.width * 3).skip(layout.top) {
        for sample in &mut row[..layout.across * 3] {
            *sample = (u32::from(*sample) * BEHIND / 256) as u8;
        }
    }
}

/// Writes one line in white.
fn write(picture: &mut Picture, face: &FontRef<'_>, layout: &Layout, index: usize, line: &str) {
    let scale = scale(face, layout.size);
    let scaled = face.as_scaled(scale);
    let mut x = layout.margin;
    let y = layout.top as f32 + layout.margin + layout.pitch * index as f32 + layout.size;
    for letter in line.chars() {
        let id = scaled.glyph_id(letter);
        let glyph = id.with_scale_and_position(scale, ab_glyph::point(x, y));
        if let Some(outline) = face.outline_glyph(glyph) {
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, coverage| {
                lighten(picture, (bounds.min.x, dx), (bounds.min.y, dy), coverage);
            });
        }
        x += scaled.h_advance(id);
    }
}

/// Mixes white into one pixel, if it lies in the picture.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn lighten(picture: &mut Picture, x: (f32, u32), y: (f32, u32), coverage: f32) {
    let inside = |(from, step): (f32, u32), end: usize| {
        let at = from as i64 + i64::from(step);
        usize::try_from(at).ok().filter(|at| *at < end)
    };
    if let Some((x, y)) = inside(x, picture.width).zip(inside(y, picture.height)) {
        let at = (y * picture.width + x) * 3;
        for sample in &mut picture.rgb[at..at + 3] {
            let old = f32::from(*sample);
            *sample = (old + (255.0 - old) * coverage.clamp(0.0, 1.0)) as u8;
        }
    }
}

#[cfg(test)]
mod tests;
