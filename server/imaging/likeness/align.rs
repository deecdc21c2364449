//! Lays one picture over another and compares them block by block.

use super::grey::Grey;
use super::marks::{LEVELS, Shift};

/// Side of the blocks that are compared, pixels.
const BLOCK: usize = 12;
/// Greys that compression, scaling and rounding may put between a picture and its copy.
const NOISE: f32 = 5.0;
/// Share of a block's own contrast that may be between a picture and its copy.
const CONTRAST: f32 = 0.3;
/// The least spread of a picture's greys: mist is like mist.
const PLAIN: f32 = 8.0;
/// Share of the smaller picture that must lie in the larger: a copy is the whole or cut out of it.
const CONTAINED: f32 = 0.88;
/// Share of the larger picture that a copy must show.
const SHOWN: f32 = 0.5;

/// How alike two pictures are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Alike {
    /// Share of what both show that is the same, weighted by its contrast, per cent.
    pub percent: f32,
    /// Share of the larger one's area that both show, per cent.
    pub shown_percent: f32,
}

/// From a place in the one to the same in the other: scales and shifts across and down.
#[derive(Clone, Copy)]
struct Fit([f32; 4]);

impl Fit {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let [across, down, right, below] = self.0;
        (x * across + right, y * down + below)
    }
}

/// Compares, from a first guess of how they lie.
pub(super) fn compare(own: &Grey, other: &Grey, shift: Shift) -> Alike {
    let scale = LEVELS[shift.level];
    let fit = refined(own, other, Fit([scale, scale, shift.by.0, shift.by.1]));
    measured(own, other, fit)
}

/// Moves and stretches it, by less and less, for as long as it fits better.
fn refined(own: &Grey, other: &Grey, mut fit: Fit) -> Fit {
    let mut best = correlation(own, other, fit);
    let mut steps = [0.03, 0.03, 3.0, 3.0];
    for _ in 0..7 {
        for (part, step) in steps.iter().enumerate() {
            for step in [*step, -*step] {
                let mut tried = fit;
                tried.0[part] += step;
                if part < 2 {
                    // About the middle, so that a stretch does not shift as well.
                    #[allow(clippy::cast_precision_loss)]
                    let middle = [own.width, own.height][part] as f32 / 2.0;
                    tried.0[part + 2] -= step * middle;
                }
                let found = correlation(own, other, tried);
                if found > best {
                    (best, fit) = (found, tried);
                }
            }
        }
        steps = steps.map(|step| step * 0.62);
    }
    fit
}

/// How the greys of both go together where they overlap, -1 to 1.
#[allow(clippy::cast_precision_loss)]
fn correlation(own: &Grey, other: &Grey, fit: Fit) -> f32 {
    let mut sums = Sums::default();
    for y in (1..own.height).step_by(3) {
        for x in (1..own.width).step_by(3) {
            let (there_x, there_y) = fit.place(x as f32, y as f32);
            if let Some(there) = other.read(there_x, there_y) {
                sums.add(own.at[y * own.width + x], there);
            }
        }
    }
    sums.correlation()
}

/// Sums of pairs of greys.
#[derive(Clone, Copy, Default)]
struct Sums {
    count: f32,
    a: f32,
    b: f32,
    aa: f32,
    bb: f32,
    ab: f32,
}

impl Sums {
    fn add(&mut self, a: f32, b: f32) {
        // About the middle of the greys, for the sake of the sums' precision.
        let (a, b) = (a - 128.0, b - 128.0);
        self.count += 1.0;
        self.a += a;
        self.b += b;
        self.aa += a * a;
        self.bb += b * b;
        self.ab += a * b;
    }

    fn spreads(&self) -> (f32, f32, f32) {
        let over = |both: f32, a: f32, b: f32| both / self.count - a * b / self.count / self.count;
        (
            over(self.aa, self.a, self.a).max(0.0),
            over(self.bb, self.b, self.b).max(0.0),
            over(self.ab, self.a, self.b),
        )
    }

    fn correlation(&self) -> f32 {
        if self.count < 200.0 {
            return -1.0;
        }
        let (a, b, both) = self.spreads();
        both / (a * b).sqrt().max(1.0)
    }
}

/// How much of what both show is the same.
#[allow(clippy::cast_precision_loss)]
fn measured(own: &Grey, other: &Grey, fit: Fit) -> Alike {
    let (across, down) = (own.width / BLOCK, own.height / BLOCK);
    let mut all = Sums::default();
    let mut blocks = vec![Vec::new(); (across + 1) * (down + 1)];
    for y in 0..own.height {
        for x in 0..own.width {
            let (there_x, there_y) = fit.place(x as f32, y as f32);
            let Some(there) = other.read(there_x, there_y) else { continue };
            let here = own.at[y * own.width + x];
            all.add(here, there);
            blocks[y / BLOCK * (across + 1) + x / BLOCK].push((here, there));
        }
    }
    let size = |grey: &Grey| (grey.width * grey.height) as f32;
    // An own pixel covers this much of the other.
    let pixel = fit.0[0] * fit.0[1];
    let (own_area, other_area) = (size(own) * pixel, size(other));
    let both = all.count * pixel;
    let shown = both / own_area.max(other_area);
    let (a_spread, spread, together) = all.spreads();
    if both < CONTAINED * own_area.min(other_area)
        || shown < SHOWN
        || together <= 0.0
        || spread.min(a_spread).sqrt() < PLAIN
    {
        return Alike::default();
    }
    // A brightened copy is lighter by the same everywhere.
    let gain = (spread / a_spread.max(1.0)).sqrt().clamp(0.6, 1.6);
    let offset = (all.b - gain * all.a) / all.count + 128.0 * (1.0 - gain);
    let (mut same, mut total) = (0.0, 0.0);
    let mut counted = 0.0;
    for block in blocks.iter().filter(|block| block.len() * 3 >= BLOCK * BLOCK) {
        let (weight, agrees) = agreement(block, gain, offset);
        total += weight;
        counted += 1.0;
        same += if agrees { weight } else { 0.0 };
    }
    if counted < 20.0 {
        return Alike::default();
    }
    Alike { percent: 100.0 * same / total, shown_percent: (100.0 * shown).min(100.0) }
}

/// The contrast of a block, and whether both show the same in it.
#[allow(clippy::cast_precision_loss)]
fn agreement(block: &[(f32, f32)], gain: f32, offset: f32) -> (f32, bool) {
    let mut sums = Sums::default();
    let mut off = 0.0;
    for (here, there) in block {
        let here = here * gain + offset;
        sums.add(here, *there);
        off += (here - there) * (here - there);
    }
    let (a, b, _) = sums.spreads();
    let contrast = a.max(b).sqrt();
    let off = (off / block.len() as f32).sqrt();
    (contrast.max(1.0), off <= NOISE + CONTRAST * contrast)
}
