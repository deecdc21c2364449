//! 认领: what has no bureau is offered for a set time to those who may own it. The first that claims it leads, the
//! others drop out or help, and when nobody does whoever is named for that answers for it, or the desk decides.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    event::{Event, Recorded},
    guards::{Facts, in_words, sent_to},
    refusal::Refusal,
    stage::Stage,
    state::IssueState,
};
use crate::access::{Actor, Role};
use crate::routing::{Offering, Unrouted, Why};

/// To how many bureaus the desk may offer an issue.
pub const CANDIDATES_AT_MOST: usize = 20;

/// What is known of an issue while it is offered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Since when.
    pub made_at: Timestamp,
    /// Until when it can be claimed.
    pub until: Timestamp,
    /// Whom it is offered to.
    pub candidates: Vec<Candidate>,
    /// Whether the others help whoever claims it; otherwise they drop out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub others_help: bool,
    /// Who answers for it when nobody claims it; none where the desk decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
}

/// 候选单位: one whom an issue is offered to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The bureau.
    pub bureau: String,
    /// What it said when it declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<NotOurs>,
}

/// 不认领: that it is not theirs, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NotOurs {
    /// When it said so.
    pub at: Timestamp,
    /// Why, in words.
    pub reason: String,
}

impl Offer {
    /// The candidates that have not declined.
    pub fn asked(&self) -> impl Iterator<Item = &str> {
        let asked = self.candidates.iter().filter(|candidate| candidate.declined.is_none());
        asked.map(|candidate| candidate.bureau.as_str())
    }

    /// Who helps a lead: those who have not declined, where the others do.
    fn helpers(&self, lead: Option<&str>) -> Vec<String> {
        let others = self.asked().filter(|bureau| self.others_help && Some(*bureau) != lead);
        others.map(str::to_owned).collect()
    }
}

impl IssueState {
    /// Codes of the bureaus that it is offered to now, those that declined too.
    pub fn candidates(&self) -> Vec<String> {
        let offered = self.offer.iter().flat_map(|offer| &offer.candidates);
        offered.map(|candidate| candidate.bureau.clone()).collect()
    }

    /// Whether the rules may still offer it: they do so once, and not what a bureau has had.
    pub fn may_be_offered_by_rule(&self) -> bool {
        self.offered_to.is_empty() && self.dispatched_at.is_none() && !self.blind
    }

    /// That nobody claimed it, where that is why nobody answers for it.
    pub fn unclaimed(&self) -> Option<&Unrouted> {
        match &self.why {
            Some(Why::Nobody { because: because @ Unrouted::Unclaimed { .. }, .. }) => {
                Some(because)
            }
            _ => None,
        }
    }

    /// Who answers for it after this command about its offer, so that their limit can be reckoned.
    pub fn led_after(&self, actor: &Actor, command: &Command) -> Option<String> {
        match command {
            Command::Claim => actor.bureau.clone(),
            Command::DeclineClaim { .. } => self.offer.as_ref()?.otherwise.clone(),
            _ => None,
        }
    }
}

/// The event by which the rules offer an issue until an instant.
pub fn offered(offering: Offering, until: Timestamp) -> Event {
    Event::Offered {
        candidates: offering.codes(),
        until,
        others_help: offering.others_help,
        otherwise: offering.otherwise.as_ref().map(|named| named.bureau.clone()),
        because: Some(Box::new(offering)),
        reason: String::new(),
    }
}

/// What one of the commands about offers does.
pub(super) fn decided(
    state: &IssueState,
    actor: &Actor,
    command: &Command,
    facts: &Facts,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Offer { candidates, others_help, reason, .. } => {
            by_hand(state, facts, candidates, *others_help, reason).map(|event| vec![event])
        }
        Command::Claim => claimed(state, actor, facts),
        Command::DeclineClaim { reason } => declined(state, actor, facts, reason),
        _ => Err(Refusal::WrongStage(state.stage)),
    }
}

fn by_hand(
    state: &IssueState,
    facts: &Facts,
    candidates: &[String],
    others_help: bool,
    reason: &str,
) -> Result<Event, Refusal> {
    if state.blind {
        return Err(Refusal::Blind);
    }
    if state.offer.is_some() {
        return Err(Refusal::OfferedAlready);
    }
    let mut each: Vec<String> = Vec::with_capacity(candidates.len());
    for code in candidates {
        if !each.contains(code) {
            each.push(code.clone());
        }
    }
    if each.is_empty() || each.len() > CANDIDATES_AT_MOST {
        return Err(Refusal::CandidatesWrong);
    }
    Ok(Event::Offered {
        candidates: each,
        until: facts.offer_until,
        others_help,
        otherwise: None,
        because: None,
        reason: in_words(reason)?,
    })
}

/// Claiming it is accepting it: nobody has to say so again.
fn claimed(state: &IssueState, actor: &Actor, facts: &Facts) -> Result<Vec<Event>, Refusal> {
    let (offer, bureau) = own(state, actor, facts)?;
    let helpers = offer.helpers(Some(bureau));
    let (because, reason) = match &state.why {
        Some(Why::Offer(offering)) => (Some(offering.claimed_by(bureau, &helpers)), String::new()),
        Some(Why::Desk { reason }) => (None, reason.clone()),
        _ => (None, String::new()),
    };
    Ok(vec![
        Event::Claimed { bureau: bureau.to_owned() },
        sent_to(state, facts, bureau, helpers, because.map(Box::new), reason),
        Event::Accepted,
    ])
}

fn declined(
    state: &IssueState,
    actor: &Actor,
    facts: &Facts,
    reason: &str,
) -> Result<Vec<Event>, Refusal> {
    let (offer, bureau) = own(state, actor, facts)?;
    if !offer.asked().any(|asked| asked == bureau) {
        return Err(Refusal::ClaimDeclined);
    }
    let mut events =
        vec![Event::ClaimDeclined { bureau: bureau.to_owned(), reason: in_words(reason)? }];
    if offer.asked().all(|asked| asked == bureau) {
        // The last one: there is nobody left to wait for, and nobody to help either.
        let nobody = Offer { others_help: false, ..offer.clone() };
        events.extend(over(state, &nobody, facts, facts.now, true));
    }
    Ok(events)
}

/// What follows when the time of an offer is over; nothing while it is not, and for whatever is not offered.
pub fn offer_lapses(state: &IssueState, facts: &Facts) -> Vec<Event> {
    let lapsed = state.offer.as_ref().filter(|offer| offer.until <= facts.now);
    lapsed.map_or_else(Vec::new, |offer| over(state, offer, facts, offer.until, false))
}

/// Nobody claimed it: whoever is named for that answers for it, or the desk is told.
fn over(
    state: &IssueState,
    offer: &Offer,
    facts: &Facts,
    over_at: Timestamp,
    all_declined: bool,
) -> Vec<Event> {
    let helpers = offer.helpers(offer.otherwise.as_deref());
    let offering = match &state.why {
        Some(Why::Offer(offering)) => Some(offering),
        _ => None,
    };
    let because = offering.and_then(|offering| offering.unclaimed(&helpers));
    let next = match because {
        Some(because) => {
            let lead = because.lead.bureau.clone();
            sent_to(state, facts, &lead, helpers, Some(Box::new(because)), String::new())
        }
        None => Event::Unrouted {
            version: offering.map(|offering| offering.version.clone()).unwrap_or_default(),
            because: Unrouted::Unclaimed { offer: offering.map(|offering| offering.offer.clone()) },
        },
    };
    vec![Event::OfferLapsed { over_at, all_declined }, next]
}

/// The offer, and the actor's bureau, which is one of its candidates.
fn own<'s>(
    state: &'s IssueState,
    actor: &Actor,
    facts: &Facts,
) -> Result<(&'s Offer, &'s str), Refusal> {
    let bureau = actor.bureau.as_deref().filter(|_| actor.role == Role::Bureau);
    let Some(offer) = &state.offer else {
        let was = state.offered_to.iter().any(|code| Some(code.as_str()) == bureau);
        return Err(if was { Refusal::OfferOver } else { Refusal::NotOffered });
    };
    let candidate = offer.candidates.iter().find(|one| Some(one.bureau.as_str()) == bureau);
    let candidate = candidate.ok_or(Refusal::NotCandidate)?;
    if offer.until <= facts.now {
        return Err(Refusal::OfferOver);
    }
    Ok((offer, &candidate.bureau))
}

/// What these events change in the state of their issue.
pub(super) fn apply(state: &mut IssueState, recorded: &Recorded) {
    match &recorded.event {
        Event::Offered { candidates, until, others_help, otherwise, .. } => {
            let candidate = |bureau: &String| Candidate { bureau: bureau.clone(), declined: None };
            state.offer = Some(Offer {
                made_at: recorded.at,
                until: *until,
                candidates: candidates.iter().map(candidate).collect(),
                others_help: *others_help,
                otherwise: otherwise.clone(),
            });
            for bureau in candidates {
                if !state.offered_to.contains(bureau) {
                    state.offered_to.push(bureau.clone());
                }
            }
        }
        Event::ClaimDeclined { bureau, reason } => {
            let offered = state.offer.iter_mut().flat_map(|offer| &mut offer.candidates);
            for candidate in offered.filter(|candidate| candidate.bureau == *bureau) {
                candidate.declined = Some(NotOurs { at: recorded.at, reason: reason.clone() });
            }
        }
        Event::Claimed { .. } | Event::OfferLapsed { .. } => state.offer = None,
        _ => {}
    }
}

/// An offer stands only while the issue waits for its bureau: an ordinary dispatch withdraws it.
pub(super) fn withdraw(state: &mut IssueState) {
    if state.stage != Stage::Filed {
        state.offer = None;
    }
}
