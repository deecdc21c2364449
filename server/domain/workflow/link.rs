//! 链接: a link to one issue for somebody without an account – a property manager 物业, a contractor, a volunteer –
//! and what they send by it: a draft 草稿 of the bureau that the link is of. A draft changes nothing of where the
//! issue stands; the bureau takes its photos over into what it says itself, or discards it.

use jiff::Timestamp;

use super::event::{Event, Recorded};
use super::refusal::Refusal;
use super::stage::Stage;
use super::state::IssueState;
use crate::access::{Actor, Role};

/// Drafts of an issue that may wait for its bureau: what comes beside them is no work but a flood.
pub const DRAFTS_WAITING: usize = 50;

/// What a link is still good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStanding {
    /// Its holder sees the issue and sends drafts.
    Open,
    /// Its holder sees the issue: somebody else looks at what was done, and nothing is owed.
    Waits,
    /// Neither: the issue has ended, or is no longer the bureau's.
    Over,
}

/// What a link of this bureau to the issue is good for.
pub fn link_standing(state: &IssueState, bureau: &str) -> LinkStanding {
    let is_theirs = state.lead.as_deref() == Some(bureau)
        || state.cooperating.iter().any(|helper| helper == bureau);
    match state.stage {
        _ if state.blind || !is_theirs => LinkStanding::Over,
        Stage::Dispatched
        | Stage::Accepted
        | Stage::Reopened
        | Stage::Deferred
        | Stage::Shelved => LinkStanding::Open,
        // What was sent back may come back.
        Stage::Rectified | Stage::Returned => LinkStanding::Waits,
        Stage::Reported
        | Stage::Filed
        | Stage::Closed
        | Stage::Refused
        | Stage::Void
        | Stage::Merged => LinkStanding::Over,
    }
}

/// The bureau whose drafts are sent by a link that this actor makes: its own, or the lead for the office.
///
/// # Errors
/// [`Refusal::Blind`] for a finding that is kept from bureaus, [`Refusal::WrongStage`] where no work is owed,
/// [`Refusal::NotCooperating`] for a bureau that has nothing to do with the issue.
pub fn may_make_link(state: &IssueState, actor: &Actor) -> Result<String, Refusal> {
    if state.blind {
        return Err(Refusal::Blind);
    }
    let bureau = match actor.role {
        Role::Office => state.lead.clone().ok_or(Refusal::WrongStage(state.stage))?,
        _ => actor.bureau.clone().ok_or(Refusal::NotCooperating)?,
    };
    match link_standing(state, &bureau) {
        LinkStanding::Open => Ok(bureau),
        _ if state.part(&bureau).is_none() && state.lead.as_ref() != Some(&bureau) => {
            Err(Refusal::NotCooperating)
        }
        LinkStanding::Waits | LinkStanding::Over => Err(Refusal::WrongStage(state.stage)),
    }
}

/// A draft that came by a link of this bureau.
///
/// # Errors
/// [`Refusal::WrongStage`] where nothing is owed, [`Refusal::DraftsTooMany`] where as many wait as may.
pub fn draft_sent(
    state: &IssueState,
    bureau: &str,
    (link, draft, photos): (String, String, u32),
) -> Result<Event, Refusal> {
    if link_standing(state, bureau) != LinkStanding::Open {
        return Err(Refusal::WrongStage(state.stage));
    }
    if state.drafts.len() >= DRAFTS_WAITING {
        return Err(Refusal::DraftsTooMany);
    }
    Ok(Event::DraftSent { link, draft, bureau: bureau.to_owned(), photos })
}

/// Folds an event into the drafts that wait: a rectification answers all there are, and what is nobody's work
/// any more needs none.
pub(super) fn apply(state: &mut IssueState, recorded: &Recorded) {
    match &recorded.event {
        Event::DraftSent { draft, .. } => state.drafts.push(draft.clone()),
        Event::DraftDiscarded { draft } => state.drafts.retain(|one| one != draft),
        Event::Rectified { .. } | Event::Dispatched { .. } | Event::Unrouted { .. } => {
            state.drafts.clear();
        }
        _ if !state.stage.is_open() => state.drafts.clear(),
        _ => {}
    }
}

/// Until when a link is good that was made now for so long.
pub fn link_ends(now: Timestamp, hours: u32) -> Timestamp {
    let seconds = now.as_second().saturating_add(i64::from(hours) * 3_600);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}
