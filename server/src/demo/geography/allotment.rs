//! Who gets which lot: points huddle around a few dozen centres, compounds fill in around them.

use super::plane::Spot;
use super::random::Dice;
use super::streets::{Lane, Lot, Town};

const SEED: u64 = 0xA110_7000;

pub(super) const POINTS: usize = 160;
pub(super) const COMPOUNDS: usize = 312;
pub(super) const UNMANAGED: usize = 97;
pub(super) const BACK_STREETS: usize = 186;

/// Where people go: the middles of the point groups 点位群, in metres.
const CENTRES: [Spot; 26] = [
    Spot::new(-100.0, 150.0),
    Spot::new(650.0, -350.0),
    Spot::new(-950.0, -150.0),
    Spot::new(-50.0, -700.0),
    Spot::new(1_800.0, 500.0),
    Spot::new(2_650.0, -150.0),
    Spot::new(3_650.0, -250.0),
    Spot::new(2_050.0, -600.0),
    Spot::new(-1_950.0, 350.0),
    Spot::new(-3_050.0, 150.0),
    Spot::new(-2_450.0, -500.0),
    Spot::new(-1_350.0, 2_150.0),
    Spot::new(-400.0, 1_450.0),
    Spot::new(-2_300.0, 1_750.0),
    Spot::new(1_250.0, 2_250.0),
    Spot::new(2_500.0, 1_700.0),
    Spot::new(800.0, 1_500.0),
    Spot::new(-1_900.0, -1_900.0),
    Spot::new(-700.0, -2_000.0),
    Spot::new(-2_700.0, -2_450.0),
    Spot::new(650.0, -1_650.0),
    Spot::new(2_900.0, -1_900.0),
    Spot::new(600.0, -2_600.0),
    Spot::new(-1_700.0, -2_850.0),
    Spot::new(-4_250.0, 3_000.0),
    Spot::new(4_000.0, -4_200.0),
];

/// What was given to whom.
pub(super) struct Allotment<'a> {
    /// One lot a point, those of a group next to each other.
    pub(super) points: Vec<&'a Lot>,
    /// Compounds and whether a property manager looks after each.
    pub(super) compounds: Vec<(&'a Lot, bool)>,
    pub(super) back_streets: Vec<&'a Lane>,
    /// Lots that are left, the nearest to where people go first.
    pub(super) spare: Vec<&'a Lot>,
}

/// Gives the lots and lanes of the town out.
pub(super) fn allot(town: &Town) -> Allotment<'_> {
    let mut dice = Dice::new(SEED);
    let lots: Vec<&Lot> = town.lots.iter().collect();
    let (mut points, rest) =
        nearest(lots, POINTS, |lot| remoteness(lot.plot.centre()) + dice.between(0.0, 260.0));
    points.sort_by_key(|lot| group_of(lot.plot.centre()));
    let (compounds, mut spare) =
        nearest(rest, COMPOUNDS, |lot| remoteness(lot.plot.centre()) + dice.between(0.0, 1_500.0));
    let (back_streets, _) = nearest(town.lanes.iter().collect(), BACK_STREETS, |lane| {
        remoteness(lane.line[0]) + dice.between(0.0, 900.0)
    });
    spare.sort_by(|a, b| remoteness(a.plot.centre()).total_cmp(&remoteness(b.plot.centre())));
    Allotment { points, compounds: managed(compounds, &mut dice), back_streets, spare }
}

/// Compounds without a manager are mostly the old ones, and these are near the middle.
fn managed<'a>(compounds: Vec<&'a Lot>, dice: &mut Dice) -> Vec<(&'a Lot, bool)> {
    let numbered: Vec<(usize, &Lot)> = compounds.into_iter().enumerate().collect();
    let (old, new) = nearest(numbered, UNMANAGED, |(_, lot)| {
        lot.plot.centre().distance(CENTRES[0]) + dice.between(0.0, 3_500.0)
    });
    let mut both: Vec<(usize, &Lot, bool)> = old
        .into_iter()
        .map(|(index, lot)| (index, lot, false))
        .chain(new.into_iter().map(|(index, lot)| (index, lot, true)))
        .collect();
    both.sort_by_key(|(index, ..)| *index);
    both.into_iter().map(|(_, lot, managed)| (lot, managed)).collect()
}

/// Splits off the `count` things with the least score, both parts in their first order.
pub(super) fn nearest<T>(
    things: Vec<T>,
    count: usize,
    mut score: impl FnMut(&T) -> f64,
) -> (Vec<T>, Vec<T>) {
    let scores: Vec<f64> = things.iter().map(&mut score).collect();
    let mut sorted = scores.clone();
    sorted.sort_by(f64::total_cmp);
    let limit = sorted.get(count).copied().unwrap_or(f64::INFINITY);
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for (thing, score) in things.into_iter().zip(scores) {
        if score < limit { taken.push(thing) } else { left.push(thing) }
    }
    (taken, left)
}

/// Metres to the nearest centre.
pub(super) fn remoteness(spot: Spot) -> f64 {
    CENTRES.iter().map(|centre| centre.distance(spot)).fold(f64::INFINITY, f64::min)
}

/// Which centre is the nearest.
fn group_of(spot: Spot) -> usize {
    let distance = remoteness(spot);
    CENTRES.iter().position(|centre| centre.distance(spot) <= distance).unwrap_or_default()
}
