//! Two issues that are one problem.

use super::*;

fn merge_into(life: &Life, target: &Life, graver: bool) -> Result<(Event, Event), Refusal> {
    decide(&life.state, &office(), &Command::Merge { into: 2 }, &life.facts)?;
    merge((1, &life.state), (2, &target.state), Graver(graver))
}

fn dispatched(minute: i64) -> Life {
    let mut life = Life::new(false);
    life.later(minute).does(&office(), &file()).unwrap();
    life.does(&office(), &dispatch("power", &[])).unwrap();
    life
}

#[test]
fn reports_move_and_are_counted_once() {
    let (mut one, mut other) = (dispatched(0), dispatched(10));
    one.happens(
        &inspector(),
        Event::Joined { report: words("r2"), distance_m: 1.0, against_rectification: false },
    );
    let (merged, absorbed) = merge_into(&one, &other, false).unwrap();
    one.happens(&office(), merged);
    other.happens(&office(), absorbed);
    assert_eq!(
        (one.stage(), one.state.reports, one.state.merged_into),
        (Stage::Merged, 0, Some(2))
    );
    assert_eq!((other.stage(), other.state.reports), (Stage::Dispatched, 3));
    assert!(!Stage::Merged.is_open() && !Stage::Merged.is_counted() && !Stage::Merged.owes_work());
}

#[test]
fn the_earlier_limit_and_the_graver_condition_hold() {
    let (early, mut late) = (dispatched(0), dispatched(30));
    let (_, absorbed) = merge_into(&early, &late, true).unwrap();
    late.happens(&office(), absorbed);
    assert_eq!(late.state.due_at, early.state.due_at, "merging gives nobody more time");
    assert_eq!(late.state.first_due_at, Some(at(270)), "what was first set stays on record");
    assert_eq!(late.state.condition.as_deref(), Some("27a"));
    let (mut early, late) = (dispatched(0), dispatched(30));
    let before = early.state.clone();
    let (_, absorbed) = merge_into(&late, &early, false).unwrap();
    early.happens(&office(), absorbed);
    assert_eq!((early.state.due_at, early.state.condition), (before.due_at, before.condition));
}

#[test]
fn a_report_that_was_never_filed_can_be_merged() {
    let mut target = Life::new(false);
    let (_, absorbed) = merge_into(&Life::new(false), &target, false).unwrap();
    target.happens(&office(), absorbed);
    assert_eq!((target.stage(), target.state.reports), (Stage::Reported, 2));
    assert_eq!((&target.state.condition, target.state.due_at), (&None, None));
    merge_into(&Life::new(false), &dispatched(0), false).unwrap();
}

#[test]
fn each_rule_refuses_by_its_name() {
    let refused = |one: &Life, target: &Life| merge_into(one, target, false).unwrap_err();
    let open = dispatched(0);
    assert_eq!(
        merge((2, &open.state), (2, &open.state), Graver(false)),
        Err(Refusal::MergeIntoItself)
    );
    let mut void = Life::new(false);
    void.does(&office(), &Command::Void { reason: DismissReason::FalseAlarm, note: words("x") })
        .unwrap();
    assert_eq!(refused(&open, &void), Refusal::MergeIntoEnded(Stage::Void));
    assert_eq!(refused(&void, &open), Refusal::WrongStage(Stage::Void));
    assert_eq!(refused(&Life::new(true), &open), Refusal::MergeBlind);
    assert_eq!(refused(&Life::new(false), &Life::new(true)), Refusal::MergeBlind);
    merge_into(&Life::new(true), &Life::new(true), false).unwrap();
    assert_eq!(refused(&open, &Life::new(false)), Refusal::MergeIntoUndispatched);
    let mut rectified = dispatched(0);
    rectified.does(&of_bureau("power"), &Command::Accept).unwrap();
    rectified.does(&of_bureau("power"), &rectify()).unwrap();
    assert_eq!(refused(&rectified, &open), Refusal::WrongStage(Stage::Rectified));
    merge_into(&open, &rectified, false).unwrap();
}
