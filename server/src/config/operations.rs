//! How the program is kept running.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

/// How the program is kept running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OperationSettings {
    /// Where Prometheus reads `GET /metrics`; nowhere unless set.
    pub metrics_address: Option<SocketAddr>,
    /// Whether the metrics may be read on an address that others can reach.
    pub metrics_reachable_by_others: bool,
    /// Room that the data folder's disk must have for the server to call itself ready, MiB.
    pub min_free_mib: u64,
    /// Seconds between saying that it is no longer ready and taking no more requests, after SIGTERM.
    pub drain_notice_s: u64,
}

impl Default for OperationSettings {
    fn default() -> Self {
        Self {
            metrics_address: None,
            metrics_reachable_by_others: false,
            min_free_mib: 512,
            drain_notice_s: 3,
        }
    }
}
