use proptest::prelude::*;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn period(from: i64, to: i64) -> Period {
    Period::new(at(from), at(to)).unwrap()
}

/// An issue with this limit, closed then; handled one second before.
fn issue(limit: i64, closed: Option<i64>) -> Span {
    Span {
        first_due_at: Some(at(limit)),
        due_at: Some(at(limit)),
        handled_at: closed.map(|second| at(second - 1)),
        closed_at: closed.map(at),
        void: false,
        rework: 0,
        extended: false,
        self_handled: false,
        suspended_at: None,
    }
}

fn tally(spans: &[Span], period: Period) -> Tally {
    let mut tally = Tally::default();
    for span in spans {
        tally.add(span, period);
    }
    tally
}

const MONTH: (i64, i64) = (1_000, 2_000);

/// `on_time` issues closed in the month at their limit, `late` after it, `open` not at all.
fn month(on_time: usize, late: usize, open: usize) -> Vec<Span> {
    let mut spans = vec![issue(1_500, Some(1_500)); on_time];
    spans.extend(vec![issue(900, Some(1_500)); late]);
    spans.extend(vec![issue(1_500, None); open]);
    spans
}

#[test]
fn the_figures_of_tianmen_in_december_2016_come_out() {
    let month_of = period(MONTH.0, MONTH.1);
    let all = tally(&month(737, 911 - 737, 972 - 911), month_of);
    assert_eq!((all.due, all.closed, all.closed_on_time), (972, 911, 737));
    assert_eq!(all.close_rate().percent, Some(93.72));
    assert_eq!(all.on_time_close_rate().percent, Some(75.82));
    let events = tally(&month(902, 0, 956 - 902), month_of);
    assert_eq!(events.close_rate().percent, Some(94.35));
    let components = tally(&month(0, 9, 7), month_of);
    assert_eq!(components.close_rate().percent, Some(56.25));
}

#[test]
fn the_figures_of_zhengzhou_in_april_2019_come_out() {
    let mut spans = month(43_000, 523, 52_434 - 43_523);
    for span in &mut spans[..100] {
        span.rework = 2;
    }
    for span in &mut spans[43_000..43_076] {
        span.rework = 1;
    }
    for span in &mut spans[52_330..] {
        span.extended = true;
    }
    let week = tally(&spans, period(MONTH.0, MONTH.1));
    assert_eq!((week.due, week.closed), (52_434, 43_523));
    assert_eq!((week.rework, week.extended), (276, 104));
    assert_eq!(week.close_rate().percent, Some(83.01));
    assert_eq!(week.rework_rate().to_string(), "0.53%");
    assert_eq!(week.extension_rate().to_string(), "0.20%");
}

#[test]
fn no_issue_gives_no_rate() {
    let none = Tally::default();
    for rate in [none.close_rate(), none.on_time_handle_rate(), none.rework_rate()] {
        assert_eq!(rate.percent, None);
    }
}

#[test]
fn a_limit_makes_an_issue_due_until_it_is_closed() {
    let (before, during, after) = (period(0, 1_000), period(1_000, 2_000), period(2_000, 3_000));
    let due = |span: &Span| [before, during, after].map(|period| is_due(span, period));
    assert_eq!(due(&issue(1_500, None)), [false, true, true]);
    assert_eq!(due(&issue(1_500, Some(1_700))), [false, true, false]);
    assert_eq!(due(&issue(1_500, Some(2_000))), [false, true, true]);
    assert_eq!(due(&issue(1_000, None)), [false, true, true]);
    assert_eq!(due(&issue(999, Some(999))), [true, false, false]);
    assert_eq!(due(&issue(999, Some(1_000))), [true, true, false]);
}

#[test]
fn what_is_closed_before_its_limit_is_due_when_closed_and_never_again() {
    let early = issue(2_500, Some(1_500));
    assert!(is_due(&early, period(1_000, 2_000)));
    assert!(!is_due(&early, period(0, 1_000)));
    assert!(!is_due(&early, period(2_000, 3_000)));
    assert!(!is_due(&early, period(2_000, 2_400)));
}

#[test]
fn void_issues_and_those_without_a_limit_are_in_no_figure() {
    let void = Span { void: true, ..issue(1_500, Some(1_600)) };
    let unlimited = Span { due_at: None, first_due_at: None, ..issue(1_500, Some(1_600)) };
    assert_eq!(tally(&[void, unlimited], period(1_000, 2_000)), Tally::default());
}

#[test]
fn a_limit_is_kept_by_what_is_done_at_its_very_instant() {
    let spans = [issue(1_500, Some(1_500)), issue(1_500, Some(1_501)), issue(1_500, Some(1_502))];
    let month = tally(&spans, period(1_000, 2_000));
    assert_eq!((month.closed, month.closed_on_time), (3, 1));
    assert_eq!((month.handled, month.handled_on_time), (3, 2));
}

#[test]
fn an_extension_helps_one_rate_and_not_the_other() {
    let first_due_at = Some(at(1_200));
    let extended = Span { first_due_at, extended: true, ..issue(1_800, Some(1_500)) };
    let never_moved = Span { first_due_at: None, ..issue(1_800, Some(1_500)) };
    let month = tally(&[extended, never_moved], period(1_000, 2_000));
    assert_eq!((month.closed_on_time, month.closed_on_first_limit, month.extended), (2, 1, 1));
    assert_eq!(month.first_limit_close_rate().percent, Some(50.0));
}

#[test]
fn what_was_handled_before_its_pass_counts_as_handled_wherever_it_is_due() {
    let waiting = Span { handled_at: Some(at(1_400)), ..issue(1_500, Some(3_500)) };
    for (from, closed) in [(1_000, 0), (2_000, 0), (3_000, 1)] {
        let month = tally(&[waiting], period(from, from + 1_000));
        assert_eq!((month.due, month.handled, month.handled_on_time), (1, 1, 1));
        assert_eq!((month.closed, month.closed_on_time), (closed, 0));
    }
    let later = Span { handled_at: Some(at(2_100)), ..issue(1_500, Some(3_500)) };
    let month = tally(&[later], period(1_000, 2_000));
    assert_eq!((month.due, month.handled), (1, 0));
}

#[test]
fn who_was_late_when_the_clock_stopped_stays_late_until_then() {
    let late = Span { suspended_at: Some(at(2_500)), ..issue(1_500, None) };
    let counts = |from| {
        let month = tally(&[late], period(from, from + 1_000));
        (month.due, month.suspended)
    };
    assert_eq!([0, 1_000, 2_000, 3_000].map(counts), [(0, 0), (1, 0), (0, 1), (0, 0)]);
    let in_time = Span { suspended_at: Some(at(900)), ..late };
    let month = tally(&[in_time], period(1_000, 2_000));
    assert_eq!((month.due, month.suspended), (0, 1));
    assert_eq!(tally(&[in_time], period(2_000, 3_000)), Tally::default());
}

#[test]
fn a_period_ends_after_it_begins() {
    assert_eq!(Period::new(at(5), at(5)), Err(PeriodError { from: at(5), to: at(5) }));
    assert!(Period::new(at(5), at(4)).is_err());
    let json = serde_json::to_string(&period(4, 5)).unwrap();
    assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period(4, 5));
    let backwards = json.replace("from", "x").replace("to", "from").replace('x', "to");
    assert!(serde_json::from_str::<Period>(&backwards).is_err());
}

/// Instants are whole seconds below this, so that a test can try them all.
const HORIZON: i64 = 40;

fn instant() -> impl Strategy<Value = Option<Timestamp>> {
    prop::option::weighted(0.8, (0..HORIZON).prop_map(at))
}

fn spans() -> impl Strategy<Value = Span> {
    let times = (instant(), instant(), instant(), 0..HORIZON);
    (times, prop::bool::weighted(0.2), 0_u32..4, any::<bool>()).prop_map(
        |((first_due_at, due_at, closed_at, before), void, rework, extended)| {
            let handled_at = closed_at.map(|at| at.min(self::at(before)));
            Span {
                first_due_at,
                due_at,
                handled_at,
                closed_at,
                void,
                rework,
                extended,
                self_handled: false,
                suspended_at: None,
            }
        },
    )
}

fn periods() -> impl Strategy<Value = Period> {
    (0..HORIZON, 1..HORIZON).prop_map(|(from, length)| period(from, from + length))
}

/// Consecutive periods that cover every instant of the test.
fn partitions() -> impl Strategy<Value = Vec<Period>> {
    prop::collection::btree_set(1..HORIZON, 0..8).prop_map(|mut cuts| {
        cuts.extend([0, HORIZON]);
        let cuts: Vec<_> = cuts.into_iter().collect();
        cuts.windows(2).map(|pair| period(pair[0], pair[1])).collect()
    })
}

/// The definition once more, by trying every instant.
fn due_by_trial(span: &Span, period: Period) -> bool {
    let instants = || (0..2 * HORIZON).map(at);
    let closed = |wanted: Timestamp| span.closed_at == Some(wanted);
    let limited = |wanted: Timestamp| span.due_at == Some(wanted);
    let limit_in_or_before = instants().filter(|at| *at < period.to()).any(limited);
    let limit_after = instants().filter(|at| *at >= period.to()).any(limited);
    let closed_before = instants().filter(|at| *at < period.from()).any(closed);
    let closed_within = instants().filter(|at| period.contains(*at)).any(closed);
    !span.void && ((limit_in_or_before && !closed_before) || (closed_within && limit_after))
}

proptest! {
    #[test]
    fn due_is_what_its_definition_says(span in spans(), period in periods()) {
        prop_assert_eq!(is_due(&span, period), due_by_trial(&span, period));
    }

    #[test]
    fn whatever_is_closed_counts_as_closed_in_exactly_one_period(
        span in spans(), partition in partitions()
    ) {
        let closed: u64 = partition.iter().map(|period| tally(&[span], *period).closed).sum();
        let counts = !span.void && span.due_at.is_some() && span.closed_at.is_some();
        prop_assert_eq!(closed, u64::from(counts));
    }

    #[test]
    fn what_is_overdue_and_open_is_due_in_every_later_period(
        span in spans(), partition in partitions()
    ) {
        let limit = span.due_at.unwrap_or(at(0));
        let open = Span { closed_at: None, handled_at: None, void: false, due_at: Some(limit), ..span };
        for period in partition {
            prop_assert_eq!(is_due(&open, period), period.to() > limit);
        }
    }

    #[test]
    fn what_is_suspended_enters_at_its_limit_and_is_subtracted_once(
        span in spans(), stopped in 0..HORIZON, partition in partitions()
    ) {
        let limit = span.due_at.unwrap_or(at(0));
        let running = Span { closed_at: None, handled_at: None, void: false, due_at: Some(limit), ..span };
        let stood = Span { suspended_at: Some(at(stopped)), ..running };
        let leaves = limit.max(at(stopped));
        let mut subtracted = 0;
        for period in partition {
            let (with, without) = (tally(&[stood], period), tally(&[running], period));
            prop_assert!(with.due + with.suspended <= 1, "counted twice in {period:?}");
            if period.from() <= leaves {
                prop_assert_eq!(with.due + with.suspended, without.due, "lost in {:?}", period);
            } else {
                prop_assert_eq!(with.due + with.suspended, 0, "subtracted, and still there");
            }
            subtracted += with.suspended;
        }
        prop_assert_eq!(subtracted, 1);
    }

    #[test]
    fn nothing_suspended_changes_a_rate_of_the_others(
        spans in prop::collection::vec(spans(), 0..30), stopped in 0..HORIZON, period in periods()
    ) {
        let alone = tally(&spans, period);
        let stood = Span { suspended_at: Some(at(stopped)), ..issue(stopped, None) };
        let both = tally(&[spans, vec![stood]].concat(), period);
        prop_assert_eq!(both.suspended, u64::from(period.contains(at(stopped))));
        prop_assert_eq!(Tally { suspended: alone.suspended, ..both }, alone);
    }

    #[test]
    fn no_rate_of_issues_passes_one_hundred(
        spans in prop::collection::vec(spans(), 0..30), period in periods()
    ) {
        let tally = tally(&spans, period);
        prop_assert!(tally.closed_on_time <= tally.closed && tally.closed <= tally.due);
        prop_assert!(tally.closed_on_first_limit <= tally.closed);
        prop_assert!(tally.handled_on_time <= tally.handled && tally.handled <= tally.due);
        prop_assert!(tally.closed <= tally.handled);
        prop_assert!(tally.extended <= tally.due);
        for rate in [
            tally.close_rate(), tally.on_time_close_rate(), tally.first_limit_close_rate(),
            tally.handle_rate(), tally.on_time_handle_rate(), tally.extension_rate(),
        ] {
            prop_assert!(rate.percent.is_none_or(|percent| (0.0..=100.0).contains(&percent)));
            prop_assert_eq!(rate.percent.is_none(), tally.due == 0);
        }
    }

    #[test]
    fn counting_one_by_one_is_counting_all(
        spans in prop::collection::vec(spans(), 0..30), period in periods()
    ) {
        let due = spans.iter().filter(|span| is_due(span, period));
        prop_assert_eq!(tally(&spans, period).due, due.count() as u64);
    }
}

#[test]
fn what_its_finder_fixed_has_a_column_of_its_own_and_is_in_no_rate() {
    let fixed = Span { self_handled: true, ..issue(1_500, Some(1_400)) };
    let unlimited = Span { due_at: None, first_due_at: None, ..fixed };
    let later = Span { closed_at: Some(at(MONTH.1)), ..unlimited };
    let void = Span { void: true, ..unlimited };
    let all = tally(
        &[fixed, unlimited, later, void, issue(1_500, Some(1_400))],
        period(MONTH.0, MONTH.1),
    );
    assert_eq!((all.self_handled, all.due, all.closed, all.handled), (2, 1, 1, 1));
    assert!(!is_due(&fixed, period(MONTH.0, MONTH.1)));
}
