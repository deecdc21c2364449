//! One issue's part in a merge 合并: what the other one takes from it.

use domain::access::{Action, Subject, may};
use domain::workflow::{Command, Event, Graver, IssueState, merge};
use schema::Conn;

use crate::actions::command_issue::{Ask, facets};
use crate::actions::record::{Act, Ledger};
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::issues::{self, Issue};
use crate::store::{photos, reports};

/// The issue that a merge is to go into, locked together with the one it is asked for, so that two merges
/// never wait for each other; none for any other command.
pub(super) fn find_other(conn: &mut Conn, ask: &Ask) -> Result<Option<Issue>, Error> {
    let Command::Merge { into } = ask.command else { return Ok(None) };
    let both = issues::list_locked(conn, &[ask.issue, into])?;
    Ok(both.into_iter().find(|issue| issue.id == into))
}

/// Merges: writes the other issue and moves the reports; gives what happened to this one.
///
/// Whether this one stands where it can be merged was decided before.
pub(super) fn merge_into(
    conn: &mut Conn,
    ledger: &mut Ledger,
    (issue, other): (&Issue, Option<Issue>),
    (into, act): (i64, Act<'_>),
    gazetteer: &Gazetteer,
) -> Result<Vec<Event>, Error> {
    let unknown = || Error::invalid("issue-unknown", format!("There is no issue {into}."));
    let mut other = other.ok_or_else(unknown)?;
    may(Some(act.actor), Action::MergeIssue, &Subject::Issue(facets(&other)))?;
    let graver = is_graver(&issue.state, &other.state, gazetteer);
    let (merged, absorbed) = merge((issue.id, &issue.state), (into, &other.state), graver)?;
    for reporter in &issue.detail.reporters {
        if !other.detail.reporters.contains(reporter) {
            other.detail.reporters.push(*reporter);
        }
    }
    other.photos_expected = other.photos_expected.saturating_add(issue.photos_expected);
    other.photos_stored = other.photos_stored.saturating_add(issue.photos_stored);
    other.detail.photos_unreadable += issue.detail.photos_unreadable;
    ledger.append(conn, &mut other, vec![absorbed], act)?;
    reports::save_issue(conn, issue.id, into)?;
    photos::save_issue(conn, issue.id, into)?;
    Ok(vec![merged])
}

/// Of two categories neither condition is graver than the other.
fn is_graver(state: &IssueState, than: &IssueState, gazetteer: &Gazetteer) -> Graver {
    let gravity = |state: &IssueState| {
        let (_, condition) = gazetteer.condition(state.condition.as_deref()?)?;
        Some(condition.gravity)
    };
    let graver = gravity(state).zip(gravity(than)).is_some_and(|(own, other)| own < other);
    Graver(graver && state.category == than.category)
}
