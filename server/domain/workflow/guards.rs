//! The rules that let a command through or refuse it.

use jiff::Timestamp;

use super::{
    claim,
    command::Command,
    event::Event,
    limit::Reckoned,
    part,
    refusal::Refusal,
    request::{self, Wish},
    stage::Stage,
    staged,
    state::IssueState,
    suspension,
    verification::{self, Checking, Way},
};
use crate::access::{Actor, Role};
use crate::evidence::{self, AfterPhoto, Rule, Thresholds};
use crate::routing::Because;

/// What a guard needs to know beside the issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Now.
    pub now: Timestamp,
    /// The limit, were the issue dispatched now; none where the condition has no limit.
    pub limit: Option<Box<Reckoned>>,
    /// Until when a lead dispatched now may return it.
    pub return_until: Timestamp,
    /// Until when it can be claimed, were it offered now.
    pub offer_until: Timestamp,
    /// The limit, were it resumed now, with as much time as was left when its clock stopped.
    pub resumed_due_at: Option<Timestamp>,
    /// The ends of the limit's open stages before its last, were it resumed now, as [`Self::resumed_due_at`].
    pub resumed_stages: Vec<Timestamp>,
    /// Until when what is shelved or reviewed now has to be reviewed: a month away.
    pub review_by: Timestamp,
    /// The after-photos of the latest rectification, without those an earlier rectification already
    /// named: an old picture proves no new work.
    pub after_photos: Vec<AfterPhoto>,
    /// How strictly they are looked at.
    pub thresholds: Thresholds,
    /// How a rectification that comes in now has to be looked at.
    pub checking: Checking,
}

/// How often an issue may be returned before a coordination meeting is due.
pub const RETURNS_ALLOWED: u32 = 2;

/// Decides what a command does to an issue: the events that follow, or the rule that refuses it.
///
/// Whether the actor's role may use the command at all is settled before, by [`crate::access`].
pub fn decide(
    state: &IssueState,
    actor: &Actor,
    command: &Command,
    facts: &Facts,
) -> Result<Vec<Event>, Refusal> {
    stage_allows(state, command)?;
    lead_if_needed(state, actor, command)?;
    let event = match command {
        Command::File { category, condition } => Event::Filed {
            category: category.clone(),
            condition: condition.clone(),
            automatic: false,
        },
        Command::Refuse { reason, note } => {
            Event::Refused { reason: *reason, note: in_words(note)? }
        }
        Command::Void { reason, note } => Event::Voided { reason: *reason, note: in_words(note)? },
        // With the other issue, by `merge`: alone it cannot be told whether it may.
        Command::Merge { into } => Event::Merged { into: *into },
        Command::Release => Event::Released,
        Command::Dispatch { lead, cooperating, because, reason } => {
            may_involve_bureaus(state)?;
            let reason = if because.is_some() { reason.clone() } else { in_words(reason)? };
            sent_to(state, facts, lead, cooperating.clone(), because.clone(), reason)
        }
        Command::Offer { .. } | Command::Claim | Command::DeclineClaim { .. } => {
            return claim::decided(state, actor, command, facts);
        }
        Command::Accept => Event::Accepted,
        Command::Return { reason, note } => {
            may_still_be_returned(state, facts)?;
            Event::Returned { reason: *reason, note: in_words(note)? }
        }
        Command::Rectify { outcome, note, photos } => {
            if photos.is_empty() {
                return Err(Refusal::AfterPhotoMissing);
            }
            part::all_done(state)?;
            let check = Some(Box::new(verification::owed(state, &facts.checking, facts.now)));
            let (note, photos) = (note.clone(), photos.clone());
            Event::Rectified { outcome: *outcome, note, photos, check }
        }
        Command::Secure { note, photos } => staged::secured(state, note, photos)?,
        Command::Ask { wish, reason, photos } => {
            return request::asked(state, actor, facts, (*wish, reason, photos));
        }
        Command::Decide { approved, note } => {
            request::decided(state, actor, facts, (*approved, note))?
        }
        Command::SetTask { .. }
        | Command::AcceptPart
        | Command::FinishPart { .. }
        | Command::ReleasePart { .. } => part::decided(state, actor, command, facts)?,
        Command::Resume { note } => suspension::resumed(state, actor, facts, note)?,
        Command::Review { note } => suspension::reviewed(facts, note)?,
        Command::Verify { passed, note, way, .. } if state.self_handled => {
            desk_checks(state, actor)?;
            let way = Some(verification::way(state, actor, *passed, *way)?);
            if *passed {
                evidence_holds(state, facts)?;
                Event::Checked { note: note.clone(), way }
            } else {
                Event::CheckFailed { note: in_words(note)?, way }
            }
        }
        Command::Verify { passed, note, photos, way } => {
            verification::verifier_is_independent(state, actor)?;
            let way = verification::way(state, actor, *passed, *way)?;
            verified(state, facts, (*passed, way), note, photos)?
        }
        Command::Override { reason } => Event::Overridden { reason: in_words(reason)? },
    };
    Ok(vec![event])
}

/// The event that sends it to its bureaus. A redispatch keeps the clock that the first one started.
pub(super) fn sent_to(
    state: &IssueState,
    facts: &Facts,
    lead: &str,
    cooperating: Vec<String>,
    because: Option<Box<Because>>,
    reason: String,
) -> Event {
    let limit = facts.limit.clone().filter(|_| state.dispatched_at.is_none());
    Event::Dispatched {
        lead: lead.to_owned(),
        cooperating: cooperating.into_iter().filter(|bureau| bureau != lead).collect(),
        because,
        reason,
        due_at: if state.dispatched_at.is_some() {
            state.due_at
        } else {
            limit.as_ref().map(|limit| limit.due_at)
        },
        limit,
        return_until: facts.return_until,
    }
}

pub(super) fn in_words(words: &str) -> Result<String, Refusal> {
    if words.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(words.to_owned()) }
}

/// Where in its life an issue must stand for each command.
fn stage_allows(state: &IssueState, command: &Command) -> Result<(), Refusal> {
    use Stage::{Accepted, Dispatched, Filed, Rectified, Reopened, Reported, Returned, Shelved};
    let here = state.stage;
    let allowed = match command {
        Command::File { .. } | Command::Refuse { .. } => here == Reported,
        // What waits for verification is looked at first: nobody's work is lost sight of.
        Command::Merge { .. } => here.is_open() && here != Rectified && !here.is_suspended(),
        Command::Void { .. } => here.is_open(),
        Command::Release => here.is_open() && state.blind,
        Command::Dispatch { .. } => {
            matches!(here, Filed | Dispatched | Accepted | Returned | Reopened)
        }
        Command::Offer { .. } => matches!(here, Filed | Returned),
        // Of an issue that another one has claimed, its offer tells.
        Command::Claim | Command::DeclineClaim { .. } => true,
        Command::Accept => matches!(here, Dispatched | Reopened),
        Command::SetTask { .. }
        | Command::AcceptPart
        | Command::FinishPart { .. }
        | Command::ReleasePart { .. } => matches!(here, Dispatched | Accepted | Reopened),
        Command::Return { .. } => matches!(here, Dispatched | Accepted),
        Command::Rectify { .. } | Command::Secure { .. } => here == Accepted,
        Command::Ask { .. } | Command::Decide { .. } => request::may_wait(here),
        Command::Resume { .. } => here.is_suspended(),
        Command::Review { .. } => here == Shelved,
        Command::Verify { .. } => {
            here == Rectified || (state.self_handled && state.checked_at.is_none())
        }
        Command::Override { .. } => matches!(here, Accepted | Rectified),
    };
    if allowed { Ok(()) } else { Err(Refusal::WrongStage(here)) }
}

fn lead_if_needed(state: &IssueState, actor: &Actor, command: &Command) -> Result<(), Refusal> {
    let needed = match command {
        // The office orders a deferral or shelving; time it does not ask itself for.
        Command::Accept
        | Command::Return { .. }
        | Command::Rectify { .. }
        | Command::Secure { .. }
        | Command::Ask { wish: Wish::Extension { .. }, .. } => true,
        Command::Ask { .. } => actor.role != Role::Office,
        _ => false,
    };
    let is_lead =
        actor.role == Role::Bureau && actor.bureau.is_some() && actor.bureau == state.lead;
    if !needed || is_lead { Ok(()) } else { Err(Refusal::NotLead) }
}

fn may_involve_bureaus(state: &IssueState) -> Result<(), Refusal> {
    if state.blind { Err(Refusal::Blind) } else { Ok(()) }
}

fn may_still_be_returned(state: &IssueState, facts: &Facts) -> Result<(), Refusal> {
    if state.returns >= RETURNS_ALLOWED {
        return Err(Refusal::ReturnsSpent);
    }
    if state.return_until.is_none_or(|until| facts.now > until) {
        return Err(Refusal::ReturnWindowOver);
    }
    Ok(())
}

/// What was self-handled is looked at by the desk, on its photos: there is no bureau whose word it would be.
fn desk_checks(state: &IssueState, actor: &Actor) -> Result<(), Refusal> {
    if actor.role != Role::Office {
        return Err(Refusal::WrongStage(state.stage));
    }
    verification::verifier_is_independent(state, actor)
}

fn verified(
    state: &IssueState,
    facts: &Facts,
    (passed, way): (bool, Way),
    note: &str,
    photos: &[String],
) -> Result<Event, Refusal> {
    let (photos, way) = (photos.to_vec(), Some(way));
    if passed {
        evidence_holds(state, facts)?;
        Ok(Event::Closed { note: note.to_owned(), photos, way })
    } else {
        Ok(Event::Reopened { note: in_words(note)?, photos, way })
    }
}

/// At least one after-photo proves that it is done, see [`evidence`].
fn evidence_holds(state: &IssueState, facts: &Facts) -> Result<(), Refusal> {
    let held = evidence::holds(&facts.after_photos, state.dispatched_at, &facts.thresholds);
    held.map_err(|broken| match broken {
        Rule::Stored => Refusal::AfterPhotoNotStored,
        Rule::Readable => Refusal::AfterPhotoUnreadable,
        Rule::Unseen => Refusal::AfterPhotoSeenBefore,
        Rule::Uncopied => Refusal::AfterPhotoCopied,
        Rule::InTime => Refusal::AfterPhotoTooEarly,
        Rule::Near => Refusal::AfterPhotoTooFar,
    })
}
