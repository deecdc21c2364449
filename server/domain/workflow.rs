//! The life cycle of an issue, as a state machine that refuses with the name of the rule.
//!
//! [`decide`] turns a command into events or a [`Refusal`]; [`apply`] folds one recorded event into
//! the state. State is what the events say: nothing else changes it.

mod command;
mod event;
mod extension;
mod fold;
mod guards;
mod limit;
mod merge;
mod part;
mod refusal;
mod stage;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Command, DismissReason, Outcome, ReturnReason};
pub use event::{Event, NearPoint, Recorded};
pub use extension::EXTENSION_AT_MOST_DAYS;
pub use fold::apply;
pub use guards::{AFTER_PHOTO_WITHIN_M, AfterPhoto, Facts, RETURNS_ALLOWED, decide};
pub use limit::{Basis, Reckoned, Recomputed};
pub use merge::{Graver, merge};
pub use part::Part;
pub use refusal::Refusal;
pub use stage::Stage;
pub use state::{ExtensionAsked, IssueState};
