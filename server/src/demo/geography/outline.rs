//! The district's outline and the nine areas in it.
//!
//! Every border runs between two named corners and is roughened by an amount that depends on
//! those two alone, so that the areas on either side of it get the same line.

use super::plane::{Spot, encloses};
use super::random::Dice;

const SEED: u64 = 0x0A7E_A500;

/// Borders are broken up until no leg is longer than this, in metres.
pub(super) const LONGEST_LEG: f64 = 150.0;

/// The code of the district itself.
pub(super) const DISTRICT: &str = "429901000000";

/// Corners in metres: `O…` on the district's outline, the others in and around the built-up part.
const CORNERS: [(&str, f64, f64); 26] = [
    ("N0", -2_700.0, 3_110.0),
    ("N1", 310.0, 3_370.0),
    ("N2", 3_110.0, 2_960.0),
    ("T0", -3_630.0, 990.0),
    ("T1", -1_400.0, 1_140.0),
    ("T2", 160.0, 780.0),
    ("T3", 1_510.0, 1_300.0),
    ("T4", 3_790.0, 830.0),
    ("W0", -4_310.0, -100.0),
    ("E0", 4_520.0, -260.0),
    ("S0", -3_840.0, -1_090.0),
    ("S1", -1_610.0, -990.0),
    ("S2", -100.0, -1_300.0),
    ("S3", 1_350.0, -880.0),
    ("S4", 4_050.0, -1_190.0),
    ("P0", -3_110.0, -3_320.0),
    ("P1", -210.0, -3_010.0),
    ("P2", 2_960.0, -3_430.0),
    ("ONE", 5_500.0, 4_260.0),
    ("ON", 930.0, 5_920.0),
    ("ONNW", -4_880.0, 5_190.0),
    ("OW", -6_950.0, 930.0),
    ("OSW", -5_710.0, -4_460.0),
    ("OS", -730.0, -6_330.0),
    ("OSE", 4_670.0, -5_710.0),
    ("OE", 7_160.0, -520.0),
];

/// Code, stem of the name, its English form, and the corners counter-clockwise.
type Plan = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// The district first. Towns 镇 are numbered from 100 on, subdistricts 街道 below.
const PLANS: [Plan; 10] = [
    (DISTRICT, "云汀", "Yunting", &["ONE", "ON", "ONNW", "OW", "OSW", "OS", "OSE", "OE"]),
    ("429901001000", "东关", "Dongguan", &["T3", "S3", "S4", "E0", "T4"]),
    ("429901002000", "西城", "Xicheng", &["T0", "W0", "S0", "S1", "T1"]),
    ("429901003000", "南湖", "Nanhu", &["S2", "P1", "P2", "S4", "S3"]),
    ("429901004000", "北苑", "Beiyuan", &["N0", "T0", "T1", "T2", "N1"]),
    ("429901005000", "新华", "Xinhua", &["T1", "S1", "S2", "S3", "T3", "T2"]),
    ("429901006000", "滨河", "Binhe", &["S0", "P0", "P1", "S2", "S1"]),
    ("429901007000", "站前", "Zhanqian", &["N1", "T2", "T3", "T4", "N2"]),
    (
        "429901100000",
        "柳林",
        "Liulin",
        &["ONE", "ON", "ONNW", "OW", "OSW", "P0", "S0", "W0", "T0", "N0", "N1", "N2"],
    ),
    (
        "429901101000",
        "石桥",
        "Shiqiao",
        &["OSW", "OS", "OSE", "OE", "ONE", "N2", "T4", "E0", "S4", "P2", "P1", "P0"],
    ),
];

/// One jurisdiction 辖区 with its border.
pub(super) struct Area {
    pub(super) code: &'static str,
    /// Its name without 区, 街道 or 镇.
    pub(super) stem: &'static str,
    pub(super) stem_en: &'static str,
    /// Counter-clockwise; the last corner joins the first.
    pub(super) ring: Vec<Spot>,
}

impl Area {
    pub(super) fn is_district(&self) -> bool {
        self.code == DISTRICT
    }

    /// Whether it is one of the two towns 镇 around the built-up part.
    pub(super) fn is_town(&self) -> bool {
        self.code.starts_with("4299011")
    }
}

/// The district, then its nine subdistricts.
pub(super) fn areas() -> Vec<Area> {
    PLANS
        .iter()
        .map(|&(code, stem, stem_en, corners)| Area { code, stem, stem_en, ring: ring(corners) })
        .collect()
}

/// The subdistrict or town that `spot` lies in, if it lies in the district at all.
pub(super) fn subdistrict_at(areas: &[Area], spot: Spot) -> Option<&Area> {
    areas.iter().find(|area| !area.is_district() && encloses(&area.ring, spot))
}

fn ring(corners: &[&str]) -> Vec<Spot> {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).flat_map(|(from, to)| border(from, to)).collect()
}

/// From one corner up to, but without, the other.
fn border(from: &str, to: &str) -> Vec<Spot> {
    let mut line = if from < to { rough_line(from, to) } else { rough_line(to, from) };
    if from > to {
        line.reverse();
    }
    line.pop();
    line
}

/// The line between two corners, both included.
fn rough_line(from: &str, to: &str) -> Vec<Spot> {
    let ((from_index, start), (to_index, end)) = (corner(from), corner(to));
    let outer = from.starts_with('O') && to.starts_with('O');
    let mut dice = Dice::new(SEED + from_index * 64 + to_index);
    let mut line = vec![start];
    roughen(&mut line, end, if outer { 0.17 } else { 0.09 }, &mut dice);
    line
}

/// Goes from the line's last spot to `end` by ever smaller detours (midpoint displacement).
pub(super) fn roughen(line: &mut Vec<Spot>, end: Spot, roughness: f64, dice: &mut Dice) {
    let Some(&start) = line.last() else { return };
    if start.distance(end) < LONGEST_LEG {
        line.push(end);
        return;
    }
    let middle = start.towards(end, dice.between(0.42, 0.58), dice.between(-roughness, roughness));
    roughen(line, middle, roughness, dice);
    roughen(line, end, roughness, dice);
}

fn corner(name: &str) -> (u64, Spot) {
    let mut numbered = (0..).zip(CORNERS);
    numbered
        .find(|(_, (known, ..))| *known == name)
        .map_or((0, Spot::new(0.0, 0.0)), |(index, (_, x, y))| (index, Spot::new(x, y)))
}
