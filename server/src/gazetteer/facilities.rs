//! Facilities 设施, and who owns what is at a position.

use std::collections::BTreeMap;

use domain::matching::MAX_MATCH_RADIUS;
use domain::position::{Metres, Position};
use serde_json::{Value, json};

use super::ground;
use super::grounded::Grounded;
use super::items::FacilityItem;
use super::layer::{Layer, feature};

/// Two facilities whose distances from a position differ by no more than this are equally near:
/// a phone's fix tells them apart no better.
const APART: Metres = Metres(5.0);

/// A facility, as kept in the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Facility {
    /// Its code.
    pub code: String,
    /// What it is, for example `public_toilet`.
    pub kind: String,
    /// Its Chinese name, if it has one.
    pub name: Option<String>,
    /// Code of the bureau that owns it, where that is known.
    pub owner: Option<String>,
    /// Codes of the categories that reports about it have.
    pub categories: Vec<String>,
    /// Whatever else is known of it.
    pub attributes: BTreeMap<String, Value>,
}

/// Who owns the asset 产权单位 that a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// This bureau, by its code.
    One(String),
    /// Nobody is known for it.
    None,
    /// Any of these, by their codes, nearest first: the position cannot tell them apart.
    Several(Vec<String>),
}

impl Owner {
    /// The codes of all it may be.
    pub fn codes(self) -> Vec<String> {
        match self {
            Self::One(code) => vec![code],
            Self::None => Vec::new(),
            Self::Several(codes) => codes,
        }
    }
}

/// Indexes facilities. The error names the first whose ground cannot be.
pub(super) fn facilities(items: Vec<FacilityItem>) -> Result<(Grounded<Facility>, Layer), String> {
    let mut placed = Vec::with_capacity(items.len());
    let mut features = Vec::with_capacity(items.len());
    // One that is as near as the nearest counts though it is out of reach itself.
    let reach = Metres(MAX_MATCH_RADIUS.0 + APART.0);
    for item in items {
        let FacilityItem { code, kind, name, owner, categories, attributes, geometry } = item;
        let (ground, bounds) =
            ground::bounded(&geometry).map_err(|e| format!("facility {code}: {e}"))?;
        let properties = json!({"code": code, "kind": kind, "name": name, "owner": owner,
            "categories": categories, "attributes": attributes});
        features.push((bounds, feature(&properties, &geometry)));
        let facility = Facility { code: code.clone(), kind, name, owner, categories, attributes };
        placed.push((facility, code, ground, reach));
    }
    Ok((Grounded::new(placed), Layer::new(features)))
}

/// Who owns what a report of this category at a position is about: the owner of the nearest
/// facility within `radius` that such reports are about, unless another's is as near to within
/// 5 m. Where one of those is nobody's, nobody is known: naming the others would be a guess.
pub(super) fn owner_at(
    facilities: &Grounded<Facility>,
    position: Position,
    category: &str,
    radius: Metres,
) -> Owner {
    let meant = facilities.holding(position);
    let mut meant = meant.filter(|(facility, _)| facility.categories.iter().any(|c| c == category));
    let Some((nearest, distance)) = meant.next().filter(|(_, distance)| *distance <= radius) else {
        return Owner::None;
    };
    let near = meant.take_while(|(_, other)| other.0 <= distance.0 + APART.0);
    let mut owners: Vec<String> = Vec::new();
    for facility in std::iter::once(nearest).chain(near.map(|(facility, _)| facility)) {
        let Some(owner) = &facility.owner else { return Owner::None };
        if !owners.contains(owner) {
            owners.push(owner.clone());
        }
    }
    match owners.as_slice() {
        [one] => Owner::One(one.clone()),
        _ => Owner::Several(owners),
    }
}
