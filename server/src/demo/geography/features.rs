//! Areas, points and places as `GeoJSON` (RFC 7946).

use serde_json::{Value, json};

use super::allotment::Allotment;
use super::communities::Community;
use super::names;
use super::outline::{Area, DISTRICT};
use super::plane::{Spot, encloses};
use super::random::Dice;
use super::streets::Lot;

const SEED: u64 = 0xFEA7_0000;

/// How many there are of a kind, how much of a lot its footprint covers, its usual radii in
/// metres.
struct Kind {
    word: &'static str,
    count: usize,
    cover: f64,
    radii_m: [u32; 3],
}

const KINDS: [Kind; 6] = [
    Kind { word: "market", count: 22, cover: 0.65, radii_m: [500, 800, 1_000] },
    Kind { word: "mall", count: 18, cover: 0.75, radii_m: [800, 1_000, 1_500] },
    Kind { word: "school", count: 44, cover: 0.9, radii_m: [500, 500, 800] },
    Kind { word: "hospital", count: 12, cover: 0.9, radii_m: [1_000, 1_000, 1_500] },
    Kind { word: "transit", count: 8, cover: 0.85, radii_m: [1_000, 1_500, 2_000] },
    Kind { word: "community", count: 56, cover: 0.4, radii_m: [500, 800, 1_000] },
];

/// Areas from coarse to fine. A community is called after the point that is its middle, if it has one.
pub(super) fn areas(areas: &[Area], communities: &[Community], points: &[Site]) -> String {
    let mut spare = 0;
    let below = communities.iter().map(|community| {
        let middle = points.iter().find(|site| {
            site.kind.word == "community"
                && site.lot.area == community.parent
                && encloses(&community.ring, site.lot.plot.centre())
        });
        let name = middle.map_or_else(
            || {
                spare += 1;
                names::community(spare - 1, &community.parent[6..] >= "100")
            },
            |site| site.name.clone(),
        );
        let properties = json!({
            "code": community.code,
            "name": name,
            "level": "community",
            "parent": community.parent,
        });
        feature(&properties, &polygon(&community.ring))
    });
    collection(areas.iter().map(area).chain(below).collect())
}

fn area(area: &Area) -> Value {
    let (ending, ending_en, level) = match area {
        area if area.is_district() => ("区", "District", "district"),
        area if area.is_town() => ("镇", "Town", "subdistrict"),
        _ => ("街道", "Subdistrict", "subdistrict"),
    };
    let properties = json!({
        "code": area.code,
        "name": format!("{}{ending}", area.stem),
        "name_en": format!("{} {ending_en}", area.stem_en),
        "level": level,
        "parent": (!area.is_district()).then_some(DISTRICT),
    });
    feature(&properties, &polygon(&area.ring))
}

/// A point of one of the six kinds, on its lot.
pub(super) struct Site<'a> {
    kind: &'static Kind,
    pub(super) name: String,
    pub(super) lot: &'a Lot,
}

impl Site<'_> {
    /// Which of the six kinds it is.
    pub(super) fn kind(&self) -> &'static str {
        self.kind.word
    }
}

/// The points in the order of their codes.
pub(super) fn sites<'a>(areas: &[Area], allotment: &Allotment<'a>) -> Vec<Site<'a>> {
    let mut dealt: Vec<(usize, &str)> = Vec::new();
    let mut sites = Vec::new();
    for &lot in &allotment.points {
        let Some(area) = areas.iter().find(|area| area.code == lot.area) else { continue };
        let kind = most_wanted(&dealt);
        let index = dealt.iter().filter(|(known, _)| *known == kind).count();
        let first = !dealt.contains(&(kind, lot.area));
        dealt.push((kind, lot.area));
        let kind = &KINDS[kind];
        sites.push(Site { kind, name: names::point(kind.word, index, area, first), lot });
    }
    sites
}

pub(super) fn points(sites: &[Site]) -> String {
    let mut dice = Dice::new(SEED);
    let features = (1..).zip(sites).map(|(number, site)| {
        let properties = json!({
            "code": format!("P{number:03}"),
            "kind": site.kind.word,
            "name": site.name,
            "radius_m": radius(site.kind, &mut dice),
        });
        feature(&properties, &ground(site.lot, site.kind, dice.unit()))
    });
    collection(features.collect())
}

/// The kind that lags farthest behind its share, so that every group gets a mix.
fn most_wanted(dealt: &[(usize, &str)]) -> usize {
    let total: usize = KINDS.iter().map(|kind| kind.count).sum();
    let lag = |index: usize| {
        let had = dealt.iter().filter(|(kind, _)| *kind == index).count();
        (KINDS[index].count * (dealt.len() + 1)) as f64 / total as f64 - had as f64
    };
    (0..KINDS.len()).max_by(|a, b| lag(*a).total_cmp(&lag(*b))).unwrap_or_default()
}

fn radius(kind: &Kind, dice: &mut Dice) -> u32 {
    let [short, usual, long] = kind.radii_m;
    match dice.unit() {
        chance if chance < 0.4 => short,
        chance if chance < 0.8 => usual,
        _ => long,
    }
}

/// A footprint for about half of the points, a mere location for the others.
fn ground(lot: &Lot, kind: &Kind, chance: f64) -> Value {
    if chance < 0.5 {
        return json!({"type": "Point", "coordinates": lot.plot.centre().degrees()});
    }
    polygon(&lot.plot.shrunk(kind.cover).notched(if chance > 0.85 { 0.35 } else { 0.0 }))
}

pub(super) fn places(allotment: &Allotment) -> String {
    let lanes = allotment.back_streets.iter().enumerate().map(|(index, lane)| {
        let coordinates: Vec<_> = lane.line.iter().map(|spot| spot.degrees()).collect();
        let properties = json!({
            "code": format!("B{:03}", index + 1),
            "kind": "back_street",
            "name": names::back_street(index),
        });
        feature(&properties, &json!({"type": "LineString", "coordinates": coordinates}))
    });
    collection(lanes.chain(compounds(allotment)).collect())
}

fn compounds(allotment: &Allotment) -> Vec<Value> {
    let mut dice = Dice::new(SEED + 1);
    let mut counts = [0_usize; 2];
    let mut features = Vec::new();
    for (number, &(lot, managed)) in (1..).zip(&allotment.compounds) {
        let count = &mut counts[usize::from(managed)];
        let properties = json!({
            "code": format!("C{number:03}"),
            "kind": "compound",
            "name": names::compound(*count, managed),
            "managed": managed,
        });
        *count += 1;
        let notch = if dice.unit() < 0.3 { dice.between(0.25, 0.45) } else { 0.0 };
        let ring = lot.plot.shrunk(dice.between(0.84, 0.97)).notched(notch);
        features.push(feature(&properties, &polygon(&ring)));
    }
    features
}

/// A closed outer ring; the spots come counter-clockwise.
pub(super) fn polygon(ring: &[Spot]) -> Value {
    let closed: Vec<_> = ring.iter().chain(ring.first()).map(|spot| spot.degrees()).collect();
    json!({"type": "Polygon", "coordinates": [closed]})
}

pub(super) fn feature(properties: &Value, geometry: &Value) -> Value {
    json!({"type": "Feature", "properties": properties, "geometry": geometry})
}

pub(super) fn collection(features: Vec<Value>) -> String {
    json!({"type": "FeatureCollection", "features": Value::Array(features)}).to_string()
}
