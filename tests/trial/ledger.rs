//! What was acknowledged, what was refused, and how long it took: kept apart from the server.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::measure::client::Answer;
use crate::measure::latency::Latencies;

/// A report that was answered as kept.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    /// Its id.
    pub id: Uuid,
    /// Which inspector sent it.
    pub inspector: usize,
    /// As it was sent.
    pub body: String,
    /// The issue that was named.
    pub issue: i64,
    /// It was said to have joined it.
    pub joined: bool,
    /// Digests of its photos whose upload was acknowledged after it.
    pub stored: Vec<String>,
}

/// One witness's notes.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Reports that were acknowledged.
    pub reports: Vec<Acknowledged>,
    /// Photos that were acknowledged: login of the sender and digest.
    pub photos: BTreeSet<(String, String)>,
    /// Uploads that were acknowledged.
    pub uploads: usize,
    /// Bytes of them.
    pub uploaded_bytes: usize,
    /// What was refused, by what it was and the code.
    pub refused: BTreeMap<String, usize>,
    /// Requests that were sent again on purpose.
    pub retries: usize,
    /// Answers that should not have been.
    pub faults: Vec<String>,
    /// How long requests took, by kind.
    pub took: BTreeMap<&'static str, Latencies>,
}

impl Ledger {
    /// Notes how long an answer took.
    pub fn time(&mut self, kind: &'static str, answer: &Answer) {
        self.took.entry(kind).or_default().add(answer.took);
    }

    /// Notes a refusal.
    pub fn refuse(&mut self, what: &str, answer: &Answer) {
        *self.refused.entry(format!("{what}: {}", answer.code())).or_default() += 1;
    }

    /// Takes another witness's notes in.
    pub fn merge(&mut self, other: Self) {
        self.reports.extend(other.reports);
        self.photos.extend(other.photos);
        self.uploads += other.uploads;
        self.uploaded_bytes += other.uploaded_bytes;
        self.retries += other.retries;
        self.faults.extend(other.faults);
        for (what, count) in other.refused {
            *self.refused.entry(what).or_default() += count;
        }
        for (kind, took) in other.took {
            self.took.entry(kind).or_default().extend(took);
        }
    }
}
