//! What the events of one issue say: its stage, its bureaus, its clocks.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::{Event, Recorded};
use crate::routing::Why;

/// Where an issue stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 上报: submitted, not yet looked at by the desk.
    Reported,
    /// 立案: taken up; waits for a bureau (unrouted when no rule found one).
    Filed,
    /// 派遣: sent to its bureaus; the clock runs.
    Dispatched,
    /// 签收: the lead bureau has taken it.
    Accepted,
    /// 整改: the bureau says it is done; waits for somebody else to look.
    Rectified,
    /// 销号: seen to be done.
    Closed,
    /// 不予立案: the desk did not take it up.
    Refused,
    /// 作废: false alarm, duplicate or not in the district; leaves the figures.
    Void,
    /// 退回: the lead bureau says it is not theirs.
    Returned,
    /// Verification failed: back with the bureau, rework counted.
    Reopened,
    /// 合并: the same problem as another issue, which counts in its place.
    Merged,
}

impl Stage {
    /// Every stage, in the order of an issue's life.
    pub const ALL: [Self; 11] = [
        Self::Reported,
        Self::Filed,
        Self::Dispatched,
        Self::Accepted,
        Self::Rectified,
        Self::Closed,
        Self::Refused,
        Self::Void,
        Self::Returned,
        Self::Reopened,
        Self::Merged,
    ];

    /// Whether work on the issue is still owed to somebody.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Refused | Self::Void | Self::Merged)
    }

    /// Whether its bureaus still owe work: not while somebody else has to look.
    pub fn owes_work(self) -> bool {
        self.is_open() && self != Self::Rectified
    }

    /// Whether it is in the figures.
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::Refused | Self::Void | Self::Merged)
    }

    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Filed => "filed",
            Self::Dispatched => "dispatched",
            Self::Accepted => "accepted",
            Self::Rectified => "rectified",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Void => "void",
            Self::Returned => "returned",
            Self::Reopened => "reopened",
            Self::Merged => "merged",
        }
    }
}

/// 延期申请: a later limit that was asked for, and is not decided on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExtensionAsked {
    /// The limit asked for.
    pub until: Timestamp,
    /// When it was asked for.
    pub at: Timestamp,
    /// Why, in words.
    pub reason: String,
    /// Account of the first level, once it is for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsed_by: Option<i64>,
}

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
    /// Account of the latest rectification.
    pub rectified_by: Option<i64>,
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
    /// 延期: how often the limit was extended.
    #[serde(default)]
    pub extensions: u32,
    /// A later limit that waits for a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension_asked: Option<ExtensionAsked>,
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
            Stage::Filed => true,
            Stage::Dispatched => {
                matches!(self.why, Some(Why::Rule(_))) && self.accepted_at.is_none()
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
            why: None,
            reported_at,
            filed_at: None,
            dispatched_at: None,
            return_until: None,
            accepted_at: None,
            rectified_at: None,
            rectified_by: None,
            bureaus: Vec::new(),
            handled_at: None,
            closed_at: None,
            first_due_at: None,
            due_at: None,
            extensions: 0,
            extension_asked: None,
            returns: 0,
            rework: 0,
            reports: 0,
            self_handled: false,
            checked_at: None,
            merged_into: None,
        }
    }
}

/// Folds one recorded event into the state.
pub fn apply(state: &mut IssueState, recorded: &Recorded) {
    match &recorded.event {
        Event::Reported { category, condition, blind, .. } => {
            state.category.clone_from(category);
            state.condition.clone_from(condition);
            state.blind = *blind;
            state.reports += 1;
        }
        Event::Joined { .. } => state.reports += 1,
        Event::Raised { condition, due_at } => raise(state, Some(condition.clone()), *due_at),
        Event::Filed { category, condition, .. } => {
            state.stage = Stage::Filed;
            state.filed_at = Some(recorded.at);
            state.category = Some(category.clone());
            state.condition = Some(condition.clone());
        }
        Event::Unrouted { .. } => unroute(state, &recorded.event),
        Event::Dispatched { .. } => dispatch(state, recorded),
        Event::Accepted => {
            state.stage = Stage::Accepted;
            state.accepted_at = Some(recorded.at);
        }
        Event::Returned { .. } => {
            state.stage = Stage::Returned;
            state.returns += 1;
        }
        Event::ExtensionAsked { until, reason, .. } => {
            state.extension_asked = Some(ExtensionAsked {
                until: *until,
                at: recorded.at,
                reason: reason.clone(),
                endorsed_by: None,
            });
        }
        Event::ExtensionEndorsed { .. } => {
            if let Some(asked) = &mut state.extension_asked {
                asked.endorsed_by = Some(recorded.by);
            }
        }
        Event::Extended { due_at, .. } => {
            state.extension_asked = None;
            state.extensions += 1;
            state.due_at = Some(*due_at);
        }
        Event::ExtensionRefused { .. } => state.extension_asked = None,
        Event::Rectified { .. } => {
            state.stage = Stage::Rectified;
            state.rectified_at = Some(recorded.at);
            state.rectified_by = Some(recorded.by);
        }
        Event::Reopened { .. } => {
            state.stage = Stage::Reopened;
            state.rectified_at = None;
            state.rework += 1;
        }
        Event::SelfHandled { .. } => {
            state.self_handled = true;
            close(state, recorded.at);
        }
        Event::Checked { .. } => state.checked_at = Some(recorded.at),
        Event::CheckFailed { .. } => {
            state.stage = Stage::Reported;
            state.self_handled = false;
            (state.handled_at, state.closed_at) = (None, None);
        }
        Event::Closed { .. } | Event::Overridden { .. } => close(state, recorded.at),
        Event::Refused { .. } => state.stage = Stage::Refused,
        Event::Voided { .. } => state.stage = Stage::Void,
        Event::Merged { into } => {
            state.stage = Stage::Merged;
            state.merged_into = Some(*into);
            state.reports = 0;
        }
        Event::Absorbed { reports, condition, due_at, .. } => {
            state.reports += reports;
            let condition = condition.clone().or_else(|| state.condition.clone());
            raise(state, condition, *due_at);
        }
        Event::Released => state.blind = false,
        // Where it lies and what its photos are is kept beside the state.
        Event::PhotoStored { .. }
        | Event::PhotoUnreadable { .. }
        | Event::PhotoFlagged { .. }
        | Event::Reassigned { .. } => {}
    }
    // What was asked for lapses with the work that it was asked for.
    if state.stage != Stage::Accepted {
        state.extension_asked = None;
    }
}

/// Nobody answers for it any more; a clock that was started runs on.
fn unroute(state: &mut IssueState, event: &Event) {
    state.stage = Stage::Filed;
    state.lead = None;
    state.cooperating.clear();
    state.return_until = None;
    state.why = event.why();
}

/// A graver condition never gives a bureau more time, and one without a limit takes none away.
fn raise(state: &mut IssueState, condition: Option<String>, due_at: Option<Timestamp>) {
    state.condition = condition;
    state.due_at = [state.due_at, due_at].into_iter().flatten().min();
    if state.dispatched_at.is_some() {
        state.first_due_at = state.first_due_at.or(state.due_at);
    }
}

/// An override may come before any rectification: then the issue counts as handled by it.
fn close(state: &mut IssueState, at: Timestamp) {
    state.stage = Stage::Closed;
    state.handled_at = Some(state.rectified_at.unwrap_or(at));
    state.closed_at = Some(at);
}

fn dispatch(state: &mut IssueState, recorded: &Recorded) {
    let Event::Dispatched { lead, cooperating, due_at, return_until, .. } = &recorded.event else {
        return;
    };
    state.stage = Stage::Dispatched;
    if state.dispatched_at.is_none() {
        state.dispatched_at = Some(recorded.at);
        state.first_due_at = *due_at;
    }
    state.due_at = *due_at;
    state.return_until = Some(*return_until);
    state.lead = Some(lead.clone());
    state.cooperating.clone_from(cooperating);
    state.why = recorded.event.why();
    for bureau in std::iter::once(lead).chain(cooperating) {
        if !state.bureaus.contains(bureau) {
            state.bureaus.push(bureau.clone());
        }
    }
}
