//! Issues as every face sees them.

use domain::access::{Action, Actor, Subject, may};
use domain::deadline::{Limit, Unit};
use domain::workflow::{
    Command, DismissReason, Facts, Outcome, Refusal, ReturnReason, Stage, Wish, decide,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::command_issue::facets;
use crate::gazetteer::Gazetteer;
use crate::store::issues::Issue;

mod claim;
pub mod limit;
mod parts;
mod staged;
mod suspension;
mod verification;
pub mod why;

pub use claim::{CandidateView, OfferView};
pub use parts::PartView;
pub use staged::StageDueView;
pub use suspension::{RequestView, SuspensionView};
pub use verification::{CheckView, DrawView};
use why::RoutingView;

/// A place on the map, WGS-84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"lat": 30.6612, "lon": 113.1644}))]
pub struct PositionView {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// Photos of an issue's reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoCount {
    /// Announced.
    pub expected: i32,
    /// Arrived.
    pub stored: i32,
    /// Arrived, and no picture can be made of them; counted in `stored` as well.
    pub unreadable: i32,
}

/// An issue 问题.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Issue, example = json!({
    "id": 412, "version": 3, "stage": "dispatched", "blind": false, "unrouted": false,
    "category": "0101", "category_name": "暴露垃圾", "condition": "0101A", "source": "inspector",
    "note": "菜市场西门外散落垃圾", "position": {"lat": 30.6612, "lon": 113.1644},
    "area": "429901001000", "area_name": "东关街道", "lead": "huanwei", "lead_name": "环卫中心",
    "cooperating": ["dongguan"], "offer": null, "parts": [{"bureau": "dongguan", "name": "东关街道办事处", "task": null,
        "due_at": "2026-11-20T03:12:07Z", "accepted_at": null, "done_at": null, "released_at": null, "owed": false, "rework": 0}],
    "reported_at": "2026-11-20T01:12:03Z", "filed_at": "2026-11-20T01:12:07Z",
    "dispatched_at": "2026-11-20T01:12:07Z", "accepted_at": null, "rectified_at": null,
    "handled_at": null, "closed_at": null, "first_due_at": "2026-11-20T03:12:07Z",
    "due_at": "2026-11-20T03:12:07Z", "next_due_at": "2026-11-20T03:12:07Z", "stage_due": null, "return_until": "2026-11-20T07:12:07Z", "due_provisional": false, "report_count": 1, "extensions": 0,
    "request": null, "suspension": null, "drafts": 0, "returns": 0, "rework": 0, "merged_into": null, "verification": null, "routing": {"rule": "暴露垃圾", "reason": null, "because": {"kind": "rule",
        "version": "云汀-2026-1", "rules": ["暴露垃圾"], "met": [{"criterion": "category", "value": "0101"}],
        "lead": {"bureau": "huanwei", "target": null, "standard": null}, "left_out": [],
        "task": null, "cooperating": [{"bureau": "dongguan", "target": "@subdistrict", "standard": null}]},
        "words": {"zh": "规则“暴露垃圾”（云汀-2026-1）：小类 暴露垃圾（0101）。牵头：环卫中心（huanwei）；配合：所属街办 东关街道办事处（dongguan）",
            "en": "Rule “暴露垃圾” of 云汀-2026-1, by category Exposed rubbish (0101). Lead: Sanitation Centre (huanwei); cooperating: the subdistrict office here, Dongguan Office (dongguan)"}},
    "self_handled": false, "checked_at": null,
    "cover": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "photos": {"expected": 3, "stored": 3, "unreadable": 0}
}))]
#[allow(clippy::struct_excessive_bools)] // fields of the document
pub struct IssueView {
    /// Number.
    pub id: i64,
    /// How many events it has: its ETag, for If-Match.
    pub version: i64,
    /// Where it stands: `reported`, `filed`, `dispatched`, `accepted`, `rectified`, `closed`,
    /// `refused`, `void`, `returned`, `reopened`, `deferred`, `shelved` or `merged`.
    #[schema(value_type = String)]
    pub stage: Stage,
    /// Kept from bureaus until released.
    pub blind: bool,
    /// Filed, no bureau found, and offered to nobody: the desk decides.
    pub unrouted: bool,
    /// Category code.
    pub category: Option<String>,
    /// Category name.
    pub category_name: Option<String>,
    /// Condition code.
    pub condition: Option<String>,
    /// Where its first report came from.
    pub source: String,
    /// Its first report's note.
    pub note: String,
    /// Where it is.
    pub position: Option<PositionView>,
    /// Finest area it lies in.
    pub area: Option<String>,
    /// That area's name.
    pub area_name: Option<String>,
    /// The bureau that answers for it.
    pub lead: Option<String>,
    /// That bureau's name.
    pub lead_name: Option<String>,
    /// Bureaus that help.
    pub cooperating: Vec<String>,
    /// While it is offered 待认领 to those who may own it.
    #[schema(required)]
    pub offer: Option<OfferView>,
    /// What each of them has to do and has done 配合.
    pub parts: Vec<PartView>,
    /// When it was reported.
    #[schema(value_type = String, format = DateTime)]
    pub reported_at: Timestamp,
    /// When it was filed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub filed_at: Option<Timestamp>,
    /// When it was first dispatched: the clock starts here.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub dispatched_at: Option<Timestamp>,
    /// When it was last accepted.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub accepted_at: Option<Timestamp>,
    /// When it was last said to be rectified.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub rectified_at: Option<Timestamp>,
    /// Arrival of the rectification that passed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub handled_at: Option<Timestamp>,
    /// When it was closed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Timestamp>,
    /// The first limit.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub first_due_at: Option<Timestamp>,
    /// The limit now; null where its condition has none.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
    /// By when something is owed next: the end of the limit's first stage that is not done, or the limit. Lists are
    /// ordered and filtered by it.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub next_due_at: Option<Timestamp>,
    /// The stage of the limit that is due next 分阶段时限; null where it has one stage, or only its last is left.
    #[schema(required)]
    pub stage_due: Option<StageDueView>,
    /// The limit rests on a year whose holidays are not announced, and is reckoned anew when they are.
    pub due_provisional: bool,
    /// Until when the lead may return it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub return_until: Option<Timestamp>,
    /// How many reports it has.
    pub report_count: u32,
    /// How often its limit was extended 延期.
    pub extensions: u32,
    /// What was asked for and is not decided on.
    pub request: Option<RequestView>,
    /// While it is deferred 缓办 or shelved 挂账.
    pub suspension: Option<SuspensionView>,
    /// Drafts 草稿 that came by links and wait for the bureau.
    pub drafts: usize,
    /// How often it was returned.
    pub returns: u32,
    /// How often verification failed.
    pub rework: u32,
    /// The issue that it was merged into, which has its reports; null unless it is `merged`.
    pub merged_into: Option<i64>,
    /// How somebody else has to look at it 核查, while that is owed.
    #[schema(required)]
    pub verification: Option<CheckView>,
    /// Why it went where it did.
    pub routing: Option<RoutingView>,
    /// 自处置: whoever found it fixed it; closed at once, and in no bureau's rates.
    pub self_handled: bool,
    /// When the desk looked at what was self-handled, and it was done.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub checked_at: Option<Timestamp>,
    /// SHA-256 of a photo of the problem: `/photos/{sha256}/thumbnail` is its picture, once it was looked
    /// at. Null before one has arrived.
    pub cover: Option<String>,
    /// Photos of its reports that show the problem.
    pub photos: PhotoCount,
}

impl IssueView {
    /// The issue with the names that reference data gives its codes now.
    pub fn new(issue: &Issue, gazetteer: &Gazetteer) -> Self {
        let state = &issue.state;
        let category = state.category.as_deref().and_then(|code| gazetteer.category(code));
        let lead = state.lead.as_deref().and_then(|code| gazetteer.bureau(code));
        let area = issue.area();
        Self {
            id: issue.id,
            version: issue.version,
            stage: state.stage,
            blind: state.blind,
            unrouted: issue.is_unrouted(),
            category: state.category.clone(),
            category_name: category.map(|known| known.name.clone()),
            condition: state.condition.clone(),
            source: issue.source.clone(),
            note: issue.note.clone(),
            position: issue.detail.position.map(|p| PositionView { lat: p.lat, lon: p.lon }),
            area: area.map(str::to_owned),
            area_name: area.and_then(|code| gazetteer.area_name(code)).map(str::to_owned),
            lead: state.lead.clone(),
            lead_name: lead.map(|bureau| bureau.name.clone()),
            cooperating: state.cooperating.clone(),
            offer: OfferView::of(state, gazetteer),
            parts: parts::parts(state, gazetteer),
            reported_at: state.reported_at,
            filed_at: state.filed_at,
            dispatched_at: state.dispatched_at,
            accepted_at: state.accepted_at,
            rectified_at: state.rectified_at,
            handled_at: state.handled_at,
            closed_at: state.closed_at,
            first_due_at: state.first_due_at,
            due_at: state.due_at,
            next_due_at: state.next_due_at(),
            stage_due: StageDueView::of(state),
            due_provisional: state.is_provisional(),
            return_until: state.return_until,
            report_count: state.reports,
            extensions: state.extensions,
            request: state.request.as_ref().map(RequestView::new),
            suspension: state.suspension.as_ref().map(SuspensionView::new),
            drafts: state.drafts.len(),
            returns: state.returns,
            rework: state.rework,
            merged_into: state.merged_into,
            verification: state.verification.as_deref().map(CheckView::new),
            routing: state.why.as_ref().map(|why| RoutingView::new(why, gazetteer)),
            self_handled: state.self_handled,
            checked_at: state.checked_at,
            cover: issue.detail.cover.clone(),
            photos: PhotoCount {
                expected: issue.photos_expected,
                stored: issue.photos_stored,
                unreadable: issue.detail.photos_unreadable,
            },
        }
    }
}

/// The commands this reader may use on an issue as it stands, as words of the API.
///
/// Each is tried on the workflow with everything a person could still supply, so that what is
/// offered and what is accepted cannot drift apart.
pub fn allowed(actor: &Actor, issue: &Issue, facts: &Facts) -> Vec<String> {
    let subject = Subject::Issue(facets(issue));
    let open = |(action, word, command): (Action, &str, Command)| {
        may(Some(actor), action, &subject).ok()?;
        match decide(&issue.state, actor, &command, facts) {
            Ok(_)
            | Err(
                Refusal::AfterPhotoNotStored
                | Refusal::AfterPhotoUnreadable
                | Refusal::AfterPhotoSeenBefore
                | Refusal::AfterPhotoCopied
                | Refusal::AfterPhotoTooEarly
                | Refusal::AfterPhotoTooFar,
            ) => Some(word.to_owned()),
            Err(_) => None,
        }
    };
    // The least that may be asked for.
    let latest = issue.state.due_at.unwrap_or_default().max(facts.now);
    let later = latest.checked_add(SignedDuration::from_secs(1));
    let attempts = attempts(later.unwrap_or(Timestamp::MAX)).into_iter();
    attempts.chain(parts::attempts(&issue.state, actor)).filter_map(open).collect()
}

/// `until` is a limit that may be asked for.
fn attempts(until: Timestamp) -> [(Action, &'static str, Command); 21] {
    let ask = |wish| Command::Ask { wish, reason: "?".to_owned(), photos: vec!["?".to_owned()] };
    let some = || "?".to_owned();
    let reason = DismissReason::FalseAlarm;
    [
        (Action::FileIssue, "file", Command::File { category: some(), condition: some() }),
        (Action::RefuseIssue, "refuse", Command::Refuse { reason, note: some() }),
        (Action::ReleaseIssue, "release", Command::Release),
        (
            Action::DispatchIssue,
            "dispatch",
            Command::Dispatch {
                lead: some(),
                cooperating: Vec::new(),
                because: None,
                reason: some(),
            },
        ),
        (
            Action::OfferIssue,
            "offer",
            Command::Offer {
                candidates: vec![some()],
                within: Limit::one(Unit::WorkingHours),
                others_help: false,
                reason: some(),
            },
        ),
        (Action::ClaimIssue, "claim", Command::Claim),
        (Action::DeclineClaim, "decline-claim", Command::DeclineClaim { reason: some() }),
        (Action::AcceptIssue, "accept", Command::Accept),
        (
            Action::ReturnIssue,
            "return",
            Command::Return { reason: ReturnReason::NotOurDuty, note: some() },
        ),
        (
            Action::RectifyIssue,
            "rectify",
            Command::Rectify { outcome: Outcome::Rectified, note: some(), photos: vec![some()] },
        ),
        (Action::SecureIssue, "secure", Command::Secure { note: some(), photos: vec![some()] }),
        (Action::ExtendIssue, "extend", ask(Wish::Extension { until })),
        (Action::DeferIssue, "defer", ask(Wish::Deferral { until })),
        (Action::ShelveIssue, "shelve", ask(Wish::Shelving { cost_yuan: 1 })),
        (Action::DecideIssue, "decide", Command::Decide { approved: false, note: some() }),
        (Action::ResumeIssue, "resume", Command::Resume { note: some() }),
        (Action::ReviewIssue, "review", Command::Review { note: some() }),
        (
            Action::VerifyIssue,
            "verify",
            Command::Verify { passed: true, note: some(), photos: Vec::new(), way: None },
        ),
        (Action::OverrideIssue, "override", Command::Override { reason: some() }),
        // Into which one, is looked at once it is said.
        (Action::MergeIssue, "merge", Command::Merge { into: 0 }),
        (Action::VoidIssue, "void", Command::Void { reason, note: some() }),
    ]
}
