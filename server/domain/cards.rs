//! Supervision cards 督办卡, and the letters 协调函 that vertical units and companies get instead.
//!
//! Rules written as data only draft ([`due_cards`]); a leader signs. [`decide`] turns a command into an event
//! or names the rule that refused it, and [`apply`] folds an event into the card. A comment is on record and
//! changes nothing else, so that no talk sets a card's clock back.

mod card;
mod command;
mod due;
mod guards;
mod proposals;
mod rules;
#[cfg(test)]
mod tests;

pub use card::{
    CardKind, CardNumber, CardStage, CardState, Colour, DraftedCard, Reply, apply, drafted,
};
pub use command::{CardCommand, CardEvent, CardRefusal, RecordedCard};
pub use due::{Dispatch, OwedCard, OwingIssue, due_cards};
pub use guards::{CardFacts, decide, next_draft};
pub use proposals::{Measure, Proposal, Tally, Thresholds, proposals};
pub use rules::{CardRule, CardRules, Level, RulesRefusal, Trigger};
