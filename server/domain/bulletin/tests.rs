use jiff::SignedDuration;
use proptest::prelude::*;

use std::collections::BTreeSet;

use super::members as members_of;
use super::*;

const START: Timestamp = Timestamp::constant(1_763_000_000, 0);

fn at(hours: i64) -> Timestamp {
    START + SignedDuration::from_hours(hours)
}

fn basis(on_time: OnTime) -> Basis {
    let unit = |name: &str, group: &str| Unit { name: name.to_owned(), group: group.to_owned() };
    let point = |name: &str| Point { name: name.to_owned(), kind: "market".to_owned() };
    Basis {
        kind: BulletinKind::Weekly,
        title: BulletinKind::Weekly.title().to_owned(),
        period: Period::new(at(0), at(168)).unwrap(),
        position: 9,
        made_at: at(200),
        on_time,
        units: [
            ("a", unit("甲", "departments")),
            ("b", unit("乙", "departments")),
            ("c", unit("丙", "companies")),
        ]
        .map(|(code, unit)| (code.to_owned(), unit))
        .into(),
        areas: BTreeMap::from([(
            "c1".to_owned(),
            Area { subdistrict: "s".to_owned(), name: "东关".to_owned() },
        )]),
        points: [("P1", point("一")), ("P2", point("二"))]
            .map(|(code, point)| (code.to_owned(), point))
            .into(),
        categories: BTreeMap::from([("0101".to_owned(), "暴露垃圾".to_owned())]),
        cards: Vec::new(),
    }
}

fn member(issue: i64, lead: &str, due: i64, handled: Option<i64>) -> Member {
    let span = Span {
        first_due_at: Some(at(due)),
        due_at: Some(at(due)),
        handled_at: handled.map(at),
        closed_at: handled.map(|hours| at(hours + 1)),
        void: false,
        rework: 0,
        extended: false,
        self_handled: false,
        suspended_at: None,
    };
    Member {
        issue,
        lead: Some(lead.to_owned()),
        area: Some("c1".to_owned()),
        category: Some("0101".to_owned()),
        span,
    }
}

/// `late` of `all` issues of a bureau are handled after their limit.
fn work(lead: &str, all: i64, late: i64, first: i64) -> Vec<Member> {
    (0..all).map(|n| member(first + n, lead, 10, Some(if n < late { 20 } else { 5 }))).collect()
}

#[test]
fn units_are_ranked_within_groups_and_none_with_fewer_than_ten() {
    let members = [work("a", 10, 3, 100), work("b", 20, 2, 200), work("c", 9, 0, 300)].concat();
    let made = figures(&basis(OnTime::Handled), &Counted { members, ..Counted::default() });
    let place = |group: &Group| {
        let row = |row: &Row| format!(" {} {:?}", row.name.as_deref().unwrap(), row.rank);
        group.group.clone() + &group.rows.iter().map(row).collect::<String>()
    };
    let places: Vec<String> = made.groups.iter().map(place).collect();
    assert_eq!(places, ["companies 丙 None", "departments 乙 Some(1) 甲 Some(2)"]);
    assert_eq!(made.total.tally.due, 39);
    assert_eq!(made.total.on_time_handle_rate.to_string(), "87.18%");
}

#[test]
fn the_same_share_is_the_same_place_whatever_it_is_a_share_of() {
    let members = [work("a", 10, 1, 100), work("b", 20, 2, 200)].concat();
    let made = figures(&basis(OnTime::Handled), &Counted { members, ..Counted::default() });
    assert!(made.groups[0].rows.iter().all(|row| row.rank == Some(1)));
}

#[test]
fn what_on_time_means_decides_the_ranking() {
    // Handled at the limit and passed after it: on time by one clock, late by the other.
    let mut members = work("a", 10, 0, 100);
    for member in &mut members {
        member.span.handled_at = member.span.due_at;
        member.span.closed_at = Some(at(12));
    }
    members.extend(work("b", 10, 1, 200));
    let first = |on_time| {
        let made =
            figures(&basis(on_time), &Counted { members: members.clone(), ..Counted::default() });
        made.groups[0].rows[0].name.clone()
    };
    assert_eq!(first(OnTime::Handled).as_deref(), Some("甲"));
    assert_eq!(first(OnTime::Closed).as_deref(), Some("乙"));
}

#[test]
fn overdue_is_listed_by_number_the_longest_first_and_points_by_it() {
    let members =
        vec![member(1, "a", 50, None), member(2, "b", 20, None), member(3, "a", 160, Some(150))];
    let points =
        [(1, "P1"), (2, "P1"), (2, "P2"), (3, "P2")].map(|(issue, code)| (issue, code.to_owned()));
    let counted = Counted { members, points: points.to_vec(), ..Counted::default() };
    let made = figures(&basis(OnTime::Handled), &counted);
    let listed: Vec<(i64, i64)> = made.overdue.iter().map(|one| (one.issue, one.hours)).collect();
    assert_eq!((made.overdue_count, listed), (2, vec![(2, 148), (1, 118)]));
    let worst: Vec<(&str, u64, u64)> = made
        .worst_points
        .iter()
        .map(|point| (point.code.as_str(), point.overdue, point.due))
        .collect();
    assert_eq!(worst, [("P1", 2, 2), ("P2", 1, 2)]);
    // Around two points of a kind, and counted once there.
    assert_eq!(made.point_kinds[0].tally.due, 3);
}

#[test]
fn a_bulletin_reads_back_as_it_was_written() {
    let members = work("a", 12, 5, 100);
    let made = Bulletin::new(basis(OnTime::Closed), &Counted { members, ..Counted::default() });
    let text = serde_json::to_string(&made).unwrap();
    assert_eq!(serde_json::from_str::<Bulletin>(&text).unwrap(), made);
}

proptest! {
    /// Every table is a partition of what is due, as the total has it.
    #[test]
    fn rows_sum_to_the_total(
        issues in prop::collection::vec((0_usize..3, -20_i64..300, prop::option::of(0_i64..300)), 0..60),
    ) {
        let lead = |n: usize| ["a", "b", "c"][n];
        let members: Vec<Member> =
            (1..).zip(&issues).map(|(id, (n, due, handled))| member(id, lead(*n), *due, *handled)).collect();
        let made = figures(&basis(OnTime::Handled), &Counted { members, ..Counted::default() });
        let total = made.total.tally.due;
        let sum = |rows: &[Row]| rows.iter().map(|row| row.tally.due).sum::<u64>();
        prop_assert_eq!(made.groups.iter().map(|group| sum(&group.rows)).sum::<u64>(), total);
        prop_assert_eq!(sum(&made.subdistricts), total);
        prop_assert_eq!(sum(&made.categories), total);
        prop_assert!(made.overdue_count <= total);
        for row in made.groups.iter().flat_map(|group| &group.rows) {
            prop_assert_eq!(row.rank.is_some(), row.tally.due >= RANKED_FROM);
        }
    }

    /// Numerator and denominator of every rate are the issues that are listed behind the row.
    #[test]
    fn members_add_up_to_their_row(
        issues in prop::collection::vec((0_usize..3, -20_i64..300, prop::option::of(0_i64..300)), 0..60),
        around in prop::collection::vec((1_i64..60, 0_usize..2), 0..40),
        helped in prop::collection::vec((1_i64..60, -20_i64..300, prop::option::of(0_i64..300)), 0..20),
    ) {
        let members: Vec<Member> = (1..)
            .zip(&issues)
            .map(|(id, (n, due, handled))| member(id, ["a", "b", "c"][*n], *due, *handled))
            .collect();
        let points: BTreeSet<(i64, String)> =
            around.iter().map(|(issue, n)| (*issue, ["P1", "P2"][*n].to_owned())).collect();
        let parts = helped.iter().map(|(issue, due, handled)| HelpingPart {
            issue: *issue,
            bureau: "b".to_owned(),
            span: member(*issue, "b", *due, *handled).span,
        });
        let counted = Counted {
            members,
            parts: parts.collect(),
            points: points.into_iter().collect(),
            ..Counted::default()
        };
        let basis = basis(OnTime::Handled);
        let made = figures(&basis, &counted);
        let listed = |table, code: Option<&str>| {
            let mut sum = Tally::default();
            for one in members_of(&basis, &counted, table, code) {
                sum.add_all(&one.tally);
            }
            sum
        };
        let groups: Vec<Row> = made.groups.iter().flat_map(|group| group.rows.clone()).collect();
        let tables = [
            (Table::Bureau, &groups),
            (Table::Cooperating, &made.cooperating),
            (Table::Subdistrict, &made.subdistricts),
            (Table::PointKind, &made.point_kinds),
            (Table::Category, &made.categories),
        ];
        prop_assert_eq!(listed(Table::Total, None), made.total.tally);
        for (table, rows) in tables {
            for row in rows {
                prop_assert_eq!(listed(table, row.code.as_deref()), row.tally, "{:?} {:?}", table, row.code);
            }
        }
        let late = members_of(&basis, &counted, Table::Total, None);
        let late = late.iter().filter(|one| one.times(Figure::Overdue) > 0).count() as u64;
        prop_assert_eq!(late, made.overdue_count);
    }
}
