//! Areas from their items, and as one map for clients.

use domain::areas::AreaShape;
use domain::surroundings::Footprint;
use geo::MultiPolygon;
use serde_json::json;

use super::ground;
use super::items::AreaItem;

/// The area of an item. The error says, in words, why there is none.
pub(crate) fn shape(item: AreaItem) -> Result<AreaShape, String> {
    let AreaItem { code, name, level, parent, geometry, .. } = item;
    match ground::stored(&geometry) {
        Ok(Footprint::Shape(shape)) => Ok(AreaShape { code, name, level, parent, shape }),
        Ok(_) => Err(format!("area {code} is no polygon")),
        Err(error) => Err(format!("area {code}: {error}")),
    }
}

/// Areas as a `FeatureCollection` as text, written feature by feature: as a tree of JSON values it
/// would take ten times the memory.
pub(super) fn collection<'a>(areas: impl Iterator<Item = &'a AreaShape>) -> String {
    let features: Vec<String> = areas.map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn feature(area: &AreaShape) -> String {
    let AreaShape { code, name, level, parent, shape } = area;
    let properties = json!({"code": code, "name": name, "level": level, "parent": parent});
    let ground = ground::geometry(&Footprint::Shape(MultiPolygon::clone(shape)));
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{ground}}}"#)
}
