//! What is sent with the steps of those who help.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::links::AdoptedPhoto;
use crate::intake::ManifestPhoto;

/// Say what a cooperating bureau has to do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000d1", "bureau": "yidong", "task": "清理本单位飞线、挂箱", "due_at": "2026-11-22T10:00:00Z"}))]
pub struct TaskCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// The cooperating bureau.
    pub bureau: String,
    /// What it has to do, in words; needed.
    pub task: String,
    /// A limit of its own, no later than the issue's; null where that is its limit.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
}

/// Say that one's part, or a stage of the limit, is done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "command_id": "0198f3a0-0000-7000-8000-0000000000d2", "note": "废线已剪除，余线已捆扎",
    "photos": [{"photo_id": "0198f3a0-0000-7000-8000-00000000000d",
        "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
        "bytes": 90_112, "media_type": "image/jpeg", "captured_at": "2026-11-20T02:40:00Z",
        "position": {"lat": 30.6612, "lon": 113.1644, "datum": "wgs84"}}]
}))]
pub struct FinishCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// In words.
    #[serde(default)]
    pub note: String,
    /// Photos that show it; at least one, unless one is taken over. Their bytes follow with PUT /photos.
    pub photos: Vec<ManifestPhoto>,
    /// Photos of drafts 草稿 that came by links, taken over as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adopt: Vec<AdoptedPhoto>,
}

/// Let a cooperating bureau off its part.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000d3", "bureau": "guangdian", "reason": "杆上没有广电线缆"}))]
pub struct ReleasePartCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// The cooperating bureau.
    pub bureau: String,
    /// Why, in words; needed.
    pub reason: String,
}
