use jiff::civil::{date, datetime};
use jiff::{Timestamp, ToSpan};

use super::*;
use crate::deadline::tests::{national_day, shanghai};

fn cn(month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
    shanghai().to_timestamp(datetime(2026, month, day, hour, minute, 0, 0)).unwrap()
}

/// 2026 with its National Day, by name.
fn calendar() -> Calendar {
    let mut calendar = national_day();
    let off = date(2026, 10, 1).series(1.day()).take(7);
    let named = off.chain([date(2026, 9, 20), date(2026, 10, 10)]);
    calendar.name_days(named.map(|day| (day, "国庆节".to_owned())));
    calendar
}

fn explained(from: Timestamp, limit: &str) -> Explanation {
    explain(from, &limit.parse().unwrap(), &calendar()).unwrap()
}

fn zh(from: Timestamp, limit: &str) -> String {
    explained(from, limit).in_chinese(&calendar())
}

fn en(from: Timestamp, limit: &str) -> String {
    explained(from, limit).in_english(&calendar())
}

#[test]
fn the_example_of_the_standard_reads_as_a_person_would_reckon() {
    assert_eq!(
        zh(cn(11, 20, 17, 0), "4工作时"),
        "2026-11-20 周五 17:00 起算；11-20 周五 17:00–18:00 计 1 工作时；\
         11-21 周六 至 11-22 周日 周末不计；11-23 周一 08:00–11:00 计 3 工作时；11-23 周一 11:00 到期"
    );
    assert_eq!(
        en(cn(11, 20, 17, 0), "4工作时"),
        "Runs from Fri 20 Nov 17:00, 2026; Fri 20 Nov 17:00–18:00 counts 1 working hour; \
         Sat 21 Nov to Sun 22 Nov weekend, does not count; \
         Mon 23 Nov 08:00–11:00 counts 3 working hours; due Mon 23 Nov 11:00"
    );
}

#[test]
fn a_day_is_told_as_one_and_its_lunch_is_left_out() {
    assert_eq!(
        zh(cn(6, 3, 11, 30), "2工作时"),
        "2026-06-03 周三 11:30 起算；06-03 周三 11:30–15:30 计 2 工作时；06-03 周三 15:30 到期"
    );
    let stretches = &explained(cn(6, 3, 11, 30), "2工作时").stages[0].stretches;
    let words: Vec<_> =
        stretches.iter().map(|one| one.in_chinese(Unit::WorkingHours, &calendar())).collect();
    assert_eq!(
        words,
        [
            "06-03 周三 11:30–12:00 计 30 分钟",
            "06-03 周三 12:00–14:00 午间不计",
            "06-03 周三 14:00–15:30 计 1 工作时 30 分钟"
        ]
    );
}

#[test]
fn holidays_and_make_up_days_have_their_name() {
    assert_eq!(
        zh(cn(9, 30, 10, 0), "3工作日"),
        "2026-09-30 周三 10:00 起算；09-30 周三 10:00–24:00 起算当日不计；\
         10-01 周四 至 10-07 周三 国庆节放假不计；10-08 周四 至 10-09 周五 计 2 工作日；\
         10-10 周六 00:00–10:00 国庆节调休上班，计 1 工作日；10-10 周六 10:00 到期"
    );
    assert_eq!(
        en(cn(9, 18, 17, 0), "2工作时"),
        "Runs from Fri 18 Sep 17:00, 2026; Fri 18 Sep 17:00–18:00 counts 1 working hour; \
         Sat 19 Sep weekend, does not count; \
         Sun 20 Sep 08:00–09:00 worked in exchange for 国庆节, counts 1 working hour; due Sun 20 Sep 09:00"
    );
}

#[test]
fn stages_are_told_one_after_another() {
    let two = explained(cn(6, 5, 16, 30), "2紧急工作时+1工作日");
    assert_eq!((two.stages[0].to, two.stages[1].from), (cn(6, 5, 18, 30), cn(6, 5, 18, 30)));
    assert_eq!(
        two.in_chinese(&calendar()),
        "2026-06-05 周五 16:30 起算；第1阶段 2紧急工作时；06-05 周五 16:30–18:30 昼夜连续计 2 紧急工作时；\
         06-05 周五 18:30 本阶段到期；第2阶段 1工作日；06-06 周六 至 06-07 周日 周末不计；\
         06-08 周一 08:00 至 06-09 周二 08:00 计 1 工作日；06-09 周二 08:00 到期"
    );
}

#[test]
fn a_year_that_is_not_announced_is_named() {
    let last = explained(cn(12, 31, 17, 30), "1工作时");
    assert_eq!(last.waits_for, Some(2027));
    assert!(
        last.in_chinese(&calendar())
            .ends_with("2027 年放假安排尚未公布，暂按没有假日推算，公布后重新计算")
    );
    assert_eq!(explained(cn(12, 31, 17, 30), "3自然日").waits_for, None);
}

#[test]
fn calendar_days_count_the_days_they_end() {
    let whole = explained(cn(6, 5, 0, 0), "7自然日");
    assert_eq!(whole.stages[0].stretches[0].used, Used::Days(7));
    assert_eq!(
        zh(cn(6, 5, 17, 0), "7自然日"),
        "2026-06-05 周五 17:00 起算；06-05 周五 17:00 至 06-12 周五 17:00 含周末和节假日，计 7 自然日；\
         06-12 周五 17:00 到期"
    );
}
