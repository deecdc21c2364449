//! Writes what happened to issues: their state, the log, the feed and the figures' spans, all in the
//! caller's transaction.

use std::collections::BTreeSet;

use domain::access::Actor;
use domain::desk::Step;
use domain::workflow::{Event, Recorded, apply};
use jiff::Timestamp;
use schema::columns::Doc;
use schema::{Conn, dialect};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::problem::Error;
use crate::store::desk_waits::{self, Turn};
use crate::store::events::Entry;
use crate::store::feed::Told;
use crate::store::issues::{Detail, Issue, NearPoint};
use crate::store::offers::{self, OfferRow};
use crate::store::part_spans::PartCounting;
use crate::store::spans::{Counted, Counting};
use crate::store::verification_tasks::{self, Owing};
use crate::store::{events, feed, issues, part_spans, spans, suspensions};

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

/// What happened to one issue at once, before it has feed numbers. Needs no database.
#[derive(Debug, Clone)]
pub struct Happened {
    entries: Vec<Entry>,
    told: BTreeSet<String>,
    /// How it counts from now on, if that changed.
    counting: Option<Counting>,
    /// How the parts of those who help counted and count now, if that changed.
    parts: Option<(Vec<PartCounting>, Vec<PartCounting>)>,
    /// The points it lay around and those it lies around now, if they changed.
    points: Option<(Vec<NearPoint>, Vec<NearPoint>)>,
    /// What it waits for the office to do, if that changed.
    turn: Option<Turn>,
    is_new: bool,
    blind: bool,
}

impl Happened {
    /// Applies events to an issue and chains them to those before; its row is the caller's to write.
    pub fn to(issue: &mut Issue, events: Vec<Event>, act: Act<'_>) -> Result<Self, Error> {
        let is_new = issue.version == 0;
        let before = (!is_new).then(|| (Counting::of(issue), audiences(issue)));
        let around = issue.detail.points.clone();
        let helped = PartCounting::of(issue);
        let waited = Step::of(&issue.state).filter(|_| !is_new);
        let verdicts: Vec<Event> =
            events.iter().filter(|one| one.way().is_some()).cloned().collect();
        let entries = fold(issue, events, act)?;
        let turn = Turn::of(waited, &issue.state, &verdicts, act);
        let (now, mut told) = (Counting::of(issue), audiences(issue));
        let mut counting = Some(now);
        if let Some((counted, saw)) = before {
            counting = counting.filter(|now| *now != counted);
            // Whoever loses sight of it is told as well: their next pull says `remove`.
            told.extend(saw);
        }
        let help = PartCounting::of(issue);
        let parts = (help != helped).then_some((helped, help));
        let moved = around != issue.detail.points;
        let points = moved.then(|| (around, issue.detail.points.clone()));
        let blind = issue.state.blind;
        Ok(Self { entries, told, counting, parts, points, turn, is_new, blind })
    }
}

/// What happened in one transaction, until [`Ledger::close`] numbers it.
///
/// Log, feed and spans need feed numbers, and those are taken last: from then on other writers on
/// PostgreSQL wait for this transaction's commit.
#[derive(Default)]
#[allow(missing_debug_implementations)]
pub struct Ledger {
    changes: Vec<(i64, Happened)>,
}

impl Ledger {
    /// Adds what happened to the issue with this number. Its row and its cooperating bureaus are the
    /// caller's to save.
    pub fn add(&mut self, issue: i64, happened: Happened) {
        self.changes.push((issue, happened));
    }

    /// Adds events to an issue that is there already, and saves it.
    pub fn append(
        &mut self,
        conn: &mut Conn,
        issue: &mut Issue,
        events: Vec<Event>,
        act: Act<'_>,
    ) -> Result<(), Error> {
        let cooperating = issue.state.cooperating.clone();
        let (suspension, owing) = (issue.state.suspension.clone(), Owing::of(issue));
        let offered = OfferRow::of(issue);
        let happened = Happened::to(issue, events, act)?;
        issues::save(conn, issue)?;
        issues::save_cooperating(conn, issue.id, &cooperating, &issue.state.cooperating)?;
        if suspension != issue.state.suspension {
            suspensions::save(conn, issue)?;
        }
        offers::save(conn, &offered, issue)?;
        verification_tasks::save(conn, owing.as_ref(), issue)?;
        self.add(issue.id, happened);
        Ok(())
    }

    /// Numbers what happened and writes log, feed and spans: the transaction's last statements. Once it is
    /// committed, whoever waits hears of it.
    pub fn close(self, conn: &mut Conn) -> Result<(), Error> {
        let count: usize = self.changes.iter().map(|(_, happened)| happened.entries.len()).sum();
        let Ok(count @ 1..) = i64::try_from(count) else { return Ok(()) };
        let mut numbers = dialect::next_feed_numbers(conn, count)?..;
        let (mut entries, mut told, mut counted) = (Vec::new(), Vec::new(), Vec::new());
        let mut turns = Vec::new();
        let released = self.changes.iter().any(|(_, happened)| !happened.blind);
        for (issue, happened) in self.changes {
            let numbered = happened.entries.into_iter().zip(numbers.by_ref());
            entries.extend(numbered.map(|(entry, seq)| Entry { seq, issue, ..entry }));
            // An issue's change has the number of its last event.
            let Some(seq) = entries.last().map(|entry| entry.seq) else { continue };
            let line = |audience: String| Told { audience, seq, issue_id: issue };
            told.extend(happened.told.into_iter().map(line));
            if let Some((before, now)) = &happened.points {
                issues::save_points(conn, issue, seq, before, now)?;
            }
            if let Some((before, now)) = happened.parts {
                part_spans::save(conn, issue, seq, &before, now)?;
            }
            turns.extend(happened.turn.map(|turn| (issue, seq, turn)));
            let first = happened.is_new;
            counted.extend(happened.counting.map(|counting| Counted {
                issue,
                seq,
                counting,
                first,
            }));
        }
        let last = entries.last().map_or(0, |entry| entry.seq);
        events::insert(conn, entries)?;
        spans::save(conn, counted)?;
        desk_waits::save(conn, turns)?;
        feed::insert(conn, last, &told, released)
    }
}

/// Who is told of an issue beside those who see everything.
fn audiences(issue: &Issue) -> BTreeSet<String> {
    let state = &issue.state;
    let mut told: BTreeSet<String> =
        issue.detail.reporters.iter().map(|id| format!("person:{id}")).collect();
    if !state.blind {
        told.extend(
            state
                .lead
                .iter()
                .chain(&state.cooperating)
                .chain(&state.candidates())
                .map(|code| format!("bureau:{code}")),
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
        lie(&mut issue.detail, &recorded.event);
        if let Event::Merged { .. } = recorded.event {
            leave_reports(issue);
        }
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
            payload: Doc::of(&payload)?,
            hash: issue.hash.clone(),
        });
    }
    Ok(entries)
}

/// Another issue has its reports and their photos from now on. Whoever sent them sees that one.
fn leave_reports(issue: &mut Issue) {
    issue.detail.reporters.clear();
    issue.detail.photos_unreadable = 0;
    (issue.photos_expected, issue.photos_stored) = (0, 0);
}

/// Where it lies, by an event that says so.
pub(crate) fn lie(detail: &mut Detail, event: &Event) {
    if let Event::Reassigned { areas, points, places, flags, reference_version } = event {
        detail.areas.clone_from(areas);
        detail.points.clone_from(points);
        detail.places.clone_from(places);
        detail.flags.clone_from(flags);
        detail.reference_version = *reference_version;
    }
}

/// SHA-256 over the hash before and the event as canonical JSON (RFC 8785). The payload goes in by
/// its digest, so that personal data can be erased later without breaking the chain.
pub fn chained(
    before: &[u8],
    n: i64,
    recorded: &Recorded,
    payload: &serde_json::Value,
) -> Result<Vec<u8>, Error> {
    linked(before, n, (recorded.at, recorded.by, recorded.bureau.as_deref()), payload)
}

/// The same for what happened to anything, of which it is told when, by which account and of which bureau.
pub fn linked(
    before: &[u8],
    n: i64,
    (at, by, bureau): (Timestamp, i64, Option<&str>),
    payload: &serde_json::Value,
) -> Result<Vec<u8>, Error> {
    let digest = Sha256::digest(serde_jcs::to_vec(payload)?);
    let line = json!({
        "n": n,
        "at": at.as_microsecond(),
        "by": by,
        "bureau": bureau,
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
