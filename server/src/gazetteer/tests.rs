mod around;

use domain::areas::Placement;
use domain::deadline::Unit;
use domain::routing::{RuleSet, Subject, Unrouted};
use domain::surroundings::{Band, Footprint};
use jiff::civil::date;
use serde_json::Value;

use super::*;
use crate::import::tests::{bare, demo};

const XINHUA: &str = "429901005000";
const DISTRICT: &str = "429901000000";

fn yunting() -> Gazetteer {
    Gazetteer::load(&mut demo()).unwrap()
}

/// A position in the middle of a subdistrict's first corners.
fn in_area(gazetteer: &Gazetteer, code: &str) -> Position {
    let area = &gazetteer.areas().areas()[gazetteer.areas().index_of(code).unwrap()];
    let inside = geo::InteriorPoint::interior_point(&area.shape).unwrap();
    Position { lat: inside.y(), lon: inside.x() }
}

fn subject<'a>(category: &'a str, condition: &'a str, areas: &'a [String]) -> Subject<'a> {
    Subject {
        category,
        condition,
        class: "环境卫生",
        areas,
        places: &[],
        source: "inspector",
        owners: &[],
        duties: &[],
        standard: None,
        on: date(2026, 3, 2),
    }
}

#[test]
fn an_installation_starts_with_nothing() {
    let empty = Gazetteer::empty();
    assert_eq!(empty.version, 0);
    assert_eq!(empty.district, District::default());
    assert!(empty.locate(Position { lat: 30.0, lon: 113.0 }).is_none());
    assert_eq!(empty.route(&subject("0101", "0101A", &[])), Err(Unrouted::NoRule));
    let loaded = Gazetteer::load(&mut bare()).unwrap();
    assert_eq!((loaded.version, loaded.points().count()), (0, 0));
}

#[test]
fn everything_imported_is_there() {
    let yunting = yunting();
    assert_eq!((yunting.version, yunting.district.name.as_str()), (1, "云汀区"));
    assert_eq!(yunting.areas().areas().len(), 72);
    assert_eq!(yunting.points().count(), 160);
    assert_eq!(yunting.bureaus().count(), 47);
    assert_eq!(yunting.categories().count(), 40);
    assert_eq!(yunting.area_name(XINHUA), Some("新华街道"));
    assert!(yunting.calendar.knows(2026) && !yunting.calendar.knows(2027));
    assert!(!yunting.calendar.is_working(date(2026, 10, 1)));
}

#[test]
fn a_position_is_located_and_its_office_found() {
    let yunting = yunting();
    let located = yunting.locate(in_area(&yunting, XINHUA)).unwrap();
    let areas = yunting.area_codes(&located);
    assert_eq!(located.how, Placement::Inside);
    assert!(areas[0].starts_with(&XINHUA[..9]) && areas[0] != XINHUA);
    assert_eq!(areas[1..], [XINHUA, DISTRICT]);
    assert_eq!(yunting.subdistrict_office(&areas), Some("xinhua"));
    assert_eq!(yunting.subdistrict_office(&[DISTRICT.to_owned()]), None);
    assert!(yunting.locate(Position { lat: 39.9, lon: 116.4 }).is_none());
}

#[test]
fn an_issue_is_routed_by_what_and_where_it_is() {
    let yunting = yunting();
    let areas = [XINHUA, DISTRICT].map(str::to_owned);
    let rubbish = subject("0101", "0101A", &areas);
    let street = yunting.route(&rubbish).unwrap();
    assert_eq!(
        (street.lead.bureau.as_str(), street.helpers()),
        ("huanwei", vec!["xinhua".to_owned()])
    );
    let lane = yunting.route(&Subject { places: &["back_street"], ..rubbish }).unwrap();
    assert_eq!(lane.lead.bureau, "xinhua");
    let cover = Subject { class: "市政设施", ..subject("1102", "1102A", &areas) };
    assert!(matches!(yunting.route(&cover), Err(Unrouted::Unresolved { .. })));
    let nowhere = yunting.route(&Subject { areas: &[], places: &["back_street"], ..rubbish });
    assert!(matches!(nowhere, Err(Unrouted::Unresolved { .. })));
}

#[test]
fn conditions_carry_their_limit_gravest_first() {
    let yunting = yunting();
    let codes: Vec<_> = yunting.category("0204").unwrap().conditions.iter().collect();
    assert_eq!(
        codes.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(),
        ["0204A", "0204B", "0204C"]
    );
    let (category, condition) = yunting.condition("0204B").unwrap();
    assert_eq!((category.code.as_str(), condition.gravity), ("0204", 2));
    let stints = yunting.limit("1101A").unwrap().stints();
    assert_eq!((stints[0].unit, stints[1].unit), (Unit::UrgentHours, Unit::WorkingDays));
    assert_eq!(yunting.limit("0404A"), None);
    assert!(yunting.condition("0404A").is_some() && yunting.condition("9999").is_none());
}

#[test]
fn a_point_is_found_by_code_and_holds_its_own_position() {
    let yunting = yunting();
    let codes: Vec<&str> = yunting.points().map(|point| point.code).collect();
    assert!(codes.is_sorted() && codes[0] == "P001");
    for point in yunting.points() {
        assert_eq!(yunting.point(point.code), Some(point));
        let position = point.position().unwrap();
        let held = yunting.surroundings().holding(position);
        let own = held.iter().find(|held| yunting.point_at(held.anchor) == Some(point)).unwrap();
        assert_eq!(own.band, Band::Core, "{}", point.code);
    }
    assert_eq!(yunting.point("P161"), None);
}

#[test]
fn compounds_hold_what_is_inside_and_back_streets_what_is_within_30_metres() {
    let mut conn = demo();
    let yunting = Gazetteer::load(&mut conn).unwrap();
    let ground = |conn: &mut schema::Conn, code: &str| {
        let item = crate::store::reference::find(conn, "place", code).unwrap().unwrap();
        let item: items::PlaceItem = item.body.read().unwrap();
        ground::stored(&item.geometry).unwrap()
    };
    let held = |position| -> Vec<&str> {
        yunting.places_holding(position).iter().map(|place| place.code.as_str()).collect()
    };
    let Footprint::Lines(lane) = ground(&mut conn, "B001") else { panic!("no line") };
    let start = lane.0[0].0[0];
    let beside = |metres: f64| Position { lat: start.y + metres / 111_000.0, lon: start.x };
    assert!(held(beside(0.0)).contains(&"B001"));
    assert!(held(beside(-25.0)).contains(&"B001") || held(beside(25.0)).contains(&"B001"));
    let Footprint::Shape(yard) = ground(&mut conn, "C001") else { panic!("no polygon") };
    let inside = geo::InteriorPoint::interior_point(&yard).unwrap();
    let inside = Position { lat: inside.y(), lon: inside.x() };
    assert!(held(inside).contains(&"C001"));
    let away = Position { lat: inside.lat + 0.1, lon: inside.lon + 0.1 };
    assert!(held(away).is_empty());
    let place = yunting.places_holding(inside).into_iter().find(|p| p.code == "C001").unwrap();
    assert_eq!((place.kind, place.managed), (PlaceKind::Compound, Some(true)));
}

#[test]
fn areas_expand_to_all_below_them_once() {
    let yunting = yunting();
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    assert_eq!(yunting.expand(&codes(&[DISTRICT, XINHUA])).len(), 72);
    let within = yunting.expand(&codes(&[XINHUA, XINHUA, "unknown"]));
    assert_eq!(within.len(), 9);
    assert!(within.iter().all(|code| code.starts_with(&XINHUA[..9])));
}

#[test]
fn the_map_of_areas_is_ready_to_be_sent() {
    let map: Value = serde_json::from_slice(&yunting().areas_geojson()).unwrap();
    let features = map["features"].as_array().unwrap();
    assert_eq!((map["type"].as_str(), features.len()), (Some("FeatureCollection"), 72));
    let xinhua = features.iter().find(|f| f["properties"]["code"] == XINHUA).unwrap();
    assert_eq!(xinhua["properties"]["level"], "subdistrict");
    assert_eq!(xinhua["properties"]["parent"], DISTRICT);
    assert_eq!(xinhua["geometry"]["type"], "Polygon");
}

#[test]
fn owners_duties_and_the_standard_are_looked_up_among_the_bureaus() {
    let yunting = yunting();
    let led_by = |lead: &str, subject: &Subject| {
        let text = format!("version = 'v'\n[[rule]]\nname = 'r'\nfallback = true\nlead = '{lead}'");
        let rules: RuleSet = toml::from_str(&text).unwrap();
        yunting.route_by(&rules, subject).ok().map(|because| because.lead.bureau)
    };
    let plain = subject("1102", "1102A", &[]);
    let (one, two) = (["gongdian".to_owned()], ["yidong", "liantong"].map(str::to_owned));
    let owned = Subject { owners: &one, ..plain };
    assert_eq!(led_by("@owner", &owned).as_deref(), Some("gongdian"));
    let shared = Subject { owners: &two, ..plain };
    assert_eq!(led_by("@owner", &shared), None, "of several owners none is guessed");
    let on_duty = Subject { duties: &two, ..plain };
    assert_eq!(led_by("@duty", &on_duty).as_deref(), Some("yidong"), "the innermost duty");
    let gone = Subject { duties: &["nobody".to_owned()], ..plain };
    assert_eq!(led_by("@duty", &gone), None);
    let says = serde_json::from_value(serde_json::json!({"lead": "@owner"})).unwrap();
    let standard = Subject { standard: Some(&says), ..owned };
    assert_eq!(led_by("@standard", &standard).as_deref(), Some("gongdian"));
    assert_eq!(led_by("@standard", &owned), None);
}
