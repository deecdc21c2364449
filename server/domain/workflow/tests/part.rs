//! 配合: those who help take their part, do it, and only then is the issue rectified.

use super::*;

fn set_task(bureau: &str, due: Option<i64>) -> Command {
    Command::SetTask { bureau: words(bureau), task: words("take down yours"), due_at: due.map(at) }
}

fn finish() -> Command {
    Command::FinishPart { note: words("taken down"), photos: vec![words("p2")] }
}

fn let_off(bureau: &str) -> Command {
    Command::ReleasePart { bureau: words(bureau), reason: words("none of theirs there") }
}

/// Accepted by its lead at minute 20, its limit at minute 250; mobile and unicom help.
fn accepted() -> Life {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.later(10).does(&office(), &dispatch("power", &["mobile", "unicom"])).unwrap();
    life.later(20).does(&of_bureau("power"), &Command::Accept).unwrap();
    life
}

fn part(life: &Life, bureau: &str) -> Part {
    life.state.part(bureau).unwrap()
}

#[test]
fn the_lead_rectifies_once_every_part_is_done_or_released() {
    let (mut life, lead, mobile) = (accepted(), of_bureau("power"), of_bureau("mobile"));
    life.does(&lead, &set_task("mobile", Some(200))).unwrap();
    life.does(&office(), &set_task("unicom", None)).unwrap();
    assert_eq!(part(&life, "mobile").limit(&life.state), Some(at(200)));
    assert_eq!(part(&life, "unicom").limit(&life.state), Some(at(250)));
    assert_eq!(life.does(&lead, &rectify()), Err(Refusal::PartsOwed));
    assert_eq!(life.does(&mobile, &finish()), Err(Refusal::PartNotAccepted));
    life.later(30).does(&mobile, &Command::AcceptPart).unwrap();
    assert_eq!(life.does(&mobile, &Command::AcceptPart), Err(Refusal::PartAccepted));
    life.later(40).does(&mobile, &finish()).unwrap();
    let done = part(&life, "mobile");
    assert_eq!(
        (done.accepted_at, done.done_at, done.is_owed()),
        (Some(at(30)), Some(at(40)), false)
    );
    assert_eq!(life.does(&lead, &rectify()), Err(Refusal::PartsOwed));
    life.later(50).does(&office(), &let_off("unicom")).unwrap();
    assert!(!part(&life, "unicom").is_counted());
    life.does(&lead, &rectify()).unwrap();
    assert_eq!(life.stage(), Stage::Rectified);
}

#[test]
fn who_was_asked_for_nothing_holds_nobody_up() {
    let mut life = accepted();
    life.does(&of_bureau("mobile"), &Command::AcceptPart).unwrap();
    assert_eq!(life.does(&of_bureau("mobile"), &finish()), Err(Refusal::PartNotOwed));
    life.does(&of_bureau("power"), &rectify()).unwrap();
}

#[test]
fn what_was_done_badly_is_sent_back_and_counted() {
    let (mut life, lead, mobile) = (accepted(), of_bureau("power"), of_bureau("mobile"));
    life.does(&lead, &set_task("mobile", None)).unwrap();
    life.does(&mobile, &Command::AcceptPart).unwrap();
    life.does(&mobile, &finish()).unwrap();
    life.later(60).does(&lead, &rectify()).unwrap();
    life.does(&inspector(), &verify(false)).unwrap();
    life.later(70).does(&lead, &Command::Accept).unwrap();
    life.does(&lead, &set_task("mobile", None)).unwrap();
    assert_eq!((part(&life, "mobile").rework, part(&life, "mobile").is_owed()), (1, true));
    assert_eq!(life.does(&lead, &rectify()), Err(Refusal::PartsOwed));
    life.does(&mobile, &finish()).unwrap();
    life.does(&lead, &rectify()).unwrap();
}

#[test]
fn what_may_not_be_done_about_a_part_is_named() {
    let refused = |actor: &Actor, command: &Command, rule| {
        let mut life = accepted();
        assert_eq!(life.does(actor, command), Err(rule), "{command:?}");
    };
    let (lead, mobile, water) = (of_bureau("power"), of_bureau("mobile"), of_bureau("water"));
    refused(&mobile, &set_task("unicom", None), Refusal::NotLead);
    refused(&lead, &set_task("water", None), Refusal::NotCooperating);
    refused(&lead, &set_task("mobile", Some(251)), Refusal::PartDueAfterIssue);
    refused(&lead, &set_task("mobile", Some(20)), Refusal::PartDuePast);
    let mute = Command::SetTask { bureau: words("mobile"), task: words(" "), due_at: None };
    refused(&lead, &mute, Refusal::ReasonMissing);
    refused(&lead, &Command::AcceptPart, Refusal::NotCooperating);
    refused(&water, &Command::AcceptPart, Refusal::NotCooperating);
    refused(&office(), &let_off("mobile"), Refusal::PartNotOwed);
    refused(&office(), &let_off("water"), Refusal::NotCooperating);
    let mut life = accepted();
    life.does(&lead, &set_task("mobile", None)).unwrap();
    life.does(&mobile, &Command::AcceptPart).unwrap();
    let bare = Command::FinishPart { note: words("done"), photos: Vec::new() };
    assert_eq!(life.does(&mobile, &bare), Err(Refusal::AfterPhotoMissing));
    let mute = Command::ReleasePart { bureau: words("mobile"), reason: words("") };
    assert_eq!(life.does(&office(), &mute), Err(Refusal::ReasonMissing));
}

#[test]
fn an_earlier_limit_of_the_issue_is_one_of_its_parts_too() {
    let mut life = accepted();
    life.does(&of_bureau("power"), &set_task("mobile", Some(200))).unwrap();
    life.happens(
        &inspector(),
        Event::Raised { condition: words("27b"), due_at: Some(at(100)), limit: None },
    );
    assert_eq!(part(&life, "mobile").limit(&life.state), Some(at(100)));
}

#[test]
fn who_goes_on_helping_keeps_its_part_and_a_rules_sub_task_is_for_all() {
    let mut life = accepted();
    life.does(&of_bureau("power"), &set_task("mobile", None)).unwrap();
    life.does(&of_bureau("mobile"), &Command::AcceptPart).unwrap();
    let before = part(&life, "mobile");
    life.does(&office(), &dispatch("water", &["mobile", "telecom"])).unwrap();
    assert_eq!(part(&life, "mobile"), before);
    assert_eq!(life.state.part("unicom"), None);
    let because =
        crate::routing::Because { task: Some(words("take down yours")), ..log::by_rule() };
    let (because, reason) = (Some(Box::new(because)), String::new());
    let cooperating = vec![words("mobile"), words("telecom")];
    let by_rule = Command::Dispatch { lead: words("water"), cooperating, because, reason };
    life.does(&office(), &by_rule).unwrap();
    assert_eq!(part(&life, "mobile"), before);
    assert!(part(&life, "telecom").is_owed());
    assert_eq!(life.does(&of_bureau("water"), &Command::Accept), Ok(()));
    assert_eq!(life.does(&of_bureau("water"), &rectify()), Err(Refusal::PartsOwed));
}

#[test]
fn whoever_did_a_part_does_not_verify_it() {
    let (mut life, lead) = (accepted(), of_bureau("power"));
    life.does(&lead, &set_task("mobile", None)).unwrap();
    let helper = person(7, Role::Bureau, Some("mobile"));
    life.does(&helper, &Command::AcceptPart).unwrap();
    life.does(&helper, &finish()).unwrap();
    life.later(60).does(&lead, &rectify()).unwrap();
    life.with_photo(55, 1.0);
    let moved = person(7, Role::Inspector, None);
    assert_eq!(life.does(&moved, &verify(true)), Err(Refusal::VerifierRectified));
    life.does(&inspector(), &verify(true)).unwrap();
}
