//! What was promised: every acknowledgement that a client heard, and every report that a phone took.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use uuid::Uuid;

use crate::phone::Heard;

/// A report as it is known.
#[derive(Debug, Clone, Default)]
pub struct Promised {
    /// The phone.
    pub phone: usize,
    /// The phone keeps it.
    pub is_taken: bool,
    /// The server acknowledged it, in this issue.
    pub issue: Option<i64>,
    /// As it was sent.
    pub body: Value,
}

/// A command that was acknowledged.
#[derive(Debug, Clone, PartialEq)]
pub struct Commanded {
    /// The issue.
    pub issue: i64,
    /// Its version with it.
    pub version: i64,
    /// What it was.
    pub verb: String,
}

/// Everything promised.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Reports by id.
    pub reports: BTreeMap<Uuid, Promised>,
    /// Digests of photos, with their length.
    pub photos: BTreeMap<String, u64>,
    /// Commands by id.
    pub commands: BTreeMap<Uuid, Commanded>,
    /// Acknowledgements heard, repeats included.
    pub acknowledgements: u64,
    /// Answers that do not fit an earlier one.
    pub contradictions: BTreeSet<String>,
}

/// Keeps what was promised; nobody kills it.
#[derive(Debug, Default)]
pub struct Oracle(Mutex<Known>);

impl Oracle {
    /// A phone is about to take a report: from here on the server may know of it.
    pub fn intends(&self, id: Uuid, phone: usize) {
        let promised = Promised { phone, ..Promised::default() };
        self.locked().reports.insert(id, promised);
    }

    /// The phone has it.
    pub fn took(&self, id: Uuid) {
        if let Some(report) = self.locked().reports.get_mut(&id) {
            report.is_taken = true;
        }
    }

    /// The server said something.
    pub fn hear(&self, heard: &Heard) {
        let mut known = self.locked();
        known.acknowledgements += 1;
        let odd = match heard {
            Heard::Report { id, issue, body } => known.report(*id, *issue, body),
            Heard::Photo { sha256, bytes, .. } => {
                let before = known.photos.insert(sha256.clone(), *bytes);
                before.is_some_and(|before| before != *bytes).then(|| format!("photo {sha256}"))
            }
            Heard::Command { id, issue, version, verb } => {
                let now = Commanded { issue: *issue, version: *version, verb: verb.clone() };
                let before = known.commands.insert(*id, now.clone());
                let differs = before.filter(|before| *before != now);
                differs.map(|before| format!("command {id}: {before:?}, then {now:?}"))
            }
        };
        known.contradictions.extend(odd);
    }

    /// Adds promises that nobody made: a report, other lengths of photos, other places of reports and
    /// commands.
    pub fn lie(&self) {
        let mut known = self.locked();
        let mut places = known.reports.values_mut().filter_map(|report| report.issue.as_mut());
        if let Some(issue) = places.next() {
            *issue += 1_000_000;
        }
        let photos = known.photos.values_mut().take(1);
        photos.for_each(|length| *length += 1);
        let commands = known.commands.values_mut();
        commands.for_each(|command| command.version += 1_000_000);
        let unsent = Promised { is_taken: true, issue: Some(1), ..Promised::default() };
        known.reports.insert(Uuid::max(), unsent);
    }

    /// Everything so far.
    pub fn known(&self) -> Known {
        self.locked().clone()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn report(&mut self, id: Uuid, issue: i64, body: &Value) -> Option<String> {
        let report = self.reports.entry(id).or_default();
        let before = report.issue.replace(issue);
        report.body = body.clone();
        let differs = before.filter(|before| *before != issue);
        differs.map(|before| format!("report {id}: issue {before}, then {issue}"))
    }
}
