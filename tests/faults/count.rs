//! How often what happened.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::fault::Fault;

/// What happened to requests, by name. A fault that was drawn and had nothing to act on is none.
#[derive(Debug, Default)]
pub struct Counts(Mutex<BTreeMap<String, u64>>);

impl Counts {
    pub(super) fn add(&self, fault: &Fault) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry(fault.name()).or_default() += 1;
    }

    /// All of them.
    pub fn all(&self) -> BTreeMap<String, u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// By kind alone: cuts of all places and endings together.
    pub fn by_kind(&self) -> BTreeMap<String, u64> {
        let mut kinds = BTreeMap::new();
        for (name, count) in self.all() {
            let kind = name.split([',', ' ']).next().unwrap_or_default().to_owned();
            *kinds.entry(kind).or_default() += count;
        }
        kinds
    }
}
