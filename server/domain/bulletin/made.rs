//! The figures of a bulletin, from what was counted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::rank::rank;
use super::{
    Basis, Counted, Figures, Group, LISTED, Member, OnTime, OverdueIssue, RANKED_FROM, Row, WORST,
    WorstPoint,
};
use crate::figures::{Period, Span, Tally, is_due};

/// The figures of a bulletin that rests on this.
pub fn figures(basis: &Basis, counted: &Counted) -> Figures {
    let mut total = Tally::default();
    counted.members.iter().for_each(|member| total.add(&member.span, basis.period));
    let members = &counted.members;
    let overdue: Vec<&Member> = members.iter().filter(|member| is_overdue(member, basis)).collect();
    let subdistrict = |member: &Member| basis.subdistrict(member).map(str::to_owned);
    let names: BTreeMap<&str, &str> =
        basis.areas.values().map(|area| (area.subdistrict.as_str(), area.name.as_str())).collect();
    let parts = counted.parts.iter().map(|part| (Some(part.bureau.clone()), part.span));
    let unit = |code: &str| basis.unit_name(Some(code));
    Figures {
        rounding: "half up, 2 decimals".to_owned(),
        ranking: ranking(basis.on_time),
        reported: counted.reported,
        total: row(None, None, total),
        groups: groups(basis, members),
        cooperating: rows(tally(parts, basis.period), unit),
        subdistricts: rows(
            tally(members.iter().map(|member| (subdistrict(member), member.span)), basis.period),
            |code| names.get(code).map(|name| (*name).to_owned()),
        ),
        point_kinds: rows(tally(kinds(basis, counted).into_iter(), basis.period), |_kind| None),
        categories: rows(
            tally(
                members.iter().map(|member| (member.category.clone(), member.span)),
                basis.period,
            ),
            |code| basis.category_name(Some(code)),
        ),
        overdue_count: overdue.len() as u64,
        worst_points: worst_points(basis, counted, &overdue),
        overdue: listed(basis, overdue),
        cards: counted.cards,
    }
}

fn ranking(by: OnTime) -> String {
    let rate = match by {
        OnTime::Handled => "按期处置率",
        OnTime::Closed => "按期结案率",
    };
    format!(
        "各组内按{rate}由高到低排名，相同的按返工率由低到高，仍相同的并列；应结案不足{RANKED_FROM}件的只列数据，不参加排名"
    )
}

/// Due, past its limit at the cut-off, and not closed by then.
pub(super) fn is_overdue(member: &Member, basis: &Basis) -> bool {
    let (span, at) = (&member.span, basis.cut_off());
    let late = span.due_at.is_some_and(|due| due < at);
    is_due(span, basis.period) && late && span.closed_at.is_none_or(|closed| closed >= at)
}

fn tally(
    spans: impl Iterator<Item = (Option<String>, Span)>,
    period: Period,
) -> BTreeMap<Option<String>, Tally> {
    let mut tallies: BTreeMap<Option<String>, Tally> = BTreeMap::new();
    for (code, span) in spans {
        tallies.entry(code).or_default().add(&span, period);
    }
    tallies.retain(|_code, tally| *tally != Tally::default());
    tallies
}

fn rows(
    tallies: BTreeMap<Option<String>, Tally>,
    name: impl Fn(&str) -> Option<String>,
) -> Vec<Row> {
    let named = |(code, tally): (Option<String>, Tally)| {
        let name = code.as_deref().and_then(&name);
        row(code, name, tally)
    };
    tallies.into_iter().map(named).collect()
}

fn row(code: Option<String>, name: Option<String>, tally: Tally) -> Row {
    Row {
        code,
        name,
        rank: None,
        handle_rate: tally.handle_rate(),
        on_time_handle_rate: tally.on_time_handle_rate(),
        close_rate: tally.close_rate(),
        on_time_close_rate: tally.on_time_close_rate(),
        rework_rate: tally.rework_rate(),
        extension_rate: tally.extension_rate(),
        tally,
    }
}

/// By lead bureau, within groups. What was self-handled has no bureau and makes no row here.
fn groups(basis: &Basis, members: &[Member]) -> Vec<Group> {
    let led = members.iter().filter(|member| member.lead.is_some());
    let tallies = tally(led.map(|member| (member.lead.clone(), member.span)), basis.period);
    let mut groups: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows(tallies, |code| basis.unit_name(Some(code))) {
        let unit = row.code.as_ref().and_then(|code| basis.units.get(code));
        groups
            .entry(unit.map(|unit| unit.group.clone()).unwrap_or_default())
            .or_default()
            .push(row);
    }
    let ranked = |(group, mut rows): (String, Vec<Row>)| {
        rank(&mut rows, basis.on_time);
        Group { group, rows }
    };
    groups.into_iter().map(ranked).collect()
}

/// Each issue under every kind of point around it, once a kind.
fn kinds(basis: &Basis, counted: &Counted) -> Vec<(Option<String>, Span)> {
    let spans: HashMap<i64, Span> =
        counted.members.iter().map(|member| (member.issue, member.span)).collect();
    let of = |(issue, point): &(i64, String)| Some((*issue, basis.points.get(point)?.kind.clone()));
    let around: BTreeSet<(i64, String)> = counted.points.iter().filter_map(of).collect();
    let span = |(issue, kind): (i64, String)| Some((Some(kind), *spans.get(&issue)?));
    around.into_iter().filter_map(span).collect()
}

/// The longest overdue first.
fn listed(basis: &Basis, mut overdue: Vec<&Member>) -> Vec<OverdueIssue> {
    overdue.sort_unstable_by_key(|member| (member.span.due_at, member.issue));
    let entry = |member: &Member| {
        let due_at = member.span.due_at?;
        Some(OverdueIssue {
            issue: member.issue,
            lead: basis.unit_name(member.lead.as_deref()),
            category: basis.category_name(member.category.as_deref()),
            subdistrict: basis.subdistrict_name(member),
            due_at,
            hours: basis.cut_off().duration_since(due_at).as_hours(),
        })
    };
    overdue.into_iter().filter_map(entry).take(LISTED).collect()
}

fn worst_points(basis: &Basis, counted: &Counted, overdue: &[&Member]) -> Vec<WorstPoint> {
    let late: BTreeSet<i64> = overdue.iter().map(|member| member.issue).collect();
    let due = counted.members.iter().filter(|member| is_due(&member.span, basis.period));
    let due: BTreeSet<i64> = due.map(|member| member.issue).collect();
    let mut points: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (issue, point) in &counted.points {
        let (overdue_there, due_there) = points.entry(point).or_default();
        *overdue_there += u64::from(late.contains(issue));
        *due_there += u64::from(due.contains(issue));
    }
    let worst = |(code, (overdue, due)): (&str, (u64, u64))| WorstPoint {
        name: basis.points.get(code).map(|point| point.name.clone()),
        code: code.to_owned(),
        overdue,
        due,
    };
    let mut points: Vec<WorstPoint> = points.into_iter().map(worst).collect();
    points.retain(|point| point.overdue > 0);
    points.sort_by_key(|point| (std::cmp::Reverse((point.overdue, point.due)), point.code.clone()));
    points.truncate(WORST);
    points
}
