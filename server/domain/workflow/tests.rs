//! One issue's whole life, each rule that refuses, and the log's form.

mod claim;
mod limit;
mod link;
mod log;
mod merging;
mod part;
mod refusals;
mod request;
mod self_handled;
mod staged;
mod suspension;
mod verification;
mod walk;

use jiff::{Timestamp, ToSpan};

use super::*;
use crate::access::{Actor, Role};
use crate::evidence::{AfterPhoto, Earlier, Thresholds};
use crate::routing::Unrouted;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
}

fn person(account: i64, role: Role, bureau: Option<&str>) -> Actor {
    let bureau = bureau.map(str::to_owned);
    Actor { account, role, bureau, duty_areas: Vec::new(), errands: None }
}

fn office() -> Actor {
    person(1, Role::Office, None)
}

fn inspector() -> Actor {
    person(2, Role::Inspector, None)
}

fn of_bureau(bureau: &str) -> Actor {
    person(3, Role::Bureau, Some(bureau))
}

fn words(text: &str) -> String {
    text.to_owned()
}

fn file() -> Command {
    Command::File { category: words("27"), condition: words("27a") }
}

fn dispatch(lead: &str, cooperating: &[&str]) -> Command {
    Command::Dispatch {
        lead: words(lead),
        cooperating: cooperating.iter().map(|bureau| words(bureau)).collect(),
        because: None,
        reason: words("the desk knows them"),
    }
}

fn give_back() -> Command {
    Command::Return { reason: ReturnReason::NotOurDuty, note: words("not our cable") }
}

fn rectify() -> Command {
    Command::Rectify {
        outcome: Outcome::Rectified,
        note: words("cut down"),
        photos: vec![words("p1")],
    }
}

fn verify(passed: bool) -> Command {
    Command::Verify { passed, note: words("looked"), photos: Vec::new(), way: None }
}

/// A limit of 240 minutes from an instant on, that no calendar moves.
fn four_hours(from: Timestamp) -> Reckoned {
    let limit = "4紧急工作时".parse().unwrap();
    let calendar = limit::office_of(&[]);
    let basis = Basis { calendar: &calendar, periods: &[], reference_version: 1 };
    Reckoned::new("27a", &limit, from, basis).unwrap()
}

/// An issue, its log, and what is known beside it.
struct Life {
    state: IssueState,
    log: Vec<Recorded>,
    facts: Facts,
}

impl Life {
    /// Reported at minute 0.
    fn new(blind: bool) -> Self {
        let reported =
            Event::Reported { report: words("r"), category: None, condition: None, blind };
        let facts = Facts {
            now: at(0),
            limit: Some(Box::new(four_hours(at(0)))),
            return_until: at(120),
            offer_until: at(60),
            resumed_due_at: None,
            resumed_stages: Vec::new(),
            review_by: at(0),
            after_photos: Vec::new(),
            thresholds: Thresholds::default(),
            checking: Checking::default(),
        };
        let mut life = Self { state: IssueState::new(at(0)), log: Vec::new(), facts };
        life.happens(&inspector(), reported);
        life
    }

    fn happens(&mut self, by: &Actor, event: Event) {
        let recorded =
            Recorded { at: self.facts.now, by: by.account, bureau: by.bureau.clone(), event };
        apply(&mut self.state, &recorded);
        self.log.push(recorded);
    }

    fn does(&mut self, actor: &Actor, command: &Command) -> Result<(), Refusal> {
        self.facts.resumed_due_at = self.resumed_due_at();
        self.facts.resumed_stages = self.resumed_stages();
        for event in decide(&self.state, actor, command, &self.facts)? {
            self.happens(actor, event);
        }
        Ok(())
    }

    /// As much time as was left when the clock stopped.
    fn resumed_due_at(&self) -> Option<Timestamp> {
        self.resumed(self.state.due_at?)
    }

    fn resumed_stages(&self) -> Vec<Timestamp> {
        self.state.limit_stages.iter().filter_map(|end| self.resumed(*end)).collect()
    }

    fn resumed(&self, end: Timestamp) -> Option<Timestamp> {
        let left = end.duration_since(self.state.suspension.as_ref()?.stopped_at);
        Some(self.facts.now + left.max(jiff::SignedDuration::ZERO))
    }

    /// The same at a later minute; a limit and a window set from then on would end later too.
    fn later(&mut self, minute: i64) -> &mut Self {
        self.facts.now = at(minute);
        self.facts.limit = Some(Box::new(four_hours(at(minute))));
        self.facts.return_until = at(minute + 120);
        self.facts.offer_until = at(minute + 60);
        self.facts.review_by = at(minute + 43_200);
        self
    }

    fn with_photo(&mut self, captured: i64, distance_m: f64) -> &mut Self {
        self.facts.after_photos = vec![AfterPhoto {
            stored: true,
            captured_at: at(captured),
            distance_m: Some(distance_m),
            ..AfterPhoto::default()
        }];
        self
    }

    fn stage(&self) -> Stage {
        self.state.stage
    }
}

#[test]
fn a_cable_from_report_to_close() {
    let (power, mobile) = (of_bureau("power"), of_bureau("mobile"));
    let mut life = Life::new(false);
    life.later(5).does(&office(), &file()).unwrap();
    assert_eq!((life.stage(), life.state.filed_at), (Stage::Filed, Some(at(5))));

    life.later(10).does(&office(), &dispatch("mobile", &["power", "mobile"])).unwrap();
    assert_eq!(life.state.cooperating, ["power"]);
    life.later(20).does(&mobile, &give_back()).unwrap();
    assert_eq!((life.stage(), life.state.returns), (Stage::Returned, 1));

    life.later(30).does(&office(), &dispatch("power", &[])).unwrap();
    assert_eq!(life.state.dispatched_at, Some(at(10)), "the clock started at the first dispatch");
    assert_eq!(life.state.due_at, Some(at(250)), "and a redispatch keeps it");
    assert_eq!(life.state.return_until, Some(at(150)), "but the new lead has its own window");

    life.later(40).does(&power, &Command::Accept).unwrap();
    life.later(60).does(&power, &rectify()).unwrap();
    life.later(70).does(&inspector(), &verify(false)).unwrap();
    assert_eq!((life.stage(), life.state.rework), (Stage::Reopened, 1));
    assert_eq!(life.state.rectified_at, None, "a failed rectification is none");

    life.later(80).does(&power, &Command::Accept).unwrap();
    life.later(90).does(&power, &rectify()).unwrap();
    life.with_photo(85, 12.0).later(100).does(&inspector(), &verify(true)).unwrap();
    assert_eq!(life.stage(), Stage::Closed);
    assert_eq!(life.state.handled_at, Some(at(90)), "the bureau's clock stops at its work");
    assert_eq!(life.state.closed_at, Some(at(100)), "the office's at the pass");
    assert_eq!(life.state.first_due_at, Some(at(250)));
    assert_eq!(life.state.bureaus, ["mobile", "power"]);
}

#[test]
fn what_is_found_of_a_photo_moves_nothing() {
    let mut life = Life::new(false);
    for step in [file(), dispatch("power", &[]), Command::Accept, rectify(), verify(false)] {
        let actor = match &step {
            Command::Accept | Command::Rectify { .. } => of_bureau("power"),
            Command::Verify { .. } => inspector(),
            _ => office(),
        };
        life.does(&actor, &step).unwrap();
        let before = life.state.clone();
        let (photo, problem) = (|| words("p1"), words("corrupt"));
        let sha256 = "0f".repeat(32);
        let unreadable = Event::PhotoUnreadable { photo: photo(), sha256, problem };
        life.later(500).happens(&Actor::system(), unreadable);
        life.happens(&Actor::system(), Event::PhotoFlagged { photo: photo(), flags: Vec::new() });
        assert_eq!(life.state, before, "after {step:?}");
        life.later(0);
    }
}

#[test]
fn an_override_before_any_rectification_counts_as_handled_then() {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.does(&office(), &dispatch("power", &[])).unwrap();
    life.does(&of_bureau("power"), &Command::Accept).unwrap();
    life.later(50).does(&office(), &Command::Override { reason: words("seen by all") }).unwrap();
    assert_eq!((life.stage(), life.state.handled_at), (Stage::Closed, Some(at(50))));
}

#[test]
fn a_blind_finding_is_released_then_dispatched() {
    let mut life = Life::new(true);
    life.does(&office(), &file()).unwrap();
    life.does(&office(), &Command::Release).unwrap();
    life.does(&office(), &dispatch("power", &[])).unwrap();
    assert!(!life.state.blind);
}

#[test]
fn an_issue_that_loses_its_bureau_keeps_its_clock() {
    let by_rule = Command::Dispatch {
        lead: words("power"),
        cooperating: vec![words("mobile")],
        because: Some(Box::new(log::by_rule())),
        reason: String::new(),
    };
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    assert!(life.state.is_routed_by_rules());
    life.later(10).does(&office(), &by_rule).unwrap();
    assert!(life.state.is_routed_by_rules());
    life.later(20).happens(
        &Actor::system(),
        Event::Unrouted { version: words("2026-11"), because: Unrouted::NoRule },
    );
    assert_eq!((life.stage(), life.state.lead.as_deref()), (Stage::Filed, None));
    assert!(life.state.cooperating.is_empty());
    life.later(30).does(&office(), &dispatch("mobile", &[])).unwrap();
    assert_eq!(life.state.due_at, Some(at(250)));
    assert!(!life.state.is_routed_by_rules(), "the desk chose");
}

#[test]
fn what_was_accepted_or_returned_is_no_longer_the_rules_business() {
    let by_rule = Command::Dispatch {
        lead: words("power"),
        cooperating: Vec::new(),
        because: Some(Box::new(log::by_rule())),
        reason: String::new(),
    };
    for step in [Command::Accept, give_back()] {
        let mut life = Life::new(false);
        life.does(&office(), &file()).unwrap();
        life.does(&office(), &by_rule).unwrap();
        life.does(&of_bureau("power"), &step).unwrap();
        assert!(!life.state.is_routed_by_rules(), "{step:?}");
    }
}

#[test]
fn a_graver_condition_never_gives_more_time() {
    let raised = |due_at| Event::Raised { condition: words("27b"), due_at, limit: None };
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.does(&office(), &dispatch("power", &[])).unwrap();
    life.happens(&inspector(), raised(Some(at(100))));
    assert_eq!(life.state.due_at, Some(at(100)));
    life.happens(&inspector(), raised(Some(at(400))));
    life.happens(&inspector(), raised(None));
    assert_eq!((life.state.due_at, life.state.first_due_at), (Some(at(100)), Some(at(240))));
}

#[test]
fn a_limit_that_comes_with_a_graver_condition_is_the_first_one() {
    let mut life = Life::new(false);
    life.does(&office(), &file()).unwrap();
    life.facts.limit = None;
    life.does(&office(), &dispatch("power", &[])).unwrap();
    let due_at = Some(at(30).checked_add(1.hour()).unwrap());
    life.happens(&inspector(), Event::Raised { condition: words("27b"), due_at, limit: None });
    assert_eq!((life.state.first_due_at, life.state.due_at), (due_at, due_at));
}
