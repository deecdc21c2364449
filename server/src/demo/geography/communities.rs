//! The 62 communities 社区 and villages 村 that the nine subdistricts fall into.
//!
//! A subdistrict is cut in two, and these again, each time from one corner of its outline to another:
//! no border gets a corner that the area on its other side has not.

use super::outline::{Area, LONGEST_LEG, roughen};
use super::plane::{Spot, encloses};
use super::random::Dice;

const SEED: u64 = 0xC077_0000;

/// How many a subdistrict has, by the stem of its name.
const COUNTS: [(&str, usize); 9] = [
    ("东关", 8),
    ("西城", 7),
    ("南湖", 7),
    ("北苑", 7),
    ("新华", 8),
    ("滨河", 7),
    ("站前", 6),
    ("柳林", 6),
    ("石桥", 6),
];

/// A cut keeps this far from the outline's other corners, in metres.
const CLEARANCE: f64 = 60.0;
/// How much the winding of a border may be.
const ROUGHNESS: f64 = 0.05;
/// How many hundredths of the ground a cut may be off.
const UNEVENNESS: f64 = 0.25;

/// One community, without its name.
pub(super) struct Community {
    /// Twelve digits: its subdistrict's first nine, then its own.
    pub(super) code: String,
    /// Code of the subdistrict.
    pub(super) parent: &'static str,
    /// Counter-clockwise; the last corner joins the first.
    pub(super) ring: Vec<Spot>,
}

/// All of them, subdistrict by subdistrict, those of one from north to south.
pub(super) fn communities(areas: &[Area]) -> Vec<Community> {
    areas.iter().zip(0..).flat_map(|(area, index)| within(area, index)).collect()
}

fn within(area: &Area, index: u64) -> Vec<Community> {
    let Some((_, count)) = COUNTS.iter().find(|(stem, _)| *stem == area.stem) else {
        return Vec::new();
    };
    let mut rings = Vec::new();
    split(area.ring.clone(), *count, &mut Dice::new(SEED + index), &mut rings);
    let north = |ring: &Vec<Spot>| ring.iter().map(|spot| spot.y).fold(f64::MIN, f64::max);
    rings.sort_by(|a, b| north(b).total_cmp(&north(a)));
    let numbered = rings.into_iter().zip(1..);
    let code = |number: usize| format!("{}{number:03}", &area.code[..9]);
    numbered
        .map(|(ring, number)| Community { code: code(number), parent: area.code, ring })
        .collect()
}

fn split(ring: Vec<Spot>, count: usize, dice: &mut Dice, rings: &mut Vec<Vec<Spot>>) {
    let half = count / 2;
    match cut(&ring, half as f64 / count as f64, dice) {
        Some((one, other)) if half > 0 => {
            split(one, half, dice, rings);
            split(other, count - half, dice, rings);
        }
        _ => rings.push(ring),
    }
}

/// Where a ring may be cut: its corners `from` and `to`, and how bad that would be.
struct Chord {
    from: usize,
    to: usize,
    /// Whether the part from `from` to `to` is the first, not the second.
    is_first: bool,
    badness: f64,
}

/// A part that has about `share` of the ground, and the rest.
fn cut(ring: &[Spot], share: f64, dice: &mut Dice) -> Option<(Vec<Spot>, Vec<Spot>)> {
    let mut chords = chords(ring, share);
    chords.sort_by(|a, b| a.badness.total_cmp(&b.badness));
    chords.iter().find_map(|chord| {
        let mut line = vec![ring[chord.from]];
        roughen(&mut line, ring[chord.to], ROUGHNESS, dice);
        let inner = &line[1..line.len() - 1];
        if !is_inside(ring, &line) {
            return None;
        }
        let back = inner.iter().rev().copied();
        let near = ring[chord.from..=chord.to].iter().copied().chain(back).collect();
        let around = ring[chord.to..].iter().chain(&ring[..=chord.from]).copied();
        let far = around.chain(inner.iter().copied()).collect();
        Some(if chord.is_first { (near, far) } else { (far, near) })
    })
}

/// Every chord that leaves about `share` of the ground on one side.
fn chords(ring: &[Spot], share: f64) -> Vec<Chord> {
    let swept = swept(ring);
    let whole = swept[ring.len()];
    let mut chords = Vec::new();
    for from in 0..ring.len() {
        for to in from + 2..ring.len() {
            let (a, b) = (ring[from], ring[to]);
            let part = (swept[to] - swept[from] + cross(b, a)) / whole;
            let (one, other) = ((part - share).abs(), (1.0 - part - share).abs());
            let uneven = one.min(other) / share;
            let length = a.distance(b);
            if uneven < UNEVENNESS && length > LONGEST_LEG {
                let badness = length / whole.sqrt() + uneven;
                chords.push(Chord { from, to, is_first: one <= other, badness });
            }
        }
    }
    chords
}

/// Twice the ground swept from the centre along the ring up to each corner.
fn swept(ring: &[Spot]) -> Vec<f64> {
    let next = ring.iter().cycle().skip(1);
    let mut swept = vec![0.0];
    for (a, b) in ring.iter().zip(next) {
        swept.push(swept[swept.len() - 1] + cross(*a, *b));
    }
    swept
}

fn cross(a: Spot, b: Spot) -> f64 {
    a.x * b.y - b.x * a.y
}

/// Whether a line between two corners runs inside the ring, well off its other corners.
fn is_inside(ring: &[Spot], line: &[Spot]) -> bool {
    let inner = &line[1..line.len() - 1];
    let ends = [line[0], line[line.len() - 1]];
    let others = || ring.iter().filter(|corner| !ends.contains(corner));
    // What crosses nowhere is inside everywhere or nowhere.
    inner.iter().all(|spot| others().all(|corner| corner.distance(*spot) > CLEARANCE))
        && line.windows(2).all(|leg| !crosses(ring, leg))
        && inner.first().is_some_and(|spot| encloses(ring, *spot))
}

/// Whether a leg crosses the ring other than by ending on it.
fn crosses(ring: &[Spot], leg: &[Spot]) -> bool {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).any(|(a, b)| {
        let apart = ![leg[0], leg[1]].iter().any(|end| end == a || end == b);
        let side =
            |p: Spot, q: Spot, r: Spot| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
        apart
            && (side(leg[0], leg[1], *a) > 0.0) != (side(leg[0], leg[1], *b) > 0.0)
            && (side(*a, *b, leg[0]) > 0.0) != (side(*a, *b, leg[1]) > 0.0)
    })
}
