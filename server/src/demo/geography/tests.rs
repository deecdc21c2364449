use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use geo::{
    Area as _, BoundingRect, Centroid, Contains, Distance, Euclidean, Intersects, Length,
    LineString, Orient, Point, Polygon, Validation, orient::Direction,
};
use serde_json::Value;

use super::random::Dice;
use super::{Files, files};

mod equipment;

/// Drawn once for all tests.
static FILES: LazyLock<Files> = LazyLock::new(files);

fn features(text: &str) -> Vec<Value> {
    let collection: Value = serde_json::from_str(text).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    collection["features"].as_array().unwrap().clone()
}

fn word<'a>(feature: &'a Value, property: &str) -> &'a str {
    feature["properties"][property].as_str().unwrap()
}

fn line(coordinates: &Value) -> LineString {
    let spots = coordinates.as_array().unwrap().iter();
    spots.map(|spot| (spot[0].as_f64().unwrap(), spot[1].as_f64().unwrap())).collect()
}

fn polygon(feature: &Value) -> Polygon {
    assert_eq!(feature["geometry"]["type"], "Polygon");
    let ring = line(&feature["geometry"]["coordinates"][0]);
    assert!(ring.is_closed());
    Polygon::new(ring, vec![])
}

/// The feature's spots, whatever its geometry.
fn spots(feature: &Value) -> LineString {
    let geometry = &feature["geometry"];
    match geometry["type"].as_str().unwrap() {
        "Point" => line(&Value::Array(vec![geometry["coordinates"].clone()])),
        "LineString" => line(&geometry["coordinates"]),
        _ => line(&geometry["coordinates"][0]),
    }
}

/// Degrees to metres, well enough for a district.
fn metres(line: &LineString) -> LineString {
    line.coords().map(|spot| (spot.x * 95_842.0, spot.y * 110_864.0)).collect()
}

/// The district, its subdistricts and their communities.
fn all_areas() -> [Vec<Value>; 3] {
    let all = features(&FILES.areas);
    ["district", "subdistrict", "community"].map(|level| {
        let of_level = |area: &&Value| word(area, "level") == level;
        all.iter().filter(of_level).cloned().collect()
    })
}

fn outline_and_subdistricts() -> (Polygon, Vec<Polygon>) {
    let [outline, subdistricts, _] = all_areas();
    (polygon(&outline[0]), subdistricts.iter().map(polygon).collect())
}

fn tally(features: &[Value], property: &str) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for feature in features {
        *tally.entry(feature["properties"][property].to_string()).or_insert(0) += 1;
    }
    tally
}

fn expect(pairs: &[(&str, usize)]) -> BTreeMap<String, usize> {
    pairs.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect()
}

#[test]
fn nothing_changes_between_runs() {
    assert_eq!(files(), *FILES);
}

#[test]
fn nine_subdistricts_belong_to_the_district_and_62_communities_to_them() {
    let [outline, subdistricts, communities] = all_areas();
    assert_eq!([outline.len(), subdistricts.len(), communities.len()], [1, 9, 62]);
    assert!(outline[0]["properties"]["parent"].is_null());
    for area in &subdistricts {
        assert_eq!(word(area, "parent"), word(&outline[0], "code"));
    }
    let mut served = HashSet::new();
    for area in &communities {
        let parent = subdistricts.iter().find(|above| word(above, "code") == word(area, "parent"));
        assert_eq!(word(parent.unwrap(), "code")[..9], word(area, "code")[..9]);
        served.insert(word(area, "parent"));
    }
    assert_eq!(served.len(), 9);
    let all = [outline, subdistricts, communities].concat();
    for property in ["code", "name"] {
        let distinct: HashSet<_> = all.iter().map(|area| word(area, property)).collect();
        assert_eq!(distinct.len(), all.len(), "{property}");
    }
    assert!(all.iter().all(|area| word(area, "code").len() == 12));
}

#[test]
fn outlines_are_valid_and_counter_clockwise() {
    for area in all_areas().concat() {
        let shape = polygon(&area);
        assert!(shape.is_valid(), "{}: {:?}", area["properties"], shape.validation_errors());
        assert_eq!(shape, shape.orient(Direction::Default));
    }
}

/// Every leg of what lies within an outline is shared with a neighbour or part of that outline.
fn share_every_leg(outline: &Polygon, parts: &[Polygon]) {
    let key = |leg: geo::Line| {
        let spot = |c: geo::Coord| (c.x.to_bits(), c.y.to_bits());
        (spot(leg.start), spot(leg.end))
    };
    let legs: HashSet<_> = parts.iter().flat_map(|area| area.exterior().lines().map(key)).collect();
    let rim: HashSet<_> = outline.exterior().lines().map(key).collect();
    for leg in &legs {
        let back = (leg.1, leg.0);
        assert!(legs.contains(&back) != rim.contains(leg), "a leg is neither shared nor rim");
    }
    assert!(rim.is_subset(&legs));
}

fn tile(outline: &Polygon, parts: &[Polygon], spots: usize) {
    let sum: f64 = parts.iter().map(geo::Area::unsigned_area).sum();
    let whole = outline.unsigned_area();
    assert!((sum - whole).abs() < 1e-6 * whole);

    let bounds = outline.bounding_rect().unwrap();
    let mut dice = Dice::new(1);
    for _ in 0..spots {
        let spot = Point::new(
            dice.between(bounds.min().x, bounds.max().x),
            dice.between(bounds.min().y, bounds.max().y),
        );
        let holders = parts.iter().filter(|area| area.contains(&spot)).count();
        assert_eq!(holders, usize::from(outline.contains(&spot)), "{spot:?}");
    }
}

#[test]
fn subdistricts_share_their_borders_and_tile_the_district() {
    let (outline, subdistricts) = outline_and_subdistricts();
    share_every_leg(&outline, &subdistricts);
    tile(&outline, &subdistricts, 2_000);
}

#[test]
fn communities_share_their_borders_and_tile_their_subdistricts() {
    let [_, subdistricts, communities] = all_areas();
    for above in &subdistricts {
        let below = communities
            .iter()
            .filter(|area| area["properties"]["parent"] == above["properties"]["code"]);
        let below: Vec<Polygon> = below.map(polygon).collect();
        share_every_leg(&polygon(above), &below);
        tile(&polygon(above), &below, 200);
        let sizes: Vec<f64> = below.iter().map(geo::Area::unsigned_area).collect();
        let mean = sizes.iter().sum::<f64>() / sizes.len() as f64;
        assert!(sizes.iter().all(|size| (0.4..2.0).contains(&(size / mean))), "{sizes:?}");
    }
}

#[test]
fn the_built_up_part_is_46_square_kilometres() {
    let (_, subdistricts) = outline_and_subdistricts();
    let built_up: f64 = subdistricts[..7]
        .iter()
        .map(|area| Polygon::new(metres(area.exterior()), vec![]).unsigned_area() / 1e6)
        .sum();
    assert!((45.0..47.0).contains(&built_up), "{built_up}");
}

#[test]
fn points_are_as_many_as_published() {
    let points = features(&FILES.points);
    let kinds = [
        ("\"market\"", 22),
        ("\"mall\"", 18),
        ("\"school\"", 44),
        ("\"hospital\"", 12),
        ("\"transit\"", 8),
        ("\"community\"", 56),
    ];
    assert_eq!(tally(&points, "kind"), expect(&kinds));
    for point in &points {
        let radius = point["properties"]["radius_m"].as_u64().unwrap();
        assert!((500..=2_000).contains(&radius));
    }
    let located = points.iter().filter(|point| point["geometry"]["type"] == "Point").count();
    assert!((60..=100).contains(&located), "{located}");
}

#[test]
fn places_are_as_many_as_published() {
    let places = features(&FILES.places);
    let kinds = [("\"back_street\"", 186), ("\"compound\"", 312)];
    assert_eq!(tally(&places, "kind"), expect(&kinds));
    let managed = [("true", 215), ("false", 97), ("null", 186)];
    assert_eq!(tally(&places, "managed"), expect(&managed));
    let length: f64 =
        places[..186].iter().map(|place| Euclidean.length(&metres(&spots(place)))).sum();
    assert!((69e3..75e3).contains(&length), "{length}");
}

#[test]
fn codes_and_names_are_unique() {
    let all = [features(&FILES.points), features(&FILES.places)].concat();
    for property in ["code", "name"] {
        let distinct: HashSet<_> = all.iter().map(|feature| word(feature, property)).collect();
        assert_eq!(distinct.len(), all.len(), "{property}");
    }
}

#[test]
fn everything_lies_in_the_district_and_footprints_in_one_subdistrict() {
    let (outline, subdistricts) = outline_and_subdistricts();
    for feature in [features(&FILES.points), features(&FILES.places)].concat() {
        let spots = spots(&feature);
        assert!(outline.contains(&spots.points().next().unwrap()));
        assert!(outline.contains(&spots) || spots.0.len() == 1);
        let holders = subdistricts.iter().filter(|area| area.intersects(&spots)).count();
        assert!(holders == 1 || word(&feature, "kind") == "back_street");
    }
}

#[test]
fn footprints_are_valid_and_do_not_overlap() {
    let all = [features(&FILES.points), features(&FILES.places)].concat();
    let footprints: Vec<Polygon> = all
        .iter()
        .filter(|feature| feature["geometry"]["type"] == "Polygon")
        .map(polygon)
        .collect();
    for (index, one) in footprints.iter().enumerate() {
        assert!(one.is_valid());
        assert_eq!(one, &one.orient(Direction::Default));
        assert!(footprints[index + 1..].iter().all(|other| !one.intersects(other)));
    }
}

#[test]
fn nearly_all_places_are_within_two_kilometres_of_a_point() {
    let middle = |feature: &Value| metres(&spots(feature)).centroid().unwrap();
    let points: Vec<Point> = features(&FILES.points).iter().map(middle).collect();
    let places = features(&FILES.places);
    let near = places.iter().filter(|place| {
        points.iter().any(|point| Euclidean.distance(*point, middle(place)) <= 2_000.0)
    });
    assert!(near.count() * 100 >= places.len() * 98);
}

#[test]
fn most_points_are_in_the_built_up_part_and_every_subdistrict_has_some() {
    let (_, subdistricts) = outline_and_subdistricts();
    let points: Vec<_> = features(&FILES.points).iter().map(spots).collect();
    let counts: Vec<usize> = subdistricts
        .iter()
        .map(|area| points.iter().filter(|point| area.intersects(*point)).count())
        .collect();
    assert!(counts.iter().all(|count| *count >= 5), "{counts:?}");
    assert!(counts[..7].iter().sum::<usize>() >= 140, "{counts:?}");
}
