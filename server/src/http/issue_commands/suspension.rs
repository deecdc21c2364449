//! What is sent to have an issue's clock stand still 缓办, 挂账, and to have it run again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::intake::ManifestPhoto;
use crate::problem::Error;

/// The most that solving one issue may cost, whole yuan: a hundred thousand million.
const COST_AT_MOST_YUAN: u64 = 100_000_000_000;

/// Ask for a deferral, or order it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000cc", "until": "2027-03-15T01:00:00Z", "reason": "冬季不能摊铺沥青，三月中旬开工"}))]
pub struct DeferCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// The date asked for: still to come, and at most 366 days away.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// Why, in words; needed.
    pub reason: String,
    /// Photos of a form, if there is one. Their bytes follow with PUT /photos.
    #[serde(default)]
    pub photos: Vec<ManifestPhoto>,
}

/// Ask for an issue to be shelved, or order it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000cd", "cost_yuan": 380_000, "reason": "整条排水管须改建，列入明年计划",
    "photos": [{"photo_id": "0198f3a0-0000-7000-8000-00000000000a",
        "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
        "bytes": 90_112, "media_type": "image/jpeg", "captured_at": "2026-11-20T02:40:00Z", "position": null}]}))]
pub struct ShelveCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// The money that solving it needs, whole yuan: 1 to 100,000,000,000.
    pub cost_yuan: u64,
    /// Why it cannot be solved now, in words; needed.
    pub reason: String,
    /// Photos of the stamped form; at least one. Their bytes follow with PUT /photos.
    pub photos: Vec<ManifestPhoto>,
}

impl ShelveCommand {
    /// Refuses what cannot be a cost.
    pub fn check(&self) -> Result<(), Error> {
        if (1..=COST_AT_MOST_YUAN).contains(&self.cost_yuan) {
            return Ok(());
        }
        let detail = format!("`cost_yuan` is {}, not 1 to {COST_AT_MOST_YUAN}.", self.cost_yuan);
        Err(Error::invalid("cost-invalid", detail))
    }
}

/// A step that needs its reason in words.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000ce", "note": "资金仍未落实，列入下年预算"}))]
pub struct NoteCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// In words; needed.
    pub note: String,
}
