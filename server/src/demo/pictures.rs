//! Drawn pictures in place of photos: a street with something wrong in it, and the same street put
//! right.
//!
//! There are a few drawings of each kind of problem; what makes every photo's bytes its own is its
//! id, written into a comment that no viewer shows. What shows that a problem is gone is drawn anew for
//! every photo, in another street, light and framing: nobody's proof is another's.

mod camera;
mod canvas;
mod motif;
mod street;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use uuid::Uuid;

use super::geography::Dice;
use crate::problem::Error;
use canvas::{Canvas, HEIGHT, WIDTH};
use motif::Motif;

/// Drawings of one motif, each before and after.
const VARIANTS: u64 = 5;
const SEED: u64 = 0x91C7_0000;
const QUALITY: u8 = 78;

/// Which side of the work a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    /// The problem.
    Before,
    /// What became of it.
    After,
}

/// The drawings made so far.
#[derive(Debug, Default)]
pub(super) struct Album(HashMap<(Motif, Side, u64), Arc<[u8]>>);

impl Album {
    /// A JPEG of a problem of this category, 480 × 360; nobody else's bytes are the same.
    ///
    /// `scene` chooses the street: the same one gives pictures of the same street, where the problem is
    /// gone seen from where `id` says.
    pub(super) fn picture(
        &mut self,
        category: &str,
        side: Side,
        scene: u64,
        id: Uuid,
    ) -> Result<Vec<u8>, Error> {
        let motif = Motif::of(category);
        if side == Side::After {
            let photo = camera::photograph(&draw(motif, side, scene), &mut Dice::new(seed(id)));
            return Ok(signed(&jpeg(&photo)?, id));
        }
        let variant = scene % VARIANTS;
        let drawn = match self.0.entry((motif, side, variant)) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(page) => {
                Arc::clone(page.insert(jpeg(&draw(motif, side, variant))?.into()))
            }
        };
        Ok(signed(&drawn, id))
    }
}

fn seed(id: Uuid) -> u64 {
    let (upper, lower) = id.as_u64_pair();
    upper ^ lower
}

fn draw(motif: Motif, side: Side, variant: u64) -> Canvas {
    let mut canvas = Canvas::new();
    // The street's dice know nothing of the side: both sides are of one street.
    street::draw(&mut canvas, &mut Dice::new(SEED + variant));
    motif.draw(&mut canvas, side, &mut Dice::new(SEED + 100 + variant));
    canvas
}

fn jpeg(canvas: &Canvas) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(canvas.bytes(), WIDTH, HEIGHT, ExtendedColorType::Rgb8)
        .map_err(|error| Error::Internal(format!("drawing a picture: {error}")))?;
    Ok(bytes)
}

/// A photographed form: lines of writing, and a round stamp on them.
pub(super) fn form(id: Uuid) -> Result<Vec<u8>, Error> {
    const INK: [u8; 3] = [70, 74, 80];
    const STAMP: [u8; 3] = [196, 38, 34];
    let mut canvas = Canvas::new();
    canvas.rect([0, 0], [480, 360], [222, 216, 204]);
    canvas.rect([60, 14], [360, 332], [250, 249, 245]);
    canvas.rect([160, 36], [160, 14], INK);
    let mut dice = Dice::new(SEED + 200);
    for line in 0_i32..9 {
        canvas.rect([88, 76 + 22 * line], [dice.within(130, 300), 5], INK);
    }
    canvas.ring([330, 280], 44, 5, STAMP);
    canvas.oval([330, 280], [11, 11], STAMP);
    Ok(signed(&jpeg(&canvas)?, id))
}

/// Puts a comment segment (COM, ITU-T T.81 B.2.4.5) with the id right after the start of image.
fn signed(jpeg: &[u8], id: Uuid) -> Vec<u8> {
    const START: usize = 2;
    let (start, rest) = jpeg.split_at(START.min(jpeg.len()));
    // The length counts itself.
    let comment = [0xFF, 0xFE, 0x00, 18];
    [start, &comment, id.as_bytes(), rest].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_picture_is_a_jpeg_of_its_own() {
        let mut album = Album::default();
        let mut seen = HashSet::new();
        for n in 0..3 {
            for side in [Side::Before, Side::After] {
                let bytes = album.picture("0101", side, 1, Uuid::from_u128(n)).unwrap();
                assert_eq!(crate::photos::media_type_of(&bytes), Some("image/jpeg"));
                let drawn = image::load_from_memory(&bytes).unwrap();
                assert_eq!((drawn.width(), drawn.height()), (WIDTH, HEIGHT));
                assert!(seen.insert(bytes));
            }
        }
        assert_eq!(album.0.len(), 1, "of what is wrong; that it is gone is drawn anew each time");
    }

    #[test]
    fn both_sides_of_every_motif_look_different() {
        for motif in Motif::ALL {
            let [before, after] = [Side::Before, Side::After].map(|side| draw(motif, side, 0));
            let differ =
                before.bytes().iter().zip(after.bytes()).filter(|(a, b)| a.abs_diff(**b) > 24);
            assert!(differ.count() > 3_000, "{motif:?}");
        }
    }
}
