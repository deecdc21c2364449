//! A count as phones send it.

use domain::count::check;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FIRST_INSTANT, StatedPosition, canonical_hash, check_text};
use crate::problem::Error;

/// Characters that name a place.
const MAX_PLACE: usize = 100;

/// A count 计数观测 as it is sent: of `seen`, `right` were right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "category": "0404", "condition": "0404B", "place": "P001", "seen": 124, "right": 97,
    "began_at": "2026-11-20T00:30:00Z", "ended_at": "2026-11-20T00:45:00Z", "captured_age_ms": 4200,
    "sent_at": "2026-11-20T00:45:04Z", "note": "早高峰，东口",
    "position": {"lat": 30.6612, "lon": 113.1644, "datum": "wgs84", "accuracy_m": 12.0}
}))]
pub struct CountDraft {
    /// Code of a category that is counted.
    pub category: String,
    /// Code of the one of its conditions that was looked for, where it is one.
    #[serde(default)]
    pub condition: Option<String>,
    /// Where; none when the device had no fix.
    #[serde(default)]
    pub position: Option<StatedPosition>,
    /// Code of the site, point or place it is of, or its name.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub place: Option<String>,
    /// How many were seen.
    #[schema(maximum = 100_000)]
    pub seen: u32,
    /// How many of them were right.
    pub right: u32,
    /// When the counting began, by the device's clock.
    #[schema(value_type = String, format = DateTime)]
    pub began_at: Timestamp,
    /// When it ended.
    #[schema(value_type = String, format = DateTime)]
    pub ended_at: Timestamp,
    /// How long ago it ended when this was sent, by the device's monotonic clock, milliseconds.
    #[serde(default)]
    pub captured_age_ms: Option<u64>,
    /// When this was sent, by the device's clock.
    #[schema(value_type = String, format = DateTime)]
    pub sent_at: Timestamp,
    /// In words.
    #[serde(default)]
    pub note: String,
}

impl CountDraft {
    /// Refuses what no retry could make right.
    pub fn check(&self) -> Result<(), Error> {
        check_text("note", &self.note)?;
        let place = self.place.as_deref().unwrap_or_default();
        check_text("place", place)?;
        if place.chars().count() > MAX_PLACE {
            let detail = format!("`place` has more than {MAX_PLACE} characters.");
            return Err(Error::invalid("text-too-long", detail));
        }
        let instants = [("began_at", self.began_at), ("ended_at", self.ended_at)];
        if let Some((field, _)) = instants.iter().find(|(_, at)| *at < FIRST_INSTANT) {
            return Err(Error::invalid(
                "count-invalid",
                format!("`{field}` is before the year 1."),
            ));
        }
        check((self.seen, self.right), (self.began_at, self.ended_at))
            .map_err(|why| Error::invalid("count-invalid", format!("No such count: {why}.")))
    }

    /// SHA-256 over what it says; see [`super::Submission::content_hash`].
    pub fn content_hash(&self) -> Result<Vec<u8>, Error> {
        let sent_at = Timestamp::UNIX_EPOCH;
        canonical_hash(&Self { sent_at, captured_age_ms: None, ..self.clone() })
    }

    /// How long ago it ended when it was sent, by the device's monotonic clock.
    pub fn age(&self) -> Option<SignedDuration> {
        self.captured_age_ms.and_then(|ms| i64::try_from(ms).ok()).map(SignedDuration::from_millis)
    }
}
