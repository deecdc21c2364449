//! 延期: asked for in time, decided on by two persons, lapsing with the work it was for.

use super::*;

fn lead() -> Actor {
    of_bureau("power")
}

fn officer(account: i64) -> Actor {
    person(account, Role::Office, None)
}

fn ask(minute: i64, form: &[&str]) -> Command {
    let photos = form.iter().map(|photo| words(photo)).collect();
    Command::Ask {
        wish: Wish::Extension { until: at(minute) },
        reason: words("waiting for parts"),
        photos,
    }
}

fn decided(approved: bool) -> Command {
    Command::Decide { approved, note: words("as asked") }
}

/// Accepted at minute 20, its limit at minute 250.
fn accepted() -> Life {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.later(10).does(&office(), &dispatch("power", &["mobile"])).unwrap();
    life.later(20).does(&lead(), &Command::Accept).unwrap();
    life
}

fn extended() -> Life {
    let mut life = accepted();
    life.later(30).does(&lead(), &ask(500, &[])).unwrap();
    life.does(&officer(40), &decided(true)).unwrap();
    life.does(&officer(41), &decided(true)).unwrap();
    life
}

#[test]
fn two_persons_move_the_limit_and_the_first_one_is_kept() {
    let mut life = accepted();
    life.later(30).does(&lead(), &ask(500, &[])).unwrap();
    let asked = life.state.request.clone().unwrap();
    assert_eq!(
        (asked.wish, asked.at, asked.endorsed_by),
        (Wish::Extension { until: at(500) }, at(30), None)
    );
    assert_eq!(life.state.due_at, Some(at(250)), "nobody has decided");
    life.later(40).does(&officer(40), &decided(true)).unwrap();
    assert_eq!(life.state.due_at, Some(at(250)), "one level has");
    assert_eq!(life.does(&officer(40), &decided(true)), Err(Refusal::RequestSamePerson));
    life.later(50).does(&officer(41), &decided(true)).unwrap();
    let state = &life.state;
    assert_eq!((state.first_due_at, state.due_at), (Some(at(250)), Some(at(500))));
    assert_eq!((state.extensions, &state.request), (1, &None));
}

#[test]
fn either_level_may_be_against_it_in_words() {
    for first in [false, true] {
        let mut life = accepted();
        life.does(&lead(), &ask(500, &[])).unwrap();
        if first {
            life.does(&officer(40), &decided(true)).unwrap();
        }
        let silent = Command::Decide { approved: false, note: words(" ") };
        assert_eq!(life.does(&officer(41), &silent), Err(Refusal::ReasonMissing));
        life.does(&officer(41), &decided(false)).unwrap();
        assert_eq!((life.state.due_at, life.state.extensions), (Some(at(250)), 0));
        assert_eq!(life.does(&officer(41), &decided(true)), Err(Refusal::RequestMissing));
        life.does(&lead(), &ask(400, &[])).unwrap();
    }
}

#[test]
fn what_may_not_be_asked_for_is_named() {
    let refused = |life: &mut Life, command: &Command, rule| {
        assert_eq!(life.does(&lead(), command), Err(rule));
        assert_eq!(life.state.request, None);
    };
    refused(&mut accepted(), &ask(250, &[]), Refusal::ExtensionNotLater);
    let year = UNTIL_AT_MOST_DAYS * 24 * 60;
    refused(&mut accepted(), &ask(20 + year + 1, &[]), Refusal::UntilTooFar);
    refused(accepted().later(251), &ask(500, &[]), Refusal::ExtensionTooLate);
    let silent = Command::Ask {
        wish: Wish::Extension { until: at(500) },
        reason: words(" "),
        photos: Vec::new(),
    };
    refused(&mut accepted(), &silent, Refusal::ReasonMissing);
    let mut unlimited = accepted();
    unlimited.state.due_at = None;
    refused(&mut unlimited, &ask(500, &[]), Refusal::ExtensionWithoutLimit);
    assert_eq!(accepted().does(&of_bureau("mobile"), &ask(500, &[])), Err(Refusal::NotLead));
    let mut twice = accepted();
    twice.does(&lead(), &ask(500, &[])).unwrap();
    assert_eq!(twice.does(&lead(), &ask(600, &[])), Err(Refusal::RequestPending));
}

#[test]
fn the_second_one_comes_with_the_stamped_form() {
    let mut life = extended();
    assert_eq!(life.does(&lead(), &ask(600, &[])), Err(Refusal::FormMissing));
    life.does(&lead(), &ask(600, &["form"])).unwrap();
    life.does(&officer(41), &decided(true)).unwrap();
    life.does(&officer(40), &decided(true)).unwrap();
    assert_eq!((life.state.due_at, life.state.extensions), (Some(at(600)), 2));
    assert_eq!(life.state.first_due_at, Some(at(250)));
}

#[test]
fn what_was_asked_for_lapses_with_the_work() {
    let moves: [(Actor, Command); 4] = [
        (lead(), rectify()),
        (lead(), give_back()),
        (office(), dispatch("water", &[])),
        (office(), Command::Override { reason: words("on record") }),
    ];
    for (actor, command) in moves {
        let mut life = accepted();
        life.does(&lead(), &ask(500, &[])).unwrap();
        life.does(&actor, &command).unwrap();
        assert_eq!(life.state.request, None, "{command:?}");
        assert!(life.does(&officer(40), &decided(true)).is_err(), "{command:?}");
        assert_eq!(life.state.due_at, Some(at(250)));
    }
}
