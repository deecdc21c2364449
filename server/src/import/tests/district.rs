//! The demo district goes in whole, once.

use super::*;
use crate::clock::Clock;
use crate::demo::geography;
use crate::gazetteer::Gazetteer;
use crate::store::{reference, reference_imports};

fn counts(plan: &Plan, fate: &Fate) -> usize {
    plan.rows.iter().filter(|row| row.fate == *fate).count()
}

fn stored(conn: &mut Conn) -> usize {
    reference::list_digests(conn).unwrap().len()
}

fn bureau(name: &str) -> Source {
    let text = format!(
        "code,name,name_en,kind,authority,area,group\nhuanwei,{name},,bureau,D,,departments\n"
    );
    Source::new(FileKind::Bureaus, "changed.csv", text)
}

#[test]
fn the_demo_district_is_taken_in_whole_and_only_once() {
    let mut conn = bare();
    let first = import(&mut conn, &crate::demo::sources());
    assert_eq!(first.refused(), 0, "{:#?}", first.lines(false));
    assert_eq!(counts(&first, &Fate::Added), first.rows.len());
    assert_eq!(stored(&mut conn), first.rows.len());
    assert_eq!(installation::find_reference_version(&mut conn).unwrap(), 1);
    let again = import(&mut conn, &crate::demo::sources());
    assert_eq!(counts(&again, &Fate::Same), again.rows.len());
    assert_eq!(installation::find_reference_version(&mut conn).unwrap(), 1);
}

#[test]
fn files_may_come_in_any_order() {
    let mut conn = bare();
    let mut sources = crate::demo::sources();
    sources.reverse();
    assert_eq!(import(&mut conn, &sources).refused(), 0);
}

#[test]
fn what_changed_is_written_and_what_is_left_out_stays() {
    let mut conn = demo();
    let before = stored(&mut conn);
    let plan = import(&mut conn, &[bureau("区环卫中心")]);
    assert_eq!(fates(&plan), ["bureau huanwei Changed"]);
    assert_eq!(
        plan.lines(false),
        [
            "changed  changed.csv:2 bureau huanwei",
            "bureau: 0 added, 1 changed, 0 same, 0 refused; 46 not in these files stay as they are"
        ]
    );
    assert_eq!(stored(&mut conn), before);
    let gazetteer = Gazetteer::load(&mut conn).unwrap();
    assert_eq!(gazetteer.version, 2);
    assert_eq!(gazetteer.bureau("huanwei").unwrap().name, "区环卫中心");
    let item = reference::find(&mut conn, "bureau", "huanwei").unwrap().unwrap();
    assert_eq!(item.version, 2);
    let other = reference::find(&mut conn, "bureau", "zhifa").unwrap().unwrap();
    assert_eq!(other.version, 1);
}

#[test]
fn a_plan_alone_writes_nothing() {
    let mut conn = bare();
    let rows: Vec<Row> = crate::demo::sources().iter().flat_map(read).collect();
    let plan = plan(&mut conn, rows).unwrap();
    assert_eq!(plan.written(), plan.rows.len());
    assert_eq!(stored(&mut conn), 0);
    assert_eq!(installation::find_reference_version(&mut conn).unwrap(), 0);
}

#[test]
fn refused_rows_do_not_keep_the_others_out() {
    let mut conn = demo();
    let text = "code,name,name_en,kind,authority,area,group\n\
                new,新局,,bureau,D,,departments\n\
                lost,失局,,bureau,D,429999,departments\n\
                twin,东关二处,,subdistrict_office,D,429901001000,subdistricts\n\
                new,又新局,,bureau,D,,departments\n\
                new,新局,,bureau,D,,departments\n";
    let plan = import(&mut conn, &[Source::new(FileKind::Bureaus, "b.csv", text)]);
    assert_eq!(
        fates(&plan),
        [
            "bureau new Added",
            "it names area 429999, which is not known",
            "area 429901001000 has a bureau of kind subdistrict_office already: dongguan",
            "bureau new was there before, and otherwise",
            "bureau new Same"
        ]
    );
    assert!(Gazetteer::load(&mut conn).unwrap().bureau("new").is_some());
}

#[test]
fn rules_that_name_the_unknown_are_refused_whole() {
    let mut conn = demo();
    let text = r#"
        version = "2"
        [[rule]]
        name = "one"
        when = { category = ["9999"], class = ["天文"] }
        lead = "nobody"
    "#;
    let plan = import(&mut conn, &[Source::new(FileKind::Routing, "r.toml", text)]);
    let [why] = &fates(&plan)[..] else { panic!("one row") };
    for missing in ["bureau nobody", "category 9999", "class 天文"] {
        assert!(why.contains(missing), "{why}");
    }
    let gazetteer = Gazetteer::load(&mut conn).unwrap();
    assert_eq!(gazetteer.rules().version, "云汀-2026-1");
}

#[test]
fn what_would_be_is_what_comes_to_be() {
    let mut conn = demo();
    let geography::Files { areas, points, .. } = geography::files();
    let sources = [
        Source::new(FileKind::Areas, "a.geojson", areas.replace("新华街道", "新中华街道")),
        Source::new(FileKind::Points, "p.geojson", points.replace("P001", "A001")),
        bureau("环卫处"),
    ];
    let rows: Vec<Row> = sources.iter().flat_map(read).collect();
    let plan = plan(&mut conn, rows).unwrap();
    assert_eq!(plan.refused(), 0, "{:#?}", plan.lines(false));
    let tried = would_be(&mut conn, 2, &plan).unwrap().unwrap();
    assert_eq!(stored(&mut conn), reference::list_digests(&mut demo()).unwrap().len());
    apply(&mut conn, &plan, Timestamp::UNIX_EPOCH).unwrap();
    let came = Gazetteer::load(&mut conn).unwrap();
    assert_eq!(tried.version, came.version);
    assert_eq!(tried.areas_geojson(), came.areas_geojson());
    assert!(tried.points().eq(came.points()) && came.point("A001").is_some());
    assert!(tried.bureaus().eq(came.bureaus()));
    assert_eq!(tried.area_name("429901005000"), Some("新中华街道"));
    assert_eq!((tried.rules(), &tried.district), (came.rules(), &came.district));
    let rows: Vec<Row> = sources.iter().flat_map(read).collect();
    let again = super::plan(&mut conn, rows).unwrap();
    assert!(would_be(&mut conn, 3, &again).unwrap().is_none(), "nothing would change");
}

#[test]
fn an_area_that_would_be_part_of_itself_is_rolled_back_by_the_caller() {
    let mut conn = demo();
    let square = "[[[113.0,30.0],[113.1,30.0],[113.1,30.1],[113.0,30.0]]]";
    let area = |code: &str, level: &str, parent: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"x","level":"{level}",
            "parent":{parent}}},"geometry":{{"type":"Polygon","coordinates":{square}}}}}"#
        )
    };
    let file = |features: &[String]| {
        let features = features.join(",");
        let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
        Source::new(FileKind::Areas, "a.geojson", text)
    };
    let [top, below] = [area("top", "district", "null"), area("below", "subdistrict", "\"top\"")];
    assert_eq!(import(&mut conn, &[file(&[below, top])]).refused(), 0);
    // Each step is a level down, and yet the last names the first.
    let rows = read(&file(&[area("top", "community", "\"below\"")]));
    let error = plan_and_apply(&mut conn, &rows, Timestamp::UNIX_EPOCH).unwrap_err();
    assert!(error.to_string().starts_with("reference-invalid"), "{error}");
}

#[tokio::test]
async fn the_command_reads_files_and_can_be_tried_dry() {
    let folder = std::env::temp_dir().join(uuid::Uuid::new_v4().to_string());
    std::fs::create_dir_all(&folder).unwrap();
    let url = DbUrl::Sqlite(folder.join("test.db"));
    let mut conn = Conn::open(&url).unwrap();
    schema::migrate(&mut conn).unwrap();
    installation::insert_epoch(&mut conn, "test", Timestamp::UNIX_EPOCH).unwrap();
    let file = folder.join("b.csv");
    std::fs::write(&file, bureau("环卫").bytes).unwrap();
    let db = schema::Db::open(&schema::DbConfig::new(url)).unwrap();
    let mut args = ImportArgs {
        kind: FileKind::Bureaus,
        files: vec![file],
        datum: Datum::Wgs84,
        level: None,
        point_kind: None,
        radius_m: None,
        only: None,
        encoding: None,
        columns: Vec::new(),
        derive_codes: false,
        mapping: None,
        dry_run: true,
        verbose: false,
    };
    assert_eq!(run(&args, &db, &Clock::machine()).await.unwrap().plan.written(), 1);
    assert_eq!(stored(&mut conn), 0);
    args.dry_run = false;
    assert_eq!(run(&args, &db, &Clock::machine()).await.unwrap().plan.written(), 1);
    assert_eq!(stored(&mut conn), 1);
    let kept = reference_imports::list(&mut conn, i64::MAX, 10).unwrap();
    assert_eq!(kept.len(), 1, "the dry run is not in the log");
    assert_eq!((kept[0].account_id, kept[0].reference_version), (None, Some(1)));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_version_of_the_rules_says_one_thing_for_good() {
    let mut conn = demo();
    let published = include_str!("../../demo/routing.toml");
    let import_rules = |conn: &mut Conn, text: &str| {
        fates(&import(conn, &[Source::new(FileKind::Routing, "routing.toml", text)])).remove(0)
    };
    assert_eq!(import_rules(&mut conn, published), "rules default Same");
    let otherwise = published.replace("lead = \"huanwei\"", "lead = \"zhifa\"");
    assert_eq!(
        import_rules(&mut conn, &otherwise),
        "version 云汀-2026-1 was in force with other rules: raise `version`"
    );
    let raised = otherwise.replace("云汀-2026-1", "云汀-2026-2");
    assert_eq!(import_rules(&mut conn, &raised), "rules default Changed");
    assert_eq!(import_rules(&mut conn, published), "rules default Changed", "back to what was");
    let kept = crate::store::rules::list(&mut conn).unwrap();
    let kept: Vec<&str> = kept.iter().map(|version| version.version.as_str()).collect();
    assert_eq!(kept, ["云汀-2026-2", "云汀-2026-1"]);
    let unknown =
        "version = 'x'\n[[rule]]\nname = 'r'\nwhen = { owner = ['nobody'] }\nlead = 'zhifa'";
    assert!(import_rules(&mut conn, unknown).contains("bureau nobody, which is not known"));
}
