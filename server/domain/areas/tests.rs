use geo::{LineString, MultiPolygon, Polygon, coord};
use proptest::prelude::*;

use super::*;
use crate::position::{Metres, Position};

/// A degree of longitude at 40.05° N, in metres.
const EAST: f64 = 85_331.4;
const NEAR: Metres = Metres(200.0);

fn ring(west: f64, south: f64, east: f64, north: f64) -> LineString<f64> {
    [(west, south), (east, south), (east, north), (west, north), (west, south)]
        .iter()
        .map(|&(x, y)| coord! { x: x, y: y })
        .collect()
}

fn block(west: f64, south: f64, east: f64, north: f64) -> Polygon<f64> {
    Polygon::new(ring(west, south, east, north), vec![])
}

fn area(code: &str, level: Level, parent: Option<&str>, parts: Vec<Polygon<f64>>) -> AreaShape {
    AreaShape {
        code: code.to_owned(),
        name: code.to_owned(),
        level,
        parent: parent.map(str::to_owned),
        shape: MultiPolygon(parts),
    }
}

/// A district of two subdistricts that meet at 116.1° E; the eastern one, whose code is the
/// smaller, has a community, an exclave and a hole.
fn town() -> AreaIndex {
    let east =
        Polygon::new(ring(116.1, 40.0, 116.2, 40.1), vec![ring(116.17, 40.07, 116.18, 40.08)]);
    let exclave = block(116.3, 40.0, 116.31, 40.01);
    AreaIndex::new(vec![
        area("1", Level::District, None, vec![block(116.0, 40.0, 116.2, 40.1)]),
        area("12", Level::Subdistrict, Some("1"), vec![block(116.0, 40.0, 116.1, 40.1)]),
        area("11", Level::Subdistrict, Some("1"), vec![east, exclave]),
        area("110", Level::Community, Some("11"), vec![block(116.11, 40.01, 116.12, 40.02)]),
    ])
    .unwrap()
}

fn locate(lat: f64, lon: f64) -> Option<(String, Placement)> {
    let town = town();
    let located = town.locate(Position { lat, lon }, NEAR)?;
    Some((town.areas()[located.area].code.clone(), located.how))
}

fn held(code: &str, how: Placement) -> (String, Placement) {
    (code.to_owned(), how)
}

#[test]
fn the_finest_level_that_holds_a_position_has_it() {
    assert_eq!(locate(40.05, 116.05), Some(held("12", Placement::Inside)));
    assert_eq!(locate(40.015, 116.115), Some(held("110", Placement::Inside)));
    assert_eq!(locate(40.005, 116.305), Some(held("11", Placement::Inside)));
    assert_eq!(locate(40.075, 116.175), Some(held("1", Placement::Inside)), "the hole");
}

#[test]
fn the_chain_goes_up_to_the_district() {
    let located = town().locate(Position { lat: 40.015, lon: 116.115 }, NEAR).unwrap();
    assert_eq!(located.chain, [3, 2, 0]);
}

#[test]
fn a_border_belongs_to_the_smallest_code_from_both_sides() {
    let off = |metres: f64| locate(40.05, 116.1 + metres / EAST);
    assert_eq!(off(-0.6), Some(held("12", Placement::Inside)));
    assert_eq!(off(-0.4), Some(held("11", Placement::OnBorder)));
    assert_eq!(off(0.0), Some(held("11", Placement::OnBorder)));
    assert_eq!(off(0.4), Some(held("11", Placement::OnBorder)));
    assert_eq!(off(0.6), Some(held("11", Placement::Inside)));
}

#[test]
fn a_border_with_nothing_beyond_is_still_held() {
    let off = |metres: f64| locate(40.05, 116.0 - metres / EAST);
    assert_eq!(off(0.4), Some(held("12", Placement::OnBorder)));
    assert!(matches!(off(0.6), Some((code, Placement::Nearest { .. })) if code == "12"));
}

#[test]
fn outside_all_the_nearest_within_the_margin_is_flagged() {
    let off = |metres: f64| locate(40.05, 116.0 - metres / EAST);
    let Some((code, Placement::Nearest { distance })) = off(199.0) else {
        panic!("{:?}", off(199.0));
    };
    assert_eq!(code, "12", "not its district, which is as near");
    assert!((distance.0 - 199.0).abs() < 0.1, "{distance:?}");
    assert_eq!(off(201.0), None);
    assert_eq!(locate(0.0, 0.0), None);
}

#[test]
fn the_nearest_area_is_told_however_far() {
    let town = town();
    let nearest = |lat: f64, lon: f64| {
        let (area, distance) = town.nearest_to(Position { lat, lon }).unwrap();
        (town.areas()[area].code.clone(), distance.0)
    };
    assert_eq!(nearest(40.05, 116.05), ("12".to_owned(), 0.0));
    let (code, metres) = nearest(40.05, 115.9);
    assert!(code == "12" && (metres - 0.1 * EAST).abs() < 20.0, "{code} {metres}");
    // Sanya to Beijing.
    let (_, metres) = nearest(18.25, 109.5);
    assert!((2_400_000.0..2_600_000.0).contains(&metres), "{metres}");
    let none = AreaIndex::new(Vec::new()).unwrap();
    assert_eq!(none.nearest_to(Position { lat: 40.0, lon: 116.0 }), None);
}

#[test]
fn areas_that_leave_their_parent_or_overlap_are_told_with_the_share() {
    let misfits = |areas| AreaIndex::new(areas).unwrap().misfits();
    let whole = || area("1", Level::District, None, vec![block(116.0, 40.0, 116.2, 40.1)]);
    let part = |code, west, east| {
        area(code, Level::Subdistrict, Some("1"), vec![block(west, 40.0, east, 40.1)])
    };
    assert_eq!(misfits(vec![whole(), part("11", 116.0, 116.1), part("12", 116.1, 116.2)]), []);
    let [Misfit::OutsideParent { area: 1, parent: 0, share }] =
        misfits(vec![whole(), part("11", 116.15, 116.25)])[..]
    else {
        panic!("half of it is outside");
    };
    assert!((share - 0.5).abs() < 0.05, "{share}");
    let [Misfit::Overlap { area: 2, other: 1, share }] =
        misfits(vec![whole(), part("12", 116.0, 116.1), part("11", 116.05, 116.15)])[..]
    else {
        panic!("half of it is in the other");
    };
    assert!((share - 0.5).abs() < 0.05, "{share}");
}

#[test]
fn areas_are_found_by_code_and_by_what_they_are_part_of() {
    let town = town();
    assert_eq!(town.index_of("110"), Some(3));
    assert_eq!(town.index_of("13"), None);
    assert_eq!(town.within("1"), [0, 1, 2, 3]);
    assert_eq!(town.within("11"), [2, 3]);
    assert_eq!(town.within("13"), [0; 0]);
}

#[test]
fn what_lies_in_a_community_lies_in_its_subdistrict_and_district() {
    let town = town();
    let at = |code, level| town.at_level(code, level).map(|area| area.code.as_str());
    assert_eq!(Level::ALL.map(|level| at("110", level)), [Some("1"), Some("11"), Some("110")]);
    assert_eq!(Level::ALL.map(|level| at("12", level)), [Some("1"), Some("12"), Some("12")]);
    assert_eq!(at("13", Level::District), None);
}

#[test]
fn areas_that_are_no_forest_are_refused() {
    let unit = || vec![block(0.0, 0.0, 1.0, 1.0)];
    let part = |code, parent| area(code, Level::Community, parent, unit());
    let refused = |areas| AreaIndex::new(areas).unwrap_err();
    assert_eq!(
        refused(vec![part("a", None), part("a", None)]),
        AreaError::DuplicateCode("a".to_owned())
    );
    assert_eq!(
        refused(vec![part("a", Some("b"))]),
        AreaError::UnknownParent { code: "a".to_owned(), parent: "b".to_owned() }
    );
    assert_eq!(
        refused(vec![part("a", Some("b")), part("b", Some("c")), part("c", Some("b"))]),
        AreaError::ParentCycle("b".to_owned())
    );
    assert_eq!(refused(vec![part("a", Some("a"))]), AreaError::ParentCycle("a".to_owned()));
}

#[test]
fn areas_that_cover_nothing_are_refused() {
    let refused =
        |parts| AreaIndex::new(vec![area("a", Level::District, None, parts)]).unwrap_err();
    let empty = AreaError::EmptyShape("a".to_owned());
    assert_eq!(refused(vec![]), empty);
    assert_eq!(refused(vec![block(0.0, 0.0, 1.0, 1.0), Polygon::empty()]), empty);
    assert_eq!(refused(vec![block(0.0, 0.0, f64::NAN, 1.0)]), empty);
}

/// A star around (40, 116) with one corner per radius, in degrees.
fn star(radii: &[f64]) -> Polygon<f64> {
    let turn = std::f64::consts::TAU / radii.len() as f64;
    let corner = |(index, radius): (usize, &f64)| {
        let (sin, cos) = (index as f64 * turn).sin_cos();
        coord! { x: 116.0 + radius * cos, y: 40.0 + radius * sin }
    };
    Polygon::new(radii.iter().enumerate().map(corner).collect(), vec![])
}

proptest! {
    #[test]
    fn slices_hold_what_the_whole_outline_holds(
        radii in prop::collection::vec(0.001..0.1_f64, 3..60),
        places in prop::collection::vec((-0.1..0.1_f64, -0.1..0.1_f64), 40),
    ) {
        let star = star(&radii);
        let index = AreaIndex::new(vec![area("a", Level::District, None, vec![star.clone()])]).unwrap();
        for (lat, lon) in places {
            let place = Position { lat: 40.0 + lat, lon: 116.0 + lon };
            let how = index.locate(place, Metres(50_000.0)).map(|located| located.how);
            let inside = geo::Contains::contains(&star, &geo::Point::from(place));
            match how.unwrap() {
                Placement::Inside => prop_assert!(inside),
                Placement::Nearest { .. } => prop_assert!(!inside),
                Placement::OnBorder => {}
            }
        }
    }
}
