//! Links 链接 for people without an account.

use serde::{Deserialize, Serialize};

/// Links for people without an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkSettings {
    /// How long a link is good for at most, days; 0 allows none.
    pub max_days: u32,
    /// Links of one issue that may be good at once.
    pub per_issue: u32,
    /// Drafts that may be sent by one link in all.
    pub drafts: u32,
    /// Photos of one draft, at most.
    pub photos: u32,
    /// The largest photo taken by a link, MiB; never more than `max_photo_mib`.
    pub max_photo_mib: u64,
}

impl Default for LinkSettings {
    fn default() -> Self {
        Self { max_days: 14, per_issue: 10, drafts: 20, photos: 9, max_photo_mib: 15 }
    }
}
