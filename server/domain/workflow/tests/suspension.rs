//! 缓办 and 挂账: decided by two persons, the clock stands still, and as much time is left afterwards.

use super::*;

fn lead() -> Actor {
    of_bureau("power")
}

fn officer(account: i64) -> Actor {
    person(account, Role::Office, None)
}

fn ask(wish: Wish, form: &[&str]) -> Command {
    let photos = form.iter().map(|photo| words(photo)).collect();
    Command::Ask { wish, reason: words("the road is dug up in spring"), photos }
}

fn defer(minute: i64) -> Command {
    ask(Wish::Deferral { until: at(minute) }, &[])
}

fn shelve(form: &[&str]) -> Command {
    ask(Wish::Shelving { cost_yuan: 120_000 }, form)
}

fn decided(approved: bool) -> Command {
    Command::Decide { approved, note: words("as asked") }
}

fn resume() -> Command {
    Command::Resume { note: words("the road is open already") }
}

/// Dispatched at minute 10, its limit at minute 250.
fn dispatched() -> Life {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.later(10).does(&office(), &dispatch("power", &["mobile"])).unwrap();
    life
}

fn accepted() -> Life {
    let mut life = dispatched();
    life.later(20).does(&lead(), &Command::Accept).unwrap();
    life
}

/// Asked for at minute 100, decided at minute 130.
fn granted(wish: &Command) -> Life {
    let mut life = accepted();
    life.later(100).does(&lead(), wish).unwrap();
    life.does(&officer(40), &decided(true)).unwrap();
    life.later(130).does(&officer(41), &decided(true)).unwrap();
    life
}

#[test]
fn a_deferral_stops_the_clock_when_it_was_asked_for_and_comes_back_by_itself() {
    let mut life = granted(&defer(1_000));
    let stood = life.state.suspension.clone().unwrap();
    assert_eq!((life.stage(), stood.from), (Stage::Deferred, Stage::Accepted));
    assert_eq!((stood.stopped_at, stood.since, stood.until), (at(100), at(130), Some(at(1_000))));
    assert_eq!(life.state.due_at, Some(at(250)), "the limit it had");
    assert!(life.stage().is_open() && !life.stage().owes_work());
    life.later(999);
    assert_eq!(comes_back(&life.state, &life.facts), None);
    life.later(1_000);
    life.facts.resumed_due_at = life.resumed_due_at();
    let event = comes_back(&life.state, &life.facts).unwrap();
    life.happens(&Actor::system(), event);
    assert_eq!((life.stage(), life.state.due_at), (Stage::Accepted, Some(at(1_150))));
    assert_eq!(life.state.first_due_at, Some(at(250)));
    assert_eq!(comes_back(&life.state, &life.facts), None, "once");
}

#[test]
fn what_is_shelved_is_reviewed_until_somebody_takes_it_up_again() {
    let mut life = granted(&shelve(&["form"]));
    let stood = life.state.suspension.clone().unwrap();
    assert_eq!((life.stage(), stood.cost_yuan), (Stage::Shelved, Some(120_000)));
    assert_eq!(stood.review_by, Some(at(130 + 43_200)));
    life.later(99_999);
    assert_eq!(comes_back(&life.state, &life.facts), None);
    let silent = Command::Review { note: words(" ") };
    assert_eq!(life.does(&office(), &silent), Err(Refusal::ReasonMissing));
    life.does(&office(), &Command::Review { note: words("no money this year") }).unwrap();
    let stood = life.state.suspension.clone().unwrap();
    assert_eq!((stood.reviews, stood.review_by), (1, Some(at(99_999 + 43_200))));
    life.does(&office(), &resume()).unwrap();
    assert_eq!((life.stage(), life.state.due_at), (Stage::Accepted, Some(at(99_999 + 150))));
}

#[test]
fn the_lead_takes_it_up_again_and_nobody_else_of_a_bureau_does() {
    let mut life = granted(&defer(1_000));
    assert_eq!(life.does(&of_bureau("mobile"), &resume()), Err(Refusal::NotLead));
    let silent = Command::Resume { note: words("") };
    assert_eq!(life.does(&lead(), &silent), Err(Refusal::ReasonMissing));
    life.later(400).does(&lead(), &resume()).unwrap();
    assert_eq!((life.stage(), life.state.due_at), (Stage::Accepted, Some(at(550))));
}

#[test]
fn who_was_late_when_the_clock_stopped_is_late_again() {
    let mut life = accepted();
    life.later(300).does(&lead(), &shelve(&["form"])).unwrap();
    life.does(&officer(40), &decided(true)).unwrap();
    life.does(&officer(41), &decided(true)).unwrap();
    life.later(5_000).does(&office(), &resume()).unwrap();
    assert_eq!(life.state.due_at, Some(at(5_000)));
}

#[test]
fn the_office_orders_it_and_a_second_person_decides() {
    let mut life = dispatched();
    assert_eq!(
        life.does(&lead(), &defer(1_000)),
        Err(Refusal::WrongStage(Stage::Dispatched)),
        "a bureau accepts first"
    );
    life.later(60).does(&officer(40), &defer(1_000)).unwrap();
    assert_eq!(life.state.request.as_ref().unwrap().endorsed_by, Some(40));
    assert_eq!(life.does(&officer(40), &decided(true)), Err(Refusal::RequestSamePerson));
    life.later(70).does(&officer(41), &decided(true)).unwrap();
    life.later(500).does(&office(), &resume()).unwrap();
    assert_eq!((life.stage(), life.state.return_until), (Stage::Dispatched, Some(at(620))));
    let time = ask(Wish::Extension { until: at(9_000) }, &[]);
    assert_eq!(life.does(&office(), &time), Err(Refusal::NotLead));
}

#[test]
fn what_may_not_be_asked_for_is_named() {
    let refused = |command: &Command, rule| {
        let mut life = accepted();
        assert_eq!(life.does(&lead(), command), Err(rule));
        assert_eq!(life.state.request, None);
    };
    refused(&defer(20), Refusal::DeferralOver);
    refused(&defer(20 + UNTIL_AT_MOST_DAYS * 1_440 + 1), Refusal::UntilTooFar);
    refused(&shelve(&[]), Refusal::FormMissing);
    let mut life = accepted();
    life.does(&lead(), &shelve(&["form"])).unwrap();
    assert_eq!(life.does(&lead(), &defer(900)), Err(Refusal::RequestPending), "one at a time");
    // The office took too long: it can only be against it.
    let mut slow = accepted();
    slow.does(&lead(), &defer(200)).unwrap();
    slow.does(&officer(40), &decided(true)).unwrap();
    assert_eq!(slow.later(200).does(&officer(41), &decided(true)), Err(Refusal::DeferralOver));
    slow.does(&officer(41), &decided(false)).unwrap();
    assert_eq!(slow.stage(), Stage::Accepted);
}

#[test]
fn nobody_works_on_what_is_suspended() {
    for wish in [defer(1_000), shelve(&["form"])] {
        let mut life = granted(&wish);
        let stage = life.stage();
        for (actor, command) in [
            (lead(), rectify()),
            (lead(), give_back()),
            (lead(), Command::Accept),
            (office(), dispatch("water", &[])),
            (office(), Command::Override { reason: words("on record") }),
            (inspector(), verify(true)),
        ] {
            assert_eq!(life.does(&actor, &command), Err(Refusal::WrongStage(stage)), "{command:?}");
        }
        let other = Life::new(false);
        let both = ((1, &life.state), (2, &other.state));
        assert_eq!(merge(both.0, both.1, Graver(false)), Err(Refusal::MergeSuspended));
        assert_eq!(merge(both.1, both.0, Graver(false)), Err(Refusal::MergeSuspended));
        let void = Command::Void { reason: DismissReason::FalseAlarm, note: words("no hole") };
        life.does(&office(), &void).unwrap();
        assert_eq!((life.stage(), &life.state.suspension), (Stage::Void, &None));
    }
}
