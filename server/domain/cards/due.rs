//! Which drafts the rules owe.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::card::Colour;
use super::rules::{CardRule, CardRules, Trigger};
use crate::deadline::Calendar;
use crate::workflow::{IssueState, Stage};

/// A dispatch in an issue's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dispatch {
    /// Its place among the issue's events: a later dispatch is another one.
    pub n: i64,
    /// When.
    pub at: Timestamp,
}

/// An open issue as the rules look at it.
#[derive(Debug, Clone)]
pub struct OwingIssue<'a> {
    /// Its number.
    pub issue: i64,
    /// What its events say.
    pub state: &'a IssueState,
    /// Its latest dispatch; needed where nobody has accepted it.
    pub dispatch: Option<Dispatch>,
    /// When verification failed, each time in its order; needed where it did.
    pub failed_at: &'a [Timestamp],
}

/// A draft that a rule owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedCard {
    /// Names it for good: whoever finds it owed again finds the same name, and drafts nothing.
    pub key: String,
    /// Code of the rule.
    pub rule: String,
    /// What came true.
    pub trigger: Trigger,
    /// How many hours, times or issues the rule names.
    pub amount: u32,
    /// How grave.
    pub colour: Colour,
    /// The bureau it is about.
    pub bureau: String,
    /// The issues it is about, ascending.
    pub issues: Vec<i64>,
    /// When the rule's condition came true, however late that is found.
    pub at: Timestamp,
}

/// Every draft that is owed at an instant, in the order in which each came to be owed.
///
/// What was drafted before is owed as much as ever: its key tells. So it makes no difference how often, and
/// after which pauses, this is asked.
pub fn due_cards(
    issues: &[OwingIssue<'_>],
    rules: &CardRules,
    calendar: &Calendar,
    now: Timestamp,
) -> Vec<OwedCard> {
    let mut owed = Vec::new();
    for rule in &rules.rules {
        if rule.trigger.is_of_bureau() {
            owed.extend(of_bureaus(rule, issues, calendar, now));
        } else {
            owed.extend(issues.iter().filter_map(|issue| of_issue(rule, issue, now)));
        }
    }
    owed.sort_by(|a, b| (a.at, &a.key).cmp(&(b.at, &b.key)));
    owed
}

/// Until when its bureau's work was missing: while somebody else has to look, no bureau is late.
fn owing_until(state: &IssueState, now: Timestamp) -> Option<Timestamp> {
    match state.stage {
        Stage::Dispatched | Stage::Accepted | Stage::Returned | Stage::Reopened => Some(now),
        Stage::Rectified => state.rectified_at,
        _ => None,
    }
}

fn of_issue(rule: &CardRule, issue: &OwingIssue<'_>, now: Timestamp) -> Option<OwedCard> {
    let state = issue.state;
    let until = owing_until(state, now)?;
    let hours = SignedDuration::from_hours(i64::from(rule.amount));
    let (at, period) = match rule.trigger {
        // An extension is another limit, and a recomputed one is the same.
        Trigger::OverdueHours => {
            (state.due_at?.checked_add(hours).ok()?, i64::from(state.extensions))
        }
        Trigger::UnacknowledgedHours if state.stage == Stage::Dispatched => {
            let dispatch = issue.dispatch?;
            (dispatch.at.checked_add(hours).ok()?, dispatch.n)
        }
        Trigger::ReworkTimes => {
            let times = usize::try_from(rule.amount).ok()?;
            (*issue.failed_at.get(times.checked_sub(1)?)?, 0)
        }
        Trigger::UnacknowledgedHours | Trigger::OverdueInWeek => return None,
    };
    (at <= until && !state.blind).then_some(())?;
    let bureau = state.lead.clone()?;
    Some(owed(rule, &format!("{}/{period}", issue.issue), bureau, vec![issue.issue], at))
}

fn of_bureaus(
    rule: &CardRule,
    issues: &[OwingIssue<'_>],
    calendar: &Calendar,
    now: Timestamp,
) -> Vec<OwedCard> {
    let mut weeks: BTreeMap<(&str, Date), Vec<(Timestamp, i64)>> = BTreeMap::new();
    for OwingIssue { issue, state, .. } in issues {
        let (Some(bureau), Some(due), false) = (&state.lead, state.due_at, state.blind) else {
            continue;
        };
        if owing_until(state, now).is_some_and(|until| due < until) {
            let monday = monday_of(calendar.date_of(due));
            weeks.entry((bureau, monday)).or_default().push((due, *issue));
        }
    }
    let reached = |((bureau, monday), mut over): ((&str, Date), Vec<(Timestamp, i64)>)| {
        over.sort_unstable();
        let amount = usize::try_from(rule.amount).ok()?;
        // Those that made up the number stand on it: whoever comes later is another week's, or red already.
        let first = over.get(..amount)?;
        let (at, _) = *first.last()?;
        let mut issues: Vec<i64> = first.iter().map(|(_, issue)| *issue).collect();
        issues.sort_unstable();
        Some(owed(rule, &format!("{bureau}/{monday}"), bureau.to_owned(), issues, at))
    };
    weeks.into_iter().filter_map(reached).collect()
}

fn monday_of(date: Date) -> Date {
    let days = i64::from(date.weekday().since(Weekday::Monday));
    date.checked_sub(days.days()).unwrap_or(date)
}

fn owed(rule: &CardRule, about: &str, bureau: String, issues: Vec<i64>, at: Timestamp) -> OwedCard {
    OwedCard {
        key: format!("rule/{}/{about}", rule.code),
        rule: rule.code.clone(),
        trigger: rule.trigger,
        amount: rule.amount,
        colour: rule.colour,
        bureau,
        issues,
        at,
    }
}
