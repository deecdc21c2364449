//! A card's life, each rule that refuses, and what the rules owe.

mod owed;

use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::*;
use crate::access::{Actor, Role};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
}

fn person(account: i64, role: Role, bureau: Option<&str>) -> Actor {
    let bureau = bureau.map(str::to_owned);
    Actor { account, role, bureau, duty_areas: Vec::new(), errands: None }
}

fn draft(kind: CardKind, colour: Option<Colour>) -> DraftedCard {
    DraftedCard {
        kind,
        colour,
        bureau: "a".to_owned(),
        to: "主要负责人".to_owned(),
        reply_days: 3,
        consequence: String::new(),
        facts: "overdue".to_owned(),
        issues: vec![7],
        rule: None,
        owed_at: None,
        upgrade_of: None,
    }
}

fn reply(scan: bool) -> CardCommand {
    let scan = scan.then(|| "p".to_owned()).into_iter().collect();
    let words = || "said".to_owned();
    CardCommand::Reply {
        cause: words(),
        measures: words(),
        person: words(),
        photos: Vec::new(),
        scan,
        command: words(),
    }
}

fn comment(text: &str) -> CardCommand {
    CardCommand::Comment { text: text.to_owned() }
}

/// A card and what is known beside it.
#[derive(Clone)]
struct Life {
    state: CardState,
    facts: CardFacts,
}

impl Life {
    /// Drafted by account 1 at minute 0, of one open issue.
    fn of(draft: DraftedCard) -> Self {
        let number = CardNumber { kind: draft.kind, year: 2026, n: 12 };
        let facts = CardFacts {
            now: at(0),
            reply_due_at: at(600),
            number,
            next_card: 99,
            open_issues: 1,
            scan_is_stored: true,
        };
        Self { state: drafted(draft, at(0), 1), facts }
    }

    fn white() -> Self {
        Self::of(draft(CardKind::Card, Some(Colour::White)))
    }

    fn does(&mut self, actor: &Actor, command: &CardCommand) -> Result<(), CardRefusal> {
        let event = decide(&self.state, actor, command, &self.facts)?;
        let (by, bureau) = (actor.account, actor.bureau.clone());
        apply(&mut self.state, &RecordedCard { at: self.facts.now, by, bureau, event });
        Ok(())
    }

    fn delivered(mut self) -> Self {
        self.does(&signer(), &CardCommand::Sign).unwrap();
        self.does(&signer(), &CardCommand::Deliver).unwrap();
        self
    }

    fn later(&mut self, minute: i64) -> &mut Self {
        self.facts.now = at(minute);
        self.facts.reply_due_at = at(minute + 600);
        self
    }
}

fn drafter() -> Actor {
    person(1, Role::Office, None)
}

fn signer() -> Actor {
    person(2, Role::Office, None)
}

fn addressee() -> Actor {
    person(3, Role::Bureau, Some("a"))
}

fn accept() -> CardCommand {
    CardCommand::Accept { note: String::new() }
}

fn upgrade() -> CardCommand {
    CardCommand::Upgrade { reason: "nothing came".to_owned() }
}

#[test]
fn a_card_is_signed_by_another_person_delivered_replied_to_and_accepted() {
    let mut life = Life::white();
    assert_eq!(life.does(&drafter(), &CardCommand::Sign), Err(CardRefusal::DrafterSigns));
    assert!(!life.state.is_seen_by(&addressee()));
    life.does(&signer(), &CardCommand::Sign).unwrap();
    assert_eq!(life.state.number.unwrap().to_string(), "督〔2026〕12号");
    assert!(!life.state.is_seen_by(&addressee()), "signed is not delivered");
    life.does(&drafter(), &CardCommand::Deliver).unwrap();
    assert!(life.state.is_seen_by(&addressee()));
    assert!(!life.state.is_seen_by(&person(4, Role::Bureau, Some("b"))));
    assert_eq!(life.does(&addressee(), &reply(false)), Err(CardRefusal::ScanMissing));
    life.later(60).does(&addressee(), &reply(true)).unwrap();
    assert_eq!(life.does(&signer(), &accept()), Err(CardRefusal::IssueOpen));
    life.facts.open_issues = 0;
    life.facts.scan_is_stored = false;
    assert_eq!(life.does(&signer(), &accept()), Err(CardRefusal::ScanNotStored));
    life.facts.scan_is_stored = true;
    life.does(&signer(), &accept()).unwrap();
    assert_eq!((life.state.stage, life.state.ended_at), (CardStage::Accepted, Some(at(60))));
}

#[test]
fn a_card_goes_up_once_its_reply_is_late_or_does_not_hold() {
    let mut life = Life::white().delivered();
    assert_eq!(life.later(600).does(&signer(), &upgrade()), Err(CardRefusal::ReplyNotLate));
    let mut replied = life.clone();
    replied.does(&addressee(), &reply(true)).unwrap();
    for mut life in [life.later(601).clone(), replied] {
        let rules = CardRules::default();
        let next = next_draft(5, &life.state, "late", &rules, life.facts.now).unwrap();
        assert_eq!((next.colour, next.upgrade_of), (Some(Colour::Yellow), Some(5)));
        assert_eq!((next.to, next.reply_days), (rules.yellow.to.clone(), rules.yellow.reply_days));
        life.does(&signer(), &upgrade()).unwrap();
        assert_eq!((life.state.stage, life.state.upgraded_to), (CardStage::Upgraded, Some(99)));
    }
    let mut red = Life::of(draft(CardKind::Card, Some(Colour::Red))).delivered();
    assert_eq!(red.later(601).does(&signer(), &upgrade()), Err(CardRefusal::RedIsGravest));
    let mut letter = Life::of(draft(CardKind::Letter, None)).delivered();
    assert_eq!(letter.later(601).does(&signer(), &upgrade()), Err(CardRefusal::LetterHasNoColour));
}

#[test]
fn nobody_but_the_addressee_replies_and_nothing_follows_an_end() {
    let mut life = Life::white();
    assert_eq!(
        life.does(&addressee(), &reply(true)),
        Err(CardRefusal::WrongStage(CardStage::Draft))
    );
    let mut life = life.delivered();
    let other = person(4, Role::Bureau, Some("b"));
    assert_eq!(life.does(&other, &reply(true)), Err(CardRefusal::NotAddressee));
    let mute = CardCommand::Withdraw { reason: " ".to_owned() };
    assert_eq!(life.does(&signer(), &mute), Err(CardRefusal::ReasonMissing));
    life.does(&signer(), &CardCommand::Withdraw { reason: "misread".to_owned() }).unwrap();
    for command in [CardCommand::Sign, CardCommand::Deliver, accept(), upgrade(), reply(true)] {
        let refused = life.does(&addressee(), &command);
        assert_eq!(refused, Err(CardRefusal::WrongStage(CardStage::Withdrawn)));
    }
    life.does(&signer(), &comment("for the record")).unwrap();
}

#[test]
fn proposals_follow_the_thresholds() {
    let tally =
        |bureau: &str, white, yellow, red| Tally { bureau: bureau.to_owned(), white, yellow, red };
    let counted =
        vec![tally("a", 9, 1, 0), tally("b", 0, 2, 0), tally("c", 0, 0, 1), tally("d", 0, 0, 2)];
    let proposed = proposals(counted, Thresholds::default());
    let told: Vec<(&str, Measure)> =
        proposed.iter().map(|one| (one.tally.bureau.as_str(), one.measure)).collect();
    let expected = [("d", Measure::Accountability), ("c", Measure::Talk), ("b", Measure::Talk)];
    assert_eq!(told, expected);
}

#[test]
fn rules_that_could_not_be_gone_by_are_refused() {
    let rules = CardRules::default();
    assert_eq!(rules.check(), Ok(()));
    let mut twice = rules.clone();
    twice.rules.push(twice.rules[0].clone());
    assert_eq!(twice.check(), Err(RulesRefusal::Code("overdue-1d".to_owned())));
    let mut never = rules.clone();
    never.rules[1].amount = 0;
    assert_eq!(never.check(), Err(RulesRefusal::Amount("overdue-3d".to_owned())));
    let mut nobody = rules.clone();
    nobody.red.to = " ".to_owned();
    assert_eq!(nobody.check(), Err(RulesRefusal::To("red")));
    let mut endless = rules;
    endless.letter.reply_days = 61;
    assert_eq!(endless.check(), Err(RulesRefusal::ReplyDays("letter")));
}

/// Anything that anybody may try.
fn any_command() -> impl Strategy<Value = CardCommand> {
    prop_oneof![
        3 => Just(CardCommand::Sign),
        3 => Just(CardCommand::Deliver),
        4 => any::<bool>().prop_map(reply),
        4 => Just(accept()),
        1 => Just(upgrade()),
        1 => Just(CardCommand::Withdraw { reason: "misread".to_owned() }),
        3 => Just(comment("so it goes")),
    ]
}

proptest! {
    /// Whatever is tried in whatever order: nothing is accepted with an open issue or without a signature and
    /// a reply, and an ended card stays as it is.
    #[test]
    fn no_card_is_accepted_with_an_open_issue(
        steps in prop::collection::vec((any_command(), 0_usize..4, 0_i64..300, 0_usize..2), 1..40)
    ) {
        let cast = [drafter(), signer(), addressee(), person(4, Role::Bureau, Some("b"))];
        let (mut life, mut minute) = (Life::white(), 0);
        for (command, who, minutes, open) in steps {
            minute += minutes;
            life.later(minute).facts.open_issues = open;
            let before = life.state.clone();
            let done = life.does(&cast[who], &command);
            if done.is_err() || before.stage.is_ended() {
                prop_assert_eq!(&life.state, &before);
            }
            if life.state.stage == CardStage::Accepted && before.stage != CardStage::Accepted {
                prop_assert_eq!(open, 0);
                prop_assert!(before.number.is_some() && before.reply.is_some());
            }
            if let Some(by) = life.state.signed_by {
                prop_assert_ne!(by, life.state.drafted_by);
            }
        }
    }

    /// Comments anywhere among the steps leave the card, its clock too, as it would be without them.
    #[test]
    fn comments_set_no_clock_back(
        steps in prop::collection::vec((any_command(), 0_usize..3, 0_i64..300, 0_usize..3), 1..30)
    ) {
        let cast = [drafter(), signer(), addressee()];
        let (mut quiet, mut commented, mut minute) = (Life::white(), Life::white(), 0);
        for (command, who, minutes, comments) in steps {
            minute += minutes;
            for _ in 0..comments {
                commented.later(minute).does(&cast[who], &comment("noted")).unwrap();
            }
            let done = quiet.later(minute).does(&cast[who], &command);
            prop_assert_eq!(&commented.later(minute).does(&cast[who], &command), &done);
            prop_assert_eq!(&commented.state, &quiet.state);
            let now = at(minute);
            prop_assert_eq!(commented.state.reply_is_late(now), quiet.state.reply_is_late(now));
        }
    }
}
