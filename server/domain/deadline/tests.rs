use jiff::civil::{date, datetime, time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::*;

pub(super) fn shanghai() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

pub(super) fn new_york() -> TimeZone {
    TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap()
}

fn office(zone: TimeZone) -> Calendar {
    let hours = vec![(time(8, 0, 0, 0), time(12, 0, 0, 0)), (time(14, 0, 0, 0), time(18, 0, 0, 0))];
    Calendar::new(zone, hours).unwrap()
}

/// 2026 with its National Day alone: off 1–7 October, worked on 20 September and 10 October.
pub(super) fn national_day() -> Calendar {
    let mut calendar = office(shanghai());
    let off = date(2026, 10, 1).series(1.day()).take(7).map(|day| (day, true));
    let worked = [(date(2026, 9, 20), false), (date(2026, 10, 10), false)];
    calendar.declare_year(2026, off.chain(worked));
    calendar
}

fn at(zone: &TimeZone, month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
    zone.to_timestamp(datetime(2026, month, day, hour, minute, 0, 0)).unwrap()
}

fn cn(month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
    at(&shanghai(), month, day, hour, minute)
}

fn run(start: Timestamp, limit: &str, calendar: &Calendar) -> Due {
    due(start, &limit.parse().unwrap(), calendar).unwrap()
}

fn why(due: &Due) -> Vec<(bool, Why)> {
    due.segments.iter().map(|segment| (segment.counts, segment.why)).collect()
}

pub(super) fn counted(due: &Due) -> SignedDuration {
    let counted = due.segments.iter().filter(|segment| segment.counts);
    counted.map(|segment| segment.to.duration_since(segment.from)).sum()
}

#[test]
fn four_working_hours_from_friday_evening_end_on_monday_before_noon() {
    let due = run(cn(6, 5, 17, 0), "4工作时", &national_day());
    assert_eq!(due.at, cn(6, 8, 11, 0));
    assert!(!due.provisional);
    assert_eq!(due.stages, [due.at]);
    let expected = [
        (true, Why::OfficeHours),
        (false, Why::Night),
        (false, Why::Weekend),
        (false, Why::Night),
        (true, Why::OfficeHours),
    ];
    assert_eq!(why(&due), expected);
    assert_eq!(due.segments[2].from, cn(6, 6, 0, 0));
    assert_eq!(due.segments[2].to, cn(6, 8, 0, 0));
}

#[test]
fn working_hours_pause_at_lunch_and_end_at_closing_not_at_the_next_opening() {
    let calendar = national_day();
    assert_eq!(run(cn(6, 3, 8, 0), "4工作时", &calendar).at, cn(6, 3, 12, 0));
    assert_eq!(run(cn(6, 3, 12, 0), "4工作时", &calendar).at, cn(6, 3, 18, 0));
    let due = run(cn(6, 3, 11, 30), "1工作时", &calendar);
    assert_eq!(due.at, cn(6, 3, 14, 30));
    let expected = [(true, Why::OfficeHours), (false, Why::Break), (true, Why::OfficeHours)];
    assert_eq!(why(&due), expected);
}

#[test]
fn nights_between_working_days_are_one_stretch() {
    let due = run(cn(6, 3, 17, 0), "2工作时", &national_day());
    assert_eq!(due.segments[1].from, cn(6, 3, 18, 0));
    assert_eq!(due.segments[1].to, cn(6, 4, 8, 0));
}

#[test]
fn a_holiday_stops_the_hours_and_a_make_up_weekend_runs_them() {
    let calendar = national_day();
    let due = run(cn(9, 30, 17, 0), "4工作时", &calendar);
    assert_eq!(due.at, cn(10, 8, 11, 0));
    assert_eq!(due.segments[2].why, Why::Holiday);
    assert_eq!((due.segments[2].from, due.segments[2].to), (cn(10, 1, 0, 0), cn(10, 8, 0, 0)));

    let due = run(cn(10, 9, 17, 0), "4工作时", &calendar);
    assert_eq!(due.at, cn(10, 10, 11, 0));
    assert_eq!(why(&due).last(), Some(&(true, Why::MakeUpDay)));
    assert_eq!(run(cn(9, 18, 17, 0), "4工作时", &calendar).at, cn(9, 20, 11, 0));
}

#[test]
fn working_days_end_at_the_same_time_of_day() {
    let calendar = national_day();
    let due = run(cn(9, 30, 10, 0), "3工作日", &calendar);
    assert_eq!(due.at, cn(10, 10, 10, 0));
    let expected = [(true, Why::WorkingDay), (false, Why::Holiday), (true, Why::WorkingDay)];
    assert_eq!(why(&due), [&expected[..], &[(true, Why::MakeUpDay)]].concat());
    assert_eq!(run(cn(6, 3, 13, 0), "1工作日", &calendar).at, cn(6, 4, 13, 0));
    assert_eq!(run(cn(6, 3, 18, 0), "1工作日", &calendar).at, cn(6, 4, 18, 0));
}

#[test]
fn working_days_begun_outside_office_hours_count_from_an_opening() {
    let calendar = national_day();
    assert_eq!(run(cn(6, 3, 6, 30), "1工作日", &calendar).at, cn(6, 4, 8, 0));
    assert_eq!(run(cn(6, 3, 18, 1), "1工作日", &calendar).at, cn(6, 5, 8, 0));
    let due = run(cn(6, 6, 10, 0), "2工作日", &calendar);
    assert_eq!(due.at, cn(6, 10, 8, 0));
    let expected = [(false, Why::Weekend), (false, Why::Night), (true, Why::WorkingDay)];
    assert_eq!(why(&due), expected);
    assert_eq!(due.segments[2].from, cn(6, 8, 8, 0));
}

#[test]
fn urgent_time_and_calendar_days_run_through_holidays() {
    let calendar = national_day();
    assert_eq!(run(cn(9, 30, 17, 0), "2紧急工作时", &calendar).at, cn(9, 30, 19, 0));
    assert_eq!(run(cn(9, 30, 17, 0), "1紧急工作日", &calendar).at, cn(10, 1, 17, 0));
    assert_eq!(run(cn(9, 30, 17, 0), "7自然日", &calendar).at, cn(10, 7, 17, 0));
}

#[test]
fn stages_run_one_after_another() {
    let due = run(cn(6, 5, 16, 30), "2紧急工作时+5工作日", &national_day());
    assert_eq!(due.stages, [cn(6, 5, 18, 30), cn(6, 15, 8, 0)]);
    assert_eq!(due.at, cn(6, 15, 8, 0));
}

#[test]
fn a_limit_that_reaches_an_undeclared_year_is_provisional() {
    let calendar = national_day();
    assert!(!run(cn(12, 31, 14, 0), "4工作时", &calendar).provisional);
    assert!(run(cn(12, 31, 14, 1), "4工作时", &calendar).provisional);
    assert!(run(cn(12, 31, 14, 0), "1工作日", &calendar).provisional);
    assert!(run(cn(12, 31, 14, 0), "1工作时+4工作时", &calendar).provisional);
    assert!(!run(cn(12, 31, 14, 0), "3自然日+48紧急工作时", &calendar).provisional);
    assert!(run(cn(6, 1, 9, 0), "1工作时", &office(shanghai())).provisional);
    assert!(run(cn(6, 1, 9, 0), "1工作时+1紧急工作时", &office(shanghai())).provisional);
}

#[test]
fn a_year_may_declare_dates_of_its_neighbour_without_knowing_it() {
    let mut calendar = office(shanghai());
    calendar.declare_year(2027, [(date(2026, 12, 31), true)]);
    assert!(!calendar.is_working(date(2026, 12, 31)));
    assert!(calendar.knows(2027) && !calendar.knows(2026));
    calendar.declare_year(2026, [(date(2026, 12, 31), false)]);
    assert!(calendar.is_working(date(2026, 12, 31)));
}

#[test]
fn summer_time_moves_neither_the_time_of_day_nor_the_office_hours() {
    let zone = new_york();
    let calendar = office(zone.clone());
    let friday = at(&zone, 3, 6, 17, 0);
    assert_eq!(run(friday, "4工作时", &calendar).at, at(&zone, 3, 9, 11, 0));
    let week = run(friday, "7自然日", &calendar);
    assert_eq!(week.at, at(&zone, 3, 13, 17, 0));
    assert_eq!(counted(&week), SignedDuration::from_hours(7 * 24 - 1));
    let autumn = run(at(&zone, 10, 30, 17, 0), "7自然日", &calendar);
    assert_eq!(autumn.at, at(&zone, 11, 6, 17, 0));
    assert_eq!(counted(&autumn), SignedDuration::from_hours(7 * 24 + 1));
    assert_eq!(run(friday, "7紧急工作日", &calendar).at, at(&zone, 3, 13, 18, 0));
}

#[test]
fn office_hours_in_an_hour_that_the_clocks_skip_take_no_time() {
    let hours = vec![(time(1, 0, 0, 0), time(2, 30, 0, 0)), (time(2, 30, 0, 0), time(4, 0, 0, 0))];
    let zone = new_york();
    let mut calendar = Calendar::new(zone.clone(), hours).unwrap();
    calendar.declare_year(2026, [(date(2026, 3, 8), false)]);
    let (from, to) = (at(&zone, 3, 8, 0, 0), at(&zone, 3, 9, 0, 0));
    assert_eq!(working_time(from, to, &calendar), SignedDuration::from_hours(2));
    assert_eq!(run(from, "2工作时", &calendar).at, at(&zone, 3, 8, 4, 0));
    assert_eq!(run(at(&zone, 3, 7, 2, 30), "1自然日", &calendar).at, at(&zone, 3, 8, 3, 0));
}

#[test]
fn a_calendar_without_working_days_is_given_up() {
    let mut calendar = office(shanghai());
    let first = date(2026, 1, 1);
    calendar.declare_year(2026, first.series(1.day()).take(2_000).map(|day| (day, true)));
    for text in ["1工作时", "1工作日"] {
        let gone = due(cn(1, 1, 9, 0), &text.parse().unwrap(), &calendar);
        assert!(matches!(gone, Err(DueError::NoWorkingDay(_))), "{text}: {gone:?}");
    }
    assert_eq!(run(cn(1, 1, 9, 0), "1自然日", &calendar).at, cn(1, 2, 9, 0));
}

#[test]
fn a_limit_beyond_the_last_date_is_an_error() {
    let calendar = office(shanghai());
    for unit in Unit::ALL {
        let limit = Limit::new(vec![Stint { amount: 3_000, unit }]).unwrap();
        assert_eq!(due(Timestamp::MAX, &limit, &calendar), Err(DueError::OutOfRange), "{unit:?}");
    }
    assert_eq!(working_time(Timestamp::MAX, Timestamp::MAX, &calendar), SignedDuration::ZERO);
}

#[test]
fn office_hours_are_checked() {
    let hours = |hours: &[(i8, i8)]| {
        let pairs = hours.iter().map(|(from, to)| (time(*from, 0, 0, 0), time(*to, 0, 0, 0)));
        Calendar::new(shanghai(), pairs.collect()).err()
    };
    let clock = |hour| time(hour, 0, 0, 0);
    assert_eq!(hours(&[]), Some(CalendarError::NoOfficeHours));
    assert_eq!(hours(&[(9, 9)]), Some(CalendarError::Backwards(clock(9), clock(9))));
    assert_eq!(hours(&[(22, 6)]), Some(CalendarError::Backwards(clock(22), clock(6))));
    assert_eq!(hours(&[(8, 12), (11, 18)]), Some(CalendarError::Overlap(clock(11))));
    assert_eq!(hours(&[(14, 18), (8, 12)]), Some(CalendarError::Overlap(clock(8))));
    assert_eq!(hours(&[(8, 12), (12, 18)]), None);
}

#[test]
fn the_date_is_that_of_the_zone() {
    let late = "2026-06-05T16:00:00Z".parse().unwrap();
    assert_eq!(office(shanghai()).date_of(late), date(2026, 6, 6));
    assert_eq!(office(new_york()).date_of(late), date(2026, 6, 5));
}

#[test]
fn a_clock_that_stood_still_has_as_much_left_as_when_it_stopped() {
    let calendar = national_day();
    let limit = |text: &str| text.parse::<Limit>().unwrap();
    let again = |due, stopped, from, text: &str| {
        resumed(due, (stopped, from), Some(&limit(text)), &calendar).unwrap()
    };
    // Filed on Friday at 17:00 for four hours; stopped at once, taken up on Wednesday at 17:00.
    let (friday, monday) = (cn(9, 11, 17, 0), cn(9, 14, 11, 0));
    assert_eq!(again(monday, friday, cn(9, 16, 17, 0), "4工作时"), cn(9, 17, 11, 0));
    // Stopped in the middle of the weekend there are three hours left.
    assert_eq!(again(monday, cn(9, 12, 12, 0), cn(9, 16, 8, 0), "4工作时"), cn(9, 16, 11, 0));
    // Of urgent time every hour counts, the night as well; without a limit's unit, too.
    let urgent = again(cn(9, 12, 3, 0), friday, cn(9, 16, 17, 0), "10紧急工作时");
    assert_eq!(urgent, cn(9, 17, 3, 0));
    let plain = resumed(monday, (friday, cn(9, 16, 17, 0)), None, &calendar).unwrap();
    assert_eq!(plain, cn(9, 19, 11, 0));
    for text in ["4工作时", "4紧急工作时"] {
        assert_eq!(again(friday, monday, cn(9, 16, 17, 0), text), cn(9, 16, 17, 0), "was over");
    }
}
