//! What follows when an issue is filed: a rule finds its bureaus and the clock starts, or nobody is
//! found and the desk is told why.

use domain::deadline::{Limit, Stint, Unit, due};
use domain::routing::Subject;
use domain::workflow::{AfterPhoto, Command, Event, Facts, IssueState, Recorded, apply, decide};
use jiff::Timestamp;

use crate::actions::record::Act;
use crate::gazetteer::{Gazetteer, Owner};
use crate::problem::Error;
use crate::store::issues::Issue;

/// What the guards need to know beside the issue.
pub fn facts(
    state: &IssueState,
    gazetteer: &Gazetteer,
    now: Timestamp,
    after_photos: Vec<AfterPhoto>,
) -> Result<Facts, Error> {
    let window = Stint { amount: gazetteer.district.return_window_hours, unit: Unit::WorkingHours };
    let window = Limit::new(vec![window]).map_err(|error| Error::Internal(error.to_string()))?;
    let return_until = ends(now, &window, gazetteer)?;
    let limit = state.condition.as_deref().and_then(|code| gazetteer.limit(code));
    let due_at = limit.map(|limit| ends(now, limit, gazetteer)).transpose()?;
    Ok(Facts { now, due_at, return_until, after_photos })
}

/// When a limit that starts at `from` ends.
pub fn ends(from: Timestamp, limit: &Limit, gazetteer: &Gazetteer) -> Result<Timestamp, Error> {
    let due = due(from, limit, &gazetteer.calendar);
    due.map(|due| due.at).map_err(|error| Error::Internal(error.to_string()))
}

/// The event that follows a filing: dispatched by rule, or unrouted with the reason.
///
/// The issue is filed by the events `before` this one, if not already; it then has a category and a
/// condition.
pub fn by_rule(
    issue: &Issue,
    before: &[Event],
    act: Act<'_>,
    gazetteer: &Gazetteer,
) -> Result<Event, Error> {
    let Act { actor, at, .. } = act;
    let mut state = issue.state.clone();
    for event in before {
        let event = event.clone();
        apply(&mut state, &Recorded { at, by: actor.account, bureau: None, event });
    }
    if state.blind {
        return Ok(Event::Unrouted { reason: "It is blind until released.".to_owned() });
    }
    let category = state.category.as_deref().unwrap_or_default();
    let condition = state.condition.as_deref().unwrap_or_default();
    let class = gazetteer.category(category).map(|known| known.class.as_str()).unwrap_or_default();
    let owners = issue.detail.position.map(|position| gazetteer.owner_at(position, category));
    let owners = owners.map(Owner::codes).unwrap_or_default();
    let places: Vec<&str> = issue.detail.places.iter().map(String::as_str).collect();
    let subject = Subject {
        category,
        condition,
        class,
        areas: &issue.detail.areas,
        places: &places,
        source: &issue.source,
        owners: &owners,
        on: gazetteer.calendar.date_of(at),
    };
    let routing = match gazetteer.route(&subject) {
        Ok(routing) => routing,
        Err(unrouted) => return Ok(Event::Unrouted { reason: unrouted.to_string() }),
    };
    let command = Command::Dispatch {
        lead: routing.lead,
        cooperating: routing.cooperating,
        rule: Some(routing.rule),
        reason: routing.reason,
    };
    let facts = facts(&state, gazetteer, at, Vec::new())?;
    let mut events = decide(&state, actor, &command, &facts)?;
    events.pop().ok_or_else(|| Error::Internal("a dispatch without an event".to_owned()))
}
