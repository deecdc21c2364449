//! Back streets and compounds 场所, and which of them hold a position.

use domain::position::{Metres, Position};
use domain::surroundings::{Anchor, PointKind, Surroundings};
use serde::{Deserialize, Serialize};

use super::ground;
use super::items::PlaceItem;

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

    /// The Chinese word for it.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::BackStreet => "背街小巷",
            Self::Compound => "小区",
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

/// All places, indexed by where they lie.
#[derive(Debug)]
pub(super) struct Places {
    places: Vec<Place>,
    /// One anchor per place, in the same order.
    grounds: Surroundings,
}

impl Places {
    /// Indexes places. The error names the first whose ground cannot be.
    pub(super) fn new(items: Vec<PlaceItem>) -> Result<Self, String> {
        let mut places = Vec::with_capacity(items.len());
        let mut grounds = Vec::with_capacity(items.len());
        for PlaceItem { code, kind, name, managed, geometry } in items {
            let footprint = ground::stored(&geometry).map_err(|e| format!("place {code}: {e}"))?;
            // What is looked for is the index; a place is none of the six kinds.
            let (anchor, radius) = (PointKind::Community, kind.reach());
            grounds.push(Anchor { code: code.clone(), kind: anchor, footprint, radius });
            places.push(Place { code, kind, name, managed });
        }
        Ok(Self { places, grounds: Surroundings::new(grounds) })
    }

    /// Nearest first, then by code.
    pub(super) fn holding(&self, position: Position) -> Vec<&Place> {
        let held = self.grounds.holding(position).into_iter();
        held.filter_map(|held| self.places.get(held.anchor)).collect()
    }
}
