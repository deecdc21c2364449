//! The street that every picture shows: sky, houses, pavement, carriageway, a tree.

use super::canvas::{Canvas, Colour};
use crate::demo::geography::Dice;

/// Where the houses end and the pavement begins, pixels from above.
pub(super) const PAVEMENT: i32 = 205;
/// Where the pavement ends and the carriageway begins.
pub(super) const ROAD: i32 = 290;

const SKIES: [Colour; 3] = [[176, 206, 230], [205, 214, 220], [150, 190, 226]];
const WALLS: [Colour; 5] =
    [[214, 196, 168], [196, 178, 170], [178, 190, 198], [222, 210, 190], [188, 160, 140]];
const GLASS: Colour = [104, 126, 146];
const STONE: Colour = [176, 172, 164];
const JOINT: Colour = [160, 156, 148];
const ASPHALT: Colour = [92, 94, 98];
const PAINT: Colour = [226, 226, 220];

pub(super) fn draw(canvas: &mut Canvas, dice: &mut Dice) {
    let sky = SKIES[dice.below(SKIES.len())];
    canvas.rect([0, 0], [480, PAVEMENT], sky);
    let mut left = -dice.within(0, 40);
    while left < 480 {
        let width = dice.within(90, 150);
        house(canvas, left, width, dice);
        left += width + dice.within(0, 14);
    }
    ground(canvas);
    tree(canvas, dice.within(30, 450));
}

fn house(canvas: &mut Canvas, left: i32, width: i32, dice: &mut Dice) {
    let top = dice.within(20, 90);
    canvas.rect([left, top], [width, PAVEMENT - top], WALLS[dice.below(WALLS.len())]);
    for floor in (top + 14..PAVEMENT - 60).step_by(34) {
        for window in (left + 10..left + width - 22).step_by(28) {
            canvas.rect([window, floor], [16, 20], GLASS);
        }
    }
    // The shop below, its sign and its shutter.
    let sign = [[176, 54, 48], [42, 96, 150], [40, 120, 84], [190, 140, 40]][dice.below(4)];
    canvas.rect([left + 4, PAVEMENT - 56], [width - 8, 14], sign);
    canvas.rect([left + 8, PAVEMENT - 40], [width - 16, 40], [128, 134, 138]);
}

fn ground(canvas: &mut Canvas) {
    canvas.rect([0, PAVEMENT], [480, ROAD - PAVEMENT], STONE);
    for row in (PAVEMENT..ROAD).step_by(17) {
        canvas.rect([0, row], [480, 1], JOINT);
    }
    for column in (0..480).step_by(32) {
        canvas.rect([column, PAVEMENT], [1, ROAD - PAVEMENT], JOINT);
    }
    canvas.rect([0, PAVEMENT + 40], [480, 8], [206, 176, 84]);
    canvas.rect([0, ROAD - 6], [480, 6], [140, 138, 132]);
    canvas.rect([0, ROAD], [480, 70], ASPHALT);
    for dash in (10..480).step_by(90) {
        canvas.rect([dash, ROAD + 36], [46, 5], PAINT);
    }
}

fn tree(canvas: &mut Canvas, x: i32) {
    canvas.rect([x - 4, 130], [8, 90], [104, 82, 62]);
    canvas.oval([x, 112], [38, 34], [70, 122, 66]);
    canvas.oval([x - 18, 128], [24, 20], [84, 138, 76]);
}
