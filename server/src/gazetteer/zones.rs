//! Permitted zones 疏导点.

use domain::position::Metres;
use domain::weekly::WeeklyRange;
use jiff::civil::DateTime;
use serde_json::json;

use super::ground;
use super::grounded::Grounded;
use super::items::PermittedZoneItem;
use super::layer::{Layer, feature};

/// A permitted zone, as kept in the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermittedZone {
    /// Its code.
    pub code: String,
    /// Its Chinese name.
    pub name: String,
    /// Codes of the categories it permits.
    pub categories: Vec<String>,
    /// When, in the district's time zone.
    pub hours: Vec<WeeklyRange>,
}

impl PermittedZone {
    /// Whether it permits a category at a date and time of day of the district.
    pub fn permits(&self, category: &str, at: DateTime) -> bool {
        self.categories.iter().any(|permitted| permitted == category)
            && self.hours.iter().any(|range| range.holds(at))
    }
}

/// Indexes zones. The error names the first whose ground cannot be.
pub(super) fn zones(
    items: Vec<PermittedZoneItem>,
) -> Result<(Grounded<PermittedZone>, Layer), String> {
    let mut placed = Vec::with_capacity(items.len());
    let mut features = Vec::with_capacity(items.len());
    for PermittedZoneItem { code, name, categories, hours, geometry } in items {
        let (ground, bounds) =
            ground::bounded(&geometry).map_err(|e| format!("zone {code}: {e}"))?;
        let properties =
            json!({"code": code, "name": name, "categories": categories, "hours": hours});
        features.push((bounds, feature(&properties, &geometry)));
        let zone = PermittedZone { code: code.clone(), name, categories, hours };
        placed.push((zone, code, ground, Metres(0.0)));
    }
    Ok((Grounded::new(placed), Layer::new(features)))
}
