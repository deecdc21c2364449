//! What was done about an issue and decided on it, as its history tells.

use domain::workflow::{Event, Outcome};

use super::detail::PhotoView;
use super::{Deserialize, Error, Serialize, Timestamp, ToSchema, Uuid, events};

/// What a bureau said it did.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RectificationView {
    /// The command it came with.
    pub command_id: Option<Uuid>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub by_name: Option<String>,
    /// `rectified` or `no_longer_there`.
    #[schema(value_type = String)]
    pub outcome: Outcome,
    /// In words.
    pub note: String,
    /// Its after-photos.
    pub photos: Vec<PhotoView>,
}

/// What a cooperating bureau said it did 协办完成.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PartDoneView {
    /// The command it came with.
    pub command_id: Option<Uuid>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The bureau.
    pub bureau: String,
    /// Who.
    pub by_name: Option<String>,
    /// In words.
    pub note: String,
    /// Photos that show it.
    pub photos: Vec<PhotoView>,
}

/// What somebody found who looked again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VerificationView {
    /// The command it came with.
    pub command_id: Option<Uuid>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub by_name: Option<String>,
    /// Whether the closing condition held.
    pub passed: bool,
    /// In words.
    pub note: String,
    /// The verifier's own photos.
    pub photos: Vec<PhotoView>,
}

/// A later limit that the lead bureau asked for 延期申请, and what was decided.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000ca", "at": "2026-11-20T02:12:00Z",
    "by_name": "梁明远", "reason": "配件三天后到货", "until": "2026-11-24T10:00:00Z", "photos": [],
    "endorsed_at": "2026-11-20T02:30:00Z", "endorsed_by_name": "吴春梅", "approved": true,
    "decided_at": "2026-11-20T03:05:00Z", "decided_by_name": "孙磊", "note": ""}))]
pub struct ExtensionView {
    /// The command it came with.
    pub command_id: Option<Uuid>,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who asked.
    pub by_name: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// The limit asked for.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// The stamped form.
    pub photos: Vec<PhotoView>,
    /// When the first level was for it; null before.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub endorsed_at: Option<Timestamp>,
    /// Who that was.
    pub endorsed_by_name: Option<String>,
    /// Whether it was granted; null while it waits, and where it lapsed.
    pub approved: Option<bool>,
    /// When that was decided.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Timestamp>,
    /// Who decided.
    pub decided_by_name: Option<String>,
    /// What the latest level said of it, in words.
    pub note: String,
}

/// The steps of an issue that have something to show, in order.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub rectifications: Vec<RectificationView>,
    pub parts_done: Vec<PartDoneView>,
    pub verifications: Vec<VerificationView>,
    pub extensions: Vec<ExtensionView>,
    /// Issues that were merged into this one.
    pub merged: Vec<i64>,
}

impl Steps {
    /// What the events tell, each with the name of who caused it; `photos_of` gives a command's photos once.
    pub fn read(
        events: &[(events::Entry, Option<String>)],
        mut photos_of: impl FnMut(Uuid) -> Vec<PhotoView>,
    ) -> Result<Self, Error> {
        let mut steps = Self::default();
        // What is read of every other kind, too, would be read for nothing.
        for (entry, name) in events.iter().filter(|(entry, _)| TOLD.contains(&&*entry.kind)) {
            let mut photos = || entry.command.map(&mut photos_of).unwrap_or_default();
            steps.take(entry.payload.read()?, entry, name.clone(), &mut photos);
        }
        Ok(steps)
    }

    fn take(
        &mut self,
        event: Event,
        entry: &events::Entry,
        by_name: Option<String>,
        photos: &mut impl FnMut() -> Vec<PhotoView>,
    ) {
        let (command_id, at) = (entry.command, entry.at);
        let mut verified = |passed, note| {
            let by_name = by_name.clone();
            VerificationView { command_id, at, by_name, passed, note, photos: photos() }
        };
        match event {
            Event::Absorbed { issue, .. } => self.merged.push(issue),
            Event::Closed { note, .. } | Event::Checked { note } => {
                self.verifications.push(verified(true, note));
            }
            Event::Reopened { note, .. } | Event::CheckFailed { note } => {
                self.verifications.push(verified(false, note));
            }
            Event::Rectified { outcome, note, .. } => {
                let photos = photos();
                let one = RectificationView { command_id, at, by_name, outcome, note, photos };
                self.rectifications.push(one);
            }
            Event::PartDone { bureau, note, .. } => {
                let photos = photos();
                let one = PartDoneView { command_id, at, bureau, by_name, note, photos };
                self.parts_done.push(one);
            }
            Event::ExtensionAsked { until, reason, .. } => self.extensions.push(ExtensionView {
                command_id,
                at,
                by_name,
                reason,
                until,
                photos: photos(),
                endorsed_at: None,
                endorsed_by_name: None,
                approved: None,
                decided_at: None,
                decided_by_name: None,
                note: String::new(),
            }),
            Event::ExtensionEndorsed { note } => {
                if let Some(asked) = self.extensions.last_mut() {
                    (asked.endorsed_at, asked.endorsed_by_name) = (Some(at), by_name);
                    asked.note = note;
                }
            }
            Event::Extended { note, .. } => self.decided(true, note, at, by_name),
            Event::ExtensionRefused { note } => self.decided(false, note, at, by_name),
            _ => {}
        }
    }

    fn decided(&mut self, approved: bool, note: String, at: Timestamp, by_name: Option<String>) {
        if let Some(asked) = self.extensions.last_mut() {
            (asked.approved, asked.note) = (Some(approved), note);
            (asked.decided_at, asked.decided_by_name) = (Some(at), by_name);
        }
    }
}

/// The kinds of event that [`Steps`] tells of.
const TOLD: [&str; 11] = [
    "part_done",
    "absorbed",
    "rectified",
    "closed",
    "reopened",
    "checked",
    "check_failed",
    "extension_asked",
    "extension_endorsed",
    "extended",
    "extension_refused",
];
