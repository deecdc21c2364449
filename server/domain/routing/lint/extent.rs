//! What a rule takes, as a product of sets that can be cut and subtracted.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::finding::Case;
use super::known::Known;
use crate::routing::rule::{Criterion, Rule, RuleSet};

/// A set of numbered things, of which a subject is just one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ones(Vec<u64>);

impl Ones {
    fn of(members: impl Iterator<Item = bool>) -> Self {
        let mut blocks = Vec::new();
        for (index, is_member) in members.enumerate() {
            if index % 64 == 0 {
                blocks.push(0);
            }
            if let Some(block) = blocks.last_mut().filter(|_| is_member) {
                *block |= 1 << (index % 64);
            }
        }
        Self(blocks)
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(mine, theirs)| mine & theirs).collect())
    }

    fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(mine, theirs)| mine & !theirs).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|block| *block == 0)
    }

    pub(super) fn has(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|block| block >> (index % 64) & 1 == 1)
    }

    fn first(&self) -> Option<usize> {
        (0..self.0.len() * 64).find(|index| self.has(*index))
    }
}

/// What a subject must be among and not among, where it can be several things at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Several {
    /// Of each of these, at least one.
    some_of: Vec<BTreeSet<String>>,
    /// None of these.
    none_of: BTreeSet<String>,
}

impl Several {
    fn is_empty(&self) -> bool {
        self.some_of.iter().any(|some| some.is_subset(&self.none_of))
    }
}

/// Criteria of which a subject can meet several values at once.
const SEVERAL: [Criterion; 3] = [Criterion::Place, Criterion::Owner, Criterion::Duty];

/// Everything a rule, or part of one, takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Extent {
    /// Conditions, areas, sources, days.
    ones: [Ones; 4],
    several: [Several; SEVERAL.len()],
}

impl Extent {
    pub(super) fn is_empty(&self) -> bool {
        self.ones.iter().any(Ones::is_empty) || self.several.iter().any(Several::is_empty)
    }

    pub(super) fn conditions(&self) -> &Ones {
        &self.ones[0]
    }

    /// What both take.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (mine, theirs) in both.ones.iter_mut().zip(&other.ones) {
            *mine = mine.and(theirs);
        }
        for (mine, theirs) in both.several.iter_mut().zip(&other.several) {
            mine.some_of.extend(theirs.some_of.iter().cloned());
            mine.none_of.extend(theirs.none_of.iter().cloned());
        }
        both
    }

    /// What of this a whole rule leaves over, in parts that do not overlap.
    pub(super) fn without(&self, rule: &Self) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut rest = self.clone();
        for side in 0..rest.ones.len() {
            let mut part = rest.clone();
            part.ones[side] = rest.ones[side].without(&rule.ones[side]);
            parts.push(part);
            rest.ones[side] = rest.ones[side].and(&rule.ones[side]);
        }
        for (side, theirs) in rule.several.iter().enumerate() {
            for some in &theirs.some_of {
                let mut part = rest.clone();
                part.several[side].none_of.extend(some.iter().cloned());
                parts.push(part);
                rest.several[side].some_of.push(some.clone());
            }
        }
        parts.retain(|part| !part.is_empty());
        parts
    }
}

/// Every subject there can be, and what of it each rule takes.
pub(super) struct Universe {
    /// Category and condition of each.
    pub(super) conditions: Vec<(String, String)>,
    areas: Vec<Option<String>>,
    sources: Vec<String>,
    /// First days of the spans of time between which some rule begins or ends.
    days: Vec<Date>,
    /// What each rule takes, in the order of the file.
    pub(super) extents: Vec<Extent>,
}

impl Universe {
    pub(super) fn new(set: &RuleSet, known: &Known<'_>, on: Date) -> Self {
        let of_category = |code: &str, condition: &str| (code.to_owned(), condition.to_owned());
        let conditions = known.categories.iter().flat_map(|category| {
            let each = category.published();
            each.map(|condition| of_category(&category.code, &condition.code))
        });
        let areas = known.areas.keys().map(|area| Some((*area).to_owned()));
        let mut universe = Self {
            conditions: conditions.collect(),
            areas: areas.chain([None]).collect(),
            sources: known.sources.iter().map(|source| (*source).to_owned()).collect(),
            days: days(set, on),
            extents: Vec::new(),
        };
        universe.extents = set.rules.iter().map(|rule| universe.extent(rule, known)).collect();
        universe
    }

    fn extent(&self, rule: &Rule, known: &Known<'_>) -> Extent {
        let wants = |criterion, value: &str| {
            rule.when.wanted(criterion).is_none_or(|wanted| wanted.iter().any(|one| one == value))
        };
        let conditions = known.categories.iter().flat_map(|category| {
            let whole = wants(Criterion::Category, &category.code)
                && wants(Criterion::Class, &category.class);
            let each = category.published();
            each.map(move |condition| whole && wants(Criterion::Condition, &condition.code))
        });
        let anywhere = rule.when.wanted(Criterion::Area).is_none();
        let here = |area: &Option<String>| {
            let mut chain = area.iter().flat_map(|area| known.chain(area));
            anywhere || chain.any(|area| wants(Criterion::Area, area))
        };
        let sources = self.sources.iter().map(|source| wants(Criterion::Source, source));
        let several = SEVERAL.map(|criterion| {
            let some_of = rule.when.wanted(criterion).map(|some| some.iter().cloned().collect());
            Several { some_of: some_of.into_iter().collect(), none_of: BTreeSet::new() }
        });
        let ones = [
            Ones::of(conditions),
            Ones::of(self.areas.iter().map(here)),
            Ones::of(sources),
            Ones::of(self.days.iter().map(|day| rule.in_force(*day))),
        ];
        Extent { ones, several }
    }

    /// A subject of an extent, as far as it is one thing at a time.
    pub(super) fn case(&self, extent: &Extent) -> Option<Case> {
        let [condition, area, source, day] = extent.ones.each_ref().map(Ones::first);
        Some(Case {
            condition: self.conditions.get(condition?)?.1.clone(),
            area: self.areas.get(area?)?.clone(),
            source: self.sources.get(source?)?.clone(),
            on: *self.days.get(day?)?,
        })
    }
}

/// The days from `on` on which the rules in force change, the first being `on` itself.
fn days(set: &RuleSet, on: Date) -> Vec<Date> {
    let begins = set.rules.iter().filter_map(|rule| rule.from);
    let ended = set.rules.iter().filter_map(|rule| rule.until?.tomorrow().ok());
    let mut days: Vec<Date> = begins.chain(ended).filter(|day| *day > on).chain([on]).collect();
    days.sort_unstable();
    days.dedup();
    days
}
