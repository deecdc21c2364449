//! 认领: offered to those who may own it, the first that claims it leads, and nobody gets around that.

use super::*;
use crate::desk::Step;
use crate::routing::Why;

fn claim() -> Command {
    Command::Claim
}

fn decline() -> Command {
    Command::DeclineClaim { reason: words("our cables are tagged") }
}

pub(super) fn offer(candidates: &[&str], others_help: bool) -> Command {
    Command::Offer {
        candidates: candidates.iter().map(|bureau| words(bureau)).collect(),
        within: "1紧急工作时".parse().unwrap(),
        others_help,
        reason: words("nobody knows whose it is"),
    }
}

/// Filed at minute 5, and offered by a rule from minute 10 until minute 70.
fn by_rule(others_help: bool) -> Life {
    let mut life = Life::new(false);
    life.later(5).does(&office(), &file()).unwrap();
    life.later(10).happens(&Actor::system(), offered(log::offering(others_help), at(70)));
    life
}

fn lapse(life: &mut Life) -> Vec<Event> {
    let events = offer_lapses(&life.state, &life.facts);
    for event in &events {
        life.happens(&Actor::system(), event.clone());
    }
    events
}

#[test]
fn whoever_claims_it_first_leads_and_the_others_drop_out() {
    let mut life = by_rule(false);
    assert_eq!((life.stage(), life.state.due_at), (Stage::Filed, None), "no bureau's clock runs");
    assert_eq!(Step::of(&life.state), Some(Step::Dispatch), "the office's does");
    assert_eq!(life.state.candidates(), ["power", "mobile", "unicom"]);
    assert!(!life.state.is_routed_by_rules(), "an offer stands until its time is over");

    life.later(40).does(&of_bureau("mobile"), &claim()).unwrap();
    assert_eq!((life.stage(), life.state.lead.as_deref()), (Stage::Accepted, Some("mobile")));
    assert_eq!(life.state.dispatched_at, Some(at(40)), "the clock starts with the claim");
    assert_eq!(life.state.due_at, Some(at(280)));
    assert_eq!((life.state.cooperating.len(), &life.state.offer), (0, &None));
    assert_eq!(life.state.bureaus, ["mobile"], "whoever was only asked is not on it");
    let Some(Why::Rule(because)) = &life.state.why else { panic!("{:?}", life.state.why) };
    assert_eq!((because.rule.as_str(), because.lead.bureau.as_str()), ("whose cable", "mobile"));
    for late in ["power", "mobile"] {
        let refused = life.does(&of_bureau(late), &claim());
        assert_eq!(refused, Err(Refusal::OfferOver), "another was first");
    }
    assert_eq!(life.does(&of_bureau("gas"), &claim()), Err(Refusal::NotOffered));
}

#[test]
fn where_the_rule_says_so_the_others_help_but_those_who_declined() {
    let mut life = by_rule(true);
    life.later(20).does(&of_bureau("unicom"), &decline()).unwrap();
    assert_eq!(life.does(&of_bureau("unicom"), &decline()), Err(Refusal::ClaimDeclined));
    life.later(30).does(&of_bureau("mobile"), &claim()).unwrap();
    assert_eq!(life.state.cooperating, ["power"]);
    let part = life.state.part("power").unwrap();
    assert_eq!((part.task.as_deref(), part.is_owed()), (Some("look for your own"), true));
    assert_eq!(life.does(&of_bureau("mobile"), &rectify()), Err(Refusal::PartsOwed));
}

#[test]
fn what_nobody_claims_in_time_goes_to_whoever_is_named_dated_by_its_deadline() {
    let mut life = by_rule(true);
    life.later(69);
    assert_eq!(offer_lapses(&life.state, &life.facts), []);
    life.later(20).does(&of_bureau("power"), &decline()).unwrap();
    // The server was down, and it is noticed late.
    life.later(3_000);
    assert_eq!(life.does(&of_bureau("mobile"), &claim()), Err(Refusal::OfferOver));
    let events = lapse(&mut life);
    assert_eq!(events[0], Event::OfferLapsed { over_at: at(70), all_declined: false });
    assert_eq!((life.stage(), life.state.lead.as_deref()), (Stage::Dispatched, Some("office-1")));
    assert_eq!(life.state.cooperating, ["mobile", "unicom"], "who kept silent helps");
    assert_eq!(life.state.due_at, Some(at(3_240)), "its clock starts when it is told");
    assert!(!life.state.is_routed_by_rules(), "somebody has to have it");
    assert_eq!(offer_lapses(&life.state, &life.facts), [], "once");
}

#[test]
fn when_all_have_declined_nobody_waits_for_the_time_to_be_over() {
    let mut life = by_rule(true);
    for (minute, bureau) in [(20, "power"), (21, "mobile")] {
        life.later(minute).does(&of_bureau(bureau), &decline()).unwrap();
        assert!(life.state.offer.is_some());
    }
    life.later(22).does(&of_bureau("unicom"), &decline()).unwrap();
    let lapsed = Event::OfferLapsed { over_at: at(22), all_declined: true };
    assert!(life.log.iter().any(|entry| entry.event == lapsed));
    assert_eq!(life.state.lead.as_deref(), Some("office-1"));
    assert!(life.state.cooperating.is_empty(), "all said that it is not theirs");
}

#[test]
fn what_the_desk_offers_and_nobody_claims_comes_back_to_it() {
    let mut life = Life::new(false);
    life.later(5).does(&office(), &file()).unwrap();
    let refused = |life: &mut Life, command| life.does(&office(), &command).unwrap_err();
    assert_eq!(refused(&mut life, offer(&[], false)), Refusal::CandidatesWrong);
    life.does(&office(), &offer(&["power", "mobile", "power"], false)).unwrap();
    assert_eq!(life.state.candidates(), ["power", "mobile"]);
    assert_eq!(refused(&mut life, offer(&["gas"], false)), Refusal::OfferedAlready);
    life.later(500);
    lapse(&mut life);
    let unclaimed = Unrouted::Unclaimed { offer: None };
    assert_eq!((life.stage(), &life.state.offer), (Stage::Filed, &None));
    assert!(
        matches!(&life.state.why, Some(Why::Nobody { because, .. }) if *because == unclaimed),
        "{:?}",
        life.state.why
    );
    assert!(!life.state.may_be_offered_by_rule(), "rules offer a thing once");
    life.does(&office(), &offer(&["gas"], false)).unwrap();
    assert_eq!(life.state.offered_to, ["power", "mobile", "gas"], "the desk may again");
}

#[test]
fn an_ordinary_dispatch_withdraws_an_offer() {
    let mut life = by_rule(true);
    life.later(30).does(&office(), &dispatch("power", &[])).unwrap();
    assert_eq!((&life.state.offer, life.state.lead.as_deref()), (&None, Some("power")));
    assert_eq!(life.does(&of_bureau("mobile"), &claim()), Err(Refusal::OfferOver));
    life.later(100);
    assert_eq!(offer_lapses(&life.state, &life.facts), []);
}

#[test]
fn what_was_returned_can_be_offered_and_keeps_its_clock() {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.later(10).does(&office(), &dispatch("power", &["mobile"])).unwrap();
    life.later(20).does(&of_bureau("power"), &give_back()).unwrap();
    life.later(30).does(&office(), &offer(&["mobile", "unicom"], false)).unwrap();
    assert_eq!((life.stage(), &life.state.lead), (Stage::Filed, &None));
    life.later(40).does(&of_bureau("unicom"), &claim()).unwrap();
    assert_eq!(life.state.due_at, Some(at(250)), "a redispatch keeps the clock");
}

#[test]
fn a_blind_finding_is_never_offered() {
    let mut life = Life::new(true);
    life.does(&office(), &file()).unwrap();
    assert_eq!(life.does(&office(), &offer(&["power"], false)), Err(Refusal::Blind));
    assert!(!life.state.may_be_offered_by_rule());
    life.does(&office(), &Command::Release).unwrap();
    life.does(&office(), &offer(&["power"], false)).unwrap();
}

#[test]
fn only_candidates_claim_and_only_people_of_bureaus() {
    let mut life = by_rule(false);
    assert_eq!(life.does(&of_bureau("gas"), &claim()), Err(Refusal::NotCandidate));
    assert_eq!(life.does(&of_bureau("gas"), &decline()), Err(Refusal::NotCandidate));
    let disguised = person(9, Role::Inspector, Some("power"));
    assert_eq!(life.does(&disguised, &claim()), Err(Refusal::NotCandidate));
    let wordless = Command::DeclineClaim { reason: words(" ") };
    assert_eq!(life.does(&of_bureau("power"), &wordless), Err(Refusal::ReasonMissing));
    life.later(20).does(&of_bureau("power"), &decline()).unwrap();
    life.does(&of_bureau("power"), &claim()).unwrap();
    assert_eq!(life.state.lead.as_deref(), Some("power"), "on looking again it was theirs");
}
