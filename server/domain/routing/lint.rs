//! What is wrong with a draft of the rules, against everything else that is known.
//!
//! What a rule takes is a product of sets: which condition, in which area, from which source, on
//! which day, and which kinds of place, owners and duties it must be among. So "never wins" and
//! "can tie" are decided, not guessed: by taking away from a rule what stronger ones take, and
//! looking whether anything is left. It is decided for every subject that can be, by the taxonomy
//! (class ⊃ category ⊃ condition), by how areas lie in one another, and from the day asked about
//! on; any places, owners and duties are taken to occur together.
//!
//! - [`Fault::Unreachable`] is said only where it is proved: such a rule never gives its name.
//! - [`Fault::Tie`] is said wherever it is not disproved: a set without one never ties. A symbol
//!   is taken to differ from anything but itself, though it may resolve to the same bureau.

mod extent;
mod finding;
mod known;
mod reach;
#[cfg(test)]
mod tests;
mod words;

use jiff::civil::Date;

pub use finding::{Fault, Finding, Severity};
pub use known::Known;

use self::extent::Universe;
use super::rule::RuleSet;

/// Finds what is wrong with a rule set from a day on: errors and warnings, by the order of the file;
/// what concerns no single rule comes last.
pub fn lint(set: &RuleSet, known: &Known<'_>, on: Date) -> Vec<Finding> {
    let universe = Universe::new(set, known, on);
    let mut found: Vec<Finding> = set
        .problems(&|code| known.bureaus.contains(code))
        .into_iter()
        .map(|(rule, problem)| Finding {
            rules: rule.into_iter().collect(),
            fault: Fault::Unfit(problem),
        })
        .collect();
    found.extend(set.offers.iter().flat_map(|offer| known.unknown_in_offer(offer)));
    for (index, rule) in set.rules.iter().enumerate() {
        let faults = known.unknown_values(&rule.when).into_iter().chain(reach::expired(rule, on));
        found.extend(faults.map(|fault| Finding { rules: vec![index], fault }));
    }
    found.extend(reach::reach(set, &universe, on));
    found.sort_by_key(|finding| finding.rules.first().copied().unwrap_or(usize::MAX));
    found.extend(reach::uncovered(&universe));
    found
}
