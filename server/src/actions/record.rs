//! Writes what happened to issues: their state, the log, the feed and the figures' spans, all in the
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
use crate::store::feed::Told;
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

/// What happened in one transaction, until [`Ledger::close`] numbers it.
///
/// Issues are saved as they change; log, feed and spans need feed numbers, and those are taken last:
/// from then on other writers on PostgreSQL wait for this transaction's commit.
#[derive(Default)]
#[allow(missing_debug_implementations)]
pub struct Ledger {
    entries: Vec<Entry>,
    changes: Vec<Change>,
}

/// One issue that changed.
struct Change {
    issue: i64,
    /// How many entries stood in the ledger after it.
    entries: usize,
    told: BTreeSet<String>,
    counting: Option<Counting>,
    is_new: bool,
}

impl Ledger {
    /// Opens an issue with its first events and gives it its number.
    pub fn open(
        &mut self,
        conn: &mut Conn,
        issue: &mut Issue,
        happened: Vec<Event>,
        act: Act<'_>,
    ) -> Result<(), Error> {
        let mut entries = fold(issue, happened, act)?;
        issues::insert(conn, issue)?;
        for entry in &mut entries {
            entry.issue = issue.id;
        }
        self.entries.extend(entries);
        self.changes.push(Change {
            issue: issue.id,
            entries: self.entries.len(),
            told: audiences(issue),
            counting: Some(Counting::of(issue)),
            is_new: true,
        });
        Ok(())
    }

    /// Adds events to an issue that is there already.
    pub fn append(
        &mut self,
        conn: &mut Conn,
        issue: &mut Issue,
        happened: Vec<Event>,
        act: Act<'_>,
    ) -> Result<(), Error> {
        let (counted, mut told) = (Counting::of(issue), audiences(issue));
        let cooperating = issue.state.cooperating.clone();
        self.entries.extend(fold(issue, happened, act)?);
        issues::save(conn, issue)?;
        if cooperating != issue.state.cooperating {
            issues::save_cooperating(conn, issue.id, &cooperating, &issue.state.cooperating)?;
        }
        // Whoever loses sight of it is told as well: their next pull says `remove`.
        told.extend(audiences(issue));
        let counting = Some(Counting::of(issue)).filter(|counting| *counting != counted);
        let entries = self.entries.len();
        self.changes.push(Change { issue: issue.id, entries, told, counting, is_new: false });
        Ok(())
    }

    /// Numbers what happened and writes log, feed and spans: the transaction's last statements.
    pub fn close(self, conn: &mut Conn) -> Result<(), Error> {
        let Ok(count @ 1..) = i64::try_from(self.entries.len()) else { return Ok(()) };
        let first = dialect::next_feed_numbers(conn, count)?;
        let numbered = self.entries.into_iter().zip(first..);
        events::insert(conn, numbered.map(|(entry, seq)| Entry { seq, ..entry }).collect())?;
        let mut told = Vec::new();
        for change in &self.changes {
            // An issue's change has the number of its last event.
            let seq = first + i64::try_from(change.entries).unwrap_or(i64::MAX) - 1;
            let line = |audience: &String| Told {
                audience: audience.clone(),
                seq,
                issue_id: change.issue,
            };
            told.extend(change.told.iter().map(line));
            if let Some(counting) = &change.counting {
                spans::save(conn, change.issue, seq, counting, change.is_new)?;
            }
        }
        feed::insert(conn, &told)
    }
}

/// Who is told of an issue beside those who see everything.
fn audiences(issue: &Issue) -> BTreeSet<String> {
    let state = &issue.state;
    let mut told: BTreeSet<String> =
        issue.detail.reporters.iter().map(|id| format!("person:{id}")).collect();
    if !state.blind {
        told.extend(
            state.lead.iter().chain(&state.cooperating).map(|code| format!("bureau:{code}")),
        );
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
