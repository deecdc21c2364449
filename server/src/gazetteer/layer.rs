//! Things that lie somewhere, as maps ready to be sent.

use std::ops::Range;

use actix_web::web::Bytes;
use geojson::GeometryValue;
use serde_json::Value;

/// What a map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerOf {
    /// Sites 测评点位.
    Sites,
    /// Back streets and compounds 场所.
    Places,
    /// Facilities 设施.
    Facilities,
    /// Permitted zones 疏导点.
    PermittedZones,
    /// Cameras 视频点位.
    Cameras,
    /// Duties 包保 without the names of persons.
    Duties,
    /// Duties 包保 with the names of persons.
    DutiesWithPersons,
}

/// West, south, east and north, degrees in WGS-84. Does not cross the 180th meridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least longitude.
    pub west: f64,
    /// The least latitude.
    pub south: f64,
    /// The greatest longitude.
    pub east: f64,
    /// The greatest latitude.
    pub north: f64,
}

impl Bounds {
    /// Whether they have a place in common, be it on their edges.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// What holds both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }
}

const HEAD: &str = r#"{"type":"FeatureCollection","features":["#;
const TAIL: &str = "]}";

/// A `GeoJSON` `FeatureCollection`, kept as text: as a tree of JSON values it would take ten times
/// the memory.
#[derive(Debug)]
pub struct Layer {
    text: Bytes,
    /// Where each feature lies, and where it stands in the text.
    features: Vec<(Bounds, Range<usize>)>,
}

impl Layer {
    pub(super) fn new(features: impl IntoIterator<Item = (Bounds, String)>) -> Self {
        let mut text = HEAD.to_owned();
        let mut ranges = Vec::new();
        for (bounds, feature) in features {
            if !ranges.is_empty() {
                text.push(',');
            }
            let start = text.len();
            text.push_str(&feature);
            ranges.push((bounds, start..text.len()));
        }
        text.push_str(TAIL);
        Self { text: text.into(), features: ranges }
    }

    /// The whole collection, by code, or none when it has more features than `most`.
    pub fn whole(&self, most: usize) -> Option<Bytes> {
        (self.features.len() <= most).then(|| self.text.clone())
    }

    /// The collection of the features whose bounds meet these, by code; none when there are more
    /// than `most`.
    pub fn within(&self, bounds: Bounds, most: usize) -> Option<Bytes> {
        let mut found = self.features.iter().filter(|(feature, _)| feature.meets(&bounds));
        let ranges: Vec<&Range<usize>> =
            found.by_ref().take(most).map(|(_, range)| range).collect();
        if found.next().is_some() {
            return None;
        }
        let length: usize = ranges.iter().map(|range| range.len() + 1).sum();
        let mut text = Vec::with_capacity(HEAD.len() + length + TAIL.len());
        text.extend_from_slice(HEAD.as_bytes());
        for (index, range) in ranges.into_iter().enumerate() {
            if index > 0 {
                text.push(b',');
            }
            text.extend_from_slice(&self.text[range.clone()]);
        }
        text.extend_from_slice(TAIL.as_bytes());
        Some(text.into())
    }
}

/// A feature as text.
pub(super) fn feature(properties: &Value, geometry: &GeometryValue) -> String {
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn codes(text: Option<Bytes>) -> Vec<String> {
        let map: Value = serde_json::from_slice(&text.unwrap()).unwrap();
        let features = map["features"].as_array().unwrap().iter();
        features.map(|feature| feature["properties"]["code"].as_str().unwrap().to_owned()).collect()
    }

    fn bounds(west: f64, south: f64, east: f64, north: f64) -> Bounds {
        Bounds { west, south, east, north }
    }

    #[test]
    fn what_meets_the_bounds_is_there_and_nothing_else() {
        let named = |code: &str, west: f64| {
            let geometry = GeometryValue::new_point([west, 30.0]);
            (bounds(west, 30.0, west, 30.0), feature(&json!({"code": code}), &geometry))
        };
        let layer = Layer::new([named("a", 113.0), named("b", 113.1), named("c", 113.2)]);
        assert_eq!(codes(layer.whole(3)), ["a", "b", "c"]);
        assert_eq!(layer.whole(2), None);
        assert_eq!(codes(layer.within(bounds(113.1, 30.0, 113.3, 30.0), 2)), ["b", "c"], "edges");
        assert_eq!(codes(layer.within(bounds(113.11, 29.0, 113.15, 31.0), 2)), [""; 0]);
        assert_eq!(layer.within(bounds(113.0, 29.0, 114.0, 31.0), 2), None);
        assert_eq!(codes(Layer::new([]).whole(0)), [""; 0]);
    }
}
