//! What follows for an issue that nobody answers for: whom it is offered to, until when, and what whoever claims it
//! too late is told.

use domain::access::{Action, Denied};
use domain::routing::{Subject, Unrouted};
use domain::workflow::{Command, Event, Facts, IssueState, Refusal, offered};
use jiff::Timestamp;

use crate::actions::command_issue::Ask;
use crate::actions::routing;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::issues::Issue;

/// The event that follows where the rules find nobody: offered to whoever may own it, or left to the desk.
pub fn nobody_found(
    state: &IssueState,
    subject: &Subject,
    nobody: Unrouted,
    at: Timestamp,
    gazetteer: &Gazetteer,
) -> Result<Event, Error> {
    let offering = gazetteer.offer(subject, &nobody);
    if let Some(offering) = offering.filter(|_| state.may_be_offered_by_rule()) {
        let until = routing::ends(at, &offering.within, gazetteer)?;
        return Ok(offered(offering, until));
    }
    // That nobody claimed it says more than that nobody was found before it was offered.
    let because = state.unclaimed().cloned().unwrap_or(nobody);
    Ok(Event::Unrouted { version: gazetteer.rules().version.clone(), because })
}

/// Until when it can be claimed, for whoever offers it now.
pub fn facts(command: &Command, facts: Facts, gazetteer: &Gazetteer) -> Result<Facts, Error> {
    let Command::Offer { within, .. } = command else { return Ok(facts) };
    Ok(Facts { offer_until: routing::ends(facts.now, within, gazetteer)?, ..facts })
}

/// What a bureau is told that answers to an offer when another one has claimed it: it does not see the issue any
/// more, but knew of it.
pub fn too_late(denied: Denied, ask: &Ask, issue: &Issue) -> Option<Error> {
    let answers = matches!(ask.action, Action::ClaimIssue | Action::DeclineClaim);
    let bureau = ask.actor.bureau.as_ref()?;
    (denied == Denied::Hidden && answers && issue.state.offered_to.contains(bureau))
        .then(|| Refusal::OfferOver.into())
}
