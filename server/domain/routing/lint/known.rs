//! What rules may name.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Fault, Finding};
use crate::routing::check::RuleProblem;
use crate::routing::offer::OfferRule;
use crate::routing::rule::{Criterion, When};
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
    pub(super) fn unknown_values(&self, when: &When) -> Vec<Fault> {
        let unknown = self.unknown(when).into_iter();
        unknown.map(|(criterion, value)| Fault::UnknownValue { criterion, value }).collect()
    }

    /// The same of an offer.
    pub(super) fn unknown_in_offer(&self, rule: &OfferRule) -> Vec<Finding> {
        let finding = |(criterion, value)| {
            let offer = rule.name.clone();
            let problem = RuleProblem::OfferOfUnknown { offer, criterion, value };
            Finding { rules: Vec::new(), fault: Fault::Unfit(problem) }
        };
        self.unknown(&rule.when).into_iter().map(finding).collect()
    }

    fn unknown(&self, when: &When) -> Vec<(Criterion, String)> {
        let mut unknown = Vec::new();
        for criterion in Criterion::ALL {
            for value in when.wanted(criterion).into_iter().flatten() {
                if !self.knows(criterion, value) {
                    unknown.push((criterion, value.clone()));
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
