//! The street grid: avenues cut the town into blocks, a lane cuts a block in two, and what is
//! left on either side are lots.

use super::outline::{Area, subdistrict_at};
use super::plane::Spot;
use super::random::Dice;

const SEED: u64 = 0x57BE_E700;

/// The grid is turned by 7.6°: cosine and sine as a Pythagorean ratio, exact everywhere.
const TURN: (f64, f64) = (112.0 / 113.0, 15.0 / 113.0);

/// How far the grid reaches from the centre, in metres.
const REACH: f64 = 7_500.0;

/// Half the width of an avenue and of a lane with its kerbs, in metres.
const HALF_AVENUE: f64 = 17.0;
const HALF_LANE: f64 = 9.0;

/// Where the two towns have their streets, and how far these go, in metres.
const TOWN_SEATS: [Spot; 2] = [Spot::new(-4_250.0, 3_000.0), Spot::new(4_000.0, -4_200.0)];
const TOWN_REACH: f64 = 850.0;

/// The lake 南湖: its middle and its two half axes, in metres.
const LAKE: (Spot, f64, f64) = (Spot::new(1_750.0, -2_150.0), 640.0, 400.0);

/// A rectangle of the grid: bounds in metres along the two directions of the streets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

/// A plot that somebody can use, and whose subdistrict it is in.
pub(super) struct Lot {
    pub(super) plot: Plot,
    /// Code of its subdistrict.
    pub(super) area: &'static str,
}

/// A back street.
pub(super) struct Lane {
    pub(super) line: Vec<Spot>,
}

/// All there is to give out, and the avenues between.
pub(super) struct Town {
    pub(super) lots: Vec<Lot>,
    pub(super) lanes: Vec<Lane>,
    /// Where avenues run in the one direction and in the other, see [`crossing`].
    pub(super) avenues: [Vec<f64>; 2],
}

impl Plot {
    pub(super) fn centre(self) -> Spot {
        unturned(f64::midpoint(self.west, self.east), f64::midpoint(self.south, self.north))
    }

    /// Its corners counter-clockwise.
    pub(super) fn corners(self) -> Vec<Spot> {
        self.notched(0.0)
    }

    /// Its corners, a rectangle of `notch` of its width and depth cut from the north-east.
    pub(super) fn notched(self, notch: f64) -> Vec<Spot> {
        let Self { west, east, south, north } = self;
        if notch <= 0.0 {
            let corners = [(west, south), (east, south), (east, north), (west, north)];
            return corners.map(|(u, v)| unturned(u, v)).to_vec();
        }
        let (inner_u, inner_v) = (east - (east - west) * notch, north - (north - south) * notch);
        [(west, south), (east, south), (east, inner_v), (inner_u, inner_v), (inner_u, north)]
            .into_iter()
            .chain([(west, north)])
            .map(|(u, v)| unturned(u, v))
            .collect()
    }

    /// Shrunk about its centre to `share` of its width and depth.
    pub(super) fn shrunk(self, share: f64) -> Self {
        let (du, dv) = (self.width() * (1.0 - share) / 2.0, self.depth() * (1.0 - share) / 2.0);
        Self {
            west: self.west + du,
            east: self.east - du,
            south: self.south + dv,
            north: self.north - dv,
        }
    }

    fn width(self) -> f64 {
        self.east - self.west
    }

    fn depth(self) -> f64 {
        self.north - self.south
    }

    /// Cut across its width at `share`, `gap` metres on either side left free.
    fn split_width(self, share: f64, gap: f64) -> [Self; 2] {
        let cut = self.west + self.width() * share;
        [Self { east: cut - gap, ..self }, Self { west: cut + gap, ..self }]
    }

    /// Cut across its depth at `share`, `gap` metres on either side left free.
    fn split_depth(self, share: f64, gap: f64) -> [Self; 2] {
        let cut = self.south + self.depth() * share;
        [Self { north: cut - gap, ..self }, Self { south: cut + gap, ..self }]
    }
}

/// The whole grid, as far as it lies in the built-up part or at a town's seat.
pub(super) fn town(areas: &[Area]) -> Town {
    let mut dice = Dice::new(SEED);
    let (across, along) = (avenues(&mut dice), avenues(&mut dice));
    let mut town =
        Town { lots: Vec::new(), lanes: Vec::new(), avenues: [across.clone(), along.clone()] };
    for rows in along.windows(2) {
        for columns in across.windows(2) {
            let block = Plot {
                west: columns[0] + HALF_AVENUE,
                east: columns[1] - HALF_AVENUE,
                south: rows[0] + HALF_AVENUE,
                north: rows[1] - HALF_AVENUE,
            };
            build(&mut town, areas, block, &mut dice);
        }
    }
    town
}

/// Where avenues run in one direction, in metres from the centre.
fn avenues(dice: &mut Dice) -> Vec<f64> {
    let mut at = -REACH;
    let mut avenues = Vec::new();
    while at < REACH {
        avenues.push(at);
        at += dice.between(400.0, 550.0);
    }
    avenues
}

/// Cuts a block by one lane into halves and these into lots.
fn build(town: &mut Town, areas: &[Area], block: Plot, dice: &mut Dice) {
    let (share, lengthwise) = (dice.between(0.42, 0.58), dice.unit() < 0.5);
    let (from, to) = (dice.between(0.0, 0.12), dice.between(0.88, 1.0));
    let bend = dice.between(-4.0, 4.0);
    let halves = if lengthwise {
        block.split_depth(share, HALF_LANE)
    } else {
        block.split_width(share, HALF_LANE)
    };
    let cuts = halves.map(|_| (dice.between(0.3, 0.45), dice.between(0.4, 0.6)));
    if !is_built_up(areas, block.centre()) {
        return;
    }
    for (half, (first, second)) in halves.into_iter().zip(cuts) {
        let lots = if lengthwise {
            let [one, rest] = half.split_width(first, 5.0);
            [vec![one], rest.split_width(second, 5.0).to_vec()].concat()
        } else {
            let [one, rest] = half.split_depth(first, 5.0);
            [vec![one], rest.split_depth(second, 5.0).to_vec()].concat()
        };
        town.lots.extend(lots.into_iter().filter_map(|plot| lot(areas, plot)));
    }
    let lane = lane(block, share, lengthwise, (from, to), bend);
    if lane.line.iter().all(|&spot| is_built_up(areas, spot)) {
        town.lanes.push(lane);
    }
}

/// The plot as a lot, unless a border or the lake runs through it.
fn lot(areas: &[Area], plot: Plot) -> Option<Lot> {
    let area = subdistrict_at(areas, plot.centre())?.code;
    let whole = plot.corners().into_iter().all(|corner| {
        is_built_up(areas, corner)
            && subdistrict_at(areas, corner).is_some_and(|other| other.code == area)
    });
    whole.then_some(Lot { plot, area })
}

fn lane(block: Plot, share: f64, lengthwise: bool, reach: (f64, f64), bend: f64) -> Lane {
    let stops = [(reach.0, 0.0), (0.35, bend), (0.7, -bend / 2.0), (reach.1, 0.0)];
    let line = stops.map(|(along, aside)| {
        if lengthwise {
            let v = block.south + block.depth() * share + aside;
            unturned(block.west + block.width() * along, v)
        } else {
            let u = block.west + block.width() * share + aside;
            unturned(u, block.south + block.depth() * along)
        }
    });
    Lane { line: line.to_vec() }
}

pub(super) fn is_built_up(areas: &[Area], spot: Spot) -> bool {
    let (middle, half_x, half_y) = LAKE;
    let in_lake =
        ((spot.x - middle.x) / half_x).powi(2) + ((spot.y - middle.y) / half_y).powi(2) < 1.0;
    let at_a_seat = TOWN_SEATS.iter().any(|seat| seat.distance(spot) < TOWN_REACH);
    !in_lake && subdistrict_at(areas, spot).is_some_and(|area| !area.is_town() || at_a_seat)
}

/// Where an avenue of the first direction and one of the second cross.
pub(super) fn crossing(across: f64, along: f64) -> Spot {
    unturned(across, along)
}

/// From metres along the streets to metres east and north.
fn unturned(u: f64, v: f64) -> Spot {
    let (cosine, sine) = TURN;
    Spot::new(u * cosine - v * sine, u * sine + v * cosine)
}
