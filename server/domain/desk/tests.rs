use jiff::ToSpan;
use jiff::civil::{Time, date, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

fn calendar() -> Calendar {
    let hours: Vec<(Time, Time)> =
        vec![(time(8, 0, 0, 0), time(12, 0, 0, 0)), (time(14, 0, 0, 0), time(18, 0, 0, 0))];
    Calendar::new(TimeZone::fixed(jiff::tz::offset(8)), hours).unwrap()
}

/// A Monday of November 2026 and so many days after it, by the clock on the wall.
fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
    let civil = date(2026, 11, 16).saturating_add(i64::from(day).days()).at(hour, minute, 0, 0);
    civil.to_zoned(TimeZone::fixed(jiff::tz::offset(8))).unwrap().timestamp()
}

fn counted(wait: Wait, from: Timestamp, to: Timestamp, as_of: Timestamp) -> Option<Counted> {
    let (limit, calendar) = ("2工作时".parse().unwrap(), calendar());
    let period = Period::new(from, to).unwrap();
    Clock::new(&limit, &calendar).counted(&wait, period, as_of)
}

fn wait(began_at: Timestamp, ended_at: Option<Timestamp>) -> Wait {
    Wait { began_at, ended_at }
}

#[test]
fn the_night_and_the_weekend_are_no_working_time() {
    // Friday 17:00 to Monday 09:00: two hours of work, to the minute.
    let (friday, monday) = (at(4, 17, 0), at(7, 9, 0));
    let week = (at(7, 0, 0), at(14, 0, 0));
    let just = counted(wait(friday, Some(monday)), week.0, week.1, week.1).unwrap();
    assert_eq!((just.on_time, just.took), (true, Some(2.hours().try_into().unwrap())));
    let over = wait(friday, Some(at(7, 9, 1)));
    assert!(!counted(over, week.0, week.1, week.1).unwrap().on_time);
}

#[test]
fn a_limit_that_ends_at_closing_time_is_over_in_the_evening() {
    let (began, week) = (at(0, 16, 0), (at(0, 0, 0), at(7, 0, 0)));
    let by_six = counted(wait(began, Some(at(0, 18, 0))), week.0, week.1, week.1).unwrap();
    let by_seven = counted(wait(began, Some(at(0, 19, 0))), week.0, week.1, week.1).unwrap();
    assert!(by_six.on_time && !by_seven.on_time);
    assert_eq!(by_six.took, by_seven.took);
}

#[test]
fn what_goes_on_counts_once_it_is_late_and_in_every_period_until_it_ends() {
    let open = wait(at(0, 9, 0), None);
    let day = |n: i8| (at(n, 0, 0), at(n + 1, 0, 0));
    let late = Some(Counted { on_time: false, took: None });
    assert_eq!(counted(open, day(0).0, day(0).1, at(0, 10, 30)), None, "there is time yet");
    assert_eq!(counted(open, day(0).0, day(0).1, at(0, 11, 1)), late);
    assert_eq!(counted(open, day(3).0, day(3).1, at(5, 0, 0)), late);
    let ended = wait(at(0, 9, 0), Some(at(3, 9, 0)));
    assert_eq!(counted(ended, day(1).0, day(1).1, at(5, 0, 0)), late);
    assert!(counted(ended, day(3).0, day(3).1, at(5, 0, 0)).unwrap().took.is_some());
    assert_eq!(counted(ended, day(4).0, day(4).1, at(5, 0, 0)), None);
}

#[test]
fn half_and_nine_tenths_are_by_nearest_rank() {
    let hour = |n: i64| SignedDuration::from_hours(n);
    let mut tally = Tally::default();
    assert_eq!((tally.within(50), tally.on_time().percent), (None, None));
    for n in [5, 1, 4, 2, 3] {
        tally.add(Counted { on_time: n < 3, took: Some(hour(n)) });
    }
    tally.add(Counted { on_time: false, took: None });
    assert_eq!((tally.within(50), tally.within(90)), (Some(hour(3)), Some(hour(5))));
    assert_eq!((tally.on_time(), tally.ended()), (Rate::new(2, 6), 5));
}

proptest! {
    #[test]
    fn a_wait_that_ended_counts_its_end_in_one_period_alone(
        began in 0..20_000_i64, length in 0..20_000_i64, cuts in proptest::collection::vec(0..50_000_i64, 0..6),
    ) {
        let minute = |n: i64| at(0, 0, 0) + SignedDuration::from_mins(n);
        let ended = wait(minute(began), Some(minute(began + length)));
        let mut cuts = cuts;
        cuts.extend([0, 50_000]);
        cuts.sort_unstable();
        cuts.dedup();
        let ends = cuts.windows(2).filter(|pair| {
            let of = counted(ended, minute(pair[0]), minute(pair[1]), minute(60_000));
            of.is_some_and(|counted| counted.took.is_some())
        });
        prop_assert_eq!(ends.count(), 1);
    }
}
