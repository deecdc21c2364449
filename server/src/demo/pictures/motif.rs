//! What is wrong in the picture, and how it looks once it is put right.

use super::Side;
use super::canvas::{Canvas, Colour};
use super::street::{PAVEMENT, ROAD};
use crate::demo::geography::Dice;

/// What is wrong in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Motif {
    Litter,
    Bin,
    Rubble,
    Boxes,
    Puddle,
    Stall,
    Laundry,
    Notices,
    Cars,
    Bicycles,
    Hole,
    Cable,
    Green,
}

const BRIGHT: [Colour; 6] = [
    [196, 58, 52],
    [236, 190, 70],
    [64, 118, 188],
    [236, 236, 230],
    [64, 150, 100],
    [150, 84, 150],
];
const DARK: Colour = [46, 44, 44];
const CARTON: Colour = [170, 128, 78];
const LAWN: Colour = [96, 150, 78];

impl Motif {
    #[cfg(test)]
    pub(super) const ALL: [Self; 13] = [
        Self::Litter,
        Self::Bin,
        Self::Rubble,
        Self::Boxes,
        Self::Puddle,
        Self::Stall,
        Self::Laundry,
        Self::Notices,
        Self::Cars,
        Self::Bicycles,
        Self::Hole,
        Self::Cable,
        Self::Green,
    ];

    /// What a category of the demo's taxonomy looks like.
    pub(super) fn of(category: &str) -> Self {
        match category {
            "0102" => Self::Bin,
            "0103" | "0801" => Self::Rubble,
            "0104" | "0105" | "0503" => Self::Boxes,
            "0106" | "0108" | "1202" => Self::Puddle,
            "0201" | "0202" | "0204" => Self::Stall,
            "0203" => Self::Laundry,
            "0301" | "0302" | "0303" | "0304" | "0702" | "0703" | "0704" => Self::Notices,
            "0401" | "0405" | "0504" => Self::Cars,
            "0402" | "0403" | "0404" | "0501" | "0502" | "1203" => Self::Bicycles,
            "1101" | "1102" | "1104" | "1105" => Self::Hole,
            "1103" | "1201" => Self::Cable,
            "0601" | "0602" => Self::Green,
            _ => Self::Litter,
        }
    }

    pub(super) fn draw(self, canvas: &mut Canvas, side: Side, dice: &mut Dice) {
        let wrong = side == Side::Before;
        match self {
            Self::Litter if wrong => heap(canvas, dice, 90, &BRIGHT),
            Self::Rubble if wrong => {
                heap(canvas, dice, 70, &[[150, 140, 128], [120, 112, 104], [176, 110, 84]]);
            }
            Self::Litter | Self::Rubble => swept(canvas),
            Self::Bin => bin(canvas, dice, wrong),
            Self::Boxes => boxes(canvas, dice, if wrong { 9 } else { 0 }),
            Self::Puddle => puddle(canvas, dice, wrong),
            Self::Stall => stall(canvas, dice, wrong),
            Self::Laundry => laundry(canvas, dice, wrong),
            Self::Notices => notices(canvas, dice, wrong),
            Self::Cars => cars(canvas, dice, wrong),
            Self::Bicycles => bicycles(canvas, dice, wrong),
            Self::Hole => hole(canvas, dice, wrong),
            Self::Cable => cable(canvas, dice, wrong),
            Self::Green => green(canvas, dice, wrong),
        }
    }
}

fn heap(canvas: &mut Canvas, dice: &mut Dice, pieces: usize, colours: &[Colour]) {
    let middle = dice.within(150, 330);
    for _ in 0..pieces {
        let (right, down) = (dice.within(-80, 80), dice.within(0, 56));
        let size = [dice.within(5, 16), dice.within(4, 11)];
        let colour = colours[dice.below(colours.len())];
        canvas.oval([middle + right * (down + 20) / 76, PAVEMENT + 12 + down], size, colour);
    }
}

fn swept(canvas: &mut Canvas) {
    // Still wet from the hose.
    for (row, shade) in (PAVEMENT + 14..ROAD - 12).step_by(12).zip([150, 156, 148, 158, 152]) {
        canvas.oval([240, row], [150, 7], [shade, shade + 2, shade + 4]);
    }
}

fn bin(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    let left = dice.within(140, 300);
    canvas.rect([left, PAVEMENT - 4], [54, 66], [38, 104, 74]);
    if wrong {
        for _ in 0..44 {
            let spot = [left + dice.within(-34, 90), PAVEMENT + dice.within(-22, 74)];
            canvas.oval(spot, [8, 6], BRIGHT[dice.below(BRIGHT.len())]);
        }
    } else {
        canvas.rect([left - 4, PAVEMENT - 16], [62, 14], [26, 82, 58]);
        canvas.rect([left + 16, PAVEMENT + 18], [22, 20], [236, 236, 230]);
        canvas.rect([left + 66, PAVEMENT - 4], [54, 66], [52, 96, 158]);
        canvas.rect([left + 62, PAVEMENT - 16], [62, 14], [40, 76, 130]);
    }
}

fn boxes(canvas: &mut Canvas, dice: &mut Dice, count: i32) {
    if count == 0 {
        return swept(canvas);
    }
    let left = dice.within(90, 220);
    for n in 0..count {
        let corner = [left + (n % 4) * 46 + dice.within(-6, 6), PAVEMENT + 40 - (n / 4) * 36];
        canvas.rect(corner, [42, 34], CARTON);
        canvas.rect([corner[0], corner[1] + 15], [42, 4], [206, 178, 128]);
        canvas.rect([corner[0], corner[1] + 33], [42, 2], DARK);
    }
}

fn puddle(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    let middle = [dice.within(180, 300), ROAD + 14];
    if wrong {
        canvas.oval(middle, [130, 34], [62, 58, 48]);
        canvas.oval([middle[0] - 30, middle[1] - 26], [80, 20], [74, 68, 54]);
        canvas.oval([middle[0] + 20, middle[1] + 6], [50, 10], [104, 98, 84]);
    } else {
        canvas.rect([60, ROAD], [360, 34], [112, 114, 118]);
    }
}

fn stall(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    if !wrong {
        return;
    }
    let left = dice.within(110, 260);
    canvas.rect([left, PAVEMENT + 18], [120, 40], [214, 214, 206]);
    for n in 0..18 {
        let spot = [left + 8 + (n % 9) * 13, PAVEMENT + 18 + (n / 9) * 12];
        canvas.oval(spot, [6, 6], BRIGHT[dice.below(BRIGHT.len())]);
    }
    canvas.rect([left + 58, PAVEMENT - 52], [4, 74], DARK);
    canvas.oval([left + 60, PAVEMENT - 48], [76, 18], BRIGHT[dice.below(3)]);
}

fn laundry(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    canvas.rect([60, 120], [5, 150], [120, 120, 122]);
    canvas.rect([400, 120], [5, 150], [120, 120, 122]);
    if !wrong {
        return;
    }
    canvas.stroke([62, 130], [402, 134], 2, DARK);
    for left in (84..370).step_by(48) {
        let high = dice.within(44, 80);
        canvas.rect([left, 134], [36, high], BRIGHT[dice.below(BRIGHT.len())]);
    }
}

fn notices(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    canvas.rect([90, 84], [300, 120], [204, 202, 196]);
    if !wrong {
        canvas.rect([110, 100], [260, 70], [178, 44, 40]);
        canvas.rect([130, 126], [220, 14], [240, 214, 120]);
        return;
    }
    for _ in 0..26 {
        let corner = [dice.within(92, 352), dice.within(86, 170)];
        canvas.rect(corner, [34, 26], BRIGHT[dice.below(BRIGHT.len())]);
        canvas.rect([corner[0] + 4, corner[1] + 8], [26, 3], DARK);
        canvas.rect([corner[0] + 4, corner[1] + 16], [20, 3], DARK);
    }
}

fn cars(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    if !wrong {
        // The bays are marked, and free.
        for left in (30..460).step_by(110) {
            canvas.rect([left, ROAD], [5, 50], [236, 236, 230]);
        }
        return;
    }
    for left in [dice.within(40, 90), dice.within(240, 290)] {
        let colour = BRIGHT[dice.below(BRIGHT.len())];
        canvas.rect([left, PAVEMENT + 26], [150, 36], colour);
        canvas.rect([left + 30, PAVEMENT], [86, 30], colour);
        canvas.rect([left + 38, PAVEMENT + 6], [70, 18], [64, 80, 96]);
        for wheel in [left + 32, left + 118] {
            canvas.oval([wheel, PAVEMENT + 62], [15, 15], DARK);
        }
    }
}

fn bicycles(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    let spread = if wrong { 11 } else { 7 };
    for n in 0..spread {
        let (right, down) =
            if wrong { (dice.within(-20, 20), dice.within(-16, 22)) } else { (0, 0) };
        let hub = [70 + n * if wrong { 32 } else { 52 } + right, PAVEMENT + 52 + down];
        let colour = [[40, 130, 200], [236, 190, 40], [60, 160, 90]][dice.below(3)];
        canvas.ring(hub, 14, 3, DARK);
        canvas.ring([hub[0] + 32, hub[1] + right / 3], 14, 3, DARK);
        canvas.stroke(hub, [hub[0] + 16, hub[1] - 24], 4, colour);
        canvas.stroke([hub[0] + 16, hub[1] - 24], [hub[0] + 32, hub[1]], 4, colour);
    }
    if !wrong {
        canvas.rect([40, PAVEMENT + 70], [400, 4], [236, 236, 230]);
    }
}

fn hole(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    let middle = [dice.within(170, 310), ROAD + 22];
    if wrong {
        canvas.oval(middle, [84, 30], [120, 108, 92]);
        canvas.oval([middle[0] + 4, middle[1] + 3], [68, 22], DARK);
        for _ in 0..7 {
            let from = [middle[0] + dice.within(-70, 70), middle[1] + dice.within(-20, 20)];
            canvas.stroke(from, [from[0] + dice.within(-50, 50), from[1] - 26], 3, DARK);
        }
    } else {
        canvas.rect([middle[0] - 92, middle[1] - 32], [184, 64], [60, 60, 64]);
    }
}

fn cable(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    canvas.rect([50, 20], [8, 230], [132, 130, 126]);
    canvas.rect([420, 20], [8, 230], [132, 130, 126]);
    if wrong {
        for n in 0..9 {
            let low = [dice.within(160, 320), dice.within(120, 262)];
            canvas.stroke([54, 30 + n * 4], low, 3, DARK);
            canvas.stroke(low, [424, 30 + n * 5], 3, DARK);
        }
    } else {
        canvas.stroke([54, 34], [424, 36], 7, DARK);
    }
}

fn green(canvas: &mut Canvas, dice: &mut Dice, wrong: bool) {
    canvas.rect([0, PAVEMENT], [480, ROAD - PAVEMENT], if wrong { [142, 116, 84] } else { LAWN });
    for _ in 0..60 {
        let spot = [dice.within(0, 480), PAVEMENT + dice.within(6, 80)];
        let colour = if wrong { [116, 92, 62] } else { [78, 132, 64] };
        canvas.oval(spot, [11, 5], colour);
    }
    if wrong {
        heap(canvas, dice, 22, &BRIGHT);
    }
}
