//! What is said of bulletins on the wire.

use domain::bulletin::{BulletinKind, LONGEST_TITLE, OnTime};
use domain::figures::Period;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::bulletins::Wanted;
use crate::actions::record::hex;
use crate::problem::Error;
use crate::store::bulletins::Head;

/// What a bulletin is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "weekly", "from": "2026-11-08T16:00:00Z", "to": "2026-11-15T16:00:00Z",
    "on_time": "handled", "title": "第46周创建工作调度"}))]
pub struct BulletinAsk {
    /// `daily` 每日简报, `weekly` 每周调度 or `notice` 通报.
    #[schema(value_type = String)]
    pub kind: BulletinKind,
    /// The period's first instant.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// The period's end, itself outside.
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
    /// What "on time" means in it and what units are ranked by: `handled` 按期处置率 (unless said) or `closed`
    /// 按期结案率.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub on_time: OnTime,
    /// What it is headed by, at most 60 characters; what is usual for its kind, unless said.
    #[serde(default)]
    pub title: Option<String>,
}

impl BulletinAsk {
    /// The same, read.
    pub(super) fn wanted(&self) -> Result<Wanted, Error> {
        let period = Period::new(self.from, self.to)
            .map_err(|error| Error::invalid("period-invalid", error.to_string()))?;
        let title = match self.title.as_deref().map(str::trim) {
            None | Some("") => self.kind.title(),
            Some(title) if title.chars().count() <= LONGEST_TITLE => title,
            Some(_) => {
                let detail = format!("The title has more than {LONGEST_TITLE} characters.");
                return Err(Error::invalid("title-too-long", detail));
            }
        };
        Ok(Wanted { kind: self.kind, title: title.to_owned(), period, on_time: self.on_time })
    }
}

/// A bulletin as it is issued.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"id": "0198f3a0-0000-7000-8000-0000000000b1", "kind": "weekly", "from": "2026-11-08T16:00:00Z",
    "to": "2026-11-15T16:00:00Z", "on_time": "handled", "for_all": true}))]
pub struct NewBulletin {
    /// Made by the client (UUIDv7); sent again, it changes nothing.
    pub id: Uuid,
    /// Whether bureaus read it; else the office and the supervision team alone.
    pub for_all: bool,
    /// What.
    #[serde(flatten)]
    pub ask: BulletinAsk,
}

/// A bulletin as lists show it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Bulletin, example = json!({"id": 3, "number": "调度〔2026〕3号", "kind": "weekly", "title": "创建全国文明城市每周调度",
    "from": "2026-11-08T16:00:00Z", "to": "2026-11-15T16:00:00Z", "for_all": true, "position": 4711,
    "issued_at": "2026-11-16T01:00:00Z", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}))]
pub struct BulletinView {
    /// Its id.
    pub id: i64,
    /// Its number, counted by kind and year without gaps.
    pub number: String,
    /// `daily`, `weekly` or `notice`.
    pub kind: String,
    /// What it is headed by.
    pub title: String,
    /// The period's first instant.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// Its end.
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
    /// Whether bureaus read it.
    pub for_all: bool,
    /// The position of the log that it was made at.
    pub position: i64,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// SHA-256 of what it says, in canonical JSON.
    pub sha256: String,
}

impl BulletinView {
    pub(super) fn new(id: i64, head: &Head) -> Result<Self, Error> {
        Ok(Self {
            id,
            number: head.number()?.to_string(),
            kind: head.kind.clone(),
            title: head.title.clone(),
            from: head.from_at.0,
            to: head.to_at.0,
            for_all: head.for_all,
            position: head.position,
            issued_at: head.issued_at.0,
            sha256: hex(&head.sha256),
        })
    }
}

/// A bulletin with what it says.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BulletinDetail {
    /// Which.
    #[serde(flatten)]
    pub bulletin: BulletinView,
    /// What it rests on (`basis`) and its `figures`, as docs/bulletins.md describes them.
    #[schema(value_type = Object)]
    pub body: Value,
}

/// A page of bulletins.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BulletinPage {
    /// The newest first.
    pub items: Vec<BulletinView>,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// Whether the log still gives a bulletin.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"same": true,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "made_again": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}))]
pub struct BulletinReplay {
    /// Byte for byte.
    pub same: bool,
    /// SHA-256 of what was issued, reckoned over its bytes now.
    pub sha256: String,
    /// SHA-256 of what the log gives now.
    pub made_again: String,
}
