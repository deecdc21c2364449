//! What the database counts of a period is what the rules count, span by span.

use domain::figures::{Period, Span, Tally};
use jiff::{SignedDuration, Timestamp};
use schema::{Conn, migrate};
use std::collections::BTreeMap;
use support::{Back, Database};
use zhoubian::figures::{Counted as Figures, Part, Position, Wanted, count};
use zhoubian::store::spans::{By, Counted, Counting, Whose, list_members, save};

/// Numbers that look like chance and are the same in every run (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((z ^ (z >> 31)) >> 1).unwrap() % end
    }

    fn one_in(&mut self, n: i64) -> bool {
        self.below(n) == 0
    }

    fn hour(&mut self) -> Timestamp {
        instant(self.below(HOURS))
    }
}

const HOURS: i64 = 60;
const ISSUES: i64 = 120;
const CHANGES: usize = 700;

fn instant(hour: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000 + hour)
}

fn span(numbers: &mut Numbers) -> Span {
    let closed = numbers.one_in(2);
    let handled = closed || numbers.one_in(3);
    let hour = |numbers: &mut Numbers, is: bool| is.then(|| numbers.hour());
    Span {
        first_due_at: numbers.one_in(4).then(|| numbers.hour()),
        due_at: (!numbers.one_in(12)).then(|| numbers.hour()),
        handled_at: hour(numbers, handled),
        closed_at: hour(numbers, closed),
        void: numbers.one_in(15),
        rework: u32::try_from(numbers.below(3)).unwrap(),
        extended: numbers.one_in(5),
        self_handled: closed && numbers.one_in(10),
        suspended_at: numbers.one_in(6).then(|| numbers.hour()),
    }
}

fn whose(numbers: &mut Numbers) -> Whose {
    let code = |numbers: &mut Numbers, kind: &str| {
        (!numbers.one_in(8)).then(|| format!("{kind}-{}", numbers.below(4)))
    };
    Whose {
        blind: numbers.one_in(7),
        lead: code(numbers, "bureau"),
        area: code(numbers, "area"),
        category: None,
    }
}

/// Which issue stood how, and whose it was, from a feed number on.
type Log = Vec<(i64, i64, Span, Whose)>;

fn written(conn: &mut Conn, numbers: &mut Numbers) -> Log {
    let mut log: Log = Vec::new();
    let mut seq = 0;
    while log.len() < CHANGES {
        // Some in one transaction, some alone, as commands and reports come.
        let together = usize::try_from(1 + numbers.below(5)).unwrap();
        let from = log.len();
        for _ in 0..together {
            seq += 1 + numbers.below(4);
            log.push((1 + numbers.below(ISSUES), seq, span(numbers), whose(numbers)));
        }
        let counted = (from..log.len()).map(|n| {
            let (issue, seq, span, whose) = &log[n];
            let first = !log[..n].iter().any(|(other, ..)| other == issue);
            Counted {
                issue: *issue,
                seq: *seq,
                counting: Counting::new(span, whose.clone()),
                first,
            }
        });
        save(conn, counted.collect()).unwrap();
    }
    log
}

/// What the rules say of the same, one span after another.
fn plain(log: &Log, wanted: &Wanted, as_of: i64) -> Figures {
    let mut standing: BTreeMap<i64, (&Span, &Whose)> = BTreeMap::new();
    for (issue, _, span, whose) in log.iter().filter(|(_, seq, ..)| *seq <= as_of) {
        standing.insert(*issue, (span, whose));
    }
    let mut figures = Figures::default();
    for (span, whose) in standing.into_values() {
        if (whose.blind && !wanted.blind)
            || (wanted.bureau.is_some() && wanted.bureau != whose.lead)
        {
            continue;
        }
        figures.total.add(span, wanted.period);
        let code = match wanted.by {
            By::Bureau => whose.lead.clone(),
            By::Area => whose.area.clone(),
            By::Total | By::Point => continue,
        };
        figures.rows.entry(code).or_default().add(span, wanted.period);
    }
    figures.rows.retain(|code, tally| {
        let Tally { due, suspended, self_handled, .. } = *tally;
        due > 0 || suspended > 0 || (self_handled > 0 && code.is_some())
    });
    figures
}

#[test]
fn the_database_counts_what_the_rules_count() {
    let database = Database::empty(Back::of_this_run());
    let mut conn = Conn::open(&database.url).unwrap();
    migrate(&mut conn).unwrap();
    let mut numbers = Numbers(7);
    let log = written(&mut conn, &mut numbers);
    let head = log.last().unwrap().1;
    let mut all = Tally::default();
    for n in 0..400 {
        let from = numbers.below(HOURS - 1);
        let to = from + 1 + numbers.below(HOURS - from);
        let wanted = Wanted {
            period: Period::new(instant(from), instant(to)).unwrap(),
            by: [By::Total, By::Bureau, By::Area][usize::try_from(numbers.below(3)).unwrap()],
            part: Part::Lead,
            bureau: numbers.one_in(4).then(|| format!("bureau-{}", numbers.below(4))),
            blind: numbers.one_in(2),
        };
        let as_of = if n % 5 == 0 { head } else { numbers.below(head + 1) };
        let counted = count(&mut conn, &wanted, Position { as_of, head }).unwrap();
        assert_eq!(counted, plain(&log, &wanted, as_of), "{wanted:?} as of {as_of}");
        all.add_all(&counted.total);
    }
    let Tally { due, handled_on_time, closed_on_first_limit, suspended, self_handled, .. } = all;
    assert!(
        [due, handled_on_time, closed_on_first_limit, suspended, self_handled]
            .iter()
            .all(|n| *n > 100),
        "{all:?}"
    );
}

#[test]
fn no_more_members_are_read_than_may_be() {
    let database = Database::empty(Back::of_this_run());
    let mut conn = Conn::open(&database.url).unwrap();
    migrate(&mut conn).unwrap();
    let mut numbers = Numbers(11);
    let head = written(&mut conn, &mut numbers).last().unwrap().1;
    let period = Period::new(instant(HOURS / 3), instant(HOURS / 2)).unwrap();
    let all = list_members(&mut conn, period, (head, head), CHANGES).unwrap();
    assert!(all.len() > 10, "{}", all.len());
    assert_eq!(list_members(&mut conn, period, (head, head), all.len()).unwrap(), all);
    for most in 0..all.len() {
        let refused = list_members(&mut conn, period, (head, head), most).unwrap_err();
        assert_eq!(refused.problem().code, "period-counts-too-much");
    }
}
