//! Back streets and compounds 场所, and which of them hold a position.

use domain::position::Metres;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ground;
use super::grounded::Grounded;
use super::items::PlaceItem;
use super::layer::{Layer, feature};

/// How far a back street reaches to both sides of its line.
const BACK_STREET_REACH: Metres = Metres(30.0);

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// 背街小巷, a line.
    BackStreet,
    /// 小区, a polygon.
    Compound,
}

impl PlaceKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::BackStreet, Self::Compound];

    /// The word for it in JSON and in rules.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BackStreet => "back_street",
            Self::Compound => "compound",
        }
    }

    /// How near to its ground a position counts as in it.
    const fn reach(self) -> Metres {
        match self {
            Self::BackStreet => BACK_STREET_REACH,
            Self::Compound => Metres(0.0),
        }
    }
}

/// A place, as kept in the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Its Chinese name.
    pub name: String,
    /// Whether a property manager 物业 looks after it, where that is known.
    pub managed: Option<bool>,
}

/// Indexes places. The error names the first whose ground cannot be.
pub(super) fn places(items: Vec<PlaceItem>) -> Result<(Grounded<Place>, Layer), String> {
    let mut placed = Vec::with_capacity(items.len());
    let mut features = Vec::with_capacity(items.len());
    for PlaceItem { code, kind, name, managed, geometry } in items {
        let (ground, bounds) =
            ground::bounded(&geometry).map_err(|e| format!("place {code}: {e}"))?;
        let properties = json!({"code": code, "kind": kind, "name": name, "managed": managed});
        features.push((bounds, feature(&properties, &geometry)));
        let place = Place { code: code.clone(), kind, name, managed };
        placed.push((place, code, ground, kind.reach()));
    }
    Ok((Grounded::new(placed), Layer::new(features)))
}
