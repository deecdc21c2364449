//! Every issue's events: their chain, and whether the issue's row says what they say.

use domain::desk::Step;
use domain::workflow::{Event, IssueState, Recorded, apply};
use schema::Conn;
use serde_json::Value;

use super::Report;
use crate::actions::record::chained;
use crate::problem::Error;
use crate::store::desk_waits;
use crate::store::events::{self, Entry};
use crate::store::issues::{self, Issue, IssueRow};
use crate::store::offers::{self, OfferRow};
use crate::store::part_spans::{self, PartCounting};
use crate::store::spans::{self, Counting};
use crate::store::suspensions::{self, SuspensionRow};
use crate::store::verification_tasks::{self, Owing, Task};
use crate::terminal::Progress;

/// Issues that are gone through together.
const PAGE: usize = 200;

/// Goes through every issue and every event.
pub(super) fn check(
    conn: &mut Conn,
    report: &mut Report,
    progress: &Progress,
) -> Result<(), Error> {
    progress.step("issues", Some(issues::count(conn)?));
    let mut after = 0;
    loop {
        let page = issues::list_after(conn, after, PAGE)?;
        let last = page.last().map(IssueRow::id);
        // The last page takes in whatever lies beyond the last issue.
        let upto = last.filter(|_| page.len() == PAGE).unwrap_or(i64::MAX);
        let mut entries = events::list_between(conn, after, upto)?;
        let spans = spans::list_still(conn, after, upto)?;
        let parts = part_spans::list_still(conn, after, upto)?;
        let tasks = verification_tasks::list_between(conn, after, upto)?;
        let waits = desk_waits::list_between(conn, after, upto)?;
        let suspended = suspensions::list_between(conn, after, upto)?;
        let offered = offers::list_between(conn, after, upto)?;
        for row in &page {
            progress.advance(1);
            report.issues += 1;
            let from = entries.iter().position(|entry| entry.issue >= row.id());
            let strays: Vec<Entry> = entries.drain(..from.unwrap_or(entries.len())).collect();
            stray(&strays, report);
            let to = entries.iter().position(|entry| entry.issue != row.id());
            let own: Vec<Entry> = entries.drain(..to.unwrap_or(entries.len())).collect();
            let still: Vec<&Counting> = spans
                .iter()
                .filter(|(issue, _)| *issue == row.id())
                .map(|(_, counting)| counting)
                .collect();
            let parts: Vec<&PartCounting> = parts
                .iter()
                .filter(|(issue, _)| *issue == row.id())
                .map(|(_, counting)| counting)
                .collect();
            let stands = suspended.iter().find(|stands| stands.issue() == row.id());
            one(row, &own, (&still, &parts, stands), report);
            owed(row, tasks.iter().find(|task| task.issue_id == row.id()), report);
            let offered = offered.iter().filter(|candidate| candidate.issue() == row.id());
            asked(row, &offered.cloned().collect::<Vec<_>>(), report);
            let waits = waits.iter().filter(|(issue, _)| *issue == row.id());
            waiting(row, &waits.map(|(_, step)| *step).collect::<Vec<_>>(), report);
        }
        stray(&entries, report);
        match last.filter(|_| upto != i64::MAX) {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// A look is owed where the issue says so, once, and nowhere else.
fn owed(row: &IssueRow, task: Option<&Task>, report: &mut Report) {
    let Ok(issue) = row.issue() else { return };
    let owing = Owing::of(&issue);
    let is_right = task.map_or(owing.is_none(), |task| task.is(owing.as_ref()));
    if !is_right {
        report.add("task-wrong", format!("issue {} owes another look than is listed", row.id()));
    }
}

/// An issue is found by those it is offered to, and by nobody else.
fn asked(row: &IssueRow, offered: &[OfferRow], report: &mut Report) {
    let Ok(issue) = row.issue() else { return };
    if offered != OfferRow::of(&issue) {
        report.add("offer-wrong", format!("issue {} is not listed as it is offered", row.id()));
    }
}

/// An issue waits for the office as its stage says, once.
fn waiting(row: &IssueRow, waits: &[Step], report: &mut Report) {
    let Ok(issue) = row.issue() else { return };
    if waits != Step::of(&issue.state).as_slice() {
        let what =
            format!("issue {} waits for something else at the desk than is listed", row.id());
        report.add("desk-wait-wrong", what);
    }
}

fn stray(entries: &[Entry], report: &mut Report) {
    for entry in entries {
        report.add("event-without-issue", format!("event {} of issue {}", entry.seq, entry.issue));
    }
}

/// What still counts of an issue, and of the parts of those who help; and where it is in the ledger of what stands
/// still.
type Still<'s> = (&'s [&'s Counting], &'s [&'s PartCounting], Option<&'s SuspensionRow>);

fn one(row: &IssueRow, entries: &[Entry], (still, parts, stands): Still<'_>, report: &mut Report) {
    report.events += entries.len() as u64;
    let id = row.id();
    let Ok(issue) = row.issue() else {
        return report.add("issue-unreadable", format!("issue {id}"));
    };
    let Some((version, hash, state)) = replayed(&issue, entries, report) else { return };
    if version != issue.version {
        let what = format!("issue {id} is at version {}, its events at {version}", issue.version);
        return report.add("issue-version-wrong", what);
    }
    if hash != issue.hash {
        return report.add("issue-hash-wrong", format!("issue {id}"));
    }
    let by_events = Issue { state, ..issue };
    let differs = match IssueRow::of(&by_events) {
        Ok(expected) => row.differs(&expected),
        Err(_) => Some("state"),
    };
    if let Some(column) = differs {
        report.add("issue-row-wrong", format!("issue {id}: {column} is not what its events say"));
    }
    if still != [&Counting::of(&by_events)] {
        report.add("span-wrong", format!("issue {id} is not counted as it stands"));
    }
    if stands != SuspensionRow::of(&by_events).as_ref() {
        let what = format!("issue {id} is not in the ledger of suspensions as it stands");
        report.add("suspension-wrong", what);
    }
    let expected = PartCounting::of(&by_events);
    if parts.len() != expected.len() || parts.iter().any(|part| !expected.contains(part)) {
        report
            .add("part-span-wrong", format!("issue {id}: its parts are not counted as they stand"));
    }
}

/// What the events say in the end; none when their chain is broken.
fn replayed(
    issue: &Issue,
    entries: &[Entry],
    report: &mut Report,
) -> Option<(i64, Vec<u8>, IssueState)> {
    let mut state = IssueState::new(issue.state.reported_at);
    let (mut n, mut hash) = (0, Vec::new());
    for entry in entries {
        n += 1;
        let at = format!("event {} of issue {} (feed number {})", entry.n, issue.id, entry.seq);
        if entry.n != n {
            report.add("event-missing", format!("event {n} of issue {}", issue.id));
            return None;
        }
        let Some((payload, recorded)) = read(entry) else {
            report.add("event-unreadable", at);
            return None;
        };
        match chained(&hash, n, &recorded, &payload) {
            Ok(is) if is == entry.hash => hash = is,
            _ => {
                report.add("chain-broken", at);
                return None;
            }
        }
        if payload["kind"].as_str() != Some(entry.kind.as_str()) {
            report.add("event-kind-wrong", at);
        }
        apply(&mut state, &recorded);
    }
    Some((n, hash, state))
}

fn read(entry: &Entry) -> Option<(Value, Recorded)> {
    let (payload, event): (Value, Event) = (entry.payload.read().ok()?, entry.payload.read().ok()?);
    let bureau = entry.bureau.clone();
    Some((payload, Recorded { at: entry.at, by: entry.actor, bureau, event }))
}
