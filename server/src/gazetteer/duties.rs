//! Duties 包保: who answers for what lies at a position.

use domain::position::{Metres, Position};
use domain::surroundings::Footprint;
use geojson::{Geometry, GeometryValue};
use jiff::civil::Date;
use serde_json::json;

use super::ground;
use super::grounded::{Grounded, Placed};
use super::items::{Covered, DutyItem, DutyTitle};
use super::layer::{Bounds, Layer, feature};

/// A duty, as kept in the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Its code.
    pub code: String,
    /// What its holder is called.
    pub title: DutyTitle,
    /// Code of the bureau that holds it.
    pub unit: Option<String>,
    /// Name of the person who holds it: personal data, shown to few.
    pub person: Option<String>,
    /// First day it is held.
    pub from: Option<Date>,
    /// Last day it is held.
    pub until: Option<Date>,
    /// 1 the innermost layer.
    pub level: u8,
}

impl Duty {
    /// Whether it is held on a day; both ends count.
    pub fn is_held(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }
}

/// All duties, indexed by what they are for.
#[derive(Debug)]
pub(super) struct Duties {
    duties: Vec<Duty>,
    /// Index of the duty of each ground.
    grounds: Grounded<usize>,
}

/// Duties as a map for those who may not know persons, and for those who may.
type Layers = [Layer; 2];

impl Duties {
    /// Indexes duties; `find` finds the ground of what one is for. The error says what does not
    /// fit.
    pub(super) fn new(
        items: Vec<DutyItem>,
        find: impl Fn(&Covered) -> Option<Footprint>,
    ) -> Result<(Self, Layers), String> {
        let mut duties = Vec::with_capacity(items.len());
        let mut placed: Vec<Placed<usize>> = Vec::with_capacity(items.len());
        let mut features = [Vec::with_capacity(items.len()), Vec::with_capacity(items.len())];
        for item in items {
            let grounds = grounds(&item, &find)?;
            if let Some((bounds, [without, with])) = drawn(&item, &grounds) {
                features[0].push((bounds, without));
                features[1].push((bounds, with));
            }
            let reach = |ground: &Footprint| match ground {
                Footprint::Shape(_) => Metres(0.0),
                Footprint::Location(_) | Footprint::Lines(_) => Metres(item.reach_m),
            };
            let index = duties.len();
            let ground =
                |ground: Footprint| (index, item.code.clone(), ground.clone(), reach(&ground));
            placed.extend(grounds.into_iter().map(ground));
            let DutyItem { code, title, unit, person, from, until, level, .. } = item;
            duties.push(Duty { code, title, unit, person, from, until, level });
        }
        Ok((Self { duties, grounds: Grounded::new(placed) }, features.map(Layer::new)))
    }

    /// The duties held at a position on a day: the innermost first, then the nearest, then by code.
    pub(super) fn at(&self, position: Position, on: Date) -> Vec<&Duty> {
        let mut found: Vec<&Duty> = Vec::new();
        for (index, _) in self.grounds.holding(position) {
            let Some(duty) = self.duties.get(*index).filter(|duty| duty.is_held(on)) else {
                continue;
            };
            if !found.contains(&duty) {
                found.push(duty);
            }
        }
        found.sort_by_key(|duty| duty.level);
        found
    }
}

fn grounds(
    item: &DutyItem,
    find: &impl Fn(&Covered) -> Option<Footprint>,
) -> Result<Vec<Footprint>, String> {
    let own = item.geometry.iter().map(|geometry| {
        ground::stored(geometry).map_err(|error| format!("duty {}: {error}", item.code))
    });
    let named = item.covers.iter().map(|covered| {
        find(covered).ok_or_else(|| {
            format!("duty {} is for {} {}, unknown", item.code, covered.kind, covered.code)
        })
    });
    own.chain(named).collect()
}

/// The feature without and with the person.
fn drawn(item: &DutyItem, grounds: &[Footprint]) -> Option<(Bounds, [String; 2])> {
    let bounds = grounds.iter().filter_map(ground::bounds).reduce(Bounds::and)?;
    let geometry = match grounds {
        [one] => ground::geometry(one),
        several => GeometryValue::GeometryCollection {
            geometries: several.iter().map(|one| Geometry::new(ground::geometry(one))).collect(),
        },
    };
    let DutyItem { code, title, unit, person, from, until, level, covers, .. } = item;
    let drawn = |person: Option<&String>| {
        let properties = json!({"code": code, "title": title, "unit": unit, "person": person,
            "from": from, "until": until, "level": level, "covers": covers});
        feature(&properties, &geometry)
    };
    Some((bounds, [drawn(None), drawn(person.as_ref())]))
}
