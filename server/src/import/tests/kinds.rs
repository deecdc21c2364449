//! Sites, facilities, permitted zones, cameras and duties: what their files may say.

use super::readers::{LINE, SPOT, SQUARE, collection, items, outcomes, told};
use super::*;

fn square(properties: &str) -> String {
    collection(&[(properties, SQUARE)])
}

fn refused(kind: FileKind, text: &str) -> String {
    let mut told = told(kind, text);
    assert_eq!(told.len(), 1, "{told:?}");
    told.remove(0)
}

#[test]
fn kinds_of_site_are_data() {
    let text = "code,name,name_en,is_point\n\
                main_road,主次干道,Main roads,\n\
                school,学校,,school\n\
                odd,怪,,castle\n";
    let told = told(FileKind::SiteKinds, text);
    assert_eq!(told[..2], ["2: site_kind main_road", "3: site_kind school"]);
    assert!(told[2].contains("unknown variant `castle`"), "{told:?}");
}

#[test]
fn checks_are_of_a_kind_of_site_and_name_categories() {
    let text = "code,site_kind,text,categories\n\
                c1,park,公厕干净,0108 0102\n\
                c2,park,,0108\n";
    let told = told(FileKind::Checklists, text);
    assert_eq!(told, ["2: check_item c1", "3: text is missing"]);
    let [check, _] =
        &items(FileKind::Checklists, &text.replace(",,", ",干净,"), Options::default())[..]
    else {
        panic!("two")
    };
    let category = |code: &str| Need::Item(Kind::Category, code.to_owned());
    let needs = [Need::Item(Kind::SiteKind, "park".to_owned()), category("0102"), category("0108")];
    assert_eq!(check.needs, needs);
}

#[test]
fn sites_are_of_a_kind_and_lie_somewhere() {
    let text = collection(&[
        (r#"{"code":"S1","kind":"main_road","name":"人民路"}"#, LINE),
        (r#"{"code":"S2","kind":"park","name":"南湖公园"}"#, SQUARE),
        (r#"{"code":"S3","name":"无类"}"#, SPOT),
        (r#"{"code":"S4","kind":"park","name":"无形"}"#, "null"),
    ]);
    assert_eq!(
        told(FileKind::Sites, &text),
        ["1: site S1", "2: site S2", "3: kind is missing", "4: lon is missing"]
    );
    let [site] = &items(
        FileKind::Sites,
        "code,kind,name,lat,lon\nS5,park,园,30.5,113.2\n",
        Options::default(),
    )[..] else {
        panic!("one")
    };
    assert_eq!(site.needs, [Need::Item(Kind::SiteKind, "park".to_owned())]);
}

#[test]
fn facilities_keep_what_else_is_said_of_them() {
    let text = collection(&[(
        r#"{"code":"F1","kind":"public_toilet","owner":"huanwei","categories":["0108","0102"],
            "attributes":{"accessible":true,"open":"06:00-22:00","seats":4,"checked":null}}"#,
        SPOT,
    )]);
    let table = "code,kind,owner,categories,accessible,open,seats,lat,lon\n\
                 F1,public_toilet,huanwei,0102; 0108 0108,true,06:00-22:00,4,30.0,113.0\n";
    let [feature] = &items(FileKind::Facilities, &text, Options::default())[..] else { panic!() };
    assert_eq!(
        feature.body["attributes"],
        serde_json::json!({"accessible": true, "open": "06:00-22:00", "seats": "4"})
    );
    assert_eq!(feature.body["categories"], serde_json::json!(["0102", "0108"]));
    assert_eq!(feature.needs.len(), 3);
    let [line] = &items(FileKind::Facilities, table, Options::default())[..] else { panic!() };
    assert_eq!(line.body, feature.body, "a table says the same");
    let many: Vec<String> = (0..51).map(|n| format!(r#","a{n}":"x""#)).collect();
    let many = collection(&[(&format!(r#"{{"code":"F2","kind":"bin"{}}}"#, many.concat()), SPOT)]);
    assert_eq!(refused(FileKind::Facilities, &many), "1: 51 attributes are more than 50");
}

#[test]
fn permitted_zones_say_what_they_permit_and_when() {
    let zone = |fields: &str| square(&format!(r#"{{"code":"Z1","name":"夜市"{fields}}}"#));
    let good = zone(r#","categories":["0302"],"hours":["Fri 18:00-01:00","sat 06:00-09:00"]"#);
    let [item] = &items(FileKind::PermittedZones, &good, Options::default())[..] else { panic!() };
    assert_eq!(item.body["hours"], serde_json::json!(["fri 18:00-01:00", "sat 06:00-09:00"]));
    let as_text = zone(r#","categories":"0302","hours":"Fri 18:00-01:00; sat 06:00-09:00""#);
    assert_eq!(items(FileKind::PermittedZones, &as_text, Options::default())[0].body, item.body);
    for (fields, why) in [
        (r#","hours":["daily 06:00-09:00"]"#, "categories is missing"),
        (r#","categories":["0302"]"#, "hours is missing"),
        (r#","categories":["0302"],"hours":["always"]"#, "\"always\""),
        (r#","categories":["@all"],"hours":["daily 06:00-09:00"]"#, "no code"),
    ] {
        let told = refused(FileKind::PermittedZones, &zone(fields));
        assert!(told.contains(why), "{told}");
    }
    let spot =
        [(r#"{"code":"Z1","name":"x","categories":["1"],"hours":["daily 06:00-09:00"]}"#, SPOT)];
    assert!(refused(FileKind::PermittedZones, &collection(&spot)).contains("not a polygon"));
}

#[test]
fn cameras_are_points() {
    let table = "code,name,bureau,lat,lon\nV1,东关路口,gongan,30.0,113.0\n";
    let [camera] = &items(FileKind::Cameras, table, Options::default())[..] else { panic!() };
    assert_eq!(camera.needs, [Need::Item(Kind::Bureau, "gongan".to_owned())]);
    let told = refused(FileKind::Cameras, &square(r#"{"code":"V2","name":"x"}"#));
    assert_eq!(told, "1: a camera is a point");
}

const DUTIES: &str = "code,title,unit,person,from,until,level,covers\n";

#[test]
fn duties_name_what_they_are_for_and_who_holds_them() {
    let lines = "D1,巷长,xinhua,张三,2026-01-01,2026-12-31,2,place:B001 point:P001\n\
                 D2,lane_head,xinhua,,,,2,place:B001\n\
                 D3,lane_head,,,,,2,place:B001\n\
                 D4,king,xinhua,,,,2,place:B001\n\
                 D5,lane_head,xinhua,,,,0,place:B001\n\
                 D6,lane_head,xinhua,,2026-02-01,2026-01-31,2,place:B001\n\
                 D7,lane_head,xinhua,,2026-02-30,,2,place:B001\n\
                 D8,lane_head,xinhua,,,,2,B001\n\
                 D9,lane_head,xinhua,,,,2,area:1\n\
                 D10,lane_head,xinhua,,,,2,\n";
    let told = told(FileKind::Duties, &format!("{DUTIES}{lines}"));
    assert_eq!(told[..2], ["2: duty D1", "3: duty D2"]);
    for (line, why) in told[2..].iter().zip([
        "unit and person are missing",
        "unknown variant `king`",
        "level 0 is not between",
        "is before from",
        "from \"2026-02-30\" cannot be read",
        "covers \"B001\" is not written as",
        "covers \"area:1\" is not written as",
        "covers is missing, and there is no geometry",
    ]) {
        assert!(line.contains(why), "{line}");
    }
    let both = r#"{"code":"D1","title":"巷长","unit":"x","level":1,"covers":["place:B1"]}"#;
    assert!(refused(FileKind::Duties, &square(both)).contains("only one of them"));
    let own = r#"{"code":"D1","title":"网格员","person":"李四","level":1,"reach_m":1001}"#;
    assert!(refused(FileKind::Duties, &square(own)).contains("reach_m 1001 is not between"));
}

#[test]
fn columns_may_go_by_other_names() {
    let options = |columns: &[(&str, &str)]| Options {
        kind: Some(domain::surroundings::PointKind::School),
        radius_m: Some(500.0),
        columns: columns.iter().map(|(our, their)| ((*our).into(), (*their).into())).collect(),
        ..Options::default()
    };
    let names = [("code", "编号"), ("lat", "纬度"), ("lon", "经度"), ("name", "名称")];
    let table = "编号,经度,纬度,名称,name\nP1,113.0,30.0,一中,First\n";
    let [item] = &items(FileKind::Points, table, options(&names))[..] else { panic!() };
    assert_eq!((item.code.as_str(), &item.body["name"]), ("P1", &"一中".into()));
    let unknown = outcomes(FileKind::Points, table, options(&[("lat", "纬度"), ("lon", "经")]));
    assert_eq!(
        unknown,
        ["0: --column lon=经: there is no 经; there are: name, 名称, 纬度, 经度, 编号"]
    );
    let swapped = "code,name,lat,lon\nP1,一中,113.0,30.0\n";
    let swap = options(&[("lat", "lon"), ("lon", "lat")]);
    assert_eq!(items(FileKind::Points, swapped, swap)[0].body["geometry"], item.body["geometry"]);
    let objects = r#"[{"编号":"P1","名称":"一中","位置":{"经度":113,"纬度":30}},{"名称":"二中"}]"#;
    let told = outcomes(FileKind::Points, objects, options(&names));
    assert_eq!(told, ["1: point P1", "2: lon is missing"]);
    let rules = outcomes(FileKind::Routing, "version = \"1\"", options(&names));
    assert!(rules[0].contains("--column is for tables"), "{rules:?}");
    let twice = outcomes(FileKind::Bureaus, "code,name,code\n", Options::default());
    assert_eq!(twice, ["0: the first line names column code twice"]);
}

#[test]
fn codes_are_derived_from_positions_only_when_asked() {
    let table = "name,lat,lon\n一中,30.00001,113.0\n一中,30.00002,113.0\n一中,30.001,113.0\n";
    let options = |derive_codes| Options {
        kind: Some(domain::surroundings::PointKind::School),
        radius_m: Some(500.0),
        derive_codes,
        ..Options::default()
    };
    for told in outcomes(FileKind::Points, table, options(false)) {
        assert!(told.contains("--column code=NAME") && told.contains("--derive-codes"), "{told}");
    }
    let codes: Vec<String> =
        items(FileKind::Points, table, options(true)).into_iter().map(|item| item.code).collect();
    // They must never change: issues and figures name them.
    assert_eq!(codes[0], "N835f649ab8fb");
    assert!(codes[0] == codes[1] && codes[0] != codes[2], "{codes:?}");
}

#[test]
fn hostile_rows_are_refused_without_quoting_them_whole() {
    let long = "长".repeat(1_000_000);
    let lines = [
        format!("P1,school,{long},30.0,113.0,800"),
        format!("{long},school,x,30.0,113.0,800"),
        format!("P3,{long},x,30.0,113.0,800"),
        format!("P4,school,x,{long},113.0,800"),
        "P5,school,x,1e300,113.0,800".to_owned(),
        "P6,school,x,30.0,inf,800".to_owned(),
        "P7,school,x,30.0,113.0,NaN".to_owned(),
        "P8,school,a\u{7}b,30.0,113.0,800".to_owned(),
        "P9,school,x,0,0,800".to_owned(),
    ];
    let text = format!("code,kind,name,lat,lon,radius_m\n{}\n", lines.join("\n"));
    let told = told(FileKind::Points, &text);
    assert_eq!(told.len(), lines.len());
    for (line, why) in told.iter().zip([
        "longer than 2000",
        "longer than 2000",
        "longer than 2000",
        "longer than 2000",
        "nowhere on earth",
        "not a finite number",
        "radius_m NaN is not between",
        "control characters",
        "(0, 0)",
    ]) {
        assert!(line.contains(why) && line.len() < 400, "{why}: {}", &line[..line.len().min(400)]);
    }
}

#[test]
fn lines_are_numbered_as_an_editor_numbers_them() {
    let table = "code,name,name_en,kind,authority,area,group\r\n\
                 a,甲局,,bureau,D,,departments\r\n\
                 \r\n\
                 b,乙局,,bureau,D,,departments\r\n";
    assert_eq!(told(FileKind::Bureaus, table), ["2: bureau a", "4: bureau b"]);
}

#[test]
fn enforcement_teams_serve_an_area_that_has_no_other() {
    let mut conn = demo();
    let lines = "code,name,name_en,kind,authority,area,group\n\
                 one,一中队,,enforcement_team,D,429901005000,teams\n\
                 two,二中队,,enforcement_team,D,429901005000,teams\n\
                 three,三中队,,enforcement_team,D,,teams\n";
    let plan = import(&mut conn, &[Source::new(FileKind::Bureaus, "b.csv", lines)]);
    assert_eq!(
        fates(&plan),
        [
            "bureau one Added",
            "area 429901005000 has a bureau of kind enforcement_team already: one",
            "three is of kind enforcement_team and names no area"
        ]
    );
}
