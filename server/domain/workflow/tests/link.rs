//! 链接: who may make one, what it is good for as the issue goes on, and which drafts wait.

use proptest::prelude::*;

use super::*;

/// Accepted by power; mobile helps.
fn accepted() -> Life {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.later(10).does(&office(), &dispatch("power", &["mobile"])).unwrap();
    life.later(20).does(&of_bureau("power"), &Command::Accept).unwrap();
    life
}

fn sends(life: &mut Life, bureau: &str, draft: &str) -> Result<(), Refusal> {
    let event = draft_sent(&life.state, bureau, (words("l1"), words(draft), 2))?;
    happens(&mut life.state, event);
    Ok(())
}

fn happens(state: &mut IssueState, event: Event) {
    apply(state, &Recorded { at: at(30), by: Actor::SYSTEM, bureau: None, event });
}

#[test]
fn a_link_is_made_by_the_bureaus_on_the_issue_and_by_the_office_for_the_lead() {
    let life = accepted();
    for (who, of) in [(of_bureau("power"), "power"), (of_bureau("mobile"), "mobile")] {
        assert_eq!(may_make_link(&life.state, &who), Ok(words(of)));
    }
    assert_eq!(may_make_link(&life.state, &office()), Ok(words("power")));
    let other = may_make_link(&life.state, &of_bureau("unicom"));
    assert_eq!(other, Err(Refusal::NotCooperating));
}

#[test]
fn nothing_blind_and_nothing_that_nobody_owes_gets_a_link() {
    let blind = Life::new(true);
    assert_eq!(may_make_link(&blind.state, &office()), Err(Refusal::Blind));
    let reported = Life::new(false);
    let early = may_make_link(&reported.state, &office());
    assert_eq!(early, Err(Refusal::WrongStage(Stage::Reported)));
    let mut life = accepted();
    life.does(&of_bureau("power"), &rectify()).unwrap();
    let late = may_make_link(&life.state, &of_bureau("power"));
    assert_eq!(late, Err(Refusal::WrongStage(Stage::Rectified)));
}

#[test]
fn it_waits_while_somebody_looks_goes_on_after_a_failure_and_ends_with_the_issue() {
    let mut life = accepted();
    let standing = |life: &Life| link_standing(&life.state, "power");
    assert_eq!(standing(&life), LinkStanding::Open);
    life.does(&of_bureau("power"), &rectify()).unwrap();
    assert_eq!(standing(&life), LinkStanding::Waits);
    assert_eq!(sends(&mut life, "power", "d1"), Err(Refusal::WrongStage(Stage::Rectified)));
    life.later(40).does(&inspector(), &verify(false)).unwrap();
    assert_eq!(standing(&life), LinkStanding::Open);
    let void = Command::Void { reason: DismissReason::FalseAlarm, note: words("nothing there") };
    life.later(50).does(&office(), &void).unwrap();
    assert_eq!(standing(&life), LinkStanding::Over);
}

#[test]
fn with_another_bureau_on_it_the_link_of_the_first_is_over() {
    let mut life = accepted();
    sends(&mut life, "power", "d1").unwrap();
    life.later(40).does(&office(), &dispatch("unicom", &["mobile"])).unwrap();
    assert_eq!(link_standing(&life.state, "power"), LinkStanding::Over);
    assert_eq!(link_standing(&life.state, "mobile"), LinkStanding::Open);
    assert!(life.state.drafts.is_empty(), "nobody waits for them");
}

#[test]
fn drafts_wait_until_they_are_discarded_or_the_bureau_says_it_is_done() {
    let mut life = accepted();
    for draft in ["d1", "d2", "d3"] {
        sends(&mut life, "power", draft).unwrap();
    }
    happens(&mut life.state, Event::DraftDiscarded { draft: words("d2") });
    assert_eq!(life.state.drafts, ["d1", "d3"]);
    life.does(&of_bureau("power"), &rectify()).unwrap();
    assert!(life.state.drafts.is_empty());
    // One that was answered with the rest can still be thrown away, and takes nothing that came since with it.
    life.later(40).does(&inspector(), &verify(false)).unwrap();
    sends(&mut life, "power", "d4").unwrap();
    happens(&mut life.state, Event::DraftDiscarded { draft: words("d1") });
    assert_eq!(life.state.drafts, ["d4"]);
}

#[test]
fn a_flood_of_drafts_is_refused() {
    let mut life = accepted();
    for n in 0..DRAFTS_WAITING {
        sends(&mut life, "power", &n.to_string()).unwrap();
    }
    assert_eq!(sends(&mut life, "power", "one more"), Err(Refusal::DraftsTooMany));
}

proptest! {
    /// Whatever comes by links, the issue stands where it stood, by the same clock and with the same bureaus.
    #[test]
    fn links_and_drafts_change_nothing_but_the_drafts(steps in prop::collection::vec((0..4_u8, 0..6_u8), 0..40)) {
        let mut state = accepted().state;
        let before = state.clone();
        let mut waiting: Vec<String> = Vec::new();
        for (kind, n) in steps {
            let (link, draft) = (words("l1"), n.to_string());
            let event = match kind {
                0 => Event::LinkMade { link, bureau: words("power"), for_whom: words("x"), expires_at: at(90) },
                1 => Event::LinkRevoked { link },
                2 if !waiting.contains(&draft) => {
                    waiting.push(draft.clone());
                    draft_sent(&state, "power", (link, draft, 1)).unwrap()
                }
                _ => {
                    waiting.retain(|one| *one != draft);
                    Event::DraftDiscarded { draft }
                }
            };
            happens(&mut state, event);
            prop_assert_eq!(&state.drafts, &waiting);
        }
        state.drafts.clear();
        prop_assert_eq!(state, before);
    }
}
