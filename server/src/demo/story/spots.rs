//! Where things happen: by the district's points, in its back streets, in its compounds.

use domain::position::Position;
use serde::Deserialize;

use crate::demo::geography::{self, Dice};
use crate::problem::Error;

/// Degrees of longitude and of latitude in a metre, near enough for the district.
const DEGREES_A_METRE: [f64; 2] = [1.0 / 95_842.0, 1.0 / 110_864.0];

/// What is at a spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// A market.
    Market,
    /// Another of the points.
    Point,
    /// 背街小巷.
    BackStreet,
    /// 小区.
    Compound,
    /// A manhole cover.
    Cover,
}

/// A place of the district.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    name: String,
    ground: Ground,
    /// Longitude and latitude: a line, an outline, or one location.
    line: Vec<[f64; 2]>,
}

/// All places of the district.
#[derive(Debug)]
pub(super) struct Spots(Vec<Spot>);

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    kind: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point([f64; 2]),
    LineString(Vec<[f64; 2]>),
    Polygon(Vec<Vec<[f64; 2]>>),
}

impl Spots {
    /// The places that the demo's geography draws.
    pub(super) fn new() -> Result<Self, Error> {
        let mut spots = Vec::new();
        let files = geography::files();
        for text in [files.points, files.places, files.facilities] {
            let collection: Collection = serde_json::from_str(&text)?;
            spots.extend(collection.features.into_iter().filter_map(Spot::of));
        }
        Ok(Self(spots))
    }

    /// A place where a problem of this category turns up.
    pub(super) fn draw(&self, category: &str, dice: &mut Dice) -> &Spot {
        let ground = match (category, dice.below(100)) {
            ("0204", _) => Ground::Market,
            ("1102", _) => Ground::Cover,
            ("0103" | "0107" | "0501" | "0502" | "0503" | "1203", _) | (_, 88..) => {
                Ground::Compound
            }
            (_, 62..) => Ground::BackStreet,
            (_, 50..) => Ground::Market,
            _ => Ground::Point,
        };
        let there: Vec<&Spot> = self.0.iter().filter(|spot| spot.ground == ground).collect();
        // Some places have more of everything than others.
        let skewed = dice.below(there.len()).min(dice.below(there.len()));
        there[skewed]
    }
}

impl Spot {
    /// What lies there, if things happen at it.
    fn of(feature: Feature) -> Option<Self> {
        let ground = match feature.properties.kind.as_str() {
            "market" => Ground::Market,
            "back_street" => Ground::BackStreet,
            "compound" => Ground::Compound,
            "manhole_cover" => Ground::Cover,
            "public_toilet" | "litter_bin" => return None,
            _ => Ground::Point,
        };
        let line = match feature.geometry {
            Geometry::Point(location) => vec![location],
            Geometry::LineString(line) => line,
            Geometry::Polygon(rings) => rings.into_iter().next().unwrap_or_default(),
        };
        Some(Self { name: feature.properties.name, ground, line })
    }

    /// A position there: near a point, on a back street, inside a compound, at a cover.
    pub(super) fn position(&self, dice: &mut Dice) -> Position {
        let on = self.on_the_line(dice);
        match self.ground {
            Ground::Compound => {
                let [lon, lat] = self.middle();
                let inwards = dice.between(0.2, 0.8);
                let along = |from: f64, to: f64| from + (to - from) * inwards;
                position([along(on[0], lon), along(on[1], lat)])
            }
            Ground::BackStreet => aside(on, 8.0, dice),
            Ground::Cover => aside(on, 2.0, dice),
            Ground::Market | Ground::Point => {
                aside(on, if dice.chance(0.6) { 60.0 } else { 220.0 }, dice)
            }
        }
    }

    /// The place in words, as an inspector writes it.
    pub(super) fn words(&self, dice: &mut Dice) -> String {
        let part = match self.ground {
            Ground::Market => {
                dice.word(&["西门外", "东门口", "南侧通道", "停车场旁", "北侧人行道"])
            }
            Ground::Point => {
                dice.word(&["门口", "南侧人行道", "对面路边", "东侧路口", "围墙外", "公交站旁"])
            }
            Ground::BackStreet => {
                dice.word(&["中段", "巷口", "转角处", "12号门前", "36号对面", "北段"])
            }
            Ground::Cover => "处",
            Ground::Compound => {
                dice.word(&["3号楼下", "北门内", "5栋2单元门口", "中心花园旁", "车棚旁"])
            }
        };
        format!("{}{part}", self.name)
    }

    fn on_the_line(&self, dice: &mut Dice) -> [f64; 2] {
        let (segment, share) = (dice.below(self.line.len().saturating_sub(1)), dice.unit());
        match self.line.get(segment..) {
            Some([from, to, ..]) => [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * share),
            Some([only]) => *only,
            _ => [0.0, 0.0],
        }
    }

    fn middle(&self) -> [f64; 2] {
        let count = self.line.len().max(1) as f64;
        [0, 1].map(|axis| self.line.iter().map(|corner| corner[axis]).sum::<f64>() / count)
    }
}

/// A position up to `metres` east or west and north or south of another.
pub(super) fn aside([lon, lat]: [f64; 2], metres: f64, dice: &mut Dice) -> Position {
    let mut shift = |axis: usize| dice.between(-metres, metres) * DEGREES_A_METRE[axis];
    position([lon + shift(0), lat + shift(1)])
}

/// Six decimals, about 0.1 m: no phone knows better.
fn position([lon, lat]: [f64; 2]) -> Position {
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Position { lat: rounded(lat), lon: rounded(lon) }
}
