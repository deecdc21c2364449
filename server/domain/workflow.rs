//! The life cycle of an issue, as a state machine that refuses with the name of the rule.
//!
//! [`decide`] turns a command into events or a [`Refusal`]; [`apply`] folds one recorded event into
//! the state. State is what the events say: nothing else changes it.

mod claim;
mod command;
mod event;
mod fold;
mod guards;
mod limit;
mod link;
mod merge;
mod part;
mod period;
mod refusal;
mod request;
mod stage;
mod staged;
mod state;
mod suspension;
#[cfg(test)]
mod tests;
mod verification;

pub use claim::{CANDIDATES_AT_MOST, Candidate, NotOurs, Offer, offer_lapses, offered};
pub use command::{Command, DismissReason, Outcome, ReturnReason};
pub use event::{Event, NearPoint, Recorded};
pub use fold::apply;
pub use guards::{Facts, RETURNS_ALLOWED, decide};
pub use limit::{Basis, Reckoned, Recomputed};
pub use link::{DRAFTS_WAITING, LinkStanding, draft_sent, link_ends, link_standing, may_make_link};
pub use merge::{Graver, merge};
pub use part::Part;
pub use period::{For, PeriodUsed};
pub use refusal::Refusal;
pub use request::{Request, UNTIL_AT_MOST_DAYS, Wish};
pub use stage::Stage;
pub use state::IssueState;
pub use suspension::{Suspension, comes_back};
pub use verification::{
    Because as CheckBecause, Checking, Draw, Owed, Raised, Share, Way, may_be_given, sample,
};
