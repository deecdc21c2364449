//! Every limit of a taxonomy, at the instants that limits go wrong at, against a reckoning by hand.

mod oracle;

use std::collections::{BTreeMap, BTreeSet};

use domain::deadline::{Calendar, Limit, due, explain};
use jiff::civil::{DateTime, datetime};
use jiff::tz::{TimeZone, offset};
use serde_json::Value;
use zhoubian::demo;
use zhoubian::gazetteer::items::YearItem;
use zhoubian::gazetteer::{District, KeptCalendar, Kind};
use zhoubian::import::{self, Row};

/// Local times at which a filing is awkward, and what is awkward about them.
fn filings() -> Vec<(&'static str, DateTime)> {
    let at = |month, day, hour, minute| datetime(2026, month, day, hour, minute, 0, 0);
    vec![
        ("a Friday at 17:59", at(11, 20, 17, 59)),
        ("a Friday at closing time", at(11, 20, 18, 0)),
        ("a Friday after closing", at(11, 20, 18, 1)),
        ("a Sunday at noon", at(11, 22, 12, 0)),
        ("lunch", at(11, 24, 12, 30)),
        ("before opening", at(11, 24, 6, 5)),
        ("midnight", at(11, 25, 0, 0)),
        ("the afternoon before 国庆", at(9, 30, 17, 30)),
        ("in the middle of 国庆", at(10, 3, 9, 0)),
        ("a make-up Saturday", at(10, 10, 10, 15)),
        ("the Friday before a make-up Saturday", at(10, 9, 17, 59)),
        ("the last hour before 春节", at(2, 14, 17, 1)),
        ("31 December", at(12, 31, 17, 0)),
        ("31 December of a year whose next one is known", datetime(2025, 12, 31, 16, 40, 0, 0)),
        ("29 April, with 劳动节 close", at(4, 29, 13, 59)),
    ]
}

/// The demo's calendars, as the program reads them and as the oracle does.
fn calendars() -> (Calendar, BTreeMap<String, bool>) {
    let mut kept = KeptCalendar { district: District::default(), years: Vec::new() };
    let mut by_date = BTreeMap::new();
    for file in [
        include_str!("../server/src/demo/calendar-2025.json"),
        include_str!("../server/src/demo/calendar-2026.json"),
    ] {
        let value: Value = serde_json::from_str(file).unwrap();
        for day in value["days"].as_array().unwrap() {
            let date = day["date"].as_str().unwrap().to_owned();
            by_date.insert(date, day["isOffDay"].as_bool().unwrap());
        }
        kept.years.push(serde_json::from_str::<YearItem>(file).unwrap());
    }
    (kept.calendar().unwrap(), by_date)
}

/// Published conditions with the texts of their limits, by code.
fn limits(rows: &[Row]) -> BTreeMap<String, String> {
    let items = rows.iter().filter_map(|row| row.outcome.as_ref().ok());
    let conditions =
        items.filter(|item| item.kind == Kind::Condition && item.body["published"] != false);
    conditions
        .map(|item| (item.code.clone(), item.body["limit"].as_str().unwrap().to_owned()))
        .collect()
}

/// Holds every limit of these conditions to the oracle at every awkward filing; how many were held.
pub(crate) fn hold(rows: &[Row]) -> usize {
    let ((calendar, by_date), zone) = (calendars(), TimeZone::fixed(offset(8)));
    let limits = limits(rows);
    let texts: BTreeSet<&String> = limits.values().filter(|text| !text.is_empty()).collect();
    for text in texts {
        let limit: Limit = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        for (what, filed) in filings() {
            let from = zone.to_timestamp(filed).unwrap();
            let found = due(from, &limit, &calendar).unwrap();
            let expected = oracle::ends(filed, text, &by_date);
            let civil: Vec<DateTime> =
                found.stages.iter().map(|at| zone.to_datetime(*at)).collect();
            assert_eq!(civil, expected, "{text} from {filed}, {what}");
            let rests = oracle::rests_on_unknown(filed, text, &by_date, [2025, 2026]);
            assert_eq!(found.provisional, rests, "{text} from {filed}, {what}");
            let told = explain(from, &limit, &calendar).unwrap();
            assert_eq!((told.due.at, told.waits_for.is_some()), (found.at, rests));
            assert!(told.in_chinese(&calendar).contains("到期"));
        }
    }
    limits.len()
}

#[test]
fn every_limit_of_the_forty_categories_is_what_a_person_would_reckon() {
    let rows: Vec<Row> = demo::sources().iter().flat_map(import::read).collect();
    let categories = rows.iter().filter_map(|row| row.outcome.as_ref().ok());
    let categories = categories.filter(|item| item.kind == Kind::Category);
    let codes: BTreeSet<&str> = categories.map(|item| item.code.as_str()).collect();
    assert_eq!(codes.len(), 40);
    assert!(hold(&rows) >= codes.len(), "every category has a condition");
}
