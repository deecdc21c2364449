//! A city's standard as it is published, as a workbook and, in an edition of its own, as CSV.

use std::collections::{BTreeMap, BTreeSet};

use schema::Conn;
use serde_json::Value;
use support::Database;
use zhoubian::gazetteer::{Gazetteer, Kind};
use zhoubian::import::{self, FileKind, Options, Row, Source};
use zhoubian::store::installation;

use super::{Back, data};

const MAPPING: &str = include_str!("../trial/yuncheng.toml");
const BUREAUS: &str = include_str!("../trial/yuncheng-bureaus.csv");

fn source(file: &str, mapping: &str) -> Source {
    let bytes = std::fs::read(data(&format!("standard_yuncheng/{file}"))).unwrap();
    let options = Options { mapping: Some(mapping.to_owned()), ..Options::default() };
    Source { kind: FileKind::Standard, name: file.to_owned(), bytes, options }
}

/// Every row that says a condition: its sheet or file, its code and what it says.
fn conditions(reading: &[Row]) -> Vec<(&str, &str, &Value)> {
    let items = reading.iter().filter_map(|row| Some((row, row.outcome.as_ref().ok()?)));
    let conditions = items.filter(|(_, item)| item.kind == Kind::Condition);
    conditions.map(|(row, item)| (&*row.source, item.code.as_str(), &item.body)).collect()
}

/// How many different conditions a sheet has.
fn count_of(reading: &[Row], sheet: &str) -> usize {
    let conditions = conditions(reading).into_iter().filter(|(source, ..)| source.contains(sheet));
    conditions.map(|(_, code, _)| code).collect::<BTreeSet<_>>().len()
}

fn refused(reading: &[Row]) -> Vec<String> {
    reading.iter().filter_map(|row| Some(row.outcome.as_ref().err()?.to_string())).collect()
}

/// The texts that the notes call not covered.
fn uncovered(reading: &[Row], what: &str) -> Vec<String> {
    let texts =
        reading.iter().flat_map(|row| &row.notes).filter(|note| note.contains("is not covered"));
    let texts = texts.filter_map(|note| note.strip_prefix(what)?.split('"').nth(1));
    texts.map(str::to_owned).collect()
}

#[test]
#[ignore = "reads real-world data"]
fn all_519_conditions_are_read_and_the_trials_mapping_covers_them() {
    let standard = source("standard.xlsx", MAPPING);
    let reading = import::read(&standard);
    assert_eq!(refused(&reading), Vec::<String>::new());
    assert_eq!((count_of(&reading, "部件"), count_of(&reading, "事件")), (375, 144));
    // Three rows of the events are merged into those above them in every column.
    assert_eq!(conditions(&reading).len(), 519 + 3);
    assert!(conditions(&reading).iter().all(|(_, _, body)| body["published"] == true));
    let (limits, units) = (uncovered(&reading, "limit "), uncovered(&reading, "unit "));
    assert_eq!((limits, units), (Vec::<String>::new(), Vec::<String>::new()));

    let database = Database::empty(Back::of_this_run());
    let mut conn = Conn::open(&database.config().url).unwrap();
    schema::migrate(&mut conn).unwrap();
    installation::insert_epoch(&mut conn, "real", support::START).unwrap();
    let mut rows = import::read(&Source::new(FileKind::Bureaus, "bureaus.csv", BUREAUS));
    rows.extend(reading);
    let plan = import::plan(&mut conn, rows.clone()).unwrap();
    assert_eq!(plan.refused(), 0, "{:#?}", plan.lines(false));
    import::apply(&mut conn, &plan, support::START).unwrap();
    assert_eq!(
        import::plan(&mut conn, rows).unwrap().written(),
        0,
        "the second time nothing changes"
    );
    let gazetteer = Gazetteer::load(&mut conn).unwrap();
    let published: usize = gazetteer.categories().map(|found| found.published().count()).sum();
    assert_eq!((gazetteer.categories().count(), published), (190, 519));
    let (cover, missing) = gazetteer.condition("C0101A").unwrap();
    assert_eq!((cover.match_radius_m, missing.limit.as_str()), (5.0, "2紧急工作时"));
    let responsible = missing.responsible.as_ref().unwrap();
    assert_eq!(
        (responsible.lead.to_string(), responsible.cooperating.len()),
        ("jieshui".into(), 1)
    );
}

#[test]
#[ignore = "reads real-world data"]
fn every_limit_of_the_519_conditions_is_what_a_person_would_reckon() {
    let reading = import::read(&source("standard.xlsx", MAPPING));
    assert_eq!(crate::limits::hold(&reading), 519);
}

#[test]
#[ignore = "reads real-world data"]
fn without_a_mapping_every_plain_limit_and_every_unit_is_listed() {
    let reading = import::read(&source("standard.xlsx", ""));
    assert_eq!((count_of(&reading, "部件"), count_of(&reading, "事件")), (375, 144));
    assert!(conditions(&reading).iter().all(|(_, _, body)| body["published"] == false));
    let limits: BTreeSet<String> = uncovered(&reading, "limit ").into_iter().collect();
    let expected = [
        "1天",
        "2天",
        "3天",
        "4天",
        "5天",
        "7天",
        "10天",
        "15天",
        "2小时",
        "4小时",
        "1紧急工作时制止",
    ];
    assert_eq!(limits, expected.map(str::to_owned).into());
    let plain = conditions(&reading).iter().filter(|(_, _, body)| body["limit"] == "").count();
    // 473 in 天 and 小时, one text; the repeated rows once more each.
    assert_eq!(plain, 473 + 1 + 2);
    assert_eq!(uncovered(&reading, "unit ").len(), 60);
}

/// The categories of the components, with their names.
fn categories(reading: &[Row]) -> BTreeMap<&str, &str> {
    let items = reading.iter().filter_map(|row| row.outcome.as_ref().ok());
    let components = items.filter(|item| item.kind == Kind::Category && item.code.starts_with('C'));
    components.map(|item| (item.code.as_str(), item.body["name"].as_str().unwrap())).collect()
}

/// What a condition says, whichever letter it has.
fn said(category: &str, body: &Value) -> (String, String) {
    let text = body["opens_when"].as_str().unwrap();
    (category.to_owned(), text.chars().filter(|c| !c.is_whitespace()).collect())
}

#[test]
#[ignore = "reads real-world data"]
fn the_csv_edition_agrees_with_the_workbook_where_they_overlap() {
    let workbook = import::read(&source("standard.xlsx", MAPPING));
    let csv = import::read(&source("standard.csv", MAPPING));
    assert_eq!(refused(&csv), Vec::<String>::new());
    assert_eq!(conditions(&csv).len(), 279);
    let (ours, theirs) = (categories(&workbook), categories(&csv));
    let odd: Vec<_> = theirs.iter().filter(|(code, name)| ours.get(*code) != Some(name)).collect();
    assert_eq!((theirs.len(), odd.len()), (66, 0), "{odd:?}");

    let in_workbook: BTreeMap<_, &Value> = conditions(&workbook)
        .into_iter()
        .map(|(_, code, body)| (said(&code[..5], body), body))
        .collect();
    let both: Vec<(&Value, &Value)> = conditions(&csv)
        .into_iter()
        .filter_map(|(_, code, body)| Some((body, *in_workbook.get(&said(&code[..5], body))?)))
        .collect();
    let same = |field: &str| both.iter().filter(|(a, b)| a[field] == b[field]).count();
    assert_eq!(
        (both.len(), same("responsible"), same("closes_when")),
        (274, 270, 274),
        "of the CSV's 279 conditions in the workbook, with the same units, with the same end"
    );
}
