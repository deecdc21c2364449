use proptest::prelude::*;

use super::*;

fn at(lat: f64, lon: f64) -> Position {
    Position { lat, lon }
}

fn candidate(issue: i64, position: Position, second: i64) -> Candidate {
    Candidate { issue, position, reported_at: Timestamp::from_second(second).unwrap() }
}

#[test]
fn the_hash_is_the_published_one() {
    assert_eq!(fnv1a("".bytes()), 0xcbf2_9ce4_8422_2325);
    assert_eq!(fnv1a("foobar".bytes()), 0x8594_4171_f739_67e8);
}

#[test]
fn stored_keys_stay_what_they_are() {
    assert_eq!(match_key("manhole", false, at(39.9062, 116.3913)), -8_325_669_808_461_688_377);
}

#[test]
fn keys_tell_family_flag_and_cell_apart() {
    let here = at(39.9062, 116.3913);
    let key = match_key("manhole", false, here);
    assert_ne!(key, match_key("manhole", true, here));
    assert_ne!(key, match_key("litter", false, here));
    assert_ne!(key, match_key("manhole", false, at(39.9062, 116.3963)));
    assert_ne!(key, match_key("manhole", false, at(39.9102, 116.3913)));
}

#[test]
fn keys_ascend_and_hold_the_own_one() {
    let here = at(39.9062, 116.3913);
    for radius in [-1.0, 0.0, 40.0, 100.0, 5_000.0, f64::NAN] {
        let keys = match_keys("manhole", false, here, Metres(radius));
        assert!(keys.is_sorted());
        assert!(keys.contains(&match_key("manhole", false, here)));
    }
}

#[test]
fn poles_and_the_antimeridian_are_places_too() {
    for (lat, lon) in [(90.0, 0.0), (-90.0, 180.0), (89.999, -180.0), (0.0, 180.0), (0.0, -180.0)] {
        let keys = match_keys("manhole", false, at(lat, lon), MAX_MATCH_RADIUS);
        assert!(keys.contains(&match_key("manhole", false, at(lat, lon))));
    }
    let east = match_key("manhole", false, at(39.9, 179.9996));
    assert!(match_keys("manhole", false, at(39.9, -179.9996), MAX_MATCH_RADIUS).contains(&east));
    let beyond = match_key("manhole", false, at(89.9995, 180.0));
    assert!(match_keys("manhole", false, at(89.9997, 0.0), MAX_MATCH_RADIUS).contains(&beyond));
}

#[test]
fn the_nearest_within_the_radius_is_chosen() {
    let here = at(39.9, 116.4);
    let near = candidate(2, at(39.9001, 116.4), 200);
    let far = candidate(1, at(39.9002, 116.4), 100);
    let (issue, distance) = choose(&[far, near], here, Metres(50.0)).unwrap();
    assert_eq!(issue, 2);
    assert!((distance.0 - 11.103).abs() < 0.001, "{distance:?}");
    assert_eq!(choose(&[far, near], here, Metres(11.0)), None);
    assert_eq!(choose(&[], here, Metres(50.0)), None);
    assert_eq!(choose(&[far], here, far.position.distance_to(here)).map(|found| found.0), Some(1));
}

#[test]
fn of_equally_near_ones_the_oldest_then_the_lowest_id_is_chosen() {
    let here = at(39.9, 116.4);
    let north = at(39.9001, 116.4);
    let centimetre_less = at(39.900_099_95, 116.4);
    let chosen = |candidates: &[Candidate]| choose(candidates, here, Metres(50.0)).unwrap().0;
    assert_eq!(chosen(&[candidate(9, north, 100), candidate(3, centimetre_less, 200)]), 9);
    assert_eq!(chosen(&[candidate(9, north, 100), candidate(3, centimetre_less, 100)]), 3);
}

/// Anywhere, as often as not near a pole, the antimeridian or a border of the grid.
fn anywhere() -> impl Strategy<Value = Position> {
    let lat = prop_oneof![-90.0..=90.0_f64, 89.9..=90.0_f64, -90.0..=-89.9_f64, 39.0..41.0_f64];
    let lon = prop_oneof![-180.0..=180.0_f64, 179.99..=180.0_f64, -180.0..=-179.99_f64];
    (lat, lon).prop_map(|(lat, lon)| at(lat, lon))
}

/// The place `metres` from `start` at `bearing` degrees.
fn onwards(start: Position, bearing: f64, metres: f64) -> Position {
    let end = geo::Destination::destination(&geo::Geodesic, start.into(), bearing, metres);
    at(end.y(), end.x())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn a_report_asks_for_the_key_of_every_issue_within_the_radius(
        here in anywhere(),
        bearing in 0.0..360.0_f64,
        radius in 0.0..=100.0_f64,
        share in prop_oneof![Just(1.0), 0.0..=1.0_f64],
    ) {
        let there = onwards(here, bearing, radius * share);
        let keys = match_keys("manhole", false, here, Metres(radius));
        prop_assert!(keys.contains(&match_key("manhole", false, there)), "{there:?}");
    }
}

proptest! {
    #[test]
    fn the_choice_is_that_of_a_scan_in_any_order(
        spots in prop::collection::vec((0.0..360.0_f64, 0.0..80.0_f64, 0..4_i64, 0..9_i64), 0..20),
        shared in prop::collection::vec((0.0..360.0_f64, 0..4_i64, 9..18_i64), 0..5),
    ) {
        let here = at(39.9, 116.4);
        let apart = spots.into_iter().map(|(bearing, metres, second, issue)| {
            candidate(issue, onwards(here, bearing, metres), second)
        });
        let level = shared.into_iter().map(|(bearing, second, issue)| {
            candidate(issue, onwards(here, bearing, 5.0), second)
        });
        let mut candidates: Vec<Candidate> = apart.chain(level).collect();
        let chosen = choose(&candidates, here, Metres(50.0));

        let far = |candidate: &Candidate| candidate.position.distance_to(here).0;
        let beats = |a: &Candidate, b: &Candidate| (a.reported_at, a.issue) < (b.reported_at, b.issue);
        let scan = candidates.iter().filter(|one| {
            far(one) <= 50.0
                && candidates.iter().all(|other| far(one) <= far(other) + 0.01)
                && !candidates.iter().any(|other| {
                    candidates.iter().all(|third| far(other) <= far(third) + 0.01) && beats(other, one)
                })
        });
        prop_assert_eq!(chosen.map(|found| found.0), scan.map(|one| one.issue).next());
        candidates.reverse();
        prop_assert_eq!(choose(&candidates, here, Metres(50.0)).map(|found| found.0), chosen.map(|found| found.0));
    }
}
