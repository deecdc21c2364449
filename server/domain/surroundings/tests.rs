use geo::{Coord, LineString, MultiLineString, MultiPolygon, Polygon, coord};
use proptest::prelude::*;

use super::*;

const LAT: f64 = 39.9;
const LON: f64 = 116.4;

/// Degrees of latitude that are 100 m at 39.9° N, to a metre in ten kilometres.
const HUNDRED_NORTH: f64 = 100.0 / 111_033.6;

fn at(lat: f64, lon: f64) -> Position {
    Position { lat, lon }
}

fn square(lat: f64, lon: f64, half: f64) -> LineString<f64> {
    let corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)];
    corners.iter().map(|(x, y)| coord! { x: lon + x, y: lat + y }).collect()
}

/// A square of 600 m from north to south with a hole of 400 m.
fn courtyard() -> Footprint {
    let outer = square(LAT, LON, 3.0 * HUNDRED_NORTH);
    let hole = square(LAT, LON, 2.0 * HUNDRED_NORTH);
    Footprint::Shape(MultiPolygon(vec![Polygon::new(outer, vec![hole])]))
}

fn anchor(code: &str, footprint: Footprint, radius: f64) -> Anchor {
    Anchor { code: code.to_owned(), kind: PointKind::Market, footprint, radius: Metres(radius) }
}

#[test]
fn inside_a_shape_the_distance_is_nothing() {
    assert_eq!(courtyard().distance_to(at(LAT + 2.5 * HUNDRED_NORTH, LON)), Metres(0.0));
}

#[test]
fn outside_and_in_a_hole_the_distance_is_to_the_edge() {
    let north = |hundreds: f64| courtyard().distance_to(at(LAT + hundreds * HUNDRED_NORTH, LON)).0;
    assert!((north(4.0) - 100.0).abs() < 0.1, "{}", north(4.0));
    assert!((north(1.8) - 20.0).abs() < 0.1, "{}", north(1.8));
}

#[test]
fn a_line_has_no_inside_and_ends_where_it_ends() {
    let start = coord! { x: LON, y: LAT };
    let end = coord! { x: LON, y: LAT + 3.0 * HUNDRED_NORTH };
    let street = Footprint::Lines(MultiLineString(vec![LineString(vec![start, end])]));
    let away = street.distance_to(at(LAT + 5.0 * HUNDRED_NORTH, LON)).0;
    assert!((away - 200.0).abs() < 0.1, "{away}");
    assert!(street.distance_to(at(LAT + HUNDRED_NORTH, LON)).0 < 1e-6);
}

#[test]
fn an_edge_of_no_length_is_as_far_as_its_end() {
    let here = coord! { x: LON, y: LAT };
    let dot = Footprint::Lines(MultiLineString(vec![LineString(vec![here, here])]));
    let away = dot.distance_to(at(LAT + HUNDRED_NORTH, LON)).0;
    assert!((away - 100.0).abs() < 0.1, "{away}");
}

#[test]
fn nothing_is_near_an_empty_footprint() {
    let empty = Footprint::Shape(MultiPolygon(vec![]));
    assert_eq!(empty.distance_to(at(LAT, LON)), Metres(f64::INFINITY));
    let surroundings = Surroundings::new(vec![anchor("a", empty, 500.0)]);
    assert_eq!(surroundings.holding(at(LAT, LON)), []);
}

#[test]
fn the_nearest_comes_first_and_equals_go_by_code() {
    let location = |hundreds: f64| Footprint::Location(at(LAT + hundreds * HUNDRED_NORTH, LON));
    let surroundings = Surroundings::new(vec![
        anchor("far", location(12.0), 2_000.0),
        anchor("b", location(1.0), 500.0),
        anchor("a", location(1.0), 500.0),
        anchor("too far", location(6.0), 500.0),
        anchor("beyond any band", location(21.0), 5_000.0),
        anchor("reversed", location(0.0), -1.0),
        anchor("nowhere", Footprint::Location(at(f64::NAN, LON)), 500.0),
        anchor("boundless", location(30.0), f64::INFINITY),
    ]);
    let held = surroundings.holding(at(LAT, LON));
    let seen: Vec<_> = held.iter().map(|held| (held.anchor, held.band)).collect();
    assert_eq!(seen, [(2, Band::Core), (1, Band::Core), (0, Band::Wide)]);
}

#[test]
fn surroundings_reach_over_the_antimeridian() {
    let location = Footprint::Location(at(0.0, 179.999));
    let surroundings = Surroundings::new(vec![anchor("a", location, 500.0)]);
    assert_eq!(surroundings.holding(at(0.0, -179.999)).len(), 1);
    assert_eq!(surroundings.holding(at(0.0, 179.0)).len(), 0);
}

/// A coordinate within about 3 km of (`lat`, `lon`).
fn around(lat: f64, lon: f64) -> impl Strategy<Value = Coord<f64>> {
    (-0.02..0.02_f64, -0.02..0.02_f64).prop_map(move |(x, y)| coord! { x: lon + x, y: lat + y })
}

fn footprint() -> impl Strategy<Value = Footprint> {
    let location = around(LAT, LON).prop_map(|place| Footprint::Location(at(place.y, place.x)));
    let shape = (around(LAT, LON), 0.0001..0.01_f64).prop_map(|(place, half)| {
        let outer = square(place.y, place.x, half);
        let hole = square(place.y, place.x, half / 2.0);
        Footprint::Shape(MultiPolygon(vec![Polygon::new(outer, vec![hole])]))
    });
    let lines = prop::collection::vec(around(LAT, LON), 2..6)
        .prop_map(|places| Footprint::Lines(MultiLineString(vec![LineString(places)])));
    prop_oneof![location, shape, lines]
}

proptest! {
    #[test]
    fn the_distance_to_an_edge_is_geodesic(
        lat in 3.0..54.0_f64,
        start in around(0.0, LON),
        end in around(0.0, LON),
    ) {
        let here = at(lat, LON);
        let (start, end) = (start + coord! { x: 0.0, y: lat }, end + coord! { x: 0.0, y: lat });
        let street = Footprint::Lines(MultiLineString(vec![LineString(vec![start, end])]));
        let sampled = (0..=2_000_u32)
            .map(|step| start + (end - start) * (f64::from(step) / 2_000.0))
            .map(|place| here.distance_to(at(place.y, place.x)).0)
            .fold(f64::INFINITY, f64::min);
        let distance = street.distance_to(here).0;
        // Samples lie up to 3 m apart, so near the edge the best one may be 1.5 m along it.
        let room = (sampled * sampled + 2.5).sqrt() - sampled + sampled * 0.001;
        prop_assert!((distance - sampled).abs() <= room, "{distance} {sampled}");
    }

    #[test]
    fn the_index_holds_what_a_scan_of_all_holds(
        footprints in prop::collection::vec((footprint(), 0.0..2_500.0_f64), 0..30),
        place in around(LAT, LON),
    ) {
        let here = at(place.y, place.x);
        let anchors: Vec<Anchor> = footprints
            .into_iter()
            .enumerate()
            .map(|(index, (footprint, radius))| anchor(&format!("{index:02}"), footprint, radius))
            .collect();
        let mut scan: Vec<(f64, usize)> = anchors
            .iter()
            .enumerate()
            .map(|(index, anchor)| (anchor.footprint.distance_to(here).0, index))
            .filter(|&(distance, index)| distance <= anchors[index].radius.0.min(2_000.0))
            .collect();
        scan.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let held = Surroundings::new(anchors).holding(here);
        let indexed: Vec<(f64, usize)> =
            held.iter().map(|held| (held.distance.0, held.anchor)).collect();
        prop_assert_eq!(indexed, scan);
    }
}
