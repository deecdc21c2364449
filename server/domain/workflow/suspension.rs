//! 缓办 and 挂账: an issue whose clock stands still, until a date or until it can be solved.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    event::{Event, Recorded},
    guards::{Facts, in_words},
    refusal::Refusal,
    stage::Stage,
    staged,
    state::IssueState,
};
use crate::access::{Actor, Role};

/// What is known of an issue that is deferred or shelved; which of the two, its stage says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspension {
    /// Where it stood, and stands again once it is resumed.
    pub from: Stage,
    /// Since when the clock stands still: when it was asked for.
    pub stopped_at: Timestamp,
    /// When it was decided.
    pub since: Timestamp,
    /// 缓办: when it comes back by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// 挂账: the money that solving it needs, whole yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_yuan: Option<u64>,
    /// 挂账: until when it has to be reviewed next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Timestamp>,
    /// How often it was reviewed.
    #[serde(default)]
    pub reviews: u32,
}

impl Suspension {
    /// When somebody or something has to look at it next.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.until.or(self.review_by)
    }
}

/// Takes it up again before its time, in words; by the office, or by the lead that can solve it after all.
pub(super) fn resumed(
    state: &IssueState,
    actor: &Actor,
    facts: &Facts,
    note: &str,
) -> Result<Event, Refusal> {
    let is_lead = actor.bureau.is_some() && actor.bureau == state.lead;
    if actor.role != Role::Office && !is_lead {
        return Err(Refusal::NotLead);
    }
    Ok(resume(state, facts, in_words(note)?))
}

/// What follows when the date of a deferral is over; none while it is not, and for whatever is not deferred.
pub fn comes_back(state: &IssueState, facts: &Facts) -> Option<Event> {
    let until = state.suspension.as_ref()?.until?;
    (state.stage == Stage::Deferred && until <= facts.now)
        .then(|| resume(state, facts, String::new()))
}

/// As much time is left as there was when the clock stopped; who was late then is late again.
fn resume(state: &IssueState, facts: &Facts, note: String) -> Event {
    let waits = state.suspension.as_ref().is_some_and(|of| of.from == Stage::Dispatched);
    Event::Resumed {
        due_at: state.due_at.and(facts.resumed_due_at),
        stages: facts.resumed_stages.clone(),
        return_until: waits.then_some(facts.return_until),
        note,
    }
}

/// Looked at, and still not solvable: the next look is a month away.
pub(super) fn reviewed(facts: &Facts, note: &str) -> Result<Event, Refusal> {
    Ok(Event::Reviewed { review_by: facts.review_by, note: in_words(note)? })
}

/// What these events change in the state of their issue.
pub(super) fn apply(state: &mut IssueState, recorded: &Recorded) {
    match &recorded.event {
        Event::Deferred { until, stopped_at, .. } => {
            suspend(state, recorded.at, *stopped_at, Stage::Deferred).until = Some(*until);
        }
        Event::Shelved { cost_yuan, stopped_at, review_by, .. } => {
            let suspension = suspend(state, recorded.at, *stopped_at, Stage::Shelved);
            suspension.cost_yuan = Some(*cost_yuan);
            suspension.review_by = Some(*review_by);
        }
        Event::Reviewed { review_by, .. } => {
            if let Some(suspension) = &mut state.suspension {
                suspension.review_by = Some(*review_by);
                suspension.reviews += 1;
            }
        }
        Event::Resumed { due_at, stages, return_until, .. } => {
            staged::resume(state, stages);
            if let Some(suspension) = state.suspension.take() {
                state.stage = suspension.from;
            }
            move_parts(state, *due_at);
            state.due_at = *due_at;
            state.return_until = return_until.or(state.return_until);
        }
        _ => {}
    }
}

/// The limits of those who help move with the issue's.
fn move_parts(state: &mut IssueState, due_at: Option<Timestamp>) {
    let Some((before, now)) = state.due_at.zip(due_at) else { return };
    let moved = now.duration_since(before);
    for part in &mut state.parts {
        part.due_at = part.due_at.map(|own| own.saturating_add(moved).unwrap_or(own));
    }
}

fn suspend(
    state: &mut IssueState,
    since: Timestamp,
    stopped_at: Timestamp,
    into: Stage,
) -> &mut Suspension {
    let from = std::mem::replace(&mut state.stage, into);
    state.suspensions += 1;
    state.suspension.insert(Suspension {
        from,
        stopped_at,
        since,
        until: None,
        cost_yuan: None,
        review_by: None,
        reviews: 0,
    })
}
