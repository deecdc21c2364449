//! Which bureau answers for an issue, and why.
//!
//! Rules are data that an office can read and write. [`route`] picks one and says why, or says why
//! it cannot: it never guesses. [`RuleSet::check`] finds what is wrong with the rules of a file,
//! [`lint`] what is wrong with them against everything else that is known.

mod because;
mod check;
mod check_offer;
mod choice;
pub mod lint;
mod offer;
mod rule;
mod target;
#[cfg(test)]
mod tests;

pub use because::{Because, Named, Sought, Unrouted, Why};
pub use check::RuleProblem;
pub use choice::route;
pub use offer::{OfferRule, Offering, offer};
pub use rule::{Criterion, Rule, RuleSet, Subject, When};
pub use target::{Target, UnknownTarget};
