//! What a camera makes of a street: where it stood, and the light of the moment.

use super::canvas::{Canvas, HEIGHT, WIDTH};
use crate::demo::geography::Dice;

/// Patches of light and shade, across and down.
const ACROSS: usize = 8;
const DOWN: usize = 6;
/// How much lighter or darker a patch is at most.
const SHADE: i32 = 46;
/// The least share of the street that is in the picture, per mille.
const NEAREST: i32 = 780;

/// The street as somebody photographs it who stands where the dice say.
pub(super) fn photograph(street: &Canvas, dice: &mut Dice) -> Canvas {
    let (width, height) = (WIDTH.cast_signed(), HEIGHT.cast_signed());
    let seen = dice.within(NEAREST, 1_000);
    let from = |side: i32, dice: &mut Dice| dice.within(0, side * (1_000 - seen) / 1_000);
    let (left, top) = (from(width, dice), from(height, dice));
    let is_turned = dice.below(2) == 1;
    let light: Vec<i32> = (0..ACROSS * DOWN).map(|_| dice.within(-SHADE, SHADE)).collect();
    let mut photo = Canvas::new();
    for y in 0..height {
        for x in 0..width {
            let across = if is_turned { width - 1 - x } else { x };
            let spot = [left + across * seen / 1_000, top + y * seen / 1_000];
            let shade = shade(&light, x, y);
            let colour = street.at(spot).map(|grey| {
                u8::try_from((i32::from(grey) + shade).clamp(0, 255)).unwrap_or(u8::MAX)
            });
            photo.dot(x, y, colour);
        }
    }
    photo
}

/// How light it is at a place: between the four patches around it.
fn shade(light: &[i32], x: i32, y: i32) -> i32 {
    let part = |at: i32, side: u32, patches: usize| {
        let place = at * 1_000 * (i32::try_from(patches).unwrap_or(1) - 1) / side.cast_signed();
        (usize::try_from(place / 1_000).unwrap_or_default(), place % 1_000)
    };
    let ((column, right), (row, down)) = (part(x, WIDTH, ACROSS), part(y, HEIGHT, DOWN));
    let at = |column: usize, row: usize| light[row.min(DOWN - 1) * ACROSS + column.min(ACROSS - 1)];
    let between = |a: i32, b: i32, share: i32| a + (b - a) * share / 1_000;
    let upper = between(at(column, row), at(column + 1, row), right);
    let lower = between(at(column, row + 1), at(column + 1, row + 1), right);
    between(upper, lower, down)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use imaging::{Likeness, Limits, look};
    use uuid::Uuid;

    use super::super::{Album, Side};
    use super::*;

    fn likeness(jpeg: &[u8]) -> Likeness {
        let limits = Limits { max_pixels: 1_000_000, memory: 64 << 20 };
        assert!(imaging::header(Cursor::new(jpeg)).is_ok());
        Likeness::read(&look(jpeg, &limits).unwrap().thumbnail).unwrap()
    }

    /// How alike the one is to the other, by the ways that their marks say.
    fn alike(one: &Likeness, other: &Likeness) -> f32 {
        let marks = other.marks().unwrap();
        let mut shifts = Vec::new();
        for probe in one.probes().unwrap() {
            let hits = marks.iter().filter(|mark| probe.keys.contains(&mark.key));
            shifts.extend(hits.filter_map(|mark| probe.shift(mark.bits, mark.spot)));
        }
        shifts.truncate(6);
        one.compare(other, &shifts).unwrap().percent
    }

    #[test]
    fn no_proof_looks_like_another_s_nor_like_the_problem() {
        let mut album = Album::default();
        for category in ["0101", "0402", "0601", "1101"] {
            let mut picture = |side, scene, id| {
                likeness(&album.picture(category, side, scene, Uuid::from_u128(id)).unwrap())
            };
            // Four photos of one street, two of each of two others.
            let streets = [0, 0, 0, 0, 1, 1, 2, 2];
            let after: Vec<Likeness> = (0..8_u128)
                .zip(streets)
                .map(|(id, street)| picture(Side::After, street, id))
                .collect();
            let before = [picture(Side::Before, 0, 100), picture(Side::Before, 1, 101)];
            for (n, one) in after.iter().enumerate() {
                for other in after[n + 1..].iter().chain(&before) {
                    let percent = alike(one, other);
                    assert!(percent < 70.0, "{category}: {percent}");
                }
            }
        }
    }

    #[test]
    fn the_same_dice_give_the_same_photo() {
        let mut street = Canvas::new();
        street.rect([100, 100], [200, 90], [40, 90, 20]);
        let photo = |seed| photograph(&street, &mut Dice::new(seed)).bytes().to_vec();
        assert_eq!(photo(3), photo(3));
        assert_ne!(photo(3), photo(4));
    }
}
