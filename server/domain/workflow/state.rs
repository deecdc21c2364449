//! What the events of one issue say: its stage, its bureaus, its clocks.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::claim::Offer;
use super::limit::Reckoned;
use super::part::Part;
use super::request::Request;
use super::stage::Stage;
use super::suspension::Suspension;
use super::verification::Owed;
use crate::routing::Why;

/// What the events of one issue say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IssueState {
    /// Where it stands.
    pub stage: Stage,
    /// Category code, once known.
    pub category: Option<String>,
    /// Condition code, once known.
    pub condition: Option<String>,
    /// Kept from bureaus.
    pub blind: bool,
    /// The bureau that answers for it.
    pub lead: Option<String>,
    /// Bureaus that help.
    pub cooperating: Vec<String>,
    /// What each of them has to do and has done; none of whoever did and was asked for nothing yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// 待认领: while it is offered to those who may own it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// Every bureau that it was ever offered to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered_to: Vec<String>,
    /// Why it went there, or why nobody was found.
    pub why: Option<Why>,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// When it was filed.
    pub filed_at: Option<Timestamp>,
    /// First dispatch: the clock starts here.
    pub dispatched_at: Option<Timestamp>,
    /// Until when the lead may return it.
    pub return_until: Option<Timestamp>,
    /// Latest acceptance.
    pub accepted_at: Option<Timestamp>,
    /// Latest rectification and who made it.
    pub rectified_at: Option<Timestamp>,
    /// Account of the latest rectification, or of whoever fixed what they found.
    pub rectified_by: Option<i64>,
    /// How somebody else has to look at it, while that is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Box<Owed>>,
    /// Every bureau that has been lead or cooperating.
    pub bureaus: Vec<String>,
    /// Arrival of the rectification that passed.
    pub handled_at: Option<Timestamp>,
    /// The pass, or the override.
    pub closed_at: Option<Timestamp>,
    /// The first limit.
    pub first_due_at: Option<Timestamp>,
    /// The limit now.
    pub due_at: Option<Timestamp>,
    /// What the limit rests on; where persons agreed on another instant, what it rested on before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Box<Reckoned>>,
    /// What the first limit rests on, where that is something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_limit: Option<Box<Reckoned>>,
    /// 分阶段时限: the ends of the limit's stages before its last that are not done, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limit_stages: Vec<Timestamp>,
    /// When each stage that was done before the last was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secured: Vec<Timestamp>,
    /// 延期: how often the limit was extended.
    #[serde(default)]
    pub extensions: u32,
    /// What its lead asked for and that waits for a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// While it is deferred or shelved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspension: Option<Suspension>,
    /// How often it was deferred or shelved.
    #[serde(default)]
    pub suspensions: u32,
    /// How often it was returned.
    pub returns: u32,
    /// How often verification failed.
    pub rework: u32,
    /// How many reports it has.
    pub reports: u32,
    /// 自处置: whoever found it fixed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub self_handled: bool,
    /// When the desk looked at what was self-handled, and it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Timestamp>,
    /// Ids of the drafts 草稿 that came by links and wait for the bureau.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<String>,
    /// The issue that it was merged into, which has its reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<i64>,
}

impl IssueState {
    /// Whether who answers for it is still a matter of the rules: nobody was found, or a rule chose
    /// and nobody has accepted it. What a bureau accepted or returned, or the desk sent somewhere, is
    /// theirs to settle.
    pub fn is_routed_by_rules(&self) -> bool {
        match self.stage {
            // What is offered is until its time is over.
            Stage::Filed => self.offer.is_none(),
            Stage::Dispatched => {
                matches!(self.why, Some(Why::Rule(_))) && self.accepted_at.is_none()
                    // Nobody claimed it, and somebody has to have it.
                    && self.offered_to.is_empty()
            }
            _ => false,
        }
    }

    /// The state an issue has before its first event.
    pub fn new(reported_at: Timestamp) -> Self {
        Self {
            stage: Stage::Reported,
            category: None,
            condition: None,
            blind: false,
            lead: None,
            cooperating: Vec::new(),
            parts: Vec::new(),
            offer: None,
            offered_to: Vec::new(),
            why: None,
            reported_at,
            filed_at: None,
            dispatched_at: None,
            return_until: None,
            accepted_at: None,
            rectified_at: None,
            rectified_by: None,
            verification: None,
            bureaus: Vec::new(),
            handled_at: None,
            closed_at: None,
            first_due_at: None,
            due_at: None,
            limit: None,
            first_limit: None,
            limit_stages: Vec::new(),
            secured: Vec::new(),
            extensions: 0,
            request: None,
            suspension: None,
            suspensions: 0,
            returns: 0,
            rework: 0,
            reports: 0,
            self_handled: false,
            checked_at: None,
            drafts: Vec::new(),
            merged_into: None,
        }
    }
}
