use jiff::Timestamp;

use super::*;
use crate::cards::CardEvent;
use crate::workflow::{ReturnReason, Stage};

fn state() -> IssueState {
    let mut state = IssueState::new(Timestamp::UNIX_EPOCH);
    state.lead = Some("a".to_owned());
    state.cooperating = vec!["b".to_owned(), "c".to_owned()];
    state
}

fn dispatched() -> Event {
    Event::Dispatched {
        lead: "a".to_owned(),
        cooperating: vec!["b".to_owned(), "c".to_owned()],
        because: None,
        reason: String::new(),
        due_at: None,
        limit: None,
        return_until: Timestamp::UNIX_EPOCH,
    }
}

fn told(event: &Event, state: &IssueState) -> Vec<(String, Topic)> {
    owed(event, state).into_iter().map(|one| (one.audience.word(), one.topic)).collect()
}

#[test]
fn a_dispatch_is_the_leads_news_and_that_of_everybody_who_helps() {
    let expected = [
        ("bureau:a".to_owned(), Topic::Dispatched),
        ("bureau:b".to_owned(), Topic::Helping),
        ("bureau:c".to_owned(), Topic::Helping),
    ];
    assert_eq!(told(&dispatched(), &state()), expected);
    assert_eq!(told(&Event::Released, &state()), expected);
}

#[test]
fn nobody_hears_of_what_is_blind_until_it_is_released() {
    let mut state = state();
    state.blind = true;
    assert_eq!(told(&dispatched(), &state), []);
    let joined = |against_rectification| Event::Joined {
        report: "r".to_owned(),
        distance_m: 1.0,
        against_rectification,
    };
    assert_eq!(told(&joined(true), &state), []);
    state.blind = false;
    let office = ("office".to_owned(), Topic::Disputed);
    assert_eq!(told(&joined(true), &state).last(), Some(&office));
    assert_eq!(told(&joined(false), &state), []);
    (state.lead, state.stage) = (None, Stage::Filed);
    assert_eq!(told(&Event::Released, &state), [("office".to_owned(), Topic::Unrouted)]);
}

#[test]
fn an_offer_is_every_candidates_news() {
    let offered = Event::Offered {
        candidates: vec!["a".to_owned(), "b".to_owned()],
        until: Timestamp::UNIX_EPOCH,
        others_help: false,
        otherwise: None,
        because: None,
        reason: "cables".to_owned(),
    };
    let expected = ["a", "b"].map(|code| (format!("bureau:{code}"), Topic::Offered));
    assert_eq!(told(&offered, &state()), expected);
}

#[test]
fn a_return_is_the_offices_news() {
    let returned = Event::Returned { reason: ReturnReason::NotOurDuty, note: "no".to_owned() };
    assert_eq!(told(&returned, &state()), [("office".to_owned(), Topic::Returned)]);
}

#[test]
fn a_bureau_hears_of_a_card_once_it_is_delivered() {
    let withdrawn = CardEvent::Withdrawn { reason: "no".to_owned() };
    assert_eq!(owed_by_card(&withdrawn, "a", false), None);
    let owed = owed_by_card(&withdrawn, "a", true).unwrap();
    assert_eq!((owed.audience.word().as_str(), owed.topic), ("bureau:a", Topic::CardSettled));
    let commented = CardEvent::Commented { text: "hm".to_owned() };
    assert_eq!(owed_by_card(&commented, "a", true), None);
}

#[test]
fn words_are_read_back() {
    for topic in Topic::ALL {
        assert_eq!(Topic::of(topic.word()), Some(*topic));
        let json = serde_json::to_value(topic).unwrap();
        assert_eq!(json, topic.word());
    }
    for word in ["office", "bureau:a"] {
        assert_eq!(Audience::of(word).unwrap().word(), word);
    }
    for word in ["", "bureau:", "bureaus:a", "Office"] {
        assert_eq!(Audience::of(word), None, "{word}");
    }
}
