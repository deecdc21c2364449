//! Limits reckoned the slow way: minute by minute and day by day, from the texts and the announced dates
//! alone. Nothing of the program is used.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

/// When each stage of a limit ends that starts at a local time.
pub(super) fn ends(
    filed: DateTime,
    text: &str,
    announced: &BTreeMap<String, bool>,
) -> Vec<DateTime> {
    let mut at = filed;
    let mut ends = Vec::new();
    for (amount, unit) in stages(text) {
        at = match unit {
            "紧急工作时" => minutes(at, amount * 60, |_| true),
            "紧急工作日" => minutes(at, amount * 24 * 60, |_| true),
            "工作时" => minutes(at, amount * 60, |minute| open(minute, announced)),
            "工作日" => working_days(at, amount, announced),
            "自然日" => (0..amount).fold(at, |day, _| day + 1.day()),
            other => panic!("{other} is no unit"),
        };
        ends.push(at);
    }
    ends
}

/// Whether a stage that depends on working days has a part in a year that is not announced.
pub(super) fn rests_on_unknown(
    filed: DateTime,
    text: &str,
    announced: &BTreeMap<String, bool>,
    known: [i16; 2],
) -> bool {
    let mut from = filed;
    stages(text).into_iter().zip(ends(filed, text, announced)).any(|((_, unit), to)| {
        let years = from.year()..=to.year();
        from = to;
        unit.starts_with("工作") && years.into_iter().any(|year| !known.contains(&year))
    })
}

fn stages(text: &str) -> Vec<(i64, &str)> {
    text.split('+')
        .map(|stage| {
            let unit = stage.trim_start_matches(|c: char| c.is_ascii_digit());
            (stage[..stage.len() - unit.len()].parse().unwrap(), unit)
        })
        .collect()
}

/// Minute by minute, until so many have counted.
fn minutes(from: DateTime, mut left: i64, counts: impl Fn(DateTime) -> bool) -> DateTime {
    let mut at = from;
    while left > 0 {
        left -= i64::from(counts(at));
        at += 1.minute();
    }
    at
}

fn works(date: Date, announced: &BTreeMap<String, bool>) -> bool {
    match announced.get(&date.to_string()) {
        Some(off) => !off,
        None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
    }
}

/// Whether the minute that begins here is one of office hours.
fn open(minute: DateTime, announced: &BTreeMap<String, bool>) -> bool {
    works(minute.date(), announced) && matches!(minute.hour(), 8..12 | 14..18)
}

/// Day by day: a day that is worked and not over by 18:00 is the one it starts on, from 08:00 at the earliest.
fn working_days(from: DateTime, amount: i64, announced: &BTreeMap<String, bool>) -> DateTime {
    let (mut date, mut time) = (from.date(), from.time());
    let (opening, closing) = (jiff::civil::time(8, 0, 0, 0), jiff::civil::time(18, 0, 0, 0));
    if works(date, announced) && time <= closing {
        time = time.max(opening);
    } else {
        date = next_worked(date, announced);
        time = opening;
    }
    for _ in 0..amount {
        date = next_worked(date, announced);
    }
    date.to_datetime(time)
}

fn next_worked(date: Date, announced: &BTreeMap<String, bool>) -> Date {
    let mut next = date.tomorrow().unwrap();
    while !works(next, announced) {
        next = next.tomorrow().unwrap();
    }
    next
}
