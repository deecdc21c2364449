//! What each kind of file may say, and what it is refused for.

use clap::ValueEnum;
use domain::position::Datum;
use domain::surroundings::PointKind;

use super::*;

pub(super) fn outcomes(kind: FileKind, text: impl Into<Vec<u8>>, options: Options) -> Vec<String> {
    let source = Source { options, ..Source::new(kind, "file", text) };
    let told = |row: Row| match row.outcome {
        Ok(item) => format!("{}: {} {}", row.line, item.kind, item.code),
        Err(refused) => format!("{}: {refused}", row.line),
    };
    read(&source).into_iter().map(told).collect()
}

pub(super) fn told(kind: FileKind, text: &str) -> Vec<String> {
    outcomes(kind, text, Options::default())
}

pub(super) fn items(kind: FileKind, text: &str, options: Options) -> Vec<Item> {
    let source = Source { options, ..Source::new(kind, "file", text) };
    read(&source).into_iter().map(|row| row.outcome.unwrap()).collect()
}

const TAXONOMY: &str = "code,group,class,name,name_en,family,match_radius_m,auto_file,condition,\
                        opens_when,closes_when,gravity,limit\n";

#[test]
fn limits_that_do_not_parse_are_refused_and_never_defaulted() {
    let lines = "0101,event,环卫,垃圾,,,20,true,0101A,成堆,清净,1,4工作时\n\
                 0101,event,环卫,垃圾,,,20,true,0101B,零星,清净,2,2天\n\
                 0101,event,环卫,垃圾,,,20,true,0101C,计数,反馈,3,\n\
                 0101,event,环卫,脏乱,,,20,true,0101D,零星,清净,2,4工作时\n\
                 0102,event,环卫,桶,,,101,true,0102A,满,清,1,4工作时\n\
                 0103,event,环卫,桶,,,20,true,0103A,满,清,0,4工作时\n";
    assert_eq!(
        told(FileKind::Taxonomy, &format!("{TAXONOMY}{lines}")),
        [
            "2: category 0101",
            "2: condition 0101A",
            "3: limit \"2天\": \"天\" is not a unit of time limits",
            "4: condition 0101C",
            "5: category 0101 is described otherwise in line 2",
            "6: match_radius_m 101 is not above 0 and at most 100",
            "7: category 0103",
            "7: gravity 0: 1 is the gravest",
        ]
    );
}

#[test]
fn a_category_is_its_own_family_unless_said() {
    let line = "0101,event,环卫,垃圾,,,20,true,0101A,成堆,清净,1,\n";
    let items = items(FileKind::Taxonomy, &format!("\u{feff}{TAXONOMY}{line}"), Options::default());
    assert_eq!(items[0].body["family"], "0101");
    assert_eq!(items[1].body["limit"], "");
}

#[test]
fn files_that_cannot_be_read_are_one_refusal() {
    let latin = outcomes(FileKind::Bureaus, *b"code,caf\xE9\n", Options::default());
    assert_eq!(latin.len(), 1);
    assert!(latin[0].starts_with("0: the file is neither UTF-8 nor GB18030"), "{latin:?}");
    assert_eq!(
        told(FileKind::Bureaus, "code,name,name_en,kind,group\n"),
        ["0: the first line names no column authority, area; if it has another name, say \
             --column authority=NAME"]
    );
    assert!(told(FileKind::Areas, "{}")[0].starts_with("0: the file is no GeoJSON"));
    let feature = r#"{"type":"Feature","features":[]}"#;
    assert_eq!(
        told(FileKind::Places, feature),
        ["0: the file is a Feature, not a FeatureCollection"]
    );
    assert!(told(FileKind::Points, "[1]")[0].starts_with("0: the file is no JSON array"));
}

#[test]
fn bureaus_name_known_kinds_and_offices_their_area() {
    let lines = "code,name,name_en,kind,authority,area,group\n\
                 a,甲局,,bureau,D,,departments\n\
                 b,乙局,,ministry,D,,departments\n\
                 c,丙街道,,subdistrict_office,D,,subdistricts\n\
                 d,,,bureau,D,,departments\n\
                 e,戊局,,bureau\n";
    let told = told(FileKind::Bureaus, lines);
    assert_eq!(told[0], "2: bureau a");
    assert!(told[1].starts_with("3: kind: unknown variant `ministry`"), "{}", told[1]);
    assert_eq!(told[2], "4: c is of kind subdistrict_office and names no area");
    assert_eq!(told[3], "5: name is missing");
    assert!(told[4].starts_with("6: ") && told[4].contains("4 fields"), "{}", told[4]);
}

pub(super) fn collection(features: &[(&str, &str)]) -> String {
    let feature = |(properties, geometry): &(&str, &str)| {
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
    };
    let features: Vec<String> = features.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

pub(super) const SQUARE: &str =
    r#"{"type":"Polygon","coordinates":[[[113.0,30.0],[113.1,30.0],[113.0,30.1]]]}"#;
pub(super) const SPOT: &str = r#"{"type":"Point","coordinates":[113.0,30.0]}"#;
pub(super) const LINE: &str = r#"{"type":"LineString","coordinates":[[113.0,30.0],[113.1,30.0]]}"#;

#[test]
fn areas_are_read_as_published_for_beijing() {
    let text = collection(&[
        (r#"{"Name":"东城区","code":110101000000}"#, SQUARE),
        (r#"{"Name":"东华门","code":110101001000.0,"parentCode":110101000000}"#, SQUARE),
        (r#"{"Name":"无形","code":3,"parentCode":1}"#, "null"),
        (r#"{"Name":"点","code":4,"parentCode":1}"#, SPOT),
    ]);
    let district = Options { level: Some(Level::District), ..Options::default() };
    assert_eq!(outcomes(FileKind::Areas, &*text, district)[0], "1: area 110101000000");
    let subdistrict = Options { level: Some(Level::Subdistrict), ..Options::default() };
    assert_eq!(
        outcomes(FileKind::Areas, &*text, subdistrict),
        [
            "1: area 110101000000 is a subdistrict and names no parent",
            "2: area 110101001000",
            "3: area 3 has no geometry",
            "4: area 4 is a Point, not a polygon"
        ]
    );
    assert!(told(FileKind::Areas, &text)[0].contains("--level"));
}

#[test]
fn points_come_as_features_with_radius_and_kind_in_range() {
    let text = collection(&[
        (r#"{"code":"P1","kind":"school","name":"一中","radius_m":500}"#, SPOT),
        (r#"{"code":"P2","kind":"market","name":"市场","radius_m":2000}"#, SQUARE),
        (r#"{"code":"P3","kind":"school","name":"三中","radius_m":499}"#, SPOT),
        (r#"{"code":"P4","kind":"park","name":"园","radius_m":500}"#, SPOT),
        (r#"{"code":"P5","kind":"mall","name":"街","radius_m":500}"#, LINE),
        (r#"{"code":"P 6","kind":"mall","name":"街","radius_m":500}"#, SPOT),
        (r#"{"code":"P7","kind":"mall","name":"街"}"#, SPOT),
    ]);
    let told = told(FileKind::Points, &text);
    assert_eq!(told[..2], ["1: point P1", "2: point P2"]);
    for (line, why) in told[2..].iter().zip([
        "radius_m 499 is not between",
        "unknown variant `park`",
        "not a line",
        "no code",
        "--radius",
    ]) {
        assert!(line.contains(why), "{line}");
    }
}

#[test]
fn points_come_as_lines_of_a_table() {
    let text = "code,kind,name,lat,lon,radius_m\n\
                P1,school,一中,30.5,113.2,800\n\
                P2,school,二中,113.2,30.5,800\n\
                P3,school,三中,north,113.2,800\n\
                P4,school,四中,NaN,113.2,800\n";
    let told = told(FileKind::Points, text);
    assert_eq!(told[0], "2: point P1");
    assert!(told[1].contains("nowhere on earth"), "{}", told[1]);
    assert_eq!(told[2], "4: lat \"north\" cannot be read");
    assert!(told[3].contains("not a finite number"), "{}", told[3]);
}

#[test]
fn points_come_as_objects_of_which_only_some_are_wanted() {
    let text = r#"[
        {"name":"大学","city":"北京市","location":{"lat":39.9,"lng":116.4},"address":"一号"},
        {"name":"大学","city":"天津市","location":{"lat":39.1,"lng":117.2},"address":"二号"}
    ]"#;
    let options = |datum| Options {
        datum,
        kind: Some(PointKind::School),
        radius_m: Some(1_000.0),
        only: Some(("city".to_owned(), "北京市".to_owned())),
        ..Options::default()
    };
    let [found] = &items(FileKind::Points, text, options(Datum::Bd09))[..] else { panic!("one") };
    // The code must never change: issues and figures name it.
    assert_eq!(found.code, "H4418f83bb33d");
    assert_eq!((&found.body["kind"], &found.body["radius_m"]), (&"school".into(), &1_000.0.into()));
    let [as_is] = &items(FileKind::Points, text, options(Datum::Wgs84))[..] else { panic!("one") };
    assert_ne!(as_is.body["geometry"], found.body["geometry"]);
    assert_eq!(as_is.code, found.code);
}

#[test]
fn places_have_the_ground_of_their_kind() {
    let text = collection(&[
        (r#"{"code":"B1","kind":"back_street","name":"巷"}"#, LINE),
        (r#"{"code":"C1","kind":"compound","name":"院","managed":true}"#, SQUARE),
        (r#"{"code":"B2","kind":"back_street","name":"巷"}"#, SQUARE),
        (r#"{"code":"C2","kind":"compound","name":"院","managed":"perhaps"}"#, SQUARE),
    ]);
    assert_eq!(
        told(FileKind::Places, &text),
        [
            "1: place B1",
            "2: place C1",
            "3: a back_street must be a line",
            "4: managed \"perhaps\" cannot be read"
        ]
    );
}

#[test]
fn rules_are_one_item_or_none() {
    let rule = |when: &str| {
        format!("version = \"1\"\n[[rule]]\nname = \"a\"\nwhen = {{ {when} }}\nlead = \"b\"\n")
    };
    let good = rule(r#"category = ["1"], place = ["compound"], source = ["leader"]"#);
    assert_eq!(told(FileKind::Routing, &good), ["1: rules default"]);
    let empty = told(FileKind::Routing, &rule(""));
    assert!(empty[0].contains("fallback = true"), "{empty:?}");
    let words = told(FileKind::Routing, &rule(r#"place = ["moon"], source = ["owl"]"#));
    assert!(words[0].contains("\"moon\"") && words[0].contains("\"owl\""), "{words:?}");
    let misspelt = told(FileKind::Routing, &rule(r#"kategory = ["1"]"#));
    assert!(misspelt[0].contains("kategory"), "{misspelt:?}");
}

#[test]
fn calendars_hold_their_year() {
    let year = |days: &str| format!(r#"{{"year":2026,"papers":[],"days":[{days}]}}"#);
    let day = |date: &str| format!(r#"{{"name":"元旦","date":"{date}","isOffDay":true}}"#);
    let told = |days: &str| told(FileKind::Calendar, &year(days)).remove(0);
    assert_eq!(told(""), "1: calendar 2026");
    assert_eq!(told(&day("2025-12-31")), "1: calendar 2026");
    assert_eq!(told(&day("2020-01-01")), "1: 2020-01-01 is no date of 2026");
    let twice = format!("{},{}", day("2026-01-01"), day("2026-01-01"));
    assert_eq!(told(&twice), "1: 2026-01-01 is there twice");
    assert!(told(&day("2026-02-30")).starts_with("1: "));
    let last = i16::MAX;
    let far = format!(r#"{{"year":{last},"days":[{}]}}"#, day("2026-01-01"));
    let why = outcomes(FileKind::Calendar, far, Options::default()).remove(0);
    assert_eq!(why, format!("1: 2026-01-01 is no date of {last}"));
}

#[test]
fn the_district_needs_a_name_and_hours_that_can_be() {
    assert_eq!(told(FileKind::District, "name = \"云汀区\""), ["1: district default"]);
    for (text, why) in [
        ("name = ''", "no name"),
        ("name = \"x\\u0000\"", "NUL"),
        ("name = 'x'\noffice_hours = []", "office hours"),
        ("name = 'x'\nmargin = 300", "margin"),
    ] {
        assert!(told(FileKind::District, text)[0].contains(why), "{text}");
    }
}

#[test]
fn a_taxonomy_may_say_its_standard_its_years_and_its_units() {
    let text = "code,group,class,name,name_en,family,match_radius_m,auto_file,condition,opens_when,\
        closes_when,gravity,limit,standard,counts_for,lead,cooperating\n\
        W1,event,文明,吸烟,,,20,true,W1A,x,y,1,,civilized,2026 2027,@subdistrict,@owner @enforcement\n\
        W1,event,文明,吸烟,,,20,true,W1B,x,y,2,,civilized,,,\n\
        W1,event,文明,吸烟,,,20,true,W1C,x,y,2,,civilized,soon,,\n\
        W1,event,文明,吸烟,,,20,true,W1D,x,y,2,,civilized,,,@owner\n\
        W1,event,文明,吸烟,,,20,true,W1E,x,y,2,,civilized,,@standard,\n\
        W1,event,文明,吸烟,,,20,true,W1F,x,y,2,,city,,,\n";
    let rows = read(&Source::new(FileKind::Taxonomy, "taxonomy.csv", text));
    let bodies: Vec<&Value> =
        rows.iter().filter_map(|row| Some(&row.outcome.as_ref().ok()?.body)).collect();
    assert_eq!((bodies.len(), &bodies[0]["standard"]), (3, &"civilized".into()));
    assert_eq!(bodies[1]["counts_for"], serde_json::json!([2026, 2027]));
    assert_eq!(
        bodies[1]["responsible"]["cooperating"],
        serde_json::json!(["@owner", "@enforcement"])
    );
    assert!(bodies[2].get("responsible").is_none() && bodies[2]["published"] == true);
    let refused: Vec<String> =
        rows.iter().filter_map(|row| Some(row.outcome.as_ref().err()?.to_string())).collect();
    let why = ["no year", "lead is not", "itself", "described otherwise in line 2"];
    assert!(refused.iter().zip(why).all(|(refused, why)| refused.contains(why)), "{refused:?}");
    assert_eq!(refused.len(), why.len());
}

#[test]
fn what_cannot_be_read_is_told_of_where_only_some_are_wanted() {
    let text = "name,city,kind,radius_m,lat,lon,address\n\
                甲校,北京市,school,500,39.9,116.4,一路\n\
                乙校,北京市,school\n\
                丙校,上海市,school,500,31.2,121.4,二路\n";
    let only = Some(("city".to_owned(), "北京市".to_owned()));
    let options = Options { only, ..Options::default() };
    let source = Source { options, ..Source::new(FileKind::Points, "points.csv", text) };
    let lines: Vec<(usize, bool)> =
        read(&source).iter().map(|row| (row.line, row.outcome.is_ok())).collect();
    assert_eq!(lines, [(2, true), (3, false)]);
}

#[test]
fn a_file_that_would_be_taken_whole_is_not_taken_where_only_some_is_wanted() {
    let only = Some(("city".to_owned(), "北京市".to_owned()));
    for kind in FileKind::value_variants().iter().filter(|kind| !kind.has_some_wanted()) {
        let options = Options { only: only.clone(), ..Options::default() };
        let [told] = &outcomes(*kind, "", options)[..] else { panic!("{kind:?}") };
        assert!(told.contains("--only is for points"), "{kind:?}: {told}");
    }
}
