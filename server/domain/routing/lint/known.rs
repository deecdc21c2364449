//! What rules may name.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Fault;
use crate::routing::rule::{Criterion, Rule};
use crate::taxonomy::Category;

/// What rules may name, as it is now.
#[derive(Debug, Clone, Default)]
pub struct Known<'a> {
    /// The taxonomy; only conditions given here can be filed.
    pub categories: Vec<&'a Category>,
    /// The code of every area, with that of the one it is part of.
    pub areas: BTreeMap<&'a str, Option<&'a str>>,
    /// Codes of the bureaus.
    pub bureaus: BTreeSet<&'a str>,
    /// Kinds of place.
    pub places: Vec<&'a str>,
    /// Sources of reports.
    pub sources: Vec<&'a str>,
}

impl Known<'_> {
    /// Values of criteria that nobody knows. Bureaus are looked at with the rest of a rule's own.
    pub(super) fn unknown_values(&self, rule: &Rule) -> Vec<Fault> {
        let mut unknown = Vec::new();
        for criterion in Criterion::ALL {
            for value in rule.when.wanted(criterion).into_iter().flatten() {
                if !self.knows(criterion, value) {
                    unknown.push(Fault::UnknownValue { criterion, value: value.clone() });
                }
            }
        }
        unknown
    }

    fn knows(&self, criterion: Criterion, value: &str) -> bool {
        match criterion {
            Criterion::Condition => self
                .categories
                .iter()
                .any(|category| category.conditions.iter().any(|known| known.code == value)),
            Criterion::Category => self.categories.iter().any(|category| category.code == value),
            Criterion::Class => self.categories.iter().any(|category| category.class == value),
            Criterion::Area => self.areas.contains_key(value),
            Criterion::Place => self.places.contains(&value),
            Criterion::Source => self.sources.contains(&value),
            Criterion::Owner | Criterion::Duty => true,
        }
    }

    /// An area and those it is part of, the finest first.
    pub(super) fn chain<'s>(&'s self, area: &'s str) -> impl Iterator<Item = &'s str> {
        let above = |area: &&'s str| self.areas.get(*area).copied().flatten();
        // Areas that are part of one another would go round for ever.
        std::iter::successors(Some(area), above).take(self.areas.len())
    }
}
