//! How many commits there were.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts as it goes; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Commits(Arc<AtomicU64>);

impl Commits {
    /// One more.
    pub(crate) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
