//! The life cycle of an issue, as a state machine that refuses with the name of the rule.
//!
//! [`decide`] turns a command into events or a [`Refusal`]; [`apply`] folds one recorded event into
//! the state. State is what the events say: nothing else changes it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::{Actor, Role};

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
}

impl Stage {
    /// Every stage, in the order of an issue's life.
    pub const ALL: [Self; 10] = [
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
    ];

    /// Whether work on the issue is still owed to somebody.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Refused | Self::Void)
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
        }
    }
}

/// Why a bureau sends an issue back 退回.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// 非职责: not our duty.
    NotOurDuty,
    /// 权属不清: ownership unclear.
    OwnershipUnclear,
    /// 位置错: the place is wrong.
    WrongPlace,
    /// 重复: the same problem is known already.
    Duplicate,
    /// 已无: nothing there any more.
    Gone,
}

/// Why the desk does not take a report up, or takes an issue out of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DismissReason {
    /// Nothing is wrong there.
    FalseAlarm,
    /// The same problem is known already.
    Duplicate,
    /// Not in the district.
    OutsideDistrict,
    /// Below every condition of its category.
    BelowCondition,
}

/// What a bureau says it found or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 已整改: repaired, cleared, moved.
    Rectified,
    /// 现场已无: no longer there when the bureau came.
    NoLongerThere,
}

/// What somebody asks to be done with an issue.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// 立案: take it up, with a category and condition.
    File {
        /// Category code.
        category: String,
        /// Condition code.
        condition: String,
    },
    /// 不予立案.
    Refuse {
        /// Why.
        reason: DismissReason,
        /// In words.
        note: String,
    },
    /// 作废.
    Void {
        /// Why.
        reason: DismissReason,
        /// In words.
        note: String,
    },
    /// Let bureaus see a blind finding.
    Release,
    /// 派遣: send it to a lead and cooperating bureaus.
    Dispatch {
        /// The one bureau that answers for it.
        lead: String,
        /// Bureaus that help.
        cooperating: Vec<String>,
        /// The routing rule that chose them, none when the desk did.
        rule: Option<String>,
        /// Why these, in words.
        reason: String,
    },
    /// 签收.
    Accept,
    /// 退回.
    Return {
        /// Why.
        reason: ReturnReason,
        /// In words.
        note: String,
    },
    /// 整改.
    Rectify {
        /// Done, or found gone.
        outcome: Outcome,
        /// In words.
        note: String,
        /// Ids of the after-photos.
        photos: Vec<String>,
    },
    /// 核查 by somebody else.
    Verify {
        /// Whether the closing condition holds.
        passed: bool,
        /// In words.
        note: String,
        /// Ids of the verifier's photos.
        photos: Vec<String>,
    },
    /// The office closes without a passed verification; on record.
    Override {
        /// Why, in words.
        reason: String,
    },
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
        /// Why, in words.
        reason: String,
    },
    /// Sent to its bureaus.
    Dispatched {
        /// The one bureau that answers for it.
        lead: String,
        /// Bureaus that help.
        cooperating: Vec<String>,
        /// The rule that chose them.
        rule: Option<String>,
        /// Why these, in words.
        reason: String,
        /// The limit; set at the first dispatch and kept by later ones.
        due_at: Option<Timestamp>,
        /// Until when the lead may return it.
        return_until: Timestamp,
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
    },
    /// Somebody else looked, and it is done.
    Closed {
        /// In words.
        note: String,
        /// Ids of the verifier's photos.
        photos: Vec<String>,
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
    },
    /// Taken out of the figures.
    Voided {
        /// Why.
        reason: DismissReason,
        /// In words.
        note: String,
    },
    /// Bureaus may see it from now on.
    Released,
    /// A photo named in a manifest arrived whole.
    PhotoStored {
        /// The photo's id.
        photo: String,
        /// SHA-256 of its bytes, hex.
        sha256: String,
    },
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
    /// Rule that routed it.
    pub rule: Option<String>,
    /// Why it went there, or why nobody was found.
    pub routing_reason: Option<String>,
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
    /// How often it was returned.
    pub returns: u32,
    /// How often verification failed.
    pub rework: u32,
    /// How many reports it has.
    pub reports: u32,
}

/// What a guard needs to know beside the issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Now.
    pub now: Timestamp,
    /// The limit, were the issue dispatched now; none where the condition has no limit.
    pub due_at: Option<Timestamp>,
    /// Until when a lead dispatched now may return it.
    pub return_until: Timestamp,
    /// The after-photos of the latest rectification.
    pub after_photos: Vec<AfterPhoto>,
}

/// What is known of one after-photo.
#[derive(Debug, Clone, PartialEq)]
pub struct AfterPhoto {
    /// All its bytes have arrived.
    pub stored: bool,
    /// When it was taken, as used.
    pub captured_at: Timestamp,
    /// How far from the issue, metres; none without a position.
    pub distance_m: Option<f64>,
}

/// A command that may not be done, named by the rule that refused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The issue stands where this command does not apply.
    #[error("an issue that is {0:?} cannot take this step")]
    WrongStage(Stage),
    /// Only the lead bureau takes this step.
    #[error("only the lead bureau takes this step")]
    NotLead,
    /// A blind finding must be released before a bureau is involved.
    #[error("a blind finding must be released first")]
    Blind,
    /// The window for returns is over.
    #[error("the window for returning it is over")]
    ReturnWindowOver,
    /// It was returned as often as may be.
    #[error("it has been returned as often as may be")]
    ReturnsSpent,
    /// A return, refusal, void or override needs its reason in words.
    #[error("this step needs its reason in words")]
    ReasonMissing,
    /// A rectification names at least one after-photo.
    #[error("a rectification names at least one after-photo")]
    AfterPhotoMissing,
    /// The after-photos have not arrived.
    #[error("no after-photo has arrived yet")]
    AfterPhotoNotStored,
    /// No after-photo was taken after dispatch.
    #[error("no after-photo was taken after dispatch")]
    AfterPhotoTooEarly,
    /// No after-photo was taken near the issue.
    #[error("no after-photo was taken near the issue")]
    AfterPhotoTooFar,
    /// Whoever rectified does not verify.
    #[error("whoever rectified an issue does not verify it")]
    VerifierRectified,
    /// Nobody of a bureau on the issue verifies it.
    #[error("nobody of a bureau on the issue verifies it")]
    VerifierOfBureau,
}

/// How often an issue may be returned before a coordination meeting is due.
pub const RETURNS_ALLOWED: u32 = 2;
/// How near to the issue an after-photo must be taken, metres.
pub const AFTER_PHOTO_WITHIN_M: f64 = 200.0;

fn in_words(words: &str) -> Result<(), Refusal> {
    if words.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(()) }
}

fn in_stage(state: &IssueState, allowed: &[Stage]) -> Result<(), Refusal> {
    if allowed.contains(&state.stage) { Ok(()) } else { Err(Refusal::WrongStage(state.stage)) }
}

fn is_lead(state: &IssueState, actor: &Actor) -> Result<(), Refusal> {
    if actor.role == Role::Bureau && actor.bureau.is_some() && actor.bureau == state.lead {
        Ok(())
    } else {
        Err(Refusal::NotLead)
    }
}

/// Decides what a command does to an issue: the events that follow, or the rule that refuses it.
///
/// Whether the actor's role may use the command at all is settled before, by [`crate::access`].
pub fn decide(
    state: &IssueState,
    actor: &Actor,
    command: &Command,
    facts: &Facts,
) -> Result<Vec<Event>, Refusal> {
    let event = match command {
        Command::File { category, condition } => {
            in_stage(state, &[Stage::Reported])?;
            Event::Filed {
                category: category.clone(),
                condition: condition.clone(),
                automatic: false,
            }
        }
        Command::Refuse { reason, note } => {
            in_stage(state, &[Stage::Reported])?;
            in_words(note)?;
            Event::Refused { reason: *reason, note: note.clone() }
        }
        Command::Void { reason, note } => {
            if !state.stage.is_open() {
                return Err(Refusal::WrongStage(state.stage));
            }
            in_words(note)?;
            Event::Voided { reason: *reason, note: note.clone() }
        }
        Command::Release => {
            if !state.blind {
                return Err(Refusal::WrongStage(state.stage));
            }
            Event::Released
        }
        Command::Dispatch { lead, cooperating, rule, reason } => {
            in_stage(
                state,
                &[
                    Stage::Filed,
                    Stage::Dispatched,
                    Stage::Accepted,
                    Stage::Returned,
                    Stage::Reopened,
                ],
            )?;
            if state.blind {
                return Err(Refusal::Blind);
            }
            in_words(reason)?;
            Event::Dispatched {
                lead: lead.clone(),
                cooperating: cooperating.iter().filter(|b| *b != lead).cloned().collect(),
                rule: rule.clone(),
                reason: reason.clone(),
                // A redispatch keeps the clock that the first one started.
                due_at: if state.dispatched_at.is_some() { state.due_at } else { facts.due_at },
                return_until: facts.return_until,
            }
        }
        Command::Accept => {
            in_stage(state, &[Stage::Dispatched, Stage::Reopened])?;
            is_lead(state, actor)?;
            Event::Accepted
        }
        Command::Return { reason, note } => {
            in_stage(state, &[Stage::Dispatched, Stage::Accepted])?;
            is_lead(state, actor)?;
            if state.returns >= RETURNS_ALLOWED {
                return Err(Refusal::ReturnsSpent);
            }
            if state.return_until.is_none_or(|until| facts.now > until) {
                return Err(Refusal::ReturnWindowOver);
            }
            in_words(note)?;
            Event::Returned { reason: *reason, note: note.clone() }
        }
        Command::Rectify { outcome, note, photos } => {
            in_stage(state, &[Stage::Accepted])?;
            is_lead(state, actor)?;
            if photos.is_empty() {
                return Err(Refusal::AfterPhotoMissing);
            }
            Event::Rectified { outcome: *outcome, note: note.clone(), photos: photos.clone() }
        }
        Command::Verify { passed, note, photos } => {
            in_stage(state, &[Stage::Rectified])?;
            verifier_is_independent(state, actor)?;
            if *passed {
                evidence_holds(state, facts)?;
                Event::Closed { note: note.clone(), photos: photos.clone() }
            } else {
                in_words(note)?;
                Event::Reopened { note: note.clone(), photos: photos.clone() }
            }
        }
        Command::Override { reason } => {
            in_stage(state, &[Stage::Accepted, Stage::Rectified])?;
            in_words(reason)?;
            Event::Overridden { reason: reason.clone() }
        }
    };
    Ok(vec![event])
}

fn verifier_is_independent(state: &IssueState, actor: &Actor) -> Result<(), Refusal> {
    if state.rectified_by == Some(actor.account) {
        return Err(Refusal::VerifierRectified);
    }
    if actor.bureau.as_ref().is_some_and(|bureau| state.bureaus.contains(bureau)) {
        return Err(Refusal::VerifierOfBureau);
    }
    Ok(())
}

/// At least one after-photo that has arrived, was taken after dispatch, and near the issue.
fn evidence_holds(state: &IssueState, facts: &Facts) -> Result<(), Refusal> {
    let arrived = || facts.after_photos.iter().filter(|photo| photo.stored);
    if arrived().next().is_none() {
        return Err(Refusal::AfterPhotoNotStored);
    }
    let in_time = || {
        arrived()
            .filter(|photo| state.dispatched_at.is_some_and(|start| photo.captured_at >= start))
    };
    if in_time().next().is_none() {
        return Err(Refusal::AfterPhotoTooEarly);
    }
    let near = |photo: &AfterPhoto| photo.distance_m.is_some_and(|far| far <= AFTER_PHOTO_WITHIN_M);
    if in_time().any(near) { Ok(()) } else { Err(Refusal::AfterPhotoTooFar) }
}

impl IssueState {
    /// The state an issue has before its first event.
    pub fn new(reported_at: Timestamp) -> Self {
        Self {
            stage: Stage::Reported,
            category: None,
            condition: None,
            blind: false,
            lead: None,
            cooperating: Vec::new(),
            rule: None,
            routing_reason: None,
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
            returns: 0,
            rework: 0,
            reports: 0,
        }
    }
}

/// Folds one recorded event into the state.
pub fn apply(state: &mut IssueState, recorded: &Recorded) {
    let at = recorded.at;
    match &recorded.event {
        Event::Reported { category, condition, blind, .. } => {
            state.category.clone_from(category);
            state.condition.clone_from(condition);
            state.blind = *blind;
            state.reports += 1;
        }
        Event::Joined { .. } => state.reports += 1,
        Event::Raised { condition, due_at } => {
            state.condition = Some(condition.clone());
            state.due_at = *due_at;
        }
        Event::Filed { category, condition, .. } => {
            state.stage = Stage::Filed;
            state.filed_at = Some(at);
            state.category = Some(category.clone());
            state.condition = Some(condition.clone());
        }
        Event::Refused { .. } => state.stage = Stage::Refused,
        Event::Unrouted { reason } => state.routing_reason = Some(reason.clone()),
        Event::Dispatched { .. } => apply_dispatch(state, recorded),
        Event::Accepted => {
            state.stage = Stage::Accepted;
            state.accepted_at = Some(at);
        }
        Event::Returned { .. } => {
            state.stage = Stage::Returned;
            state.returns += 1;
        }
        Event::Rectified { .. } => {
            state.stage = Stage::Rectified;
            state.rectified_at = Some(at);
            state.rectified_by = Some(recorded.by);
        }
        Event::Closed { .. } => {
            state.stage = Stage::Closed;
            state.handled_at = state.rectified_at;
            state.closed_at = Some(at);
        }
        Event::Overridden { .. } => {
            state.stage = Stage::Closed;
            state.handled_at = Some(state.rectified_at.unwrap_or(at));
            state.closed_at = Some(at);
        }
        Event::Reopened { .. } => {
            state.stage = Stage::Reopened;
            state.rectified_at = None;
            state.rework += 1;
        }
        Event::Voided { .. } => state.stage = Stage::Void,
        Event::Released => state.blind = false,
        Event::PhotoStored { .. } => {}
    }
}

fn apply_dispatch(state: &mut IssueState, recorded: &Recorded) {
    let Event::Dispatched { lead, cooperating, rule, reason, due_at, return_until } =
        &recorded.event
    else {
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
    state.rule.clone_from(rule);
    state.routing_reason = Some(reason.clone());
    for bureau in std::iter::once(lead).chain(cooperating) {
        if !state.bureaus.contains(bureau) {
            state.bureaus.push(bureau.clone());
        }
    }
}
