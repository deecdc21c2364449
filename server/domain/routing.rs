//! Which bureau answers for an issue, and why.
//!
//! Rules are data that an office can read and write. [`route`] picks one and says why, or says why
//! it cannot: it never guesses. [`RuleSet::check`] finds what is wrong with rules before they are
//! published.

mod check;
mod choice;
mod rule;
mod target;
#[cfg(test)]
mod tests;

pub use check::RuleProblem;
pub use choice::{Routing, Unrouted, route};
pub use rule::{Criterion, Rule, RuleSet, Subject, When};
pub use target::{Target, UnknownTarget};
