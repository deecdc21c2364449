//! Pulling changes: how long the feed goes back, and how many may wait for news.

use serde::{Deserialize, Serialize};

/// Pulling changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChangeSettings {
    /// Days that the feed goes back at least: whoever pulls less often starts from a snapshot again.
    /// 0 keeps all of it.
    pub keep_days: u32,
    /// Polls that may wait for news and streams that may be open at once, in this process.
    pub max_waiting: usize,
    /// The same of one account.
    pub max_waiting_per_account: usize,
}

impl Default for ChangeSettings {
    fn default() -> Self {
        Self { keep_days: 90, max_waiting: 2_000, max_waiting_per_account: 32 }
    }
}
