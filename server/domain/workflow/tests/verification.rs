//! Who looks again, how, and why this way: the draw, its share, and the desk.

use proptest::prelude::*;

use super::*;

pub(super) fn share(percent: u32) -> Share {
    Share { seed: words("2026"), percent, raised: None }
}

pub(super) fn left_out() -> Owed {
    let draw = Draw {
        seed: words("2026"),
        of: words("412"),
        percent: 30,
        number: 9_000,
        raised: Some(Raised { issue: 400, left: 2 }),
    };
    Owed { way: Way::Desk, because: CheckBecause::LeftOut(draw) }
}

fn by(way: Way, passed: bool) -> Command {
    Command::Verify { passed, note: words("looked"), photos: Vec::new(), way: Some(way) }
}

/// Rectified at minute 60 by account 3 of power, with a share of so many per cent; none: every one is looked at.
fn rectified(percent: Option<u32>) -> Life {
    let mut life = Life::new(false);
    life.facts.checking = Checking { issue: 412, share: percent.map(share) };
    life.does(&office(), &file()).unwrap();
    life.does(&office(), &dispatch("power", &[])).unwrap();
    life.does(&of_bureau("power"), &Command::Accept).unwrap();
    life.later(60).does(&of_bureau("power"), &rectify()).unwrap();
    life.with_photo(55, 10.0).later(90);
    life
}

fn because(life: &Life) -> &'static str {
    life.state.verification.as_ref().unwrap().because.word()
}

#[test]
fn the_number_of_a_draw_can_be_reckoned_by_anybody() {
    // printf '2026/412/1800003600000000' | sha256sum | cut -c1-16: modulo 10,000.
    let draw = Draw::new(&share(30), "412", at(60));
    assert_eq!(draw.number, 9_058);
    assert!(!draw.is_hit());
    assert!(Draw { percent: 91, ..draw.clone() }.is_hit());
    assert!(!Draw { percent: 90, ..draw }.is_hit());
}

proptest! {
    #[test]
    fn of_many_as_many_are_drawn_as_the_share_says(
        percent in 0..=100_u32, first in 0..1_000_000_i64, seed in "[a-z0-9]{1,8}",
    ) {
        let share = Share { seed, percent, raised: None };
        let number = |n: i64| Draw::new(&share, &(first + n).to_string(), at(n));
        let hits = (0..4_000).filter(|n| number(*n).is_hit()).count();
        let expected = f64::from(percent) * 40.0;
        // More than five standard deviations of a fair coin off, and it is none.
        let off = (f64::from(u32::try_from(hits).unwrap()) - expected).abs();
        prop_assert!(off <= 160.0, "{hits} of 4000 at {percent} %");
        prop_assert_eq!(number(7), number(7));
        // Two instants may have one number; a hundred do not.
        let mut others = (8..108).map(|n| Draw::new(&share, &(first + 7).to_string(), at(n)));
        prop_assert!(others.any(|other| other != number(7)));
    }
}

#[test]
fn what_is_grave_is_looked_at_on_site_and_passes_from_no_desk() {
    let mut life = rectified(None);
    assert_eq!(because(&life), "every");
    assert_eq!(life.does(&office(), &by(Way::Desk, true)), Err(Refusal::OnSiteOwed));
    assert_eq!(life.does(&inspector(), &by(Way::Desk, true)), Err(Refusal::DeskByOffice));
    life.does(&office(), &by(Way::Video, true)).unwrap();
    assert_eq!((life.stage(), &life.state.verification), (Stage::Closed, &None));
}

#[test]
fn that_it_is_not_done_may_be_seen_from_the_desk() {
    let mut life = rectified(Some(100));
    assert_eq!(because(&life), "drawn");
    assert_eq!(life.does(&office(), &by(Way::Desk, true)), Err(Refusal::OnSiteOwed));
    life.does(&office(), &by(Way::Desk, false)).unwrap();
    assert_eq!(life.stage(), Stage::Reopened);
    let Some(Event::Reopened { way, .. }) = life.log.last().map(|entry| entry.event.clone()) else {
        panic!("{:?}", life.log.last());
    };
    assert_eq!(way, Some(Way::Desk));
}

#[test]
fn what_the_draw_leaves_out_is_passed_by_the_office_from_the_desk() {
    let mut life = rectified(Some(0));
    assert_eq!(because(&life), "left_out");
    assert_eq!(life.does(&inspector(), &by(Way::Desk, true)), Err(Refusal::DeskByOffice));
    let rectifier = person(3, Role::Office, None);
    assert_eq!(life.does(&rectifier, &by(Way::Desk, true)), Err(Refusal::VerifierRectified));
    life.does(&office(), &verify(true)).unwrap();
    let closed = life.log.last().map(|entry| entry.event.clone());
    let as_owed = Event::Closed { note: words("looked"), photos: vec![], way: Some(Way::Desk) };
    assert_eq!(closed, Some(as_owed));
}

#[test]
fn whoever_goes_there_though_the_desk_would_do_is_not_turned_away() {
    let mut life = rectified(Some(0));
    life.does(&inspector(), &verify(true)).unwrap();
    let last = life.log.last().map(|entry| &entry.event);
    assert!(matches!(last, Some(Event::Closed { way: Some(Way::OnSite), .. })), "{last:?}");
}

#[test]
fn what_failed_once_is_always_looked_at_on_site() {
    let mut life = rectified(Some(0));
    life.does(&office(), &verify(false)).unwrap();
    life.later(100).does(&of_bureau("power"), &Command::Accept).unwrap();
    life.does(&of_bureau("power"), &rectify()).unwrap();
    assert_eq!(because(&life), "rework");
}

#[test]
fn a_report_that_contradicts_sends_somebody_there() {
    let mut life = rectified(Some(0));
    let joined =
        Event::Joined { report: words("r2"), distance_m: 3.0, against_rectification: true };
    life.happens(&inspector(), joined);
    assert_eq!(because(&life), "contradicted");
    assert_eq!(life.does(&office(), &by(Way::Desk, true)), Err(Refusal::OnSiteOwed));
}

#[test]
fn the_task_is_given_to_nobody_who_did_the_work() {
    let life = rectified(Some(100));
    let given = |account, role, bureau| may_be_given(&life.state, &person(account, role, bureau));
    assert_eq!(given(3, Role::Inspector, None), Err(Refusal::VerifierRectified));
    assert_eq!(given(9, Role::Bureau, Some("power")), Err(Refusal::VerifierOfBureau));
    assert_eq!(given(9, Role::Bureau, Some("water")), Err(Refusal::VerifierOfBureau));
    assert_eq!(given(2, Role::Inspector, None), Ok(()));
    let open = Life::new(false);
    let refused = Err(Refusal::WrongStage(Stage::Reported));
    assert_eq!(may_be_given(&open.state, &inspector()), refused);
}
