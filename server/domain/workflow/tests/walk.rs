//! Random lives: whatever anybody tries in whatever order, the promises hold.

use std::cell::Cell;

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use super::*;
use crate::deadline::{Limit, Stint, Unit};

/// Everybody who tries something. The last one is the first after a move to the inspectors.
fn cast() -> Vec<Actor> {
    vec![
        person(10, Role::Bureau, Some("a")),
        person(11, Role::Bureau, Some("a")),
        person(20, Role::Bureau, Some("b")),
        person(21, Role::Bureau, Some("b")),
        person(30, Role::Bureau, Some("c")),
        person(40, Role::Office, None),
        person(41, Role::Office, None),
        person(50, Role::Inspector, None),
        person(51, Role::Inspector, None),
        person(60, Role::Supervisor, None),
        person(10, Role::Inspector, None),
    ]
}

#[derive(Debug, Clone)]
enum Try {
    /// Anything by anybody.
    Any(usize, Command),
    /// What a willing town would do next, the lead bureau being the one of this index.
    Next(usize),
    /// The lead bureau gives it back.
    GiveBack,
    /// The lead bureau says what one that helps has to do.
    Share,
    /// The lead bureau asks for this, its minutes counted from now, and both persons of the office are for it.
    Grant(Wish),
    /// The date of a deferral may be over, and somebody looks.
    ComeBack,
    /// The desk offers it.
    Offer,
    /// The time of an offer may be over, and somebody looks.
    Lapse,
    /// Somebody says that it is done.
    Pass(usize),
    /// A joining report shows a graver condition, with this limit.
    Graver(Option<i64>),
    /// Newer reference data gives its condition another limit, of so many hours.
    NewRule(u32),
}

#[derive(Debug, Clone)]
struct Step {
    minutes: i64,
    photos: Vec<(bool, bool, i64, Option<f64>)>,
    what: Try,
}

fn note() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(words("because")), 1 => Just(words(" "))]
}

fn some_photos() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(Just(words("p")), 0..3)
}

fn any_dispatch() -> impl Strategy<Value = Command> {
    let bureau = || proptest::sample::select(vec!["a", "b"]);
    let helpers = proptest::sample::subsequence(vec!["a", "b"], 0..=2);
    (bureau(), helpers).prop_map(|(lead, helpers)| dispatch(lead, &helpers))
}

fn helper() -> impl Strategy<Value = String> {
    proptest::sample::select(vec!["a", "b", "c"]).prop_map(words)
}

fn any_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        2 => (0..1_000_i64).prop_map(|minute| Wish::Extension { until: at(minute) }),
        1 => (0..1_000_i64).prop_map(|minute| Wish::Deferral { until: at(minute) }),
        1 => (1..9_u64).prop_map(|cost_yuan| Wish::Shelving { cost_yuan }),
    ]
}

fn any_way() -> impl Strategy<Value = Way> {
    proptest::sample::select(vec![Way::OnSite, Way::Desk, Way::Video])
}

fn any_command() -> impl Strategy<Value = Command> {
    let reason = DismissReason::Duplicate;
    prop_oneof![
        2 => Just(file()),
        1 => note().prop_map(move |note| Command::Refuse { reason, note }),
        1 => note().prop_map(move |note| Command::Void { reason, note }),
        2 => Just(Command::Release),
        6 => any_dispatch(),
        1 => (proptest::sample::subsequence(vec!["a", "b", "c"], 0..=3), any::<bool>())
            .prop_map(|(to, others_help)| claim::offer(&to, others_help)),
        2 => Just(Command::Claim),
        1 => note().prop_map(|reason| Command::DeclineClaim { reason }),
        6 => Just(Command::Accept),
        6 => note().prop_map(|note| Command::Return { reason: ReturnReason::Gone, note }),
        6 => some_photos().prop_map(|photos| Command::Rectify {
            outcome: Outcome::Rectified,
            note: words("done"),
            photos,
        }),
        5 => (note(), some_photos())
            .prop_map(|(note, photos)| Command::Secure { note, photos }),
        7 => (any_wish(), note(), some_photos())
            .prop_map(|(wish, reason, photos)| Command::Ask { wish, reason, photos }),
        6 => (proptest::bool::weighted(0.8), note())
            .prop_map(|(approved, note)| Command::Decide { approved, note }),
        3 => note().prop_map(|note| Command::Resume { note }),
        2 => note().prop_map(|note| Command::Review { note }),
        4 => (helper(), note(), proptest::option::of(0..1_000_i64)).prop_map(
            |(bureau, task, due)| Command::SetTask { bureau, task, due_at: due.map(at) },
        ),
        3 => Just(Command::AcceptPart),
        3 => (note(), some_photos())
            .prop_map(|(note, photos)| Command::FinishPart { note, photos }),
        2 => (helper(), note()).prop_map(|(bureau, reason)| Command::ReleasePart { bureau, reason }),
        9 => (any::<bool>(), note(), some_photos(), proptest::option::of(any_way()))
            .prop_map(|(passed, note, photos, way)| Command::Verify { passed, note, photos, way }),
        1 => note().prop_map(|reason| Command::Override { reason }),
    ]
}

prop_compose! {
    fn a_step()(
        minutes in 0..60_i64,
        photos in proptest::collection::vec(
            (any::<bool>(), proptest::bool::weighted(0.2), -30..300_i64, proptest::option::of(0.0..400.0)),
            0..4,
        ),
        what in prop_oneof![
            8 => (0..cast().len(), any_command()).prop_map(|(who, command)| Try::Any(who, command)),
            6 => (0..4_usize).prop_map(Try::Next),
            2 => Just(Try::GiveBack),
            1 => Just(Try::Share),
            2 => any_wish().prop_map(Try::Grant),
            1 => Just(Try::ComeBack),
            1 => Just(Try::Offer),
            1 => Just(Try::Lapse),
            5 => proptest::sample::select(vec![1, 2, 4, 5, 6, 7, 9, 10, 10, 10]).prop_map(Try::Pass),
            1 => proptest::option::of(0..600_i64).prop_map(Try::Graver),
            1 => (1..12_u32).prop_map(Try::NewRule),
        ],
    ) -> Step {
        Step { minutes, photos, what }
    }
}

/// Somebody of the bureau that leads now.
fn of_lead(life: &Life) -> Actor {
    let leads = |actor: &Actor| actor.bureau.is_some() && actor.bureau == life.state.lead;
    cast().into_iter().find(leads).unwrap_or_else(office)
}

/// What somebody who helps would do next, where one has something to do.
fn next_part(life: &Life) -> Option<(Actor, Command)> {
    let part = life.state.parts.iter().find(|part| part.is_owed())?;
    let helps = |actor: &Actor| actor.bureau.as_ref() == Some(&part.bureau);
    let helper = cast().into_iter().find(helps)?;
    let finish = Command::FinishPart { note: words("done"), photos: vec![words("p")] };
    Some((helper, if part.accepted_at.is_some() { finish } else { Command::AcceptPart }))
}

/// The office where its desk would do, and somebody who goes there where not.
fn whoever_is_owed(life: &Life) -> Actor {
    let owed = life.state.verification.as_ref();
    if owed.is_some_and(|owed| owed.way == Way::Desk) { office() } else { inspector() }
}

fn next(life: &Life, lead: usize) -> (Actor, Command) {
    let lead = cast()[lead].bureau.clone().unwrap();
    match life.stage() {
        Stage::Filed if life.state.blind => (office(), Command::Release),
        Stage::Filed if life.state.offer.is_some() => (cast()[0].clone(), Command::Claim),
        Stage::Filed | Stage::Returned => (office(), dispatch(&lead, &["c"])),
        Stage::Dispatched | Stage::Reopened => (of_lead(life), Command::Accept),
        Stage::Accepted => next_part(life).unwrap_or_else(|| (of_lead(life), rectify())),
        Stage::Rectified => (whoever_is_owed(life), verify(true)),
        Stage::Deferred => (office(), Command::Resume { note: words("it can be done") }),
        Stage::Shelved => (office(), Command::Review { note: words("no money yet") }),
        _ => (office(), file()),
    }
}

/// What the log alone says of everybody who may not verify, without asking the state.
fn is_independent(log: &[Recorded], verifier: &Recorded) -> bool {
    let rectifier = log.iter().rfind(|entry| matches!(entry.event, Event::Rectified { .. }));
    let on_it = log.iter().any(|entry| match &entry.event {
        Event::Dispatched { lead, cooperating, .. } => {
            let bureau = verifier.bureau.as_ref();
            bureau.is_some_and(|bureau| bureau == lead || cooperating.contains(bureau))
        }
        _ => false,
    });
    rectifier.is_some_and(|entry| entry.by != verifier.by) && !on_it
}

fn has_proof(log: &[Recorded], photos: &[AfterPhoto]) -> bool {
    let first = log.iter().find(|entry| matches!(entry.event, Event::Dispatched { .. })).unwrap();
    photos.iter().any(|photo| {
        photo.stored
            && !photo.unreadable
            && photo.captured_at >= first.at
            && photo.distance_m.is_some_and(|far| far <= 200.0)
    })
}

/// Whether every sub-task was done or released since it was set, without asking the state.
fn no_part_is_owed(log: &[Recorded]) -> bool {
    let dispatched = |bureau: &str| {
        log.iter().rposition(|entry| match &entry.event {
            Event::Dispatched { cooperating, .. } => !cooperating.iter().any(|code| code == bureau),
            Event::Unrouted { .. } | Event::Offered { .. } => true,
            _ => false,
        })
    };
    log.iter().enumerate().all(|(at, entry)| match &entry.event {
        Event::SubTaskSet { bureau, .. } => {
            // It went with the bureau, or something came of it.
            dispatched(bureau).is_some_and(|left| left > at)
                || log[at..].iter().any(|entry| match &entry.event {
                    Event::PartDone { bureau: of, .. } | Event::PartReleased { bureau: of, .. } => {
                        of == bureau
                    }
                    _ => false,
                })
        }
        _ => true,
    })
}

/// Whether two persons were for what was asked for last, without asking the state.
fn was_approved_twice(log: &[Recorded]) -> bool {
    let asked = log.iter().rposition(|entry| matches!(entry.event, Event::Asked { .. }));
    let Some((asked, granted)) = asked.zip(log.last()) else { return false };
    log[asked..]
        .iter()
        .any(|entry| matches!(entry.event, Event::Endorsed { .. }) && entry.by != granted.by)
}

/// What is granted was approved by two persons; nobody works on what is suspended; and whoever takes it up again has
/// as much time as was left, and no more.
fn clock_stands_only_by_decision(
    before: &IssueState,
    news: &[Recorded],
    life: &Life,
) -> Result<(), TestCaseError> {
    let now = &life.state;
    let granted = matches!(
        news.last().map(|entry| &entry.event),
        Some(Event::Extended { .. } | Event::Deferred { .. } | Event::Shelved { .. })
    );
    prop_assert!(!granted || was_approved_twice(&life.log));
    prop_assert_eq!(now.stage.is_suspended(), now.suspension.is_some());
    prop_assert!(!now.stage.is_suspended() || before.stage.is_suspended() || granted);
    if let Some(stood) = before.suspension.as_ref().filter(|_| !now.stage.is_suspended()) {
        let took = news.last().map(|entry| &entry.event);
        prop_assert!(
            matches!(took, Some(Event::Resumed { .. } | Event::Voided { .. })),
            "{took:?}"
        );
        if matches!(took, Some(Event::Resumed { .. })) {
            let left = |state: &IssueState, from: Timestamp| {
                state.due_at.map(|due| due.duration_since(from).max(jiff::SignedDuration::ZERO))
            };
            prop_assert_eq!(left(now, life.facts.now), left(before, stood.stopped_at));
            prop_assert_eq!(now.stage, stood.from);
        }
    }
    Ok(())
}

/// A stage is done by its own step, with photos, and moves no limit; and nobody is told of a stage after the limit.
fn stages_are_done_by_steps(
    before: &IssueState,
    news: &[Recorded],
    life: &Life,
) -> Result<(), TestCaseError> {
    let (now, secured) =
        (&life.state, |entry: &Recorded| matches!(entry.event, Event::Secured { .. }));
    prop_assert_eq!(now.secured.len(), life.log.iter().filter(|entry| secured(entry)).count());
    prop_assert!(now.next_due_at() <= now.due_at || now.due_at.is_none());
    prop_assert!(now.limit_stages.is_sorted());
    if news.iter().any(secured) {
        prop_assert_eq!(&now.limit_stages[..], &before.limit_stages[1..]);
        prop_assert_eq!((now.due_at, now.stage), (before.due_at, Stage::Accepted));
    }
    Ok(())
}

/// What is only offered has no bureau; one of those it was offered to has it once it is claimed, and leads alone of
/// those who had the same chance; and what is over is withdrawn.
fn offers_are_kept(
    before: &IssueState,
    news: &[Recorded],
    life: &Life,
) -> Result<(), TestCaseError> {
    let now = &life.state;
    if let Some(offer) = &now.offer {
        prop_assert_eq!((now.stage, now.lead.as_ref()), (Stage::Filed, None));
        prop_assert!(now.cooperating.is_empty() && now.parts.is_empty() && !now.blind);
        prop_assert!(offer.asked().next().is_some(), "nobody is asked any more");
        prop_assert!(now.candidates().iter().all(|code| now.offered_to.contains(code)));
    }
    for entry in news {
        match &entry.event {
            Event::Claimed { bureau } => {
                let offer = before.offer.as_ref().unwrap();
                prop_assert_eq!(Some(bureau), entry.bureau.as_ref());
                prop_assert!(before.candidates().contains(bureau) && entry.at < offer.until);
                prop_assert_eq!((now.stage, now.lead.as_ref()), (Stage::Accepted, Some(bureau)));
                prop_assert!(offer.others_help || now.cooperating.is_empty());
            }
            Event::OfferLapsed { over_at, all_declined } => {
                let until = before.offer.as_ref().map(|offer| offer.until);
                prop_assert!(*all_declined || Some(*over_at) == until);
                prop_assert!(now.stage != Stage::Accepted && now.offer.is_none());
            }
            _ => {}
        }
    }
    Ok(())
}

fn promises_hold(before: &IssueState, was: usize, life: &Life) -> Result<(), TestCaseError> {
    let (now, news) = (&life.state, &life.log[was..]);
    prop_assert!(before.stage.is_open() || news.is_empty(), "{:?} is final", before.stage);
    prop_assert!(before.dispatched_at.is_none() || now.dispatched_at == before.dispatched_at);
    let is_anew =
        matches!(news.last(), Some(Recorded { event: Event::LimitRecomputed { .. }, .. }));
    prop_assert!(
        is_anew || before.first_due_at.is_none() || now.first_due_at == before.first_due_at
    );
    if before.dispatched_at.is_some() && before.due_at.is_some() {
        let last = news.last().map(|entry| &entry.event);
        let is_extended = matches!(last, Some(Event::Extended { .. }));
        let is_resumed = matches!(last, Some(Event::Resumed { .. }));
        prop_assert!(now.due_at.is_some());
        prop_assert!(
            is_anew || is_extended || is_resumed || now.due_at <= before.due_at,
            "moved by {last:?}"
        );
        prop_assert!(!is_extended || now.due_at > before.due_at);
    }
    clock_stands_only_by_decision(before, news, life)?;
    stages_are_done_by_steps(before, news, life)?;
    offers_are_kept(before, news, life)?;
    prop_assert!(now.returns <= RETURNS_ALLOWED);
    prop_assert_eq!(now.verification.is_some(), now.stage == Stage::Rectified);
    let given = cast().into_iter().find(|actor| {
        actor.bureau.is_some() && may_be_given(now, actor).is_ok()
            || now.rectified_by == Some(actor.account) && may_be_given(now, actor).is_ok()
    });
    prop_assert!(given.is_none(), "the task goes to {given:?}");
    if now.stage == Stage::Rectified {
        prop_assert!(no_part_is_owed(&life.log), "rectified while a part is owed");
    }
    let late = |part: &Part| part.limit(now).zip(now.due_at).is_some_and(|(own, all)| own > all);
    prop_assert!(!now.parts.iter().any(late), "a part ends after its issue");
    if now.stage == Stage::Closed && before.stage != Stage::Closed {
        let last = news.last().unwrap();
        match last.event {
            Event::Overridden { .. } => {}
            Event::Closed { way, .. } => {
                let owed = before.verification.as_ref().map(|owed| owed.way);
                prop_assert!(way.is_some(), "closed, and nobody knows how");
                prop_assert!(way != Some(Way::Desk) || owed == Some(Way::Desk));
                prop_assert!(is_independent(&life.log[..was], last), "closed by {last:?}");
                prop_assert!(has_proof(&life.log[..was], &life.facts.after_photos));
            }
            _ => prop_assert!(false, "closed by {last:?}"),
        }
    }
    Ok(())
}

fn take(life: &mut Life, step: &Step) -> Result<(), TestCaseError> {
    let minute = (life.facts.now.as_second() - at(0).as_second()) / 60 + step.minutes;
    life.later(minute).facts.limit = Some(Box::new(staged::staged(at(minute))));
    life.facts.after_photos = step
        .photos
        .iter()
        .map(|&(stored, unreadable, minute, distance_m)| AfterPhoto {
            stored,
            unreadable,
            captured_at: at(minute),
            distance_m,
            ..AfterPhoto::default()
        })
        .collect();
    let (before, was) = (life.state.clone(), life.log.len());
    let done = match &step.what {
        Try::Any(who, command) => life.does(&cast()[*who], command),
        Try::Next(lead) => {
            let (actor, command) = next(life, *lead);
            life.does(&actor, &command)
        }
        Try::NewRule(hours) => {
            let limit =
                Limit::new(vec![Stint { amount: *hours, unit: Unit::UrgentHours }]).unwrap();
            let calendar = limit::office_of(&[]);
            let basis = Basis { calendar: &calendar, periods: &[], reference_version: 2 };
            let anew = life.state.recomputed(|_| Some(&limit), basis, life.facts.now).unwrap();
            if let Some(event) = anew {
                life.happens(&office(), event);
            }
            Ok(())
        }
        Try::Pass(who) => life.does(&cast()[*who], &verify(true)),
        Try::GiveBack => life.does(&of_lead(life), &give_back()),
        Try::Share => {
            let (bureau, task) = (words("c"), words("take down yours"));
            life.does(&of_lead(life), &Command::SetTask { bureau, task, due_at: None })
        }
        Try::Grant(wish) => return grant(life, *wish),
        Try::ComeBack => {
            life.facts.resumed_due_at = life.resumed_due_at();
            life.facts.resumed_stages = life.resumed_stages();
            if let Some(event) = comes_back(&life.state, &life.facts) {
                life.happens(&Actor::system(), event);
            }
            Ok(())
        }
        Try::Offer => life.does(&office(), &claim::offer(&["a", "c"], true)),
        Try::Lapse => {
            for event in offer_lapses(&life.state, &life.facts) {
                life.happens(&Actor::system(), event);
            }
            Ok(())
        }
        Try::Graver(_) if !life.stage().is_open() => Ok(()),
        Try::Graver(due) => {
            let event = Event::Raised { condition: words("27b"), due_at: due.map(at), limit: None };
            life.happens(&inspector(), event);
            Ok(())
        }
    };
    if done.is_err() {
        prop_assert_eq!(life.log.len(), was, "a refused command leaves no event");
        prop_assert_eq!(&life.state, &before);
    }
    promises_hold(&before, was, life)
}

/// One step after the other, each held to the promises.
fn grant(life: &mut Life, wish: Wish) -> Result<(), TestCaseError> {
    let Some(due_at) = life.state.due_at else { return Ok(()) };
    let later = |from: Timestamp, until: Timestamp| from + until.duration_since(at(0));
    let wish = match wish {
        Wish::Extension { until } => Wish::Extension { until: later(due_at, until) },
        Wish::Deferral { until } => Wish::Deferral { until: later(life.facts.now, until) },
        shelving @ Wish::Shelving { .. } => shelving,
    };
    let ask = Command::Ask { wish, reason: words("rain"), photos: vec![words("form")] };
    let decide = Command::Decide { approved: true, note: words("") };
    let steps = [
        (of_lead(life), &ask),
        (person(40, Role::Office, None), &decide),
        (person(41, Role::Office, None), &decide),
    ];
    for (actor, command) in steps {
        let (before, was) = (life.state.clone(), life.log.len());
        let done = life.does(&actor, command);
        promises_hold(&before, was, life)?;
        if done.is_err() {
            break;
        }
    }
    Ok(())
}

/// The log, written and read again, folds into the very state that was kept beside it.
fn log_tells_all(life: &Life) -> Result<(), TestCaseError> {
    let mut state = IssueState::new(at(0));
    for entry in &life.log {
        let text = serde_json::to_string(&entry.event).unwrap();
        let event = serde_json::from_str(&text).unwrap();
        apply(&mut state, &Recorded { event, ..entry.clone() });
    }
    prop_assert_eq!(&state, &life.state);
    Ok(())
}

#[test]
fn nobody_finds_a_way_around_verification() {
    let share = proptest::option::of(proptest::sample::select(vec![0, 50, 100]));
    let lives = (any::<bool>(), share, proptest::collection::vec(a_step(), 1..80));
    let (passed, overridden, spent) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let (extended, joint) = (Cell::new(0), Cell::new(0));
    let (suspended, passed_after, at_desk) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let secured = Cell::new(0);
    let (claimed, lapsed) = (Cell::new(0), Cell::new(0));
    let mut runner =
        TestRunner::new(Config { cases: 3_200, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&lives, |(blind, share, steps)| {
        let mut life = Life::new(blind);
        life.facts.checking.share = share.map(verification::share);
        for step in &steps {
            take(&mut life, step)?;
        }
        let count = |cell: &Cell<u32>, seen: bool| cell.set(cell.get() + u32::from(seen));
        let ended_by = |kind: fn(&Event) -> bool| life.log.iter().any(|entry| kind(&entry.event));
        count(&passed, ended_by(|event| matches!(event, Event::Closed { .. })));
        count(&overridden, ended_by(|event| matches!(event, Event::Overridden { .. })));
        count(&spent, life.state.returns == RETURNS_ALLOWED);
        count(&extended, life.state.extensions > 0);
        let done = ended_by(|event| matches!(event, Event::PartDone { .. }));
        count(&joint, done && life.stage() == Stage::Closed);
        count(&suspended, life.state.suspensions > 0);
        count(&claimed, ended_by(|event| matches!(event, Event::Claimed { .. })));
        count(&lapsed, ended_by(|event| matches!(event, Event::OfferLapsed { .. })));
        count(&secured, !life.state.secured.is_empty());
        let closed = ended_by(|event| matches!(event, Event::Closed { .. }));
        count(&passed_after, closed && life.state.suspensions > 0);
        count(
            &at_desk,
            ended_by(|event| matches!(event, Event::Closed { way: Some(Way::Desk), .. })),
        );
        log_tells_all(&life)
    });
    if let Err(found) = outcome {
        panic!("{found}");
    }
    // Lives that never got anywhere would prove nothing.
    let all = [
        ("passed", passed),
        ("overridden", overridden),
        ("returned", spent),
        ("extended", extended),
        ("done together", joint),
        ("suspended", suspended),
        ("secured", secured),
        ("claimed", claimed),
        ("unclaimed", lapsed),
        ("closed after a suspension", passed_after),
        ("passed from the desk", at_desk),
    ];
    for (what, seen) in all {
        assert!(seen.get() > 5, "only {} {what}", seen.get());
    }
}
