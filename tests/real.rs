//! What is proved on real-world data, which lies beside the repository and is not ours to publish.
//! `make test-real` runs these; they are ignored otherwise.

mod alike;
mod photos;
mod standard;

use std::path::PathBuf;

use domain::areas::Level;
use domain::position::Datum;
use domain::surroundings::PointKind;
use schema::Conn;
use serde_json::Value;
use support::{Back, Database};
use zhoubian::gazetteer::Gazetteer;
use zhoubian::import::{self, FileKind, Options, Plan, Source};
use zhoubian::photos::media_type_of;
use zhoubian::store::installation;

fn data(below: &str) -> PathBuf {
    let folder = std::env::var("ZHOUBIAN_REAL_DATA").expect("ZHOUBIAN_REAL_DATA names the folder");
    PathBuf::from(folder).join(below)
}

fn files(below: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(data(below)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn source(kind: FileKind, path: &PathBuf, options: &Options) -> Source {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    Source { kind, name, bytes: std::fs::read(path).unwrap(), options: options.clone() }
}

/// Districts and subdistricts of Beijing, its campuses (BD-09), and the calendar.
fn beijing() -> Vec<Source> {
    let mut sources = Vec::new();
    for (folder, level) in [("district", Level::District), ("subdistrict", Level::Subdistrict)] {
        let options = Options { level: Some(level), ..Options::default() };
        let found = files(&format!("areas_beijing/{folder}"));
        sources.extend(found.iter().map(|path| source(FileKind::Areas, path, &options)));
    }
    let campuses = Options {
        datum: Datum::Bd09,
        kind: Some(PointKind::School),
        radius_m: Some(1_000.0),
        only: Some(("city".to_owned(), "北京市".to_owned())),
        ..Options::default()
    };
    sources.push(source(FileKind::Points, &data("points/universities_bd09_8084.json"), &campuses));
    let years = files("calendar").into_iter().filter(|path| path.extension().is_some());
    sources.extend(years.map(|path| source(FileKind::Calendar, &path, &Options::default())));
    sources
}

fn imported(conn: &mut Conn) -> Plan {
    let rows = beijing().iter().flat_map(import::read).collect();
    let plan = import::plan(conn, rows).unwrap();
    import::apply(conn, &plan, jiff::Timestamp::UNIX_EPOCH).unwrap();
    plan
}

#[test]
#[ignore = "reads real-world data"]
fn beijing_is_taken_in_and_its_campuses_lie_where_they_say() {
    let database = Database::empty(Back::of_this_run());
    let mut conn = Conn::open(&database.config().url).unwrap();
    schema::migrate(&mut conn).unwrap();
    installation::insert_epoch(&mut conn, "real", support::START).unwrap();
    let plan = imported(&mut conn);
    assert_eq!(plan.refused(), 0, "{:#?}", plan.lines(false));
    assert_eq!(imported(&mut conn).written(), 0, "the second time nothing changes");

    let gazetteer = Gazetteer::load(&mut conn).unwrap();
    let of_level =
        |level| gazetteer.areas().areas().iter().filter(|area| area.level == level).count();
    assert_eq!((of_level(Level::District), of_level(Level::Subdistrict)), (16, 343));
    assert!(gazetteer.calendar.knows(2026) && !gazetteer.calendar.knows(2027));

    let text = std::fs::read(data("points/universities_bd09_8084.json")).unwrap();
    let schools: Vec<Value> = serde_json::from_slice(&text).unwrap();
    let mut stated = 0;
    let mut elsewhere = Vec::new();
    for school in schools.iter().filter(|school| school["city"] == "北京市") {
        let Some(district) = school["area"].as_str().filter(|area| !area.is_empty()) else {
            continue;
        };
        let at = |axis: &str| school["location"][axis].as_f64().unwrap();
        let position =
            domain::position::Position::from_datum(at("lat"), at("lng"), Datum::Bd09).unwrap();
        stated += 1;
        let located = gazetteer.locate(position);
        let names = located.iter().flat_map(|found| &found.chain);
        if !names
            .map(|&area| gazetteer.areas().areas()[area].name.as_str())
            .any(|name| name == district)
        {
            elsewhere.push(school["name"].as_str().unwrap_or_default().to_owned());
        }
    }
    assert!(stated > 100, "{stated}");
    assert!(elsewhere.len() * 100 <= stated, "of {stated} campuses elsewhere: {elsewhere:?}");
}

/// A spreadsheet export in GBK, from a province at the other end of the country: what lies there is
/// refused row by row, and the one line of it that says a place in Beijing is taken.
#[test]
#[ignore = "reads real-world data"]
fn rows_that_lie_elsewhere_are_refused_one_by_one() {
    let database = Database::empty(Back::of_this_run());
    let mut conn = Conn::open(&database.config().url).unwrap();
    schema::migrate(&mut conn).unwrap();
    installation::insert_epoch(&mut conn, "real", support::START).unwrap();
    imported(&mut conn);
    let columns = [("lon", "经度_84"), ("lat", "纬度_84"), ("name", "名称")];
    let options = Options {
        kind: Some(PointKind::School),
        radius_m: Some(1_000.0),
        columns: columns.map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned())).to_vec(),
        derive_codes: true,
        ..Options::default()
    };
    let rows =
        import::read(&source(FileKind::Points, &data("points/hainan_wgs84_gbk.csv"), &options));
    assert_eq!(rows.len(), 1_220);
    assert_eq!(rows[0].notes, ["read as GB18030"]);
    let plan = import::plan(&mut conn, rows).unwrap();
    let because = |word: &str| {
        let why = plan.rows.iter().filter_map(|row| match &row.fate {
            import::Fate::Refused(why) => Some(why),
            _ => None,
        });
        why.filter(|why| why.contains(word)).count()
    };
    assert_eq!((because("outside"), because("(0, 0)"), plan.refused()), (1_039, 180, 1_219));
    let taken: Vec<usize> = plan
        .rows
        .iter()
        .filter(|row| row.fate == import::Fate::Added)
        .map(|row| row.line)
        .collect();
    assert_eq!(taken, [396]);
}

#[test]
#[ignore = "reads real-world data"]
fn real_photos_are_told_by_their_first_bytes() {
    let shown = |folder: &str| {
        let heads = files(&format!("photos/{folder}")).into_iter().map(|path| {
            let bytes = std::fs::read(path).unwrap();
            media_type_of(&bytes[..bytes.len().min(64)])
        });
        heads.collect::<Vec<_>>()
    };
    for folder in ["gps", "cameras", "invalid", "orientation"] {
        assert!(shown(folder).iter().all(|kind| *kind == Some("image/jpeg")), "{folder}");
    }
    assert!(shown("heic").iter().all(|kind| *kind == Some("image/heic")));
    assert!(shown("malformed").iter().all(Option::is_none), "bitmaps are not taken");
}
