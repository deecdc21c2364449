//! Between `GeoJSON` (RFC 7946: longitude before latitude) and what the rules reckon with.

use domain::position::{Datum, Position, PositionError};
use domain::surroundings::Footprint;
use geo::{
    Area, BoundingRect, Coord, InteriorPoint, LineString, MultiLineString, MultiPolygon, Polygon,
};
use geojson::GeometryValue;

use super::layer::Bounds;

/// Degrees are kept to this many parts, about 1 cm: no survey is better, and digests of the same
/// ground agree.
const PARTS_PER_DEGREE: f64 = 1e7;

/// Why a geometry is no ground.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GroundError {
    /// A coordinate is nowhere.
    #[error("{0} (coordinates are longitude, then latitude)")]
    Position(#[from] PositionError),
    /// A coordinate has fewer than two numbers.
    #[error("a coordinate needs longitude and latitude")]
    Incomplete,
    /// A coordinate is (0, 0): somebody's "not known".
    #[error("a coordinate is (0, 0)")]
    NullIsland,
    /// Neither point nor line nor polygon.
    #[error("a {0} is no ground: it must be a point, a line or a polygon")]
    Unfit(&'static str),
    /// A polygon without area, a line without length.
    #[error("the geometry covers nothing")]
    Empty,
}

type Pairs = [geojson::Position];

/// The ground a geometry in `datum` covers, in WGS-84.
pub fn footprint(geometry: &GeometryValue, datum: Datum) -> Result<Footprint, GroundError> {
    match geometry {
        GeometryValue::Point { coordinates } => {
            let Coord { x: lon, y: lat } = coord(coordinates, datum)?;
            Ok(Footprint::Location(Position { lat, lon }))
        }
        GeometryValue::LineString { coordinates } => {
            Ok(Footprint::Lines(MultiLineString(vec![line(coordinates, datum)?])))
        }
        GeometryValue::MultiLineString { coordinates } => {
            let lines = coordinates.iter().map(|pairs| line(pairs, datum));
            Ok(Footprint::Lines(MultiLineString(some(lines)?)))
        }
        GeometryValue::Polygon { coordinates } => {
            Ok(Footprint::Shape(MultiPolygon(vec![polygon(coordinates, datum)?])))
        }
        GeometryValue::MultiPolygon { coordinates } => {
            // Published outlines have slivers, left by cutting, that cover nothing: without them the
            // ground is the same.
            let parts = coordinates.iter().map(|rings| polygon(rings, datum));
            let parts = parts.filter(|part| !matches!(part, Err(GroundError::Empty)));
            Ok(Footprint::Shape(MultiPolygon(some(parts)?)))
        }
        GeometryValue::MultiPoint { .. } | GeometryValue::GeometryCollection { .. } => {
            Err(GroundError::Unfit(geometry.type_name()))
        }
    }
}

/// The ground of a geometry as it is stored.
pub fn stored(geometry: &GeometryValue) -> Result<Footprint, GroundError> {
    footprint(geometry, Datum::Wgs84)
}

/// The ground of a geometry as it is stored, and the bounds it lies in.
pub(super) fn bounded(geometry: &GeometryValue) -> Result<(Footprint, Bounds), GroundError> {
    let ground = stored(geometry)?;
    let bounds = bounds(&ground).ok_or(GroundError::Empty)?;
    Ok((ground, bounds))
}

/// The bounds a ground lies in.
pub(super) fn bounds(footprint: &Footprint) -> Option<Bounds> {
    let rect = match footprint {
        Footprint::Location(Position { lat, lon }) => {
            return Some(Bounds { west: *lon, south: *lat, east: *lon, north: *lat });
        }
        Footprint::Shape(shape) => shape.bounding_rect()?,
        Footprint::Lines(lines) => lines.bounding_rect()?,
    };
    let (lower, upper) = (rect.min(), rect.max());
    Some(Bounds { west: lower.x, south: lower.y, east: upper.x, north: upper.y })
}

/// A position on the ground: where it is, or somewhere in or along it.
pub(super) fn inside(footprint: &Footprint) -> Option<Position> {
    let inside = match footprint {
        Footprint::Location(position) => return Some(*position),
        Footprint::Shape(shape) => shape.interior_point()?,
        Footprint::Lines(lines) => lines.interior_point()?,
    };
    Some(Position { lat: inside.y(), lon: inside.x() })
}

/// A ground as `GeoJSON`, WGS-84; a single part without "Multi".
pub fn geometry(footprint: &Footprint) -> GeometryValue {
    match footprint {
        Footprint::Location(Position { lat, lon }) => GeometryValue::new_point([*lon, *lat]),
        Footprint::Shape(MultiPolygon(parts)) if parts.len() == 1 => (&parts[0]).into(),
        Footprint::Shape(shape) => shape.into(),
        Footprint::Lines(MultiLineString(lines)) if lines.len() == 1 => (&lines[0]).into(),
        Footprint::Lines(lines) => lines.into(),
    }
}

/// Parts that cover nothing are left out: published outlines have slivers of no area, and no
/// position lies in one. At least one part must be left.
fn some<T>(parts: impl Iterator<Item = Result<T, GroundError>>) -> Result<Vec<T>, GroundError> {
    let covering = parts.filter(|part| !matches!(part, Err(GroundError::Empty)));
    let parts: Vec<T> = covering.collect::<Result<_, _>>()?;
    if parts.is_empty() { Err(GroundError::Empty) } else { Ok(parts) }
}

fn polygon(rings: &[Vec<geojson::Position>], datum: Datum) -> Result<Polygon<f64>, GroundError> {
    let (exterior, holes) = rings.split_first().ok_or(GroundError::Empty)?;
    let exterior = ring(exterior, datum)?;
    let holes = match some(holes.iter().map(|hole| ring(hole, datum))) {
        Err(GroundError::Empty) => Vec::new(),
        holes => holes?,
    };
    Ok(Polygon::new(exterior, holes))
}

/// A closed ring; `geo` closes those that the file left open.
fn ring(pairs: &Pairs, datum: Datum) -> Result<LineString<f64>, GroundError> {
    let (ring, _) = Polygon::new(coords(pairs, datum)?, Vec::new()).into_inner();
    let covers = ring.0.len() >= 4 && Polygon::new(ring.clone(), Vec::new()).unsigned_area() > 0.0;
    if covers { Ok(ring) } else { Err(GroundError::Empty) }
}

fn line(pairs: &Pairs, datum: Datum) -> Result<LineString<f64>, GroundError> {
    let line = coords(pairs, datum)?;
    let leads_on = line.lines().any(|edge| edge.start != edge.end);
    if leads_on { Ok(line) } else { Err(GroundError::Empty) }
}

fn coords(pairs: &Pairs, datum: Datum) -> Result<LineString<f64>, GroundError> {
    Ok(LineString(pairs.iter().map(|pair| coord(pair, datum)).collect::<Result<_, _>>()?))
}

/// A third number, the height, is left out.
fn coord(pair: &geojson::Position, datum: Datum) -> Result<Coord<f64>, GroundError> {
    let [lon, lat, ..] = pair.as_slice() else { return Err(GroundError::Incomplete) };
    let position = Position::from_datum(*lat, *lon, datum)?;
    if position.is_null_island() {
        return Err(GroundError::NullIsland);
    }
    let kept = |degrees: f64| (degrees * PARTS_PER_DEGREE).round() / PARTS_PER_DEGREE;
    Ok(Coord { x: kept(position.lon), y: kept(position.lat) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(kind: &str, coordinates: &serde_json::Value) -> Result<Footprint, GroundError> {
        let value = json!({"type": kind, "coordinates": coordinates});
        stored(&serde_json::from_value(value).unwrap())
    }

    #[test]
    fn what_is_read_is_written_back() {
        let ring = json!([[[113.0, 30.0], [113.1, 30.0], [113.0, 30.1], [113.0, 30.0]]]);
        for (kind, coordinates) in [
            ("Point", json!([113.000_000_1, 30.0])),
            ("LineString", json!([[113.0, 30.0], [113.1, 30.0]])),
            ("MultiLineString", json!([[[113.0, 30.0], [113.1, 30.0]], [[1.0, 1.0], [2.0, 1.0]]])),
            ("Polygon", ring),
        ] {
            let footprint = read(kind, &coordinates).unwrap();
            let written = serde_json::to_value(geometry(&footprint)).unwrap();
            assert_eq!(written, json!({"type": kind, "coordinates": coordinates}));
        }
    }

    #[test]
    fn heights_are_left_out_and_open_rings_closed() {
        let open = json!([[[113.0, 30.0, 9.0], [113.1, 30.0, 9.0], [113.0, 30.1, 9.0]]]);
        let Ok(Footprint::Shape(shape)) = read("Polygon", &open) else { panic!("no shape") };
        assert_eq!(shape.0[0].exterior().0.len(), 4);
    }

    #[test]
    fn what_covers_nothing_or_lies_nowhere_is_refused() {
        let empty = Err(GroundError::Empty);
        assert_eq!(read("Polygon", &json!([])), empty);
        assert_eq!(read("Polygon", &json!([[[113.0, 30.0], [113.1, 30.0]]])), empty);
        let flat = json!([[[113.0, 30.0], [113.1, 30.0], [113.2, 30.0], [113.0, 30.0]]]);
        assert_eq!(read("Polygon", &flat), empty);
        assert_eq!(read("MultiPolygon", &json!([])), empty);
        assert_eq!(read("LineString", &json!([[113.0, 30.0]])), empty);
        assert_eq!(read("Point", &json!([113.0])), Err(GroundError::Incomplete));
        assert_eq!(read("Point", &json!([0.0, 0.0])), Err(GroundError::NullIsland));
        assert_eq!(read("MultiPoint", &json!([[1, 2]])), Err(GroundError::Unfit("MultiPoint")));
        let swapped = read("Point", &json!([30.0, 113.0])).unwrap_err();
        assert!(swapped.to_string().contains("longitude, then latitude"), "{swapped}");
    }

    #[test]
    fn slivers_are_left_out_where_something_remains() {
        let ground = json!([[113.0, 30.0], [113.1, 30.0], [113.0, 30.1], [113.0, 30.0]]);
        let sliver = json!([[113.0, 30.0], [113.1, 30.0], [113.0, 30.0]]);
        let whole = read("Polygon", &json!([ground]));
        assert!(whole.is_ok());
        assert_eq!(read("MultiPolygon", &json!([[sliver], [ground, sliver]])), whole);
        assert_eq!(read("MultiPolygon", &json!([[sliver]])), Err(GroundError::Empty));
    }

    #[test]
    fn a_datum_is_converted() {
        let geometry = GeometryValue::new_point([116.404, 39.915]);
        let Ok(Footprint::Location(found)) = footprint(&geometry, Datum::Bd09) else { panic!() };
        let wgs84 = Position::from_datum(39.915, 116.404, Datum::Bd09).unwrap();
        assert!(found.distance_to(wgs84).0 < 0.02);
        assert!(found.distance_to(Position { lat: 39.915, lon: 116.404 }).0 > 500.0);
    }
}
