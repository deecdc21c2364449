//! Owners, duties, permitted hours and enforcement teams, found from a position.

use jiff::Timestamp;
use jiff::civil::DateTime;
use schema::Conn;

use super::*;
use crate::import::tests::import;
use crate::import::{FileKind, Source};

/// A metre of latitude, degrees.
const METRE: f64 = 1.0 / 110_850.0;

fn source(kind: FileKind, text: impl Into<Vec<u8>>) -> Source {
    Source::new(kind, "file", text)
}

/// Takes files in and returns what is known then.
fn taken(conn: &mut Conn, sources: &[Source]) -> Gazetteer {
    let plan = import(conn, sources);
    assert_eq!(plan.refused(), 0, "{:#?}", plan.lines(false));
    Gazetteer::load(conn).unwrap()
}

/// The middle of 新华.
fn middle(conn: &mut Conn) -> Position {
    in_area(&Gazetteer::load(conn).unwrap(), XINHUA)
}

fn north(from: Position, metres: f64) -> Position {
    Position { lat: from.lat + metres * METRE, ..from }
}

/// A facility for every line: code, owner and metres north of a position; covers 井盖 of 10 m.
fn facilities(from: Position, lines: &[(&str, &str, f64)]) -> Source {
    let line = |(code, owner, metres): &(&str, &str, f64)| {
        let Position { lat, lon } = north(from, *metres);
        format!("{code},manhole,{owner},1102,{lat},{lon}\n")
    };
    let lines: String = lines.iter().map(line).collect();
    source(FileKind::Facilities, format!("code,kind,owner,categories,lat,lon\n{lines}"))
}

fn one(code: &str) -> Owner {
    Owner::One(code.to_owned())
}

#[test]
fn the_nearest_facility_tells_the_owner_unless_one_of_another_is_as_near() {
    let mut conn = demo();
    let here = middle(&mut conn);
    let ground = [
        ("F1", "gongdian", 0.0),
        ("F2", "yidong", 7.0),
        ("F3", "gongdian", 40.0),
        ("F4", "gongdian", 41.0),
        ("F5", "", 80.0),
        ("F6", "yidong", 86.0),
    ];
    let known = taken(&mut conn, &[facilities(here, &ground)]);
    let owner = |metres: f64| known.owner_at(north(here, metres), "1102");
    assert_eq!(owner(0.0), one("gongdian"), "the other is 7 m farther");
    assert_eq!(owner(0.9), one("gongdian"), "5.2 m farther");
    assert_eq!(owner(1.1), Owner::Several(vec!["gongdian".to_owned(), "yidong".to_owned()]));
    assert_eq!(owner(5.9), Owner::Several(vec!["yidong".to_owned(), "gongdian".to_owned()]));
    assert_eq!(owner(7.0), one("yidong"));
    assert_eq!(owner(-8.0), one("gongdian"));
    assert_eq!(owner(-11.0), Owner::None, "beyond the match radius");
    assert_eq!(owner(40.5), one("gongdian"), "two of one owner");
    assert_eq!(owner(80.0), Owner::None, "the nearest is nobody's");
    assert_eq!(owner(83.0), Owner::None, "nobody's is as near");
    assert_eq!(owner(90.0), one("yidong"));
    assert_eq!(known.owner_at(here, "1103"), Owner::None, "not what the facility is for");
    assert_eq!(known.owner_at(here, "9999"), Owner::None);
}

#[test]
fn one_as_near_as_the_nearest_counts_though_it_is_out_of_reach_itself() {
    let mut conn = demo();
    let here = middle(&mut conn);
    let ground = [("F1", "gongdian", 9.0), ("F2", "yidong", -12.0)];
    let known = taken(&mut conn, &[facilities(here, &ground)]);
    assert!(matches!(known.owner_at(here, "1102"), Owner::Several(_)));
}

#[test]
fn rules_find_owners_and_enforcement_teams() {
    let mut conn = demo();
    let here = middle(&mut conn);
    let teams = "code,name,name_en,kind,authority,area,group\n\
                 team5,新华执法中队,,enforcement_team,D,429901005000,teams\n";
    let rules = "version = \"2\"\n\
                 [[rule]]\nname = \"stalls\"\nwhen = { category = [\"0202\"] }\nlead = \"@enforcement\"\n\
                 [[rule]]\nname = \"covers\"\nwhen = { category = [\"1102\"] }\nlead = \"@owner\"\n";
    let known = taken(
        &mut conn,
        &[
            source(FileKind::Bureaus, teams),
            source(FileKind::Routing, rules),
            facilities(here, &[("F1", "gongdian", 0.0), ("F2", "yidong", 8.0)]),
        ],
    );
    let areas = [XINHUA, DISTRICT].map(str::to_owned);
    let lead = |subject: &Subject| known.route(subject).map(|routing| routing.lead.bureau);
    assert_eq!(lead(&subject("0202", "0202A", &areas)), Ok("team5".to_owned()));
    let elsewhere = ["429901001000", DISTRICT].map(str::to_owned);
    assert!(lead(&subject("0202", "0202A", &elsewhere)).is_err(), "it has no team");
    for (metres, expected) in [(0.0, Some("gongdian")), (4.0, None), (30.0, None)] {
        let owners = known.owner_at(north(here, metres), "1102").codes();
        let cover = Subject { owners: &owners, ..subject("1102", "1102A", &areas) };
        assert_eq!(lead(&cover).ok().as_deref(), expected, "{metres}");
    }
}

fn square(around: Position, metres: f64) -> String {
    let (south, north) = (around.lat - metres * METRE, around.lat + metres * METRE);
    let (west, east) = (around.lon - metres * METRE, around.lon + metres * METRE);
    format!(
        "[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]"
    )
}

fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},
        "geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}"#
    )
}

#[test]
fn duties_are_found_innermost_first_while_they_are_held() {
    let mut conn = demo();
    let here = middle(&mut conn);
    let line = format!("[[{0},{1}],[{2},{1}]]", here.lon, here.lat, here.lon + 100.0 * METRE);
    let site = feature(r#"{"code":"S1","kind":"main_road","name":"人民路"}"#, "LineString", &line);
    let grid = r#"{"code":"D3","title":"网格员","person":"王五","level":3,"from":"2026-03-01"}"#;
    let table = "code,title,unit,person,from,until,level,covers\n\
                 D1,路长,xinhua,张三,,,5,site:S1\n\
                 D2,包保单位,chengguan,,,2026-02-28,1,site:S1 point:P001\n";
    let known = taken(
        &mut conn,
        &[
            source(FileKind::SiteKinds, "code,name\nmain_road,主次干道\n"),
            source(FileKind::Sites, site),
            source(FileKind::Duties, table),
            source(FileKind::Duties, feature(grid, "Polygon", &square(here, 500.0))),
        ],
    );
    let held = |position: Position, on| -> Vec<&str> {
        known.duties_at(position, on).iter().map(|duty| duty.code.as_str()).collect()
    };
    assert_eq!(held(here, date(2026, 2, 28)), ["D2", "D1"]);
    assert_eq!(held(here, date(2026, 3, 1)), ["D3", "D1"]);
    assert_eq!(held(north(here, 29.0), date(2026, 3, 1)), ["D3", "D1"]);
    assert_eq!(held(north(here, 31.0), date(2026, 3, 1)), ["D3"], "30 m from the road");
    assert_eq!(held(north(here, 501.0), date(2026, 3, 1)), [""; 0]);
    let market = known.point("P001").unwrap().position().unwrap();
    assert_eq!(held(market, date(2026, 2, 1)), ["D2"]);
    let area = known.site("S1").unwrap().area.as_deref().unwrap();
    assert!(area.starts_with(&XINHUA[..9]), "{area}");

    let map =
        |of| -> Value { serde_json::from_slice(&known.layer(of).whole(10).unwrap()).unwrap() };
    let features = map(LayerOf::DutiesWithPersons);
    assert_eq!(features["features"][0]["properties"]["person"], "张三");
    assert_eq!(features["features"][1]["geometry"]["type"], "GeometryCollection");
    let hidden = map(LayerOf::Duties).to_string();
    assert!(hidden.contains("D1") && !hidden.contains("张三") && !hidden.contains("王五"));
}

#[test]
fn permitted_hours_are_the_districts_own() {
    let mut conn = demo();
    let here = middle(&mut conn);
    let zone = r#"{"code":"Z1","name":"夜市","categories":["0202"],"hours":["fri 18:00-01:00"]}"#;
    let zone = feature(zone, "Polygon", &square(here, 50.0));
    let known = taken(&mut conn, &[source(FileKind::PermittedZones, zone)]);
    let at = |text: &str| -> Timestamp {
        let civil: DateTime = text.parse().unwrap();
        civil.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).unwrap().timestamp()
    };
    let permitted = |position, category, text| {
        !known.permitted_zones_at(position, category, at(text)).is_empty()
    };
    // Friday 2026-03-06.
    assert!(permitted(here, "0202", "2026-03-06T18:00"));
    assert!(permitted(here, "0202", "2026-03-07T00:59"));
    assert!(!permitted(here, "0202", "2026-03-06T17:59"));
    assert!(!permitted(here, "0202", "2026-03-07T01:00"));
    assert!(!permitted(here, "0201", "2026-03-06T18:00"), "another category");
    assert!(!permitted(north(here, 51.0), "0202", "2026-03-06T18:00"));
}

#[test]
fn what_an_item_names_must_be_known() {
    let mut conn = demo();
    let Position { lat, lon } = middle(&mut conn);
    let told = |kind, text: String| {
        let plan = import(&mut demo(), &[source(kind, text)]);
        plan.lines(false).remove(0)
    };
    for (kind, text, missing) in [
        (
            FileKind::Sites,
            format!("code,kind,name,lat,lon\nS1,moat,河,{lat},{lon}\n"),
            "site_kind moat",
        ),
        (
            FileKind::Facilities,
            format!("code,kind,owner,lat,lon\nF1,bin,nobody,{lat},{lon}\n"),
            "bureau nobody",
        ),
        (
            FileKind::Facilities,
            format!("code,kind,categories,lat,lon\nF1,bin,9999,{lat},{lon}\n"),
            "category 9999",
        ),
        (
            FileKind::Cameras,
            format!("code,name,bureau,lat,lon\nV1,x,nobody,{lat},{lon}\n"),
            "bureau nobody",
        ),
        (
            FileKind::Duties,
            "code,title,unit,level,covers\nD1,路长,xinhua,1,site:S9\n".to_owned(),
            "site S9",
        ),
    ] {
        let line = told(kind, text);
        assert!(line.contains(&format!("it names {missing}, which is not known")), "{line}");
    }
}
