//! What is sent with each step of an issue.

use domain::workflow::{DismissReason, Outcome, ReturnReason, Way};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::links::AdoptedPhoto;
use crate::intake::ManifestPhoto;

/// Take an issue up, with its category and condition.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c1", "category": "0101", "condition": "0101A"}))]
pub struct FileCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// Category code.
    pub category: String,
    /// Condition code.
    pub condition: String,
}

/// Do not take a report up, or take an issue out of the figures.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c2", "reason": "false_alarm", "note": "现场无此问题"}))]
pub struct DismissCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// `false_alarm`, `duplicate`, `outside_district` or `below_condition`.
    #[schema(value_type = String)]
    pub reason: DismissReason,
    /// In words; needed.
    pub note: String,
}

/// Merge an issue into another.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c9", "into": 398}))]
pub struct MergeCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// Number of the issue that is the same problem and takes the reports.
    pub into: i64,
}

/// A step that needs nothing but its id.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c3"}))]
pub struct PlainCommand {
    /// Made by the client.
    pub command_id: Uuid,
}

/// Send an issue to its bureaus.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c4", "lead": "huanwei", "cooperating": ["dongguan"], "reason": "现场核实为环卫职责"}))]
pub struct DispatchCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// The one bureau that answers for it.
    pub lead: String,
    /// Bureaus that help.
    #[serde(default)]
    pub cooperating: Vec<String>,
    /// Why these, in words; needed.
    pub reason: String,
}

/// Send an issue back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c5", "reason": "not_our_duty", "note": "该井盖属电力管线"}))]
pub struct ReturnCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// `not_our_duty`, `ownership_unclear`, `wrong_place`, `duplicate` or `gone`.
    #[schema(value_type = String)]
    pub reason: ReturnReason,
    /// In words; needed.
    pub note: String,
}

/// Say it is done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "command_id": "0198f3a0-0000-7000-8000-0000000000c6", "outcome": "rectified", "note": "已清运",
    "photos": [{"photo_id": "0198f3a0-0000-7000-8000-000000000009",
        "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
        "bytes": 90_112, "media_type": "image/jpeg", "captured_at": "2026-11-20T02:40:00Z",
        "position": {"lat": 30.6612, "lon": 113.1644, "datum": "wgs84"}}]
}))]
pub struct RectifyCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// `rectified` or `no_longer_there`.
    #[schema(value_type = String)]
    pub outcome: Outcome,
    /// In words.
    #[serde(default)]
    pub note: String,
    /// The after-photos; at least one, unless one is taken over. Their bytes follow with PUT /photos.
    pub photos: Vec<ManifestPhoto>,
    /// Photos of drafts 草稿 that came by links, taken over as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adopt: Vec<AdoptedPhoto>,
}

/// Ask for a later limit.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000ca", "until": "2026-11-24T10:00:00Z", "reason": "配件三天后到货"}))]
pub struct ExtendCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// The limit asked for: later than the one there is, and at most 366 days away.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// Why, in words; needed.
    pub reason: String,
    /// Photos of the stamped form; needed from the second extension on. Their bytes follow with PUT /photos.
    #[serde(default)]
    pub photos: Vec<ManifestPhoto>,
}

/// Decide on what the lead bureau asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000cb", "approved": true, "note": "情况属实"}))]
pub struct DecideCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// Whether this level is for it.
    pub approved: bool,
    /// In words; needed when it is not.
    #[serde(default)]
    pub note: String,
}

/// Say whether it is done, as somebody else.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c7", "passed": true, "note": "现场已清净"}))]
pub struct VerifyCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// Whether the closing condition holds.
    pub passed: bool,
    /// In words; needed when it failed.
    #[serde(default)]
    pub note: String,
    /// The verifier's own photos.
    #[serde(default)]
    pub photos: Vec<ManifestPhoto>,
    /// How they looked: `on_site`, `desk` (the office's) or `video`. Without it, on site; for the office, as it was owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub way: Option<Way>,
}

/// Close without a passed verification; on record.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c8", "reason": "道路改造施工围挡，无法再拍"}))]
pub struct OverrideCommand {
    /// Made by the client.
    pub command_id: Uuid,
    /// Why, in words; needed.
    pub reason: String,
}
