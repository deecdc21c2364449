//! 申请: what a lead bureau asks the office for – a later limit 延期, a deferral 缓办, shelving 挂账 – and what two
//! persons of the office decide. One request at a time; it lapses with the work that it was for.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    event::Event,
    guards::{Facts, in_words},
    refusal::Refusal,
    stage::Stage,
    state::IssueState,
};
use crate::access::{Actor, Role};

/// How far away the limit or the date that is asked for may lie, days.
pub const UNTIL_AT_MOST_DAYS: i64 = 366;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wish", rename_all = "snake_case")]
pub enum Wish {
    /// 延期: a later limit.
    Extension {
        /// That limit.
        until: Timestamp,
    },
    /// 缓办: the clock stops until a date.
    Deferral {
        /// That date.
        until: Timestamp,
    },
    /// 挂账: not solvable now; the clock stops.
    Shelving {
        /// The money that solving it needs, whole yuan.
        cost_yuan: u64,
    },
}

impl Wish {
    /// Its word on the wire.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Extension { .. } => "extension",
            Self::Deferral { .. } => "deferral",
            Self::Shelving { .. } => "shelving",
        }
    }

    /// The limit or date asked for.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Extension { until } | Self::Deferral { until } => Some(*until),
            Self::Shelving { .. } => None,
        }
    }

    /// The money needed, whole yuan.
    pub fn cost_yuan(&self) -> Option<u64> {
        if let Self::Shelving { cost_yuan } = self { Some(*cost_yuan) } else { None }
    }
}

/// What was asked for, and is not decided on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// What.
    #[serde(flatten)]
    pub wish: Wish,
    /// When.
    pub at: Timestamp,
    /// Why, in words.
    pub reason: String,
    /// Account of the first level, once it is for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsed_by: Option<i64>,
}

/// What is asked for waits with whoever works on it: it lapses with any other stage.
pub(super) fn may_wait(stage: Stage) -> bool {
    matches!(stage, Stage::Dispatched | Stage::Accepted | Stage::Reopened)
}

/// A bureau asks for what it has accepted; the office orders a deferral or shelving of whatever a bureau has, and
/// is the first level by that.
pub(super) fn asked(
    state: &IssueState,
    actor: &Actor,
    facts: &Facts,
    (wish, reason, photos): (Wish, &str, &[String]),
) -> Result<Vec<Event>, Refusal> {
    let by_office = actor.role == Role::Office;
    if !by_office && state.stage != Stage::Accepted {
        return Err(Refusal::WrongStage(state.stage));
    }
    if state.request.is_some() {
        return Err(Refusal::RequestPending);
    }
    let form_needed = match wish {
        Wish::Extension { until } => {
            may_extend(state, facts, until)?;
            state.extensions > 0
        }
        Wish::Deferral { until } => {
            not_too_far(facts, until)?;
            if until <= facts.now {
                return Err(Refusal::DeferralOver);
            }
            false
        }
        Wish::Shelving { .. } => true,
    };
    if form_needed && photos.is_empty() {
        return Err(Refusal::FormMissing);
    }
    let asked = Event::Asked { wish, reason: in_words(reason)?, photos: photos.to_vec() };
    let endorsed = by_office.then(|| Event::Endorsed { note: String::new() });
    Ok(std::iter::once(asked).chain(endorsed).collect())
}

/// Whoever is late is late: time is asked for while there is some.
fn may_extend(state: &IssueState, facts: &Facts, until: Timestamp) -> Result<(), Refusal> {
    let due_at = state.due_at.ok_or(Refusal::ExtensionWithoutLimit)?;
    if facts.now > due_at {
        return Err(Refusal::ExtensionTooLate);
    }
    if until <= due_at {
        return Err(Refusal::ExtensionNotLater);
    }
    not_too_far(facts, until)
}

fn not_too_far(facts: &Facts, until: Timestamp) -> Result<(), Refusal> {
    let furthest = facts.now.saturating_add(SignedDuration::from_hours(24 * UNTIL_AT_MOST_DAYS));
    if furthest.is_ok_and(|furthest| until > furthest) {
        return Err(Refusal::UntilTooFar);
    }
    Ok(())
}

/// Two persons are for it, one after the other; one against it is enough.
pub(super) fn decided(
    state: &IssueState,
    actor: &Actor,
    facts: &Facts,
    (approved, note): (bool, &str),
) -> Result<Event, Refusal> {
    let request = state.request.as_ref().ok_or(Refusal::RequestMissing)?;
    match request.endorsed_by {
        _ if !approved => Ok(Event::Declined { note: in_words(note)? }),
        None => Ok(Event::Endorsed { note: note.to_owned() }),
        Some(first) if first == actor.account => Err(Refusal::RequestSamePerson),
        Some(_) => granted(request, facts, note.to_owned()),
    }
}

/// The clock of what is suspended stopped when it was asked for: the office's own time is not the bureau's.
fn granted(request: &Request, facts: &Facts, note: String) -> Result<Event, Refusal> {
    let stopped_at = request.at;
    Ok(match request.wish {
        Wish::Extension { until } => Event::Extended { due_at: until, note },
        Wish::Deferral { until } if until <= facts.now => return Err(Refusal::DeferralOver),
        Wish::Deferral { until } => Event::Deferred { until, stopped_at, note },
        Wish::Shelving { cost_yuan } => {
            Event::Shelved { cost_yuan, stopped_at, review_by: facts.review_by, note }
        }
    })
}
