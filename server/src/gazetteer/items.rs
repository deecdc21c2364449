//! What the body of each kind of reference item says. Categories are stored as
//! [`domain::taxonomy::Category`] without conditions, bureaus as [`super::Bureau`], the district as
//! [`super::District`].

use domain::areas::Level;
use domain::routing::RuleSet;
use domain::surroundings::PointKind;
use domain::taxonomy::Condition;
use geojson::GeometryValue;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::PlaceKind;

mod duty;
mod placed;

pub use duty::{Covered, DutyItem, DutyTitle};
pub use placed::{CameraItem, CheckItem, FacilityItem, PermittedZoneItem, SiteItem, SiteKindItem};

/// A jurisdiction with its borders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaItem {
    /// Its code.
    pub code: String,
    /// Its Chinese name.
    pub name: String,
    /// Its English name, if it has one.
    pub name_en: Option<String>,
    /// Its level.
    pub level: Level,
    /// Code of the area it is part of.
    pub parent: Option<String>,
    /// Polygon or multi-polygon, WGS-84.
    pub geometry: GeometryValue,
}

/// A fixed anchor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PointItem {
    /// Its code.
    pub code: String,
    /// Which of the six kinds it is.
    pub kind: PointKind,
    /// Its Chinese name.
    pub name: String,
    /// How far its surroundings reach, metres, 500 to 2,000.
    pub radius_m: f64,
    /// Where it is (point) or what it covers (polygon), WGS-84.
    pub geometry: GeometryValue,
}

/// A back street or compound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceItem {
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Its Chinese name.
    pub name: String,
    /// Whether a property manager 物业 looks after it, where that is known.
    pub managed: Option<bool>,
    /// Line of a back street, polygon of a compound, WGS-84.
    pub geometry: GeometryValue,
}

/// A condition and the category it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConditionItem {
    /// Code of its category.
    pub category: String,
    /// The condition.
    #[serde(flatten)]
    pub condition: Condition,
}

/// The division of work: as it was written, with its comments, and as it was understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RulesItem {
    /// The file.
    pub text: String,
    /// Its rules.
    pub set: RuleSet,
}

/// The holidays 节假日 and make-up days 调休 of one year, as the State Council announced them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct YearItem {
    /// The year.
    pub year: i16,
    /// Its exceptions; none yet while they are not announced.
    pub days: Vec<Exception>,
}

/// A date on which weekday and work disagree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exception {
    /// The holiday it belongs to.
    pub name: String,
    /// The date.
    pub date: Date,
    /// Off, or worked in exchange.
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}
