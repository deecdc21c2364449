//! What phones and desks send: a report with its manifest of photos, and how it is checked before
//! anything else looks at it.

use std::collections::HashSet;

use domain::access::Role;
use domain::position::Datum;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::problem::Error;

mod count;
pub use count::CountDraft;

/// Photos a report or a command may announce.
pub const MAX_PHOTOS: usize = 20;
/// The earliest instant taken (0001-01-01T00:00Z): PostgreSQL does not hold all that a text can state.
pub const FIRST_INSTANT: Timestamp = Timestamp::constant(-62_135_596_800, 0);
/// Characters a note may have.
pub const MAX_NOTE: usize = 2_000;

/// Where a report came from 来源.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 采集员.
    Inspector,
    /// 督导.
    Supervisor,
    /// 领导交办.
    Leader,
    /// 微信群.
    ChatGroup,
    /// 12345.
    #[serde(rename = "hotline_12345")]
    Hotline12345,
    /// 随手拍.
    Citizen,
    /// 媒体/舆情.
    Media,
    /// 视频.
    Video,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 8] = [
        Self::Inspector,
        Self::Supervisor,
        Self::Leader,
        Self::ChatGroup,
        Self::Hotline12345,
        Self::Citizen,
        Self::Media,
        Self::Video,
    ];

    /// The Chinese word for it.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Inspector => "采集员",
            Self::Supervisor => "督导",
            Self::Leader => "领导交办",
            Self::ChatGroup => "微信群",
            Self::Hotline12345 => "12345 热线",
            Self::Citizen => "随手拍",
            Self::Media => "媒体舆情",
            Self::Video => "视频",
        }
    }

    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inspector => "inspector",
            Self::Supervisor => "supervisor",
            Self::Leader => "leader",
            Self::ChatGroup => "chat_group",
            Self::Hotline12345 => "hotline_12345",
            Self::Citizen => "citizen",
            Self::Media => "media",
            Self::Video => "video",
        }
    }

    /// Whether somebody of the district saw it: what the public says is looked at before filing.
    pub fn is_trusted(self) -> bool {
        !matches!(self, Self::Citizen | Self::Hotline12345 | Self::Media | Self::ChatGroup)
    }
}

/// A position as the device states it, with its datum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"lat": 30.6612, "lon": 113.1644, "datum": "gcj02", "accuracy_m": 12.0}))]
pub struct StatedPosition {
    /// Latitude in degrees, in `datum`.
    pub lat: f64,
    /// Longitude in degrees, in `datum`.
    pub lon: f64,
    /// `wgs84` (browsers, raw GPS), `gcj02` (AMap, Tencent) or `bd09` (Baidu).
    #[schema(value_type = String, example = "wgs84")]
    pub datum: Datum,
    /// Radius of confidence, metres.
    #[serde(default)]
    pub accuracy_m: Option<f64>,
}

/// Which part of a report a photo tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoPart {
    /// The problem.
    #[default]
    Scene,
    /// The problem, before whoever found it fixed it.
    Before,
    /// The same place after that.
    After,
}

impl PhotoPart {
    #[allow(clippy::trivially_copy_pass_by_ref)] // as serde passes it
    fn is_scene(&self) -> bool {
        *self == Self::Scene
    }
}

/// One line of a manifest: a photo that is to come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "photo_id": "0198f3a0-0000-7000-8000-000000000001",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "bytes": 183_422, "media_type": "image/jpeg", "captured_at": "2026-11-20T01:12:03Z"
}))]
pub struct ManifestPhoto {
    /// Made on the device, unique within the manifest.
    pub photo_id: Uuid,
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: u64,
    /// `image/jpeg`, `image/png`, `image/webp` or `image/heic`.
    pub media_type: String,
    /// When the shutter was pressed, by the device's clock.
    #[schema(value_type = String, format = DateTime)]
    pub captured_at: Timestamp,
    /// Where it was taken.
    #[serde(default)]
    pub position: Option<StatedPosition>,
    /// Which part of a report it tells; a command's photos tell none, whatever this says.
    #[serde(default, skip_serializing_if = "PhotoPart::is_scene")]
    pub part: PhotoPart,
}

/// A report as it is sent: `PUT /reports/{uuid}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "category": "0101", "condition": "0101A", "note": "菜市场西门外散落垃圾", "source": "inspector",
    "captured_at": "2026-11-20T01:12:03Z", "captured_age_ms": 4200, "sent_at": "2026-11-20T01:12:07Z",
    "position": {"lat": 30.6612, "lon": 113.1644, "datum": "wgs84", "accuracy_m": 12.0},
    "photos": []
}))]
pub struct Submission {
    /// Category code, if the reporter knows it.
    #[serde(default)]
    pub category: Option<String>,
    /// Condition code, if the reporter knows it.
    #[serde(default)]
    pub condition: Option<String>,
    /// In words.
    #[serde(default)]
    pub note: String,
    /// Where it came from.
    pub source: Source,
    /// Keep it from bureaus until the office releases it (supervisors and the office only).
    #[serde(default)]
    pub blind: bool,
    /// When the problem was seen, by the device's clock: a claim.
    #[schema(value_type = String, format = DateTime)]
    pub captured_at: Timestamp,
    /// How long ago that was when this was sent, by the device's monotonic clock, milliseconds.
    #[serde(default)]
    pub captured_age_ms: Option<u64>,
    /// When it was sent, by the device's clock; lets the server estimate its skew.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Timestamp>,
    /// Where; none when the device had no fix and nobody said.
    #[serde(default)]
    pub position: Option<StatedPosition>,
    /// What the device itself said, where a person put `position` elsewhere; both are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_position: Option<StatedPosition>,
    /// 自处置: whoever reports it has fixed it, and shows it before and after. It opens an issue of its own
    /// that is closed at once, outside the bureaus' rates; the desk looks at some of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub self_handled: bool,
    /// The photos that belong to it.
    #[serde(default)]
    pub photos: Vec<ManifestPhoto>,
}

impl Submission {
    /// Refuses what no retry could make right.
    pub fn check(&self, role: Role, max_photo_bytes: u64) -> Result<(), Error> {
        check_text("note", &self.note)?;
        check_manifest(&self.photos, max_photo_bytes)?;
        self.check_parts()?;
        if self.condition.is_some() && self.category.is_none() {
            return Err(Error::invalid("category-missing", "`condition` needs its `category`."));
        }
        let own = match role {
            Role::Inspector => self.source == Source::Inspector && !self.blind,
            Role::Supervisor => self.source == Source::Supervisor,
            Role::Office | Role::Bureau | Role::Admin => true,
        };
        if own {
            return Ok(());
        }
        Err(Error::invalid(
            "source-not-yours",
            "An inspector reports with `source: inspector` and not blind, a supervisor with `source: supervisor`.",
        ))
    }

    /// What was self-handled is shown before and after.
    fn check_parts(&self) -> Result<(), Error> {
        let after = self.photos.iter().filter(|photo| photo.part == PhotoPart::After).count();
        if self.self_handled && (after == 0 || after == self.photos.len()) {
            return Err(both_sides_missing());
        }
        Ok(())
    }

    /// SHA-256 over what the report says. When and how late it was sent is left out: a retry states
    /// both anew, and is the same report.
    pub fn content_hash(&self) -> Result<Vec<u8>, Error> {
        let content = Self { sent_at: None, captured_age_ms: None, ..self.clone() };
        canonical_hash(&content)
    }
}

/// SHA-256 over a value's canonical JSON (RFC 8785).
pub fn canonical_hash(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let json = serde_json::to_value(value)?;
    Ok(Sha256::digest(serde_jcs::to_vec(&json)?).to_vec())
}

/// Refuses text that is too long or that PostgreSQL could not hold.
pub fn check_text(field: &str, text: &str) -> Result<(), Error> {
    if text.chars().count() > MAX_NOTE {
        return Err(Error::invalid(
            "text-too-long",
            format!("`{field}` has more than {MAX_NOTE} characters."),
        ));
    }
    if text.contains('\0') {
        return Err(Error::invalid("text-invalid", format!("`{field}` holds a NUL character.")));
    }
    Ok(())
}

/// What was self-handled and is not shown before and after is refused with this.
pub fn both_sides_missing() -> Error {
    let detail = "A self-handled report has a photo from before and one with `part: after`.";
    Error::invalid("both-sides-missing", detail)
}

/// Refuses a manifest that no upload could fulfil.
pub fn check_manifest(photos: &[ManifestPhoto], max_photo_bytes: u64) -> Result<(), Error> {
    let refuse = |detail: String| Err(Error::invalid("manifest-invalid", detail));
    if photos.len() > MAX_PHOTOS {
        return refuse(format!("`photos` has more than {MAX_PHOTOS} entries."));
    }
    let mut ids = HashSet::new();
    for (index, photo) in photos.iter().enumerate() {
        if !ids.insert(photo.photo_id) {
            return refuse(format!("photos[{index}].photo_id stands twice."));
        }
        if !is_sha256(&photo.sha256) {
            return refuse(format!(
                "photos[{index}].sha256 is not 64 lower-case hexadecimal digits."
            ));
        }
        if photo.bytes == 0 || photo.bytes > max_photo_bytes {
            return refuse(format!(
                "photos[{index}].bytes is not between 1 and {max_photo_bytes}."
            ));
        }
        if !["image/jpeg", "image/png", "image/webp", "image/heic"]
            .contains(&photo.media_type.as_str())
        {
            return refuse(format!("photos[{index}].media_type is not JPEG, PNG, WebP or HEIC."));
        }
        if photo.captured_at < FIRST_INSTANT {
            return refuse(format!("photos[{index}].captured_at is before the year 1."));
        }
    }
    Ok(())
}

/// Whether this is a SHA-256 as we write it.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The bytes of a checked hexadecimal SHA-256.
pub fn sha256_bytes(text: &str) -> Result<Vec<u8>, Error> {
    let pair = |at: usize| text.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    let bytes: Option<Vec<u8>> = (0..64).step_by(2).map(pair).collect();
    bytes.filter(|_| is_sha256(text)).ok_or_else(|| {
        Error::invalid("digest-invalid", "A digest is 64 lower-case hexadecimal digits.")
    })
}
