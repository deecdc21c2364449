//! Marks: what is around a striking spot, as bits.
//!
//! The cosine transform of the greys around the spot, and of its 64 lowest frequencies without the
//! lightness whether each is positive: those bits survive compression, scaling and brightness.

use super::anchors;
use super::grey::Grey;
use std::f32::consts::PI;
use std::sync::LazyLock;

/// Marks that a picture is found by, at most.
const MARKS: usize = 14;
/// Marks of a picture that are looked for, at each level: a copy's most striking spots are not all the
/// original's.
const SOUGHT: usize = 24;
/// Sizes at which a picture is looked for: a copy of which a fifth was cut off each way shows
/// everything a quarter larger, and what it was cut from a quarter smaller.
pub(super) const LEVELS: [f32; 5] = [1.0, 0.9, 0.81, 1.11, 1.235];
/// Half the side of what a mark is made of, pixels.
const REACH: usize = 20;
/// Samples across and down what a mark is made of.
const SAMPLES: usize = 16;
/// Frequencies across and down.
const WAVES: usize = 8;
/// Bits that the key has.
const KEY: usize = 32;
/// Bits of a key that are so near to the other value that both are looked for.
const UNSURE: usize = 3;
/// Bits that the marks of a picture and its copy differ in, at most.
const WITHIN: u32 = 14;

/// Greys between the lightest and the darkest of a picture that is not plain.
const PLAIN: f32 = 24.0;

/// A mark of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it is found by: its surest bits.
    pub key: i64,
    /// All its bits.
    pub bits: u64,
    /// Where it is, across and down.
    pub spot: (u16, u16),
}

/// A mark to look for.
#[derive(Clone, Debug)]
pub struct Probe {
    /// Keys that the mark it is after may have.
    pub keys: Vec<i64>,
    bits: u64,
    level: usize,
    spot: (u16, u16),
}

/// How a picture lies over another, by one mark of each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Which of the levels.
    pub(super) level: usize,
    /// Pixels to the right and down.
    pub(super) by: (f32, f32),
}

impl Probe {
    /// How the picture lies over one that has this mark, if it is the same.
    pub fn shift(&self, bits: u64, spot: (u16, u16)) -> Option<Shift> {
        if (self.bits ^ bits).count_ones() > WITHIN {
            return None;
        }
        let by = (
            f32::from(spot.0) - f32::from(self.spot.0),
            f32::from(spot.1) - f32::from(self.spot.1),
        );
        Some(Shift { level: self.level, by })
    }
}

impl Shift {
    /// Whether two marks agree on how the pictures lie.
    pub fn agrees(&self, other: &Self) -> bool {
        let near = |a: f32, b: f32| (a - b).abs() <= 8.0;
        self.level == other.level && near(self.by.0, other.by.0) && near(self.by.1, other.by.1)
    }
}

/// The marks of a picture: the whole of it, for what has little that is striking, and its spots.
pub(super) fn of(grey: &Grey) -> Vec<Mark> {
    let soft = grey.blurred(1.0);
    let mark = |patch: Patch, spot| {
        let bits = bits(&strengths(&soft, patch));
        Mark { key: key(bits), bits, spot }
    };
    let spots = anchors::of(grey, REACH, MARKS);
    let marks = spots.into_iter().map(|(x, y)| mark(Patch::around(x, y), spot(x, y)));
    Patch::whole(&soft).map(|whole| mark(whole, (0, 0))).into_iter().chain(marks).collect()
}

/// What to look for, of a picture that was brought to the size of a level.
pub(super) fn probe(grey: &Grey, level: usize, probes: &mut Vec<Probe>) {
    let soft = grey.blurred(1.0);
    let mut look_for = |patch: Patch, spot| {
        let strengths = strengths(&soft, patch);
        let bits = bits(&strengths);
        probes.push(Probe { keys: keys(bits, &strengths), bits, level, spot });
    };
    // The whole is the whole at every size.
    if let Some(whole) = Patch::whole(&soft).filter(|_| level == 0) {
        look_for(whole, (0, 0));
    }
    for (x, y) in anchors::of(grey, REACH, SOUGHT) {
        look_for(Patch::around(x, y), spot(x, y));
    }
}

/// A rectangle that a mark is made of: its first sample, and how far they are apart.
#[derive(Clone, Copy)]
struct Patch {
    from: (f32, f32),
    step: (f32, f32),
}

#[allow(clippy::cast_precision_loss)]
impl Patch {
    fn around(x: usize, y: usize) -> Self {
        let step = 2.0 * REACH as f32 / SAMPLES as f32;
        let from = |at: usize| at as f32 - REACH as f32 + step / 2.0;
        Self { from: (from(x), from(y)), step: (step, step) }
    }

    /// All of a picture; none of what is plain.
    fn whole(soft: &Grey) -> Option<Self> {
        let (least, most) = soft
            .at
            .iter()
            .fold((f32::MAX, f32::MIN), |(least, most), grey| (least.min(*grey), most.max(*grey)));
        let step = |side: usize| (side - 1) as f32 / SAMPLES as f32;
        let step = (step(soft.width), step(soft.height));
        let from = (step.0 / 2.0, step.1 / 2.0);
        (most - least >= PLAIN).then_some(Self { from, step })
    }
}

fn spot(x: usize, y: usize) -> (u16, u16) {
    let number = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    (number(x), number(y))
}

/// The frequencies in the order of their heights, the lowest first, without the lightness.
static ORDER: LazyLock<Vec<(usize, usize)>> = LazyLock::new(|| {
    let mut all: Vec<(usize, usize)> =
        (0..WAVES).flat_map(|v| (0..WAVES).map(move |u| (u, v))).skip(1).collect();
    all.sort_by_key(|(u, v)| (u * u + v * v, *u));
    all
});

#[allow(clippy::cast_precision_loss)]
static COSINES: LazyLock<[[f32; SAMPLES]; WAVES]> = LazyLock::new(|| {
    std::array::from_fn(|k| {
        std::array::from_fn(|x| ((2 * x + 1) as f32 * k as f32 * PI / (2 * SAMPLES) as f32).cos())
    })
});

/// How strong each frequency is in a patch, in [`ORDER`].
#[allow(clippy::cast_precision_loss)]
fn strengths(soft: &Grey, Patch { from, step }: Patch) -> Vec<f32> {
    let mut along = [[0f32; SAMPLES]; WAVES];
    for at in 0..SAMPLES * SAMPLES {
        let (row, column) = (at / SAMPLES, at % SAMPLES);
        let grey = soft.read(from.0 + column as f32 * step.0, from.1 + row as f32 * step.1);
        let grey = grey.unwrap_or_default();
        for (along, wave) in along.iter_mut().zip(COSINES.iter()) {
            along[row] += grey * wave[column];
        }
    }
    let strength = |(u, v): &(usize, usize)| -> f32 {
        along[*u].iter().zip(&COSINES[*v]).map(|(a, b)| a * b).sum()
    };
    ORDER.iter().map(strength).collect()
}

fn bits(strengths: &[f32]) -> u64 {
    strengths
        .iter()
        .enumerate()
        .fold(0, |bits, (at, strength)| bits | (u64::from(*strength > 0.0) << at))
}

fn key(bits: u64) -> i64 {
    (bits & ((1 << KEY) - 1)).cast_signed()
}

/// The key, and the same with its least sure bits either way.
fn keys(bits: u64, strengths: &[f32]) -> Vec<i64> {
    let mut order: Vec<usize> = (0..KEY).collect();
    order.sort_by(|a, b| strengths[*a].abs().total_cmp(&strengths[*b].abs()));
    let flips = |pick: usize| {
        order[..UNSURE]
            .iter()
            .enumerate()
            .fold(0u64, |mask, (n, bit)| mask | (u64::from(pick >> n & 1 == 1) << bit))
    };
    (0..1 << UNSURE).map(|pick| key(bits ^ flips(pick))).collect()
}
