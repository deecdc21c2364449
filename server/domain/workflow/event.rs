//! What happened to an issue, as it is kept in the log.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::command::{DismissReason, Outcome, ReturnReason};
use super::limit::{Reckoned, Recomputed};
use super::request::Wish;
use super::verification::{Owed, Way};
use crate::capture::PhotoFlag;
use crate::routing::{Because, Offering, Unrouted, Why};

/// A point in whose surroundings an issue lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NearPoint {
    /// The point's code.
    pub code: String,
    /// `core`, `near` or `wide`.
    pub band: String,
    /// From the point's edge, metres.
    pub distance_m: f64,
}

/// What happened, as it is kept in the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A report opened the issue.
    Reported {
        /// The report's id.
        report: String,
        /// Category code, if the reporter knew it.
        category: Option<String>,
        /// Condition code, if the reporter knew it.
        condition: Option<String>,
        /// Kept from bureaus until released.
        blind: bool,
    },
    /// A further report of the same problem.
    Joined {
        /// The report's id.
        report: String,
        /// How far from the issue it was taken, metres.
        distance_m: f64,
        /// Set when it contradicts a rectification that waits for verification.
        against_rectification: bool,
    },
    /// A joining report showed a graver condition: condition and limit go up.
    Raised {
        /// The graver condition.
        condition: String,
        /// The limit now, never later than before.
        due_at: Option<Timestamp>,
        /// What it rests on, where this sets one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Box<Reckoned>>,
    },
    /// Taken up.
    Filed {
        /// Category code.
        category: String,
        /// Condition code.
        condition: String,
        /// Filed by rule, without the desk.
        automatic: bool,
    },
    /// Not taken up.
    Refused {
        /// Why.
        reason: DismissReason,
        /// In words.
        note: String,
    },
    /// No rule, or two equal ones, found a bureau: the desk decides.
    Unrouted {
        /// The rule set that was asked.
        version: String,
        /// Why.
        because: Unrouted,
    },
    /// Sent to its bureaus.
    Dispatched {
        /// The one bureau that answers for it.
        lead: String,
        /// Bureaus that help.
        cooperating: Vec<String>,
        /// The rule that chose them, and why; none when the desk did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Box<Because>>,
        /// Why these, in the desk's words; empty when a rule chose.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// The limit; set at the first dispatch and kept by later ones.
        due_at: Option<Timestamp>,
        /// What it rests on, where this sets one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Box<Reckoned>>,
        /// Until when the lead may return it.
        return_until: Timestamp,
    },
    /// 待认领: it has no bureau, and is offered to those who may own it.
    Offered {
        /// Whom.
        candidates: Vec<String>,
        /// Until when it can be claimed.
        until: Timestamp,
        /// Whether the others help whoever claims it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        others_help: bool,
        /// Who answers for it when nobody claims it; none where the desk decides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<String>,
        /// By which rule; none when the desk did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Box<Offering>>,
        /// Why these, in the desk's words; empty when a rule chose.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// 认领: one of them took it; it is dispatched to them and accepted by that.
    Claimed {
        /// That bureau.
        bureau: String,
    },
    /// 不认领: one of them said that it is not theirs.
    ClaimDeclined {
        /// That bureau.
        bureau: String,
        /// Why, in words.
        reason: String,
    },
    /// 认领期满: nobody claimed it.
    OfferLapsed {
        /// When its time was over, however late that was noticed; or when the last one declined.
        over_at: Timestamp,
        /// Every one of them had declined.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        all_declined: bool,
    },
    /// The lead bureau took it.
    Accepted,
    /// The lead bureau sent it back.
    Returned {
        /// Why.
        reason: ReturnReason,
        /// In words.
        note: String,
    },
    /// The bureau says it is done.
    Rectified {
        /// Done, or found gone.
        outcome: Outcome,
        /// In words.
        note: String,
        /// Ids of the after-photos.
        photos: Vec<String>,
        /// How somebody else has to look at it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check: Option<Box<Owed>>,
    },
    /// 阶段完成: the lead says that a stage before the limit's last is done, such as fencing it off.
    Secured {
        /// In words.
        note: String,
        /// Ids of the photos that show it.
        photos: Vec<String>,
    },
    /// 申请: a later limit, a deferral or shelving is asked for.
    Asked {
        /// What for.
        #[serde(flatten)]
        wish: Wish,
        /// Why, in words.
        reason: String,
        /// Ids of the photos of the stamped form.
        photos: Vec<String>,
    },
    /// 初审: the first level is for it; the second decides.
    Endorsed {
        /// In words.
        note: String,
    },
    /// 同意延期: both levels are for it. The first limit is kept beside the new one.
    Extended {
        /// The limit now.
        due_at: Timestamp,
        /// In words.
        note: String,
    },
    /// 缓办: both levels are for it. The clock stands still until a date.
    Deferred {
        /// When it comes back by itself.
        until: Timestamp,
        /// Since when the clock stands still.
        stopped_at: Timestamp,
        /// In words.
        note: String,
    },
    /// 挂账: both levels are for it. Not solvable now: the clock stands still.
    Shelved {
        /// The money that solving it needs, whole yuan.
        cost_yuan: u64,
        /// Since when the clock stands still.
        stopped_at: Timestamp,
        /// Until when it has to be reviewed.
        review_by: Timestamp,
        /// In words.
        note: String,
    },
    /// 不同意: one of the levels is against what was asked for.
    Declined {
        /// Why, in words.
        note: String,
    },
    /// 子任务: what one cooperating bureau has to do.
    SubTaskSet {
        /// The cooperating bureau.
        bureau: String,
        /// What it has to do, in words.
        task: String,
        /// A limit of its own; none where the issue's is its limit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_at: Option<Timestamp>,
    },
    /// 协办签收: a cooperating bureau took its part.
    PartAccepted {
        /// The cooperating bureau.
        bureau: String,
    },
    /// 协办完成: a cooperating bureau says that its part is done.
    PartDone {
        /// The cooperating bureau.
        bureau: String,
        /// In words.
        note: String,
        /// Ids of the photos that show it.
        photos: Vec<String>,
    },
    /// The office let a cooperating bureau off its part.
    PartReleased {
        /// The cooperating bureau.
        bureau: String,
        /// Why, in words.
        reason: String,
    },
    /// 挂账复核: looked at, and still not solvable.
    Reviewed {
        /// Until when it has to be reviewed next.
        review_by: Timestamp,
        /// In words.
        note: String,
    },
    /// 恢复: worked on again; as much time is left as there was when the clock stopped.
    Resumed {
        /// The limit now.
        due_at: Option<Timestamp>,
        /// The ends now of the limit's stages before its last that are not done.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        stages: Vec<Timestamp>,
        /// Until when the lead may return it, where it has not accepted it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        return_until: Option<Timestamp>,
        /// Why, in words; empty where its date was over.
        note: String,
    },
    /// 自处置: whoever found it fixed it; before and after are in one report. Closed at once, outside the
    /// bureaus' rates, and looked at by the desk by sample.
    SelfHandled {
        /// Ids of the after-photos.
        photos: Vec<String>,
        /// The check that it owes, where the draw met it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check: Option<Box<Owed>>,
    },
    /// The desk looked at what was self-handled, and it is done.
    Checked {
        /// In words.
        note: String,
        /// How they looked; not known of what was verified before that was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        way: Option<Way>,
    },
    /// The desk looked at what was self-handled, and it is not done: it is as if only reported.
    CheckFailed {
        /// In words.
        note: String,
        /// How they looked; not known of what was verified before that was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        way: Option<Way>,
    },
    /// Somebody else looked, and it is done.
    Closed {
        /// In words.
        note: String,
        /// Ids of the verifier's photos.
        photos: Vec<String>,
        /// How they looked; not known of what was verified before that was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        way: Option<Way>,
    },
    /// The office closed it without a passed verification.
    Overridden {
        /// Why, in words.
        reason: String,
    },
    /// Somebody else looked, and it is not done.
    Reopened {
        /// In words.
        note: String,
        /// Ids of the verifier's photos.
        photos: Vec<String>,
        /// How they looked; not known of what was verified before that was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        way: Option<Way>,
    },
    /// Taken out of the figures.
    Voided {
        /// Why.
        reason: DismissReason,
        /// In words.
        note: String,
    },
    /// It is the same problem as another issue, which has its reports from now on.
    Merged {
        /// Number of that issue.
        into: i64,
    },
    /// Another issue was the same problem: its reports are this one's from now on.
    Absorbed {
        /// Number of that issue.
        issue: i64,
        /// How many reports it brought.
        reports: u32,
        /// Its condition, where that is the graver one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        condition: Option<String>,
        /// Its limit, where that ends earlier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_at: Option<Timestamp>,
        /// What it rests on, where this sets one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Box<Reckoned>>,
    },
    /// The limit was reckoned anew, by newer reference data.
    LimitRecomputed {
        /// Why.
        because: Recomputed,
        /// The limit now; as before where persons had agreed on it.
        due_at: Timestamp,
        /// The first limit now.
        first_due_at: Timestamp,
        /// What the limit rests on, or did before persons agreed on another one.
        limit: Box<Reckoned>,
        /// What the first limit rests on, where that is something else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first_limit: Option<Box<Reckoned>>,
    },
    /// 链接: somebody without an account may look at it and send drafts, until then.
    LinkMade {
        /// The link's id.
        link: String,
        /// The bureau whose drafts they are.
        bureau: String,
        /// Whom it is for, in a word: 某某物业.
        for_whom: String,
        /// Until when it is good.
        expires_at: Timestamp,
    },
    /// A link is good no more.
    LinkRevoked {
        /// The link's id.
        link: String,
    },
    /// 草稿: what somebody sent by a link. What it says is kept beside the log.
    DraftSent {
        /// The link's id.
        link: String,
        /// The draft's id.
        draft: String,
        /// The bureau whose draft it is.
        bureau: String,
        /// How many photos it announces.
        photos: u32,
    },
    /// The bureau has no use for a draft.
    DraftDiscarded {
        /// The draft's id.
        draft: String,
    },
    /// Bureaus may see it from now on.
    Released,
    /// Newer reference data says something else of where the issue lies. Its position is as it was.
    Reassigned {
        /// Codes of the areas it lies in, the finest first.
        areas: Vec<String>,
        /// The points in whose surroundings it lies.
        points: Vec<NearPoint>,
        /// Kinds of place it lies in.
        places: Vec<String>,
        /// What is odd about its first report, by code.
        flags: Vec<String>,
        /// Version of the reference data that says so.
        reference_version: i64,
    },
    /// A photo named in a manifest arrived whole.
    PhotoStored {
        /// The photo's id.
        photo: String,
        /// SHA-256 of its bytes, hex.
        sha256: String,
    },
    /// No picture can be made of a photo that arrived: it is kept, and proves nothing.
    PhotoUnreadable {
        /// The photo's id.
        photo: String,
        /// SHA-256 of its bytes, hex.
        sha256: String,
        /// What is wrong with it, by code.
        problem: String,
    },
    /// What the camera wrote into a photo does not fit what was stated of it.
    PhotoFlagged {
        /// The photo's id.
        photo: String,
        /// What does not fit.
        flags: Vec<PhotoFlag>,
    },
}

impl Event {
    /// How somebody looked again; none for what is no verdict.
    pub fn way(&self) -> Option<Way> {
        match self {
            Self::Closed { way, .. }
            | Self::Reopened { way, .. }
            | Self::Checked { way, .. }
            | Self::CheckFailed { way, .. } => *way,
            _ => None,
        }
    }

    /// Why the issue went where this sends it, or nowhere; none for what routes nothing.
    pub fn why(&self) -> Option<Why> {
        match self {
            Self::Unrouted { version, because } => {
                Some(Why::Nobody { version: version.clone(), because: because.clone() })
            }
            Self::Offered { because: Some(because), .. } => Some(Why::Offer(because.clone())),
            Self::Dispatched { because: Some(because), .. } => Some(Why::Rule(because.clone())),
            Self::Offered { reason, .. } | Self::Dispatched { reason, .. } => {
                Some(Why::Desk { reason: reason.clone() })
            }
            _ => None,
        }
    }
}

/// An event with when it took effect and who caused it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// When it took effect.
    pub at: Timestamp,
    /// Account that caused it.
    pub by: i64,
    /// Bureau of that account.
    pub bureau: Option<String>,
    /// What happened.
    pub event: Event,
}
