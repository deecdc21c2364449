//! 分阶段时限: fenced off in one hour, repaired in three more; each stage is due by itself.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::deadline::{Limit, Stint, Unit};

fn lead() -> Actor {
    of_bureau("power")
}

fn secure() -> Command {
    Command::Secure { note: words("fenced off"), photos: vec![words("p")] }
}

/// 240 minutes from an instant on, the first 60 of them to secure it.
pub(super) fn staged(from: Timestamp) -> Reckoned {
    reckoned("1紧急工作时+3紧急工作时", from)
}

fn reckoned(text: &str, from: Timestamp) -> Reckoned {
    let calendar = limit::office_of(&[]);
    let basis = Basis { calendar: &calendar, periods: &[], reference_version: 1 };
    Reckoned::new("27a", &text.parse().unwrap(), from, basis).unwrap()
}

/// Dispatched at minute 10 by this limit, and accepted at minute 20.
fn accepted(text: &str) -> Life {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.later(10).facts.limit = Some(Box::new(reckoned(text, at(10))));
    life.does(&office(), &dispatch("power", &[])).unwrap();
    life.later(20).does(&lead(), &Command::Accept).unwrap();
    life
}

#[test]
fn the_first_stage_is_due_next_and_once_it_is_done_the_second() {
    let mut life = accepted("1紧急工作时+3紧急工作时");
    assert_eq!((life.state.next_due_at(), life.state.due_at), (Some(at(70)), Some(at(250))));
    assert_eq!(life.state.stage_due(), Some((1, 2)));
    let nothing = Command::Secure { note: words("fenced off"), photos: Vec::new() };
    assert_eq!(life.does(&lead(), &nothing), Err(Refusal::AfterPhotoMissing));
    assert_eq!(life.does(&of_bureau("mobile"), &secure()), Err(Refusal::NotLead));

    life.later(65).does(&lead(), &secure()).unwrap();
    assert_eq!((life.state.next_due_at(), life.state.due_at), (Some(at(250)), Some(at(250))));
    assert_eq!((life.state.stage_due(), &life.state.secured), (None, &vec![at(65)]));
    assert_eq!(life.stage(), Stage::Accepted, "the repair is still owed");
    assert_eq!(life.does(&lead(), &secure()), Err(Refusal::NoStageOpen));
}

#[test]
fn what_is_rectified_at_once_needs_no_fence_and_what_failed_needs_one_again() {
    let mut life = accepted("1紧急工作时+3紧急工作时");
    life.later(50).does(&lead(), &rectify()).unwrap();
    assert_eq!(life.state.next_due_at(), Some(at(250)), "somebody else has to look");
    life.later(60).does(&inspector(), &verify(false)).unwrap();
    assert_eq!(life.state.next_due_at(), Some(at(70)), "nothing was secured");
}

#[test]
fn a_limit_of_one_stage_has_nothing_to_secure() {
    let mut life = accepted("4紧急工作时");
    assert_eq!((life.state.next_due_at(), life.state.stage_due()), (Some(at(250)), None));
    assert_eq!(life.does(&lead(), &secure()), Err(Refusal::NoStageOpen));
}

#[test]
fn stages_stand_still_with_the_clock() {
    let mut life = accepted("1紧急工作时+1紧急工作时+2紧急工作时");
    life.later(40);
    let wish = Wish::Deferral { until: at(1_000) };
    life.does(&lead(), &Command::Ask { wish, reason: words("rain"), photos: Vec::new() }).unwrap();
    let decide = Command::Decide { approved: true, note: words("") };
    life.does(&person(40, Role::Office, None), &decide).unwrap();
    life.does(&person(41, Role::Office, None), &decide).unwrap();
    assert_eq!(life.state.next_due_at(), Some(at(250)), "nobody owes a fence meanwhile");
    life.later(500).does(&office(), &Command::Resume { note: words("dry") }).unwrap();
    assert_eq!(life.state.limit_stages, [at(530), at(590)], "30 and 90 minutes were left");
    assert_eq!((life.state.next_due_at(), life.state.due_at), (Some(at(530)), Some(at(710))));
}

#[test]
fn another_limit_brings_its_stages_and_what_was_done_stays_done() {
    let mut life = accepted("1紧急工作时+3紧急工作时");
    life.later(30).does(&lead(), &secure()).unwrap();
    let graver = reckoned("1紧急工作时+1紧急工作时+1紧急工作时", at(10));
    let raised = Event::Raised {
        condition: words("27b"),
        due_at: Some(graver.due_at),
        limit: Some(Box::new(graver)),
    };
    life.happens(&inspector(), raised);
    assert_eq!(life.state.limit_stages, [at(130)]);
    assert_eq!(life.state.stage_due(), Some((2, 3)));
}

#[test]
fn a_calendar_that_changes_moves_the_stages_and_an_extension_leaves_them() {
    let longer: Limit = "2紧急工作时+3紧急工作时".parse().unwrap();
    let calendar = limit::office_of(&[]);
    let basis = Basis { calendar: &calendar, periods: &[], reference_version: 2 };
    let mut life = accepted("1紧急工作时+3紧急工作时");
    let moved = life.state.recomputed(|_| Some(&longer), basis, at(30)).unwrap().unwrap();
    life.happens(&Actor::system(), moved);
    assert_eq!((life.state.next_due_at(), life.state.due_at), (Some(at(130)), Some(at(310))));

    let later = Event::Extended { due_at: at(2_000), note: words("") };
    life.happens(&office(), later);
    assert_eq!((life.state.next_due_at(), life.state.due_at), (Some(at(130)), Some(at(2_000))));
}

proptest! {
    #[test]
    fn stages_are_due_one_after_the_other_and_never_after_the_limit(
        hours in proptest::collection::vec(1..30_u32, 1..5), minute in 20..300_i64,
    ) {
        let stints = hours.iter().map(|&amount| Stint { amount, unit: Unit::UrgentHours });
        let text = Limit::new(stints.collect()).unwrap().to_string();
        let mut life = accepted(&text);
        let mut before = at(10);
        for hours in &hours {
            let next = life.state.next_due_at().unwrap();
            prop_assert_eq!(next, before + SignedDuration::from_hours(i64::from(*hours)));
            before = next;
            if life.state.stage_due().is_some() {
                life.later(minute).does(&lead(), &secure()).unwrap();
            }
        }
        prop_assert_eq!(Some(before), life.state.due_at);
        prop_assert_eq!(life.state.secured.len() + 1, hours.len());
    }
}
