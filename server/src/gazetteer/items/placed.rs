//! What stands or lies somewhere: sites and their kinds, facilities, permitted zones, cameras.

use std::collections::BTreeMap;

use domain::surroundings::PointKind;
use domain::weekly::WeeklyRange;
use geojson::GeometryValue;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A kind of site, such as main roads or parks: kinds are data, as evaluations add to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteKindItem {
    /// Its code, for example `main_road`.
    pub code: String,
    /// Its Chinese name.
    pub name: String,
    /// Its English name, if it has one.
    pub name_en: Option<String>,
    /// Which of the six kinds of point it is, if it is one.
    pub is_point: Option<PointKind>,
}

/// What is looked at on every site of a kind 检查项.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckItem {
    /// Its code; a checklist is in the order of its codes.
    pub code: String,
    /// Code of the kind of site, a [`SiteKindItem`].
    pub site_kind: String,
    /// What must be so.
    pub text: String,
    /// The same in English, if it is said.
    pub text_en: Option<String>,
    /// Codes of the categories to report by where it is not so, sorted.
    pub categories: Vec<String>,
}

/// A place with a checklist 测评点位. Which area it lies in is found from its ground.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteItem {
    /// Its code.
    pub code: String,
    /// Code of its kind, a [`SiteKindItem`].
    pub kind: String,
    /// Its Chinese name.
    pub name: String,
    /// Where it is, runs along or what it covers, WGS-84.
    pub geometry: GeometryValue,
}

/// Something of use on the street 设施: public toilet, litter bin, charging pile, cable box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FacilityItem {
    /// Its code.
    pub code: String,
    /// What it is, for example `public_toilet`.
    pub kind: String,
    /// Its Chinese name, if it has one.
    pub name: Option<String>,
    /// Code of the bureau that owns it 产权单位, where that is known.
    pub owner: Option<String>,
    /// Codes of the categories that reports about it have, sorted.
    pub categories: Vec<String>,
    /// Whatever else its file says: truth values as such, all else as text.
    pub attributes: BTreeMap<String, Value>,
    /// Where it is, runs along or what it covers, WGS-84.
    pub geometry: GeometryValue,
}

/// Where and when stalls are allowed 疏导点, 外摆区.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PermittedZoneItem {
    /// Its code.
    pub code: String,
    /// Its Chinese name.
    pub name: String,
    /// Codes of the categories it permits, sorted.
    pub categories: Vec<String>,
    /// When, in the district's time zone.
    pub hours: Vec<WeeklyRange>,
    /// Polygon or multi-polygon, WGS-84.
    pub geometry: GeometryValue,
}

/// A camera that can be a source 视频点位.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CameraItem {
    /// Its code.
    pub code: String,
    /// Its Chinese name.
    pub name: String,
    /// Code of the bureau that runs it, where that is known.
    pub bureau: Option<String>,
    /// Where it is, a point, WGS-84.
    pub geometry: GeometryValue,
}
