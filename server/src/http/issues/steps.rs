//! What was done about an issue and decided on it, as its history tells.

use domain::workflow::{Event, Outcome, Way};

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

/// A stage of the limit that the lead said is done 阶段完成.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SecuredView {
    /// The command it came with.
    pub command_id: Option<Uuid>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub by_name: Option<String>,
    /// In words.
    pub note: String,
    /// Photos that show it.
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
    /// How they looked: `on_site`, `desk` or `video`; null where that was not asked yet.
    #[schema(value_type = Option<String>, required)]
    pub way: Option<Way>,
    /// In words.
    pub note: String,
    /// The verifier's own photos.
    pub photos: Vec<PhotoView>,
}

/// What was asked for 申请 – a later limit, a deferral, shelving – and what was decided.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = RequestOf, example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000ca", "at": "2026-11-20T02:12:00Z",
    "by_name": "梁明远", "bureau": "huanwei", "kind": "extension", "reason": "配件三天后到货",
    "until": "2026-11-24T10:00:00Z", "cost_yuan": null, "photos": [],
    "endorsed_at": "2026-11-20T02:30:00Z", "endorsed_by_name": "吴春梅", "approved": true,
    "decided_at": "2026-11-20T03:05:00Z", "decided_by_name": "孙磊", "note": ""}))]
pub struct RequestOf {
    /// The command it came with.
    pub command_id: Option<Uuid>,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who asked.
    pub by_name: Option<String>,
    /// Of which bureau they were; null where the office ordered it.
    #[schema(required)]
    pub bureau: Option<String>,
    /// `extension`, `deferral` or `shelving`.
    pub kind: String,
    /// Why, in words.
    pub reason: String,
    /// The limit or the date asked for; null for shelving.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub until: Option<Timestamp>,
    /// The money that solving it needs, whole yuan; null unless it is to be shelved.
    #[schema(required)]
    pub cost_yuan: Option<u64>,
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

/// A shelved issue was looked at 挂账复核, and could still not be solved.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Review, example = json!({"at": "2026-12-18T02:12:00Z", "by_name": "吴春梅", "note": "资金仍未落实",
    "review_by": "2027-01-18T02:12:00Z"}))]
pub struct ReviewView {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub by_name: Option<String>,
    /// In words.
    pub note: String,
    /// Until when it was to be reviewed next.
    #[schema(value_type = String, format = DateTime)]
    pub review_by: Timestamp,
}

/// The steps of an issue that have something to show, in order.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub rectifications: Vec<RectificationView>,
    pub secured: Vec<SecuredView>,
    pub parts_done: Vec<PartDoneView>,
    pub verifications: Vec<VerificationView>,
    pub requests: Vec<RequestOf>,
    pub reviews: Vec<ReviewView>,
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
        let mut verified = |passed, note, way| {
            let by_name = by_name.clone();
            VerificationView { command_id, at, by_name, passed, way, note, photos: photos() }
        };
        match event {
            Event::Absorbed { issue, .. } => self.merged.push(issue),
            Event::Closed { note, way, .. } | Event::Checked { note, way } => {
                self.verifications.push(verified(true, note, way));
            }
            Event::Reopened { note, way, .. } | Event::CheckFailed { note, way } => {
                self.verifications.push(verified(false, note, way));
            }
            Event::Rectified { outcome, note, .. } => {
                let photos = photos();
                let one = RectificationView { command_id, at, by_name, outcome, note, photos };
                self.rectifications.push(one);
            }
            Event::Secured { note, .. } => {
                let photos = photos();
                self.secured.push(SecuredView { command_id, at, by_name, note, photos });
            }
            Event::PartDone { bureau, note, .. } => {
                let photos = photos();
                let one = PartDoneView { command_id, at, bureau, by_name, note, photos };
                self.parts_done.push(one);
            }
            Event::Reviewed { review_by, note } => {
                self.reviews.push(ReviewView { at, by_name, note, review_by });
            }
            Event::Asked { wish, reason, .. } => self.requests.push(RequestOf {
                command_id,
                at,
                by_name,
                bureau: entry.bureau.clone(),
                kind: wish.word().to_owned(),
                reason,
                until: wish.until(),
                cost_yuan: wish.cost_yuan(),
                photos: photos(),
                endorsed_at: None,
                endorsed_by_name: None,
                approved: None,
                decided_at: None,
                decided_by_name: None,
                note: String::new(),
            }),
            Event::Endorsed { note } => {
                if let Some(asked) = self.requests.last_mut() {
                    (asked.endorsed_at, asked.endorsed_by_name) = (Some(at), by_name);
                    asked.note = note;
                }
            }
            Event::Extended { note, .. }
            | Event::Deferred { note, .. }
            | Event::Shelved { note, .. } => self.decided(true, note, at, by_name),
            Event::Declined { note } => self.decided(false, note, at, by_name),
            _ => {}
        }
    }

    fn decided(&mut self, approved: bool, note: String, at: Timestamp, by_name: Option<String>) {
        if let Some(asked) = self.requests.last_mut() {
            (asked.approved, asked.note) = (Some(approved), note);
            (asked.decided_at, asked.decided_by_name) = (Some(at), by_name);
        }
    }
}

/// The kinds of event that [`Steps`] tells of.
const TOLD: [&str; 15] = [
    "secured",
    "part_done",
    "absorbed",
    "rectified",
    "closed",
    "reopened",
    "checked",
    "check_failed",
    "asked",
    "endorsed",
    "extended",
    "deferred",
    "shelved",
    "declined",
    "reviewed",
];
