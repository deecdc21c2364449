//! Supervision cards 督办卡: drafted by hand or by rule, and what is then done with them.

mod command;
mod draft;
mod record;
mod rules;

pub use command::{Ask, card_facts, command_card};
pub use draft::{ByHand, draft_by_hand, draft_owed, kind_for};
pub use record::read_entry;
pub use rules::set_rules;
