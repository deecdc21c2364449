//! Who answers for a place or a stretch of road 包保.

use geojson::GeometryValue;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gazetteer::Kind;

/// What a holder of a duty is called. Files say the word or the Chinese title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyTitle {
    /// 点位长: of a point or site.
    #[serde(alias = "点位长")]
    SiteHead,
    /// 路长: of a main road.
    #[serde(alias = "路长")]
    RoadHead,
    /// 街长: of a street.
    #[serde(alias = "街长")]
    StreetHead,
    /// 巷长: of a back street.
    #[serde(alias = "巷长")]
    LaneHead,
    /// 楼长: of a building.
    #[serde(alias = "楼长")]
    BuildingHead,
    /// 包保单位: a unit that answers for a place as a whole.
    #[serde(alias = "包保单位")]
    SupportingUnit,
    /// 网格员: of a grid cell.
    #[serde(alias = "网格员")]
    GridWorker,
}

/// What a duty is for, by its code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Covered {
    /// [`Kind::Point`], [`Kind::Place`] or [`Kind::Site`].
    pub kind: Kind,
    /// Its code.
    pub code: String,
}

/// Who answers for a place or a stretch of road 包保.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DutyItem {
    /// Its code.
    pub code: String,
    /// What its holder is called.
    pub title: DutyTitle,
    /// Code of the bureau that holds it; unit or person is said, or both.
    pub unit: Option<String>,
    /// Name of the person who holds it: personal data, shown to few.
    pub person: Option<String>,
    /// First day it is held; always was, unless said.
    pub from: Option<Date>,
    /// Last day it is held; for good, unless said.
    pub until: Option<Date>,
    /// 1 the innermost layer, up to 9.
    pub level: u8,
    /// How far it reaches beyond lines and locations, metres; inside polygons it needs none.
    pub reach_m: f64,
    /// What it is for, sorted; empty where it has a ground of its own.
    pub covers: Vec<Covered>,
    /// Its own ground, WGS-84.
    pub geometry: Option<GeometryValue>,
}
