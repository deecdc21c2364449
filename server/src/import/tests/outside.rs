//! Rows outside the district, areas that do not fit one another, and what is noted beside the rows.

use domain::position::Position;

use super::readers::collection;
use super::*;
use crate::gazetteer::Gazetteer;

fn square(west: f64, south: f64, side: f64) -> String {
    let (east, north) = (west + side, south + side);
    format!(
        r#"{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],
        [{west},{north}],[{west},{south}]]]}}"#
    )
}

fn area(code: &str, level: &str, parent: Option<&str>, geometry: String) -> (String, String) {
    let parent = parent.map_or("null".to_owned(), |parent| format!("\"{parent}\""));
    let fields =
        format!(r#"{{"code":"{code}","name":"{code}区","level":"{level}","parent":{parent}}}"#);
    (fields, geometry)
}

fn areas(features: &[(String, String)]) -> Source {
    let features: Vec<(&str, &str)> =
        features.iter().map(|(fields, geometry)| (fields.as_str(), geometry.as_str())).collect();
    Source::new(FileKind::Areas, "areas.geojson", collection(&features))
}

/// A square of about 10 km at 30° N, 113° E.
fn town() -> Source {
    areas(&[area("t", "district", None, square(113.0, 30.0, 0.1))])
}

fn points(lines: &str, datum: Datum) -> Source {
    let text = format!("code,kind,name,lat,lon,radius_m\n{lines}");
    let options = Options { datum, ..Options::default() };
    Source { options, ..Source::new(FileKind::Points, "points.csv", text) }
}

#[test]
fn rows_farther_outside_than_the_margin_are_refused_with_the_distance() {
    let lines = "P1,school,内,30.05,113.05,500\n\
                 P2,school,近,30.05,113.102,500\n\
                 P3,school,出,30.05,113.12,500\n\
                 P4,school,远,18.25,109.5,500\n";
    for first in [true, false] {
        let mut conn = bare();
        let (town, points) = (town(), points(lines, Datum::Wgs84));
        let plan = if first {
            import(&mut conn, &[town]);
            import(&mut conn, &[points])
        } else {
            // In the same import, and after them in it.
            let mut plan = import(&mut conn, &[points, town]);
            plan.rows.pop();
            plan
        };
        let told = fates(&plan);
        assert_eq!(told[..2], ["point P1 Added", "point P2 Added"], "{told:?}");
        assert!(
            told[2].contains("it lies 1929 m outside every area, the nearest being t t区"),
            "{}",
            told[2]
        );
        assert!(
            told[2].contains("the margin is 300 m") && !told[2].contains("datum"),
            "{}",
            told[2]
        );
        assert!(told[3].contains(" km outside every area"), "{}", told[3]);
        assert!(!plan.lines(false).iter().any(|line| line.starts_with("note")));
    }
}

#[test]
fn the_districts_own_margin_counts() {
    let mut conn = bare();
    let district = |margin: u32| {
        let text = format!("name = \"云汀区\"\nmargin_m = {margin}\n");
        Source::new(FileKind::District, "district.toml", text)
    };
    let out = || points("P3,school,出,30.05,113.12,500\n", Datum::Wgs84);
    import(&mut conn, &[town(), district(1_900)]);
    assert_eq!(import(&mut conn, &[out()]).refused(), 1);
    assert_eq!(import(&mut conn, &[out(), district(2_000)]).refused(), 0);
}

#[test]
fn another_datum_that_would_put_a_row_inside_is_told() {
    let mut conn = bare();
    import(
        &mut conn,
        &[town(), Source::new(FileKind::District, "d.toml", "name = \"x\"\nmargin_m = 0\n")],
    );
    // 100 m inside the eastern edge, as Baidu has it.
    let inside = Position { lat: 30.05, lon: 113.099 };
    let (lat, lon) = inside.to_datum(Datum::Bd09);
    let line = format!("P1,school,边,{lat},{lon},500\n");
    let told = fates(&import(&mut conn, &[points(&line, Datum::Wgs84)]));
    assert!(told[0].contains("is the datum right? Read as bd09 it would lie in t区"), "{told:?}");
    assert_eq!(fates(&import(&mut conn, &[points(&line, Datum::Bd09)])), ["point P1 Added"]);
}

#[test]
fn ground_that_reaches_into_the_district_is_taken() {
    let mut conn = bare();
    import(&mut conn, &[town()]);
    let across = r#"{"type":"LineString","coordinates":[[112.9,30.05],[113.2,30.05]]}"#;
    let beside = r#"{"type":"LineString","coordinates":[[112.9,30.2],[113.2,30.2]]}"#;
    let whole = square(112.9, 29.9, 0.3);
    let text = collection(&[
        (r#"{"code":"B1","kind":"back_street","name":"横"}"#, across),
        (r#"{"code":"B2","kind":"back_street","name":"外"}"#, beside),
        (r#"{"code":"C1","kind":"compound","name":"大"}"#, &whole),
    ]);
    let told = fates(&import(&mut conn, &[Source::new(FileKind::Places, "p.geojson", text)]));
    assert_eq!((told[0].as_str(), told[2].as_str()), ("place B1 Added", "place C1 Added"));
    assert!(told[1].contains("outside every area"), "{}", told[1]);
}

#[test]
fn without_areas_rows_are_taken_and_that_is_noted() {
    let plan = import(&mut bare(), &[points("P1,school,一,30.05,113.05,500\n", Datum::Wgs84)]);
    assert_eq!(
        plan.lines(false),
        [
            "note     points.csv: no areas are known yet: whether its rows lie in the district was \
             not checked",
            "point: 1 added, 0 changed, 0 same, 0 refused"
        ]
    );
}

#[test]
fn how_a_file_was_read_is_noted() {
    let table = "code,name,name_en,kind,authority,area,group\nhj,环境卫生管理局,,bureau,D,,a\n";
    let (gbk, _, _) = encoding_rs::GB18030.encode(table);
    let source = Source::new(FileKind::Bureaus, "gbk.csv", gbk.into_owned());
    let mut conn = bare();
    let plan = import(&mut conn, &[source, Source::new(FileKind::Bureaus, "utf8.csv", table)]);
    let told = plan.lines(false);
    assert_eq!(told[0], "note     gbk.csv: read as GB18030");
    assert!(!told.iter().any(|line| line.contains("UTF-8")), "{told:?}");
    assert!(plan.lines(true).contains(&"note     utf8.csv: read as UTF-8".to_owned()));
    assert_eq!(fates(&plan), ["bureau hj Added", "bureau hj Same"]);
    let gazetteer = Gazetteer::load(&mut conn).unwrap();
    assert_eq!(gazetteer.bureau("hj").unwrap().name, "环境卫生管理局");
}

#[test]
fn a_year_that_is_not_announced_is_noted_and_stays_unknown() {
    let mut conn = bare();
    let year = Source::new(FileKind::Calendar, "2027.json", r#"{"year":2027,"days":[]}"#);
    let plan = import(&mut conn, &[year]);
    assert!(plan.lines(false)[0].contains("2027 has no days: it is not announced yet"));
    assert!(!Gazetteer::load(&mut conn).unwrap().calendar.knows(2027));
}

#[test]
fn three_levels_nest_and_what_does_not_fit_is_noted() {
    let mut conn = bare();
    let fitting = [
        area("1", "district", None, square(113.0, 30.0, 0.1)),
        area("11", "subdistrict", Some("1"), square(113.0, 30.0, 0.05)),
        area("111", "community", Some("11"), square(113.0, 30.0, 0.02)),
    ];
    let plan = import(&mut conn, &[areas(&fitting)]);
    assert_eq!((plan.refused(), plan.lines(false).len()), (0, 1), "{:?}", plan.lines(false));
    let gazetteer = Gazetteer::load(&mut conn).unwrap();
    let located = gazetteer.locate(Position { lat: 30.01, lon: 113.01 }).unwrap();
    assert_eq!(gazetteer.area_codes(&located), ["111", "11", "1"]);

    let astray = [
        area("112", "community", Some("11"), square(113.03, 30.03, 0.04)),
        area("12", "subdistrict", Some("1"), square(113.04, 30.0, 0.05)),
    ];
    let plan = import(&mut conn, &[areas(&astray)]);
    assert_eq!(plan.refused(), 0, "they are taken, and told of");
    let notes = plan.notes["areas.geojson"].join("\n");
    assert!(notes.contains("% of area 112 112区 lies outside its parent 11 11区"), "{notes}");
    assert!(!notes.contains("of area 11 "), "only what the files say is told of: {notes}");
    let wide = [area("11", "subdistrict", Some("1"), square(113.0, 30.0, 0.06))];
    let notes = import(&mut conn, &[areas(&wide)]).notes["areas.geojson"].join("\n");
    assert!(notes.contains("% of area 11 11区 lies also in 12 12区"), "{notes}");
}
