use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::tests::{counted, new_york, shanghai};
use super::*;

/// A calendar with one to three office hours and up to 40 exceptional days around 2026.
fn calendars(zone: TimeZone) -> impl Strategy<Value = Calendar> {
    let minutes = prop::collection::btree_set(0_i16..1_440, 2..=6);
    let days = prop::collection::vec((0_i64..500, any::<bool>()), 0..40);
    (minutes, days).prop_map(move |(minutes, days)| {
        let clock = |minute: i16| {
            Time::new((minute / 60).try_into().unwrap(), (minute % 60).try_into().unwrap(), 0, 0)
        };
        let clocks: Vec<_> = minutes.into_iter().map(|minute| clock(minute).unwrap()).collect();
        let hours = clocks.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let mut calendar = Calendar::new(zone.clone(), hours).unwrap();
        let day = |after: i64| -> Date { date(2025, 10, 1).checked_add(after.days()).unwrap() };
        calendar.declare_year(2026, days.into_iter().map(|(after, off)| (day(after), off)));
        calendar
    })
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    prop_oneof![calendars(shanghai()), calendars(new_york())]
}

/// Instants to the second from October 2025 to January 2027.
fn instants() -> impl Strategy<Value = Timestamp> {
    (1_759_276_800_i64..1_798_761_600).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn stints() -> impl Strategy<Value = Stint> {
    (1_u32..30, prop::sample::select(&Unit::ALL[..]))
        .prop_map(|(amount, unit)| Stint { amount, unit })
}

fn limits() -> impl Strategy<Value = Limit> {
    prop::collection::vec(stints(), 1..4).prop_map(|stints| Limit::new(stints).unwrap())
}

proptest! {
    #[test]
    fn segments_lead_from_the_start_to_the_limit(
        calendar in any_calendar(), start in instants(), limit in limits()
    ) {
        let due = due(start, &limit, &calendar).unwrap();
        prop_assert!(due.at > start);
        prop_assert_eq!(due.segments[0].from, start);
        prop_assert_eq!(due.segments.last().unwrap().to, due.at);
        prop_assert_eq!(due.stages.len(), limit.stints().len());
        prop_assert_eq!(due.stages.last(), Some(&due.at));
        prop_assert!(due.stages.is_sorted());
        for pair in due.segments.windows(2) {
            prop_assert_eq!(pair[0].to, pair[1].from);
        }
        prop_assert!(due.segments.iter().all(|segment| segment.from < segment.to));
    }

    #[test]
    fn a_later_start_is_never_due_earlier(
        calendar in calendars(shanghai()), a in instants(), later in 0_i64..400_000, limit in limits()
    ) {
        let b = a + SignedDuration::from_secs(later);
        prop_assert!(due(a, &limit, &calendar).unwrap().at <= due(b, &limit, &calendar).unwrap().at);
    }

    #[test]
    fn a_larger_amount_is_never_due_earlier(
        calendar in any_calendar(), start in instants(), stint in stints(), more in 1_u32..10
    ) {
        let limit = |amount| Limit::new(vec![Stint { amount, ..stint }]).unwrap();
        let less = due(start, &limit(stint.amount), &calendar).unwrap();
        let more = due(start, &limit(stint.amount + more), &calendar).unwrap();
        prop_assert!(less.at < more.at);
    }

    #[test]
    fn what_counts_is_what_was_asked_for(
        calendar in any_calendar(), start in instants(), hours in 1_u32..200
    ) {
        let limit = Limit::new(vec![Stint { amount: hours, unit: Unit::WorkingHours }]).unwrap();
        let due = due(start, &limit, &calendar).unwrap();
        let asked = SignedDuration::from_hours(hours.into());
        prop_assert_eq!(counted(&due), asked);
        prop_assert_eq!(working_time(start, due.at, &calendar), asked);
        prop_assert!(due.segments.last().unwrap().counts);
        for segment in &due.segments {
            let worked = working_time(segment.from, segment.to, &calendar);
            let whole = segment.to.duration_since(segment.from);
            prop_assert_eq!(worked, if segment.counts { whole } else { SignedDuration::ZERO });
        }
    }

    #[test]
    fn working_days_count_24_hours_each(
        calendar in calendars(shanghai()), start in instants(), amount in 1_u32..40
    ) {
        let limit = Limit::new(vec![Stint { amount, unit: Unit::WorkingDays }]).unwrap();
        let due = due(start, &limit, &calendar).unwrap();
        prop_assert_eq!(counted(&due), SignedDuration::from_hours(24 * i64::from(amount)));
        prop_assert!(calendar.is_working(calendar.date_of(due.at)));
    }

    #[test]
    fn working_time_adds_up_over_any_partition(
        calendar in any_calendar(),
        mut cuts in prop::collection::vec(
            (1_768_000_000_i64..1_776_000_000).prop_map(|s| Timestamp::from_second(s).unwrap()), 2..12
        ),
    ) {
        cuts.sort();
        let parts = cuts.windows(2).map(|pair| working_time(pair[0], pair[1], &calendar));
        let whole = working_time(cuts[0], *cuts.last().unwrap(), &calendar);
        prop_assert_eq!(parts.sum::<SignedDuration>(), whole);
    }

    #[test]
    fn an_explanation_uses_up_exactly_the_limit_and_leaves_no_time_out(
        calendar in calendars(shanghai()), start in instants(), limit in limits()
    ) {
        let told = explain(start, &limit, &calendar).unwrap();
        prop_assert_eq!(&told.due, &due(start, &limit, &calendar).unwrap());
        let mut at = start;
        for stage in &told.stages {
            let (mut days, mut time) = (0, SignedDuration::ZERO);
            for stretch in &stage.stretches {
                prop_assert_eq!(stretch.segment.from, at);
                at = stretch.segment.to;
                match stretch.used {
                    Used::Nothing => prop_assert!(!stretch.segment.counts),
                    Used::Days(count) => days += count,
                    Used::Time(length) => time += length,
                }
            }
            prop_assert_eq!(at, stage.to);
            let amount = i64::from(stage.stint.amount);
            match stage.stint.unit {
                Unit::WorkingDays | Unit::CalendarDays => prop_assert_eq!(days, amount),
                Unit::UrgentDays => prop_assert_eq!(time, SignedDuration::from_hours(24 * amount)),
                _ => prop_assert_eq!(time, SignedDuration::from_hours(amount)),
            }
        }
        prop_assert_eq!(at, told.due.at);
        prop_assert_eq!(told.waits_for.is_some(), told.due.provisional);
    }
}
