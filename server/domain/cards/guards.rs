//! What can be done with a card, and what it then says.

use jiff::Timestamp;

use super::card::{CardKind, CardNumber, CardStage, CardState, Colour, DraftedCard};
use super::command::{CardCommand, CardEvent, CardRefusal};
use super::rules::CardRules;
use crate::access::Actor;

/// What the guards need to know beside the card.
#[derive(Debug, Clone)]
pub struct CardFacts {
    /// Now.
    pub now: Timestamp,
    /// When a reply would be due if it were delivered now.
    pub reply_due_at: Timestamp,
    /// The number it would get if it were signed now.
    pub number: CardNumber,
    /// The number of the graver card, drafted in the same breath; needed for an upgrade only.
    pub next_card: i64,
    /// How many issues on it are not closed, taken out or refused.
    pub open_issues: usize,
    /// Whether a photo of the stamped form has arrived.
    pub scan_is_stored: bool,
}

/// The event of a command, or the rule that refuses it.
pub fn decide(
    card: &CardState,
    actor: &Actor,
    command: &CardCommand,
    facts: &CardFacts,
) -> Result<CardEvent, CardRefusal> {
    let stage = card.stage;
    let wrong = Err(CardRefusal::WrongStage(stage));
    match command {
        CardCommand::Sign if stage != CardStage::Draft => wrong,
        CardCommand::Sign if card.drafted_by == actor.account => Err(CardRefusal::DrafterSigns),
        CardCommand::Sign => Ok(CardEvent::Signed { number: facts.number }),
        CardCommand::Deliver if stage != CardStage::Signed => wrong,
        CardCommand::Deliver => Ok(CardEvent::Delivered { reply_due_at: facts.reply_due_at }),
        CardCommand::Reply { .. } => replied(card, actor, command),
        CardCommand::Accept { .. } if stage != CardStage::Replied => wrong,
        CardCommand::Accept { .. } if facts.open_issues > 0 => Err(CardRefusal::IssueOpen),
        CardCommand::Accept { .. } if !facts.scan_is_stored => Err(CardRefusal::ScanNotStored),
        CardCommand::Accept { note } => Ok(CardEvent::Accepted { note: note.trim().to_owned() }),
        CardCommand::Upgrade { reason } => {
            may_upgrade(card, facts.now)?;
            Ok(CardEvent::Upgraded { card: facts.next_card, reason: in_words(reason)? })
        }
        CardCommand::Withdraw { .. } if stage.is_ended() => wrong,
        CardCommand::Withdraw { reason } => Ok(CardEvent::Withdrawn { reason: in_words(reason)? }),
        CardCommand::Comment { text } => Ok(CardEvent::Commented { text: in_words(text)? }),
    }
}

/// The addressee replies, and may add to its reply until it is accepted.
fn replied(
    state: &CardState,
    actor: &Actor,
    command: &CardCommand,
) -> Result<CardEvent, CardRefusal> {
    let CardCommand::Reply { cause, measures, person, photos, scan, command } = command else {
        return Err(CardRefusal::WrongStage(state.stage));
    };
    if !matches!(state.stage, CardStage::Delivered | CardStage::Replied) {
        return Err(CardRefusal::WrongStage(state.stage));
    }
    if actor.bureau.as_ref() != Some(&state.drafted.bureau) {
        return Err(CardRefusal::NotAddressee);
    }
    if [cause, measures, person].iter().any(|said| said.trim().is_empty()) {
        return Err(CardRefusal::ReplyIncomplete);
    }
    if scan.is_empty() {
        return Err(CardRefusal::ScanMissing);
    }
    Ok(CardEvent::Replied {
        cause: cause.trim().to_owned(),
        measures: measures.trim().to_owned(),
        person: person.trim().to_owned(),
        photos: photos.clone(),
        scan: scan.clone(),
        command: command.clone(),
    })
}

/// What was not replied to in time, or not as it should have been, goes up one colour.
fn may_upgrade(card: &CardState, now: Timestamp) -> Result<Colour, CardRefusal> {
    match card.stage {
        CardStage::Replied => {}
        CardStage::Delivered if card.reply_is_late(now) => {}
        CardStage::Delivered => return Err(CardRefusal::ReplyNotLate),
        stage => return Err(CardRefusal::WrongStage(stage)),
    }
    let colour = card.drafted.colour.ok_or(CardRefusal::LetterHasNoColour)?;
    colour.next().ok_or(CardRefusal::RedIsGravest)
}

/// The draft of the graver card that an upgrade at this instant calls for.
pub fn next_draft(
    id: i64,
    state: &CardState,
    reason: &str,
    rules: &CardRules,
    now: Timestamp,
) -> Result<DraftedCard, CardRefusal> {
    let colour = may_upgrade(state, now)?;
    in_words(reason)?;
    let level = rules.level(CardKind::Card, Some(colour));
    Ok(DraftedCard {
        colour: Some(colour),
        to: level.to.clone(),
        reply_days: level.reply_days,
        consequence: level.consequence.clone(),
        rule: None,
        owed_at: None,
        upgrade_of: Some(id),
        ..state.drafted.clone()
    })
}

fn in_words(text: &str) -> Result<String, CardRefusal> {
    match text.trim() {
        "" => Err(CardRefusal::ReasonMissing),
        said => Ok(said.to_owned()),
    }
}
