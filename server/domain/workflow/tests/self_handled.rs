//! What its finder fixed: closed at once, looked at by the desk by sample.

use super::*;

fn fixed() -> IssueState {
    let mut state = IssueState::new(at(0));
    let reported = Event::Reported {
        report: words("r"),
        category: Some(words("0101")),
        condition: None,
        blind: false,
    };
    for event in [reported, Event::SelfHandled { photos: vec![words("p")], check: None }] {
        apply(&mut state, &Recorded { at: at(1), by: 50, bureau: None, event });
    }
    state
}

fn facts() -> Facts {
    let fixed = AfterPhoto {
        stored: true,
        captured_at: at(2),
        before_at: Some(at(0)),
        ..AfterPhoto::default()
    };
    Facts {
        now: at(9),
        limit: None,
        return_until: at(9),
        offer_until: at(9),
        resumed_due_at: None,
        resumed_stages: Vec::new(),
        review_by: at(9),
        after_photos: vec![fixed],
        thresholds: Thresholds::default(),
        checking: Checking::default(),
    }
}

fn looks(state: &IssueState, actor: &Actor, passed: bool, note: &str) -> Result<Event, Refusal> {
    let command = Command::Verify { passed, note: words(note), photos: Vec::new(), way: None };
    decide(state, actor, &command, &facts()).map(|mut events| events.remove(0))
}

#[test]
fn it_is_closed_at_once_and_nobody_answers_for_it() {
    let state = fixed();
    assert!(state.self_handled && state.stage == Stage::Closed);
    assert_eq!((state.closed_at, state.handled_at), (Some(at(1)), Some(at(1))));
    assert_eq!((&state.lead, state.due_at, state.dispatched_at), (&None, None, None));
}

#[test]
fn the_desk_alone_looks_at_it_and_once() {
    let mut state = fixed();
    let office = person(40, Role::Office, None);
    for other in [person(51, Role::Inspector, None), person(60, Role::Supervisor, None)] {
        let refused = Err(Refusal::WrongStage(Stage::Closed));
        assert_eq!(looks(&state, &other, true, ""), refused, "{:?}", other.role);
    }
    let event = looks(&state, &office, true, "").unwrap();
    assert_eq!(event, Event::Checked { note: String::new(), way: Some(Way::Desk) });
    apply(&mut state, &Recorded { at: at(5), by: 40, bureau: None, event });
    assert_eq!((state.stage, state.checked_at), (Stage::Closed, Some(at(5))));
    assert_eq!(looks(&state, &office, true, ""), Err(Refusal::WrongStage(Stage::Closed)));
}

#[test]
fn whoever_fixed_it_does_not_check_it() {
    let finder = person(50, Role::Office, None);
    assert_eq!(looks(&fixed(), &finder, true, ""), Err(Refusal::VerifierRectified));
}

#[test]
fn a_sample_owes_a_check_until_the_desk_has_looked() {
    let check = sample("r", &verification::share(100), at(1)).unwrap();
    assert_eq!(sample("r", &verification::share(0), at(1)), None);
    let mut state = fixed();
    let photos = vec![words("p")];
    let event = Event::SelfHandled { photos, check: Some(Box::new(check)) };
    apply(&mut state, &Recorded { at: at(1), by: 50, bureau: None, event });
    assert!(state.verification.is_some());
    let event = looks(&state, &person(40, Role::Office, None), true, "").unwrap();
    apply(&mut state, &Recorded { at: at(5), by: 40, bureau: None, event });
    assert_eq!(state.verification, None);
}

#[test]
fn what_is_not_done_goes_back_to_the_desk_as_if_only_reported() {
    let mut state = fixed();
    let office = person(40, Role::Office, None);
    assert_eq!(looks(&state, &office, false, " "), Err(Refusal::ReasonMissing));
    let event = looks(&state, &office, false, "still there").unwrap();
    apply(&mut state, &Recorded { at: at(5), by: 40, bureau: None, event });
    assert_eq!((state.stage, state.self_handled), (Stage::Reported, false));
    assert_eq!((state.closed_at, state.handled_at), (None, None));
    assert!(decide(&state, &office, &file(), &facts()).is_ok(), "the desk files it");
}
