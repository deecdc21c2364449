//! Sites, facilities, zones, cameras and duties are as many as published and where they belong.

use super::*;

type Row = BTreeMap<String, String>;

fn duties() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(FILES.duties.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn sites_are_as_many_as_published() {
    let kinds = [
        ("\"main_road\"", 28),
        ("\"shopping_street\"", 4),
        ("\"park\"", 11),
        ("\"crossing\"", 36),
        ("\"service_window\"", 15),
        ("\"volunteer_station\"", 56),
        ("\"building_site\"", 17),
    ];
    assert_eq!(tally(&features(&FILES.sites), "kind"), expect(&kinds));
}

#[test]
fn facilities_zones_and_cameras_are_as_many_as_published() {
    let facilities = features(&FILES.facilities);
    let kinds =
        [("\"public_toilet\"", 74 + 41), ("\"litter_bin\"", 88), ("\"manhole_cover\"", 408)];
    assert_eq!(tally(&facilities, "kind"), expect(&kinds));
    let opened = facilities.iter().filter(|place| place["properties"]["opened_by"].is_string());
    assert_eq!(opened.count(), 41);
    assert_eq!(features(&FILES.permitted_zones).len(), 9);
    assert_eq!(features(&FILES.cameras).len(), 60);
}

#[test]
fn some_manhole_covers_show_no_owner() {
    let facilities = features(&FILES.facilities);
    let covers = facilities.iter().filter(|at| word(at, "kind") == "manhole_cover");
    let nameless = covers.filter(|cover| cover["properties"]["owner"].is_null()).count();
    assert!((85..=135).contains(&nameless), "{nameless}");
}

#[test]
fn all_have_codes_of_their_own_and_lie_in_the_district() {
    let (outline, subdistricts) = outline_and_subdistricts();
    for file in [&FILES.sites, &FILES.facilities, &FILES.permitted_zones, &FILES.cameras] {
        let all = features(file);
        let codes: HashSet<_> = all.iter().map(|at| word(at, "code")).collect();
        assert_eq!(codes.len(), all.len());
        assert!(all.iter().all(|at| outline.contains(&spots(at)) || spots(at).0.len() == 1));
        assert!(all.iter().all(|at| outline.contains(&spots(at).points().next().unwrap())));
    }
    let zones: Vec<_> = features(&FILES.permitted_zones).iter().map(spots).collect();
    for area in &subdistricts {
        assert_eq!(zones.iter().filter(|zone| area.contains(*zone)).count(), 1);
    }
}

#[test]
fn sites_have_names_of_their_own_and_footprints_are_free() {
    let sites = features(&FILES.sites);
    let names: HashSet<_> = sites.iter().map(|site| word(site, "name")).collect();
    assert_eq!(names.len(), sites.len());
    let new = [sites, features(&FILES.permitted_zones)].concat();
    let known = [features(&FILES.points), features(&FILES.places)].concat();
    let shape = |at: &&Value| at["geometry"]["type"] == "Polygon";
    let new: Vec<Polygon> = new.iter().filter(shape).map(polygon).collect();
    let known: Vec<Polygon> = known.iter().filter(shape).map(polygon).collect();
    assert_eq!(new.len(), 11 + 17 + 9);
    for (index, one) in new.iter().enumerate() {
        assert!(one.is_valid());
        assert!(new[index + 1..].iter().chain(&known).all(|other| !one.intersects(other)));
    }
}

#[test]
fn toilets_are_within_500_metres_nearly_everywhere_in_town() {
    let middle = |feature: &Value| metres(&spots(feature)).centroid().unwrap();
    let facilities = features(&FILES.facilities);
    let toilets = facilities.iter().filter(|at| word(at, "kind") == "public_toilet");
    let toilets: Vec<Point> = toilets.map(middle).collect();
    let places = features(&FILES.places);
    let near = |place: &&Value| {
        toilets.iter().any(|toilet| Euclidean.distance(*toilet, middle(place)) <= 500.0)
    };
    let share = places.iter().filter(near).count() * 100 / places.len();
    assert!((85..100).contains(&share), "{share} %");
}

#[test]
fn somebody_answers_for_every_point_road_back_street_and_compound() {
    let duties = duties();
    let covered: HashSet<_> = duties.iter().map(|duty| duty["covers"].as_str()).collect();
    assert_eq!((covered.len(), duties.len()), (690, 690));
    let named: Vec<_> =
        duties.iter().map(|duty| &duty["person"]).filter(|p| !p.is_empty()).collect();
    let persons: HashSet<_> = named.iter().collect();
    assert_eq!(persons.len(), named.len());
    assert!(duties.iter().all(|duty| !duty["unit"].is_empty()));
    let count = |title: &str| duties.iter().filter(|duty| duty["title"] == title).count();
    let titles = ["点位长", "路长", "街长", "巷长", "网格员", "包保单位"];
    assert_eq!(titles.map(count), [104, 28, 4, 186, 97, 215 + 56]);
}
