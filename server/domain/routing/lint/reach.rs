//! Which rules can win, which can tie, and what none takes.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::extent::{Extent, Universe};
use super::finding::{Fault, Finding};
use crate::routing::rule::{Rule, RuleSet};
use crate::routing::target::Target;

/// Parts that are looked at before a question is given up as too entangled. Real rules need a few
/// each.
const MOST_PARTS: usize = 200_000;

/// Ties told of, at most: a file with more has one mistake many times.
const MOST_TIES: usize = 200;

/// What of an extent is left when others are taken away.
enum Left {
    Nothing,
    Something(Box<Extent>),
    /// The question was given up.
    Unknown,
}

/// How many parts may still be looked at.
struct Patience(usize);

impl Patience {
    /// Takes others away until nothing is left, or a part that none of them takes is found.
    fn left(&mut self, whole: Extent, others: &[&Extent]) -> Left {
        let mut parts = vec![(whole, others)];
        while let Some((part, others)) = parts.pop() {
            let Some((first, rest)) = others.split_first() else {
                return Left::Something(Box::new(part));
            };
            if self.0 == 0 {
                return Left::Unknown;
            }
            self.0 -= 1;
            if part.and(first).is_empty() {
                parts.push((part, rest));
            } else {
                parts.extend(part.without(first).into_iter().map(|part| (part, rest)));
            }
        }
        Left::Nothing
    }
}

/// Rules that never hold, never win or can tie.
pub(super) fn reach(set: &RuleSet, universe: &Universe, on: Date) -> Vec<Finding> {
    with_patience(set, universe, on, MOST_PARTS)
}

/// As [`reach`], looking at so many parts before giving up.
pub(super) fn with_patience(
    set: &RuleSet,
    universe: &Universe,
    on: Date,
    parts: usize,
) -> Vec<Finding> {
    let mut patience = Patience(parts);
    let mut found = Vec::new();
    for (index, rule) in set.rules.iter().enumerate() {
        let fault = if universe.extents[index].is_empty() {
            never_holds(rule, on)
        } else {
            unreachable(set, universe, index, &mut patience)
        };
        found.extend(fault.map(|fault| Finding { rules: vec![index], fault }));
    }
    found.extend(ties(set, universe, &mut patience));
    found
}

/// A rule that is over, never was, or asks for nothing is told of elsewhere.
fn never_holds(rule: &Rule, on: Date) -> Option<Fault> {
    let over = rule.until.is_some_and(|until| until < on || rule.from > Some(until));
    let asks_nothing =
        rule.when.given().any(|one| rule.when.wanted(one).is_some_and(<[_]>::is_empty));
    (!over && !asks_nothing).then_some(Fault::NeverHolds)
}

/// Told of a rule whose last day is past.
pub(super) fn expired(rule: &Rule, on: Date) -> Option<Fault> {
    let until =
        rule.until.filter(|until| *until < on && rule.from.is_none_or(|from| from <= *until))?;
    Some(Fault::Expired { until })
}

/// A rule gives way to stronger ones, and to an equal one before it that says the same.
fn unreachable(
    set: &RuleSet,
    universe: &Universe,
    index: usize,
    patience: &mut Patience,
) -> Option<Fault> {
    let (rule, extent) = (&set.rules[index], &universe.extents[index]);
    let comes_first = |(other, before): (usize, &Rule)| {
        let stronger = before.standing() > rule.standing();
        let says_it_already =
            other < index && before.standing() == rule.standing() && agree(before, rule);
        let meets = || !universe.extents[other].and(extent).is_empty();
        ((stronger || says_it_already) && meets()).then_some(other)
    };
    let first: Vec<usize> = set.rules.iter().enumerate().filter_map(comes_first).collect();
    let alone = first.iter().find(|other| extent.without(&universe.extents[**other]).is_empty());
    if let Some(other) = alone {
        return Some(Fault::Unreachable { by: vec![*other] });
    }
    let others: Vec<&Extent> = first.iter().map(|other| &universe.extents[*other]).collect();
    let nothing = matches!(patience.left(extent.clone(), &others), Left::Nothing);
    nothing.then_some(Fault::Unreachable { by: first })
}

fn ties(set: &RuleSet, universe: &Universe, patience: &mut Patience) -> Vec<Finding> {
    let mut found = Vec::new();
    for (later, rule) in set.rules.iter().enumerate() {
        let standing = rule.standing();
        let all = set.rules.iter().zip(&universe.extents);
        let stronger = all.filter(|(other, _)| other.standing() > standing);
        let stronger: Vec<&Extent> = stronger.map(|(_, extent)| extent).collect();
        for (earlier, before) in set.rules.iter().enumerate().take(later) {
            if before.standing() != standing || agree(before, rule) {
                continue;
            }
            if found.len() == MOST_TIES {
                return found;
            }
            let fault = tie(universe, [earlier, later], &stronger, patience);
            found.extend(fault.map(|fault| Finding { rules: vec![earlier, later], fault }));
        }
    }
    found
}

/// What two rules of equal standing tie about where none of the `stronger` decides: nothing, a case,
/// or perhaps something.
fn tie(
    universe: &Universe,
    [one, other]: [usize; 2],
    stronger: &[&Extent],
    patience: &mut Patience,
) -> Option<Fault> {
    let both = universe.extents[one].and(&universe.extents[other]);
    if both.is_empty() {
        return None;
    }
    let meets = |extent: &&&Extent| !extent.and(&both).is_empty();
    let stronger: Vec<&Extent> = stronger.iter().filter(meets).copied().collect();
    match patience.left(both, &stronger) {
        Left::Nothing => None,
        Left::Something(part) => Some(Fault::Tie { case: universe.case(&part) }),
        Left::Unknown => Some(Fault::Tie { case: None }),
    }
}

/// Whether two rules come to the same bureaus wherever they hold.
fn agree(one: &Rule, other: &Rule) -> bool {
    fn helpers(rule: &Rule) -> BTreeSet<&Target> {
        rule.cooperating.iter().filter(|target| **target != rule.lead).collect()
    }
    one.lead == other.lead && helpers(one) == helpers(other)
}

/// Conditions that no rule takes anywhere, whole categories told as such.
pub(super) fn uncovered(universe: &Universe) -> Option<Finding> {
    let in_force = || universe.extents.iter().filter(|extent| !extent.is_empty());
    let taken = |index: usize| in_force().any(|extent| extent.conditions().has(index));
    let (mut with, mut without) = (BTreeSet::new(), Vec::new());
    for (index, (category, condition)) in universe.conditions.iter().enumerate() {
        if taken(index) {
            with.insert(category);
        } else {
            without.push((category, condition));
        }
    }
    if without.is_empty() {
        return None;
    }
    let (parts, whole): (Vec<_>, Vec<_>) =
        without.into_iter().partition(|(category, _)| with.contains(category));
    let categories: BTreeSet<&String> = whole.into_iter().map(|(category, _)| category).collect();
    let fault = Fault::Uncovered {
        categories: categories.into_iter().cloned().collect(),
        conditions: parts.into_iter().map(|(_, condition)| condition.clone()).collect(),
    };
    Some(Finding { rules: Vec::new(), fault })
}
