//! Writes what happened to an issue: its state, the log, the feed and the figures' spans, all in the
//! caller's transaction.

use std::collections::BTreeSet;

use domain::access::Actor;
use domain::workflow::{Event, Recorded, apply};
use jiff::Timestamp;
use schema::{Conn, dialect};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::problem::Error;
use crate::store::events::Entry;
use crate::store::issues::Issue;
use crate::store::spans::Counting;
use crate::store::{events, feed, issues, spans};

/// Who did something, when, and by which command.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// The command it came from.
    pub command: Option<Uuid>,
}

/// Opens an issue with its first events. Gives it its number; returns the last feed number.
pub fn open(conn: &mut Conn, issue: &mut Issue, happened: Vec<Event>, act: Act<'_>) -> Result<i64, Error> {
    let entries = fold(issue, happened, act)?;
    issues::insert(conn, issue)?;
    let after = audiences(issue);
    write(conn, issue, entries, after, None)
}

/// Adds events to an issue that is there already. Returns the last feed number.
pub fn append(conn: &mut Conn, issue: &mut Issue, happened: Vec<Event>, act: Act<'_>) -> Result<i64, Error> {
    let (counted, mut told) = (Counting::of(issue), audiences(issue));
    let cooperating = issue.state.cooperating.clone();
    let entries = fold(issue, happened, act)?;
    issues::save(conn, issue)?;
    if cooperating != issue.state.cooperating {
        issues::save_cooperating(conn, issue.id, &cooperating, &issue.state.cooperating)?;
    }
    // Whoever loses sight of it is told as well: their next pull says `remove`.
    told.extend(audiences(issue));
    write(conn, issue, entries, told, Some(&counted))
}

/// Who is told of an issue beside those who see everything.
fn audiences(issue: &Issue) -> BTreeSet<String> {
    let state = &issue.state;
    let mut told: BTreeSet<String> =
        issue.detail.reporters.iter().map(|id| format!("person:{id}")).collect();
    if !state.blind {
        told.extend(state.lead.iter().chain(&state.cooperating).map(|code| format!("bureau:{code}")));
        if state.stage.is_open() {
            told.extend(issue.area().map(|code| format!("area:{code}")));
        }
    }
    told
}

/// Applies the events and chains their hashes; numbers and issue id are still to come.
fn fold(issue: &mut Issue, happened: Vec<Event>, act: Act<'_>) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::with_capacity(happened.len());
    for event in happened {
        let payload = serde_json::to_value(&event)?;
        let recorded =
            Recorded { at: act.at, by: act.actor.account, bureau: act.actor.bureau.clone(), event };
        apply(&mut issue.state, &recorded);
        issue.version += 1;
        issue.hash = chained(&issue.hash, issue.version, &recorded, &payload)?;
        entries.push(Entry {
            seq: 0,
            issue: issue.id,
            n: issue.version,
            kind: payload["kind"].as_str().unwrap_or_default().to_owned(),
            at: act.at,
            actor: act.actor.account,
            bureau: recorded.bureau,
            command: act.command,
            payload,
            hash: issue.hash.clone(),
        });
    }
    Ok(entries)
}

/// SHA-256 over the hash before and the event as canonical JSON (RFC 8785). The payload goes in by
/// its digest, so that personal data can be erased later without breaking the chain.
pub fn chained(
    before: &[u8],
    n: i64,
    recorded: &Recorded,
    payload: &serde_json::Value,
) -> Result<Vec<u8>, Error> {
    let digest = Sha256::digest(serde_jcs::to_vec(payload)?);
    let line = json!({
        "n": n,
        "at": recorded.at.as_microsecond(),
        "by": recorded.by,
        "bureau": recorded.bureau,
        "payload": hex(&digest),
    });
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update(serde_jcs::to_vec(&line)?);
    Ok(hash.finalize().to_vec())
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn write(
    conn: &mut Conn,
    issue: &Issue,
    entries: Vec<Entry>,
    told: BTreeSet<String>,
    counted: Option<&Counting>,
) -> Result<i64, Error> {
    let Ok(count @ 1..) = i64::try_from(entries.len()) else { return Ok(0) };
    // From here on other writers on PostgreSQL wait for this commit: nothing is computed any more.
    let first = dialect::next_feed_numbers(conn, count)?;
    let last = first + count - 1;
    let numbered = |(entry, seq)| Entry { seq, issue: issue.id, ..entry };
    events::insert(conn, entries.into_iter().zip(first..).map(numbered))?;
    feed::insert(conn, told, last, issue.id)?;
    let counting = Counting::of(issue);
    if counted != Some(&counting) {
        spans::save(conn, issue.id, last, &counting, counted.is_none())?;
    }
    Ok(last)
}
