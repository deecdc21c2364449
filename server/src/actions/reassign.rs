//! What newer reference data means for an issue that is open: where it lies, who answers for it, and until
//! when it is to be done.
//!
//! The position stays as it was reported, a clock that was started is not started again, and what a bureau accepted
//! or the desk decided stays with them. See docs/decisions/0006.

use std::collections::BTreeSet;

use domain::access::Actor;
use domain::routing::Why;
use domain::workflow::{Event, Recorded, Stage, apply};
use jiff::Timestamp;

use crate::actions::record::{Act, lie};
use crate::actions::routing;
use crate::gazetteer::Gazetteer;
use crate::placing::{Flag, Ground};
use crate::problem::Error;
use crate::store::issues::Issue;

/// The events after which an issue stands as this reference data has it, in their order; none where
/// nothing changes, and none for an issue that has ended.
pub fn anew(issue: &Issue, gazetteer: &Gazetteer, at: Timestamp) -> Result<Vec<Event>, Error> {
    if !issue.state.stage.is_open() {
        return Ok(Vec::new());
    }
    let mut events = placed(issue, gazetteer, at)?;
    events.extend(recomputed(issue, &events, gazetteer, at)?);
    Ok(events)
}

fn placed(issue: &Issue, gazetteer: &Gazetteer, at: Timestamp) -> Result<Vec<Event>, Error> {
    let Some(moved) = moved(issue, gazetteer) else {
        return Ok(routed(issue, gazetteer, at)?.into_iter().collect());
    };
    let mut there = issue.clone();
    lie(&mut there.detail, &moved);
    Ok(std::iter::once(moved).chain(routed(&there, gazetteer, at)?).collect())
}

/// Until when it is to be done, if its calendar or its condition's limit is another one than before.
fn recomputed(
    issue: &Issue,
    before: &[Event],
    gazetteer: &Gazetteer,
    at: Timestamp,
) -> Result<Option<Event>, Error> {
    let mut state = issue.state.clone();
    for event in before {
        apply(&mut state, &Recorded { at, by: 0, bureau: None, event: event.clone() });
    }
    let anew = state.recomputed(|condition| gazetteer.limit(condition), gazetteer.basis(), at);
    anew.map_err(|error| Error::Internal(error.to_string()))
}

/// Where it lies, if that is elsewhere than before.
fn moved(issue: &Issue, gazetteer: &Gazetteer) -> Option<Event> {
    let detail = &issue.detail;
    let accuracy = detail.claimed.and_then(|claimed| claimed.accuracy_m);
    let Ground { areas, points, places, flags } = Ground::at(detail.position, accuracy, gazetteer);
    let of_ground = |code: &&String| Ground::FLAGS.iter().any(|flag| flag.code() == **code);
    let known: BTreeSet<&str> = detail.flags.iter().filter(of_ground).map(String::as_str).collect();
    let found: BTreeSet<&str> = flags.iter().map(|flag| flag.code()).collect();
    let same_ground = areas == detail.areas && points == detail.points && places == detail.places;
    if same_ground && known == found {
        return None;
    }
    let others = detail.flags.iter().filter(|code| !of_ground(code)).cloned();
    let flags = others.chain(flags.iter().map(|flag: &Flag| flag.code().to_owned())).collect();
    let reference_version = gazetteer.version;
    Some(Event::Reassigned { areas, points, places, flags, reference_version })
}

/// Who answers for it, if that is somebody else than before and still a matter of the rules.
fn routed(issue: &Issue, gazetteer: &Gazetteer, at: Timestamp) -> Result<Option<Event>, Error> {
    let state = &issue.state;
    if !state.is_routed_by_rules() {
        return Ok(None);
    }
    let act = Act { actor: &Actor::system(), at, command: None };
    let event = routing::by_rule(issue, &[], act, gazetteer)?;
    let differs = match &event {
        Event::Dispatched { lead, cooperating, .. } => {
            let (now, before): (BTreeSet<_>, BTreeSet<_>) =
                (cooperating.iter().collect(), state.cooperating.iter().collect());
            state.lead.as_ref() != Some(lead) || now != before
        }
        Event::Offered { .. } => true,
        Event::Unrouted { because, .. } => {
            // The same reason by newer rules is no news.
            let same =
                matches!(&state.why, Some(Why::Nobody { because: known, .. }) if known == because);
            state.stage != Stage::Filed || !same
        }
        _ => false,
    };
    Ok(differs.then_some(event))
}
