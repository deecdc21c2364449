//! How many commits served how many writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Commits and the writes they made durable, since the database was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Commits {
    /// Transactions that were committed.
    pub commits: u64,
    /// Writes they held; one that was refused in its turn counts too.
    pub writes: u64,
}

/// Counts as it goes; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counters(Arc<[AtomicU64; 2]>);

impl Counters {
    /// One more commit, which held this many writes.
    pub(crate) fn committed(&self, writes: usize) {
        self.0[0].fetch_add(1, Ordering::Relaxed);
        self.0[1].fetch_add(writes as u64, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> Commits {
        let [commits, writes] = &*self.0;
        Commits { commits: commits.load(Ordering::Relaxed), writes: writes.load(Ordering::Relaxed) }
    }
}
