//! Limits that are reckoned anew when calendar or rules change.

use jiff::civil::{Date, date, datetime, time};
use jiff::tz::{Offset, TimeZone};
use proptest::prelude::*;

use super::*;
use crate::deadline::{Calendar, Limit, Period, Shorter};

fn zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// 2026 and 2027 with these days off, on the hours of the standard's example.
pub(super) fn office_of(off: &[Date]) -> Calendar {
    let hours = vec![(time(8, 0, 0, 0), time(12, 0, 0, 0)), (time(14, 0, 0, 0), time(18, 0, 0, 0))];
    let mut calendar = Calendar::new(zone(), hours).unwrap();
    calendar.declare_year(2026, off.iter().map(|day| (*day, true)));
    calendar
}

/// The same once 2027 is announced.
fn announced(off: &[Date]) -> Calendar {
    let mut calendar = office_of(&[]);
    calendar.declare_year(2027, off.iter().map(|day| (*day, true)));
    calendar
}

fn cn(day: Date, hour: i8) -> Timestamp {
    zone().to_timestamp(day.at(hour, 0, 0, 0)).unwrap()
}

fn limit_of(text: &str) -> Limit {
    text.parse().unwrap()
}

/// Dispatched at an instant under a calendar.
fn dispatched(text: &str, from: Timestamp, calendar: &Calendar) -> Life {
    let mut life = Life::new(false);
    let basis = Basis { calendar, periods: &[], reference_version: 1 };
    life.facts.now = from;
    life.facts.limit = Some(Box::new(Reckoned::new("27a", &limit_of(text), from, basis).unwrap()));
    life.does(&office(), &file()).unwrap();
    life.does(&office(), &dispatch("power", &[])).unwrap();
    life
}

fn anew(life: &Life, text: &str, calendar: &Calendar, now: Timestamp) -> Option<Event> {
    let (limit, basis) = (limit_of(text), Basis { calendar, periods: &[], reference_version: 2 });
    life.state.recomputed(|_| Some(&limit), basis, now).unwrap()
}

fn recomputes(life: &mut Life, text: &str, calendar: &Calendar, now: Timestamp) -> bool {
    let event = anew(life, text, calendar, now);
    let changed = event.is_some();
    life.facts.now = now;
    if let Some(event) = event {
        life.happens(&office(), event);
    }
    changed
}

fn because(life: &Life) -> Recomputed {
    match life.log.last().unwrap().event {
        Event::LimitRecomputed { because, .. } => because,
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn a_limit_over_new_year_is_provisional_until_the_year_is_announced() {
    let from = cn(date(2026, 12, 31), 17);
    let mut life = dispatched("4工作时", from, &office_of(&[]));
    assert_eq!(life.state.due_at, Some(cn(date(2027, 1, 1), 11)));
    assert!(life.state.is_provisional());
    let off: Vec<Date> = (1..=3).map(|day| date(2027, 1, day)).collect();
    assert!(recomputes(&mut life, "4工作时", &announced(&off), cn(date(2026, 12, 31), 18)));
    assert_eq!(
        (life.state.due_at, because(&life)),
        (Some(cn(date(2027, 1, 4), 11)), Recomputed::Calendar)
    );
    assert_eq!(life.state.first_due_at, life.state.due_at, "nobody chose another limit");
    assert!(!life.state.is_provisional());
    assert_eq!(life.state.limit.as_ref().unwrap().reference_version, 2);
}

#[test]
fn an_announcement_that_moves_nothing_still_ends_the_waiting() {
    let mut life = dispatched("4工作时", cn(date(2026, 12, 31), 17), &office_of(&[]));
    assert!(recomputes(&mut life, "4工作时", &announced(&[date(2027, 5, 1)]), at(1)));
    assert_eq!(life.state.due_at, Some(cn(date(2027, 1, 1), 11)));
    assert!(!life.state.is_provisional());
}

#[test]
fn what_persons_agreed_on_stays_and_the_first_limit_moves_beside_it() {
    let from = cn(date(2026, 6, 8), 9);
    let mut life = dispatched("2工作日", from, &office_of(&[]));
    life.does(&of_bureau("power"), &Command::Accept).unwrap();
    let until = cn(date(2026, 6, 30), 18);
    let ask =
        Command::Ask { wish: Wish::Extension { until }, reason: words("rain"), photos: Vec::new() };
    life.does(&of_bureau("power"), &ask).unwrap();
    for account in [40, 41] {
        let decide = Command::Decide { approved: true, note: words("") };
        life.does(&person(account, Role::Office, None), &decide).unwrap();
    }
    assert!(recomputes(&mut life, "2工作日", &office_of(&[date(2026, 6, 9)]), from));
    assert_eq!(life.state.due_at, Some(until));
    assert_eq!(life.state.first_due_at, Some(cn(date(2026, 6, 11), 9)));
}

#[test]
fn an_extension_that_a_new_calendar_already_gives_lapses() {
    let from = cn(date(2026, 6, 8), 9);
    let mut life = dispatched("1工作日", from, &office_of(&[]));
    life.does(&of_bureau("power"), &Command::Accept).unwrap();
    let until = cn(date(2026, 6, 10), 9);
    let ask =
        Command::Ask { wish: Wish::Extension { until }, reason: words("rain"), photos: Vec::new() };
    life.does(&of_bureau("power"), &ask).unwrap();
    let off = [date(2026, 6, 9), date(2026, 6, 10)];
    assert!(recomputes(&mut life, "1工作日", &office_of(&off), from));
    assert_eq!(life.state.due_at, Some(cn(date(2026, 6, 11), 9)));
    assert_eq!(life.state.request, None);
}

#[test]
fn a_raised_limit_moves_and_so_does_the_first_one_beside_it() {
    let (from, calendar) = (cn(date(2026, 6, 8), 9), office_of(&[]));
    let mut life = dispatched("5工作日", from, &calendar);
    let basis = Basis { calendar: &calendar, periods: &[], reference_version: 1 };
    let graver = Reckoned::new("27b", &limit_of("1工作日"), from, basis).unwrap();
    let (due_at, limit) = (Some(graver.due_at), Some(Box::new(graver)));
    life.happens(&inspector(), Event::Raised { condition: words("27b"), due_at, limit });
    let off = office_of(&[date(2026, 6, 9)]);
    let basis = Basis { calendar: &off, periods: &[], reference_version: 2 };
    let (five, one) = (limit_of("5工作日"), limit_of("1工作日"));
    let says = |condition: &str| Some(if condition == "27b" { &one } else { &five });
    let event = life.state.recomputed(says, basis, from).unwrap().unwrap();
    life.happens(&office(), event);
    assert_eq!(life.state.due_at, Some(cn(date(2026, 6, 10), 9)));
    assert_eq!(life.state.first_due_at, Some(cn(date(2026, 6, 16), 9)));
}

#[test]
fn a_longer_rule_holds_from_the_start_and_a_shorter_one_from_now_on() {
    let (from, calendar) = (cn(date(2026, 6, 8), 9), office_of(&[]));
    let mut longer = dispatched("2工作日", from, &calendar);
    assert!(recomputes(&mut longer, "4工作日", &calendar, cn(date(2026, 6, 9), 15)));
    assert_eq!(
        (longer.state.due_at, because(&longer)),
        (Some(cn(date(2026, 6, 12), 9)), Recomputed::Rule)
    );
    let mut shorter = dispatched("4工作日", from, &calendar);
    let now = cn(date(2026, 6, 9), 15);
    assert!(recomputes(&mut shorter, "1工作日", &calendar, now));
    assert_eq!(shorter.state.due_at, Some(cn(date(2026, 6, 10), 15)));
    let late = cn(date(2026, 6, 10), 10);
    assert!(!recomputes(&mut shorter, "1工作日", &calendar, late), "once");
    let mut ending = dispatched("2工作日", from, &calendar);
    assert!(!recomputes(&mut ending, "1工作日", &calendar, now), "it ends sooner as it is");
}

fn hurried(open_too: bool) -> Period {
    Period {
        code: words("yj"),
        name: words("迎检"),
        from: cn(date(2026, 6, 8), 0),
        until: cn(date(2026, 6, 20), 0),
        categories: vec![words("27")],
        bureaus: Vec::new(),
        shorter: Shorter::Percent(50),
        open_too,
        withdrawn: false,
    }
}

/// What is open is looked at with this period.
fn follows(life: &Life, period: &Period, now: Timestamp) -> Option<Event> {
    let (calendar, limit) = (office_of(&[]), limit_of("4工作日"));
    let periods = std::slice::from_ref(period);
    let basis = Basis { calendar: &calendar, periods, reference_version: 2 };
    life.state.recomputed(|_| Some(&limit), basis, now).unwrap()
}

#[test]
fn what_is_open_follows_a_period_from_when_it_is_set_and_keeps_its_first_limit() {
    let (calendar, now) = (office_of(&[]), cn(date(2026, 6, 8), 15));
    let mut life = dispatched("4工作日", cn(date(2026, 6, 8), 9), &calendar);
    assert_eq!(follows(&life, &hurried(false), now), None, "only what is dispatched within it");
    let elsewhere = Period { categories: vec![words("28")], ..hurried(true) };
    assert_eq!(follows(&life, &elsewhere, now), None);
    let withdrawn = Period { withdrawn: true, ..hurried(true) };
    assert_eq!(follows(&life, &withdrawn, now), None);
    assert_eq!(follows(&life, &hurried(true), cn(date(2026, 6, 21), 9)), None, "it is over");
    let event = follows(&life, &hurried(true), now).unwrap();
    life.happens(&office(), event);
    assert_eq!(
        (life.state.due_at, because(&life)),
        (Some(cn(date(2026, 6, 10), 15)), Recomputed::Period)
    );
    assert_eq!(life.state.first_due_at, Some(cn(date(2026, 6, 12), 9)));
    assert_eq!(life.state.limit.as_ref().unwrap().period.as_ref().unwrap().name, "迎检");
    assert_eq!(follows(&life, &hurried(true), now + 1.hour()), None, "once");
    let later = Period { withdrawn: true, ..hurried(true) };
    assert_eq!(follows(&life, &later, now + 1.hour()), None, "withdrawn, it gives no time back");
}

#[test]
fn a_period_shortens_what_is_dispatched_within_it_and_lengthens_nothing() {
    let (calendar, limit) = (office_of(&[]), limit_of("4工作日"));
    let reckons = |period: &Period, from: Timestamp, lead: &str| {
        let periods = std::slice::from_ref(period);
        let basis = Basis { calendar: &calendar, periods, reference_version: 2 };
        let whose = For { category: Some("27"), lead: Some(lead) };
        Reckoned::dispatched("27a", &limit, from, whose, basis).unwrap()
    };
    let (before, within) = (cn(date(2026, 6, 5), 9), cn(date(2026, 6, 8), 9));
    assert_eq!(reckons(&hurried(false), before, "power").period, None);
    let short = reckons(&hurried(false), within, "power");
    assert_eq!(
        (short.due_at, short.limit.to_string()),
        (cn(date(2026, 6, 10), 9), words("2工作日"))
    );
    let longer = Period { shorter: Shorter::Limit(limit_of("9工作日")), ..hurried(false) };
    assert_eq!(reckons(&longer, within, "power").due_at, cn(date(2026, 6, 12), 9));
    let theirs = Period { bureaus: vec![words("mobile")], ..hurried(false) };
    assert_eq!(reckons(&theirs, within, "power").period, None);
    assert!(reckons(&theirs, within, "mobile").period.is_some());
}

fn days_off() -> impl Strategy<Value = Vec<Date>> {
    let first = date(2026, 6, 1);
    proptest::collection::vec((0..60_i64).prop_map(move |n| first + n.days()), 0..20)
}

fn texts() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "4工作时",
        "20工作时",
        "1工作日",
        "7工作日",
        "3自然日",
        "2紧急工作时+5工作日",
    ])
}

proptest! {
    #[test]
    fn a_limit_is_always_what_the_calendar_in_force_says(
        before in days_off(), after in days_off(), text in texts(), hour in 0..240_i64
    ) {
        let from = zone().to_timestamp(datetime(2026, 6, 3, 0, 0, 0, 0)).unwrap() + hour.hours();
        let (before, after) = (office_of(&before), office_of(&after));
        let mut life = dispatched(text, from, &before);
        let changed = recomputes(&mut life, text, &after, from + 1.hour());
        let says = crate::deadline::due(from, &limit_of(text), &after).unwrap();
        prop_assert_eq!(life.state.due_at, Some(says.at));
        prop_assert_eq!(life.state.first_due_at, Some(says.at));
        if says.stages.len() > 1 {
            prop_assert_eq!(&life.state.limit.as_ref().unwrap().stages, &says.stages);
        }
        let was = crate::deadline::due(from, &limit_of(text), &before).unwrap();
        prop_assert_eq!(changed, (was.stages, was.provisional) != (says.stages, says.provisional));
        prop_assert!(anew(&life, text, &after, from + 2.hours()).is_none(), "a second time changes nothing");
        let mut folded = IssueState::new(at(0));
        life.log.iter().for_each(|recorded| apply(&mut folded, recorded));
        prop_assert_eq!(&folded, &life.state);
    }

    #[test]
    fn nobody_is_overdue_by_a_rule_that_came_after(
        before in texts(), after in texts(), hour in 0..400_i64
    ) {
        let (from, calendar) = (cn(date(2026, 6, 3), 9), office_of(&[]));
        let now = from + hour.hours();
        let mut life = dispatched(before, from, &calendar);
        let was = life.state.due_at.unwrap();
        recomputes(&mut life, after, &calendar, now);
        let is = life.state.due_at.unwrap();
        prop_assert!(is >= was.min(now), "{before} to {after}: {was} became {is} at {now}");
        prop_assert!(anew(&life, after, &calendar, now + 5.hours()).is_none());
    }

    #[test]
    fn nobody_is_overdue_by_a_period_and_none_gives_more_time(
        text in texts(), hour in 0..240_i64, percent in 1..100_u32, off in days_off()
    ) {
        let (from, calendar) = (cn(date(2026, 6, 8), 9), office_of(&off));
        let life = dispatched(text, from, &calendar);
        let (was, now) = (life.state.due_at.unwrap(), from + hour.hours());
        let period = Period { shorter: Shorter::Percent(percent), ..hurried(true) };
        prop_assert_eq!(period.check(), Ok(()));
        let (limit, periods) = (limit_of(text), std::slice::from_ref(&period));
        let basis = Basis { calendar: &calendar, periods, reference_version: 2 };
        if let Some(Event::LimitRecomputed { due_at, first_due_at, .. }) =
            life.state.recomputed(|_| Some(&limit), basis, now).unwrap()
        {
            prop_assert!(due_at < was && due_at > now && first_due_at == was);
        }
    }

    #[test]
    fn what_has_ended_keeps_its_limit(off in days_off(), text in texts()) {
        let mut life = dispatched(text, cn(date(2026, 6, 3), 9), &office_of(&[]));
        let void = Command::Void { reason: DismissReason::Duplicate, note: words("twice") };
        life.does(&office(), &void).unwrap();
        prop_assert!(anew(&life, "1紧急工作时", &office_of(&off), at(9)).is_none());
    }
}
