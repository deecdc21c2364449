//! Which category the words of a note most likely mean.
//!
//! Nobody's notes are learnt from: what is compared are the words of the taxonomy itself, its names,
//! aliases and conditions, so that a suggestion can say which words it rests on. Chinese is read in
//! pairs of signs, since it has no spaces between words.

mod terms;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::taxonomy::Category;
use terms::{Term, terms};

/// What a name that stands in a note whole, or a part of it, weighs beside what the note says apart
/// from names.
const OF_THE_NAME: f64 = 0.65;

/// What a name that stands in a note whole weighs at least, however little of the note it is: of two such
/// names, the one that more of the note is made of counts more.
const WHOLE_NAME: f64 = 0.7;

/// Terms that a note has in common with a category's conditions alone, at least: one by itself is a
/// measure or a place.
const OF_CONDITIONS: usize = 2;

/// Below this, words that are common to many categories are all there is.
const LEAST: f64 = 0.2;

/// From here on a name, or most of what was written, points to one category.
pub const CLEAR: f64 = 0.5;

/// A category that a note may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// Its code.
    pub category: String,
    /// The condition of it that the note is nearest to, if the note tells them apart.
    pub condition: Option<String>,
    /// 0 to 1, to two decimals; a measure to sort by, not a probability.
    pub score: f64,
    /// The words of the note that it rests on, as they stand there.
    pub words: Vec<String>,
}

/// The words of a taxonomy.
#[derive(Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    /// In how many categories a term stands.
    categories_of: BTreeMap<Term, u32>,
}

/// The words of one category.
#[derive(Debug)]
struct Entry {
    category: String,
    names: Vec<(String, BTreeSet<Term>)>,
    conditions: Vec<(String, BTreeSet<Term>)>,
}

impl Entry {
    fn of(category: &Category) -> Self {
        let names =
            std::iter::once(&category.name).chain(&category.aliases).chain(&category.name_en);
        let conditions = category.published();
        Self {
            category: category.code.clone(),
            names: names.map(|name| (name.to_lowercase(), terms(name))).collect(),
            conditions: conditions
                .map(|condition| (condition.code.clone(), terms(&condition.opens_when)))
                .collect(),
        }
    }

    fn terms(&self) -> BTreeSet<&Term> {
        let all = self.names.iter().chain(&self.conditions);
        all.flat_map(|(_, terms)| terms).collect()
    }
}

impl Lexicon {
    /// The words of these categories. One that nothing can be filed by is not suggested.
    pub fn new<'a>(categories: impl Iterator<Item = &'a Category>) -> Self {
        let can_be_filed = |category: &&Category| category.published().next().is_some();
        let entries: Vec<Entry> = categories.filter(can_be_filed).map(Entry::of).collect();
        let mut categories_of = BTreeMap::new();
        for term in entries.iter().flat_map(Entry::terms) {
            *categories_of.entry(term.clone()).or_default() += 1;
        }
        Self { entries, categories_of }
    }

    /// The categories that a note most likely means, the likeliest first, at most `most`.
    pub fn likely(&self, note: &str, most: usize) -> Vec<Likely> {
        let said = Said { text: note.to_lowercase(), terms: terms(note) };
        let known = self.weight(said.terms.iter());
        let mut likely: Vec<(f64, Likely)> =
            self.entries.iter().filter_map(|entry| self.measured(entry, &said, known)).collect();
        likely.sort_by(|(one, a), (other, b)| {
            other.total_cmp(one).then_with(|| a.category.cmp(&b.category))
        });
        likely.into_iter().take(most).map(|(_, likely)| likely).collect()
    }

    fn measured(&self, entry: &Entry, said: &Said, known: f64) -> Option<(f64, Likely)> {
        let common = |terms: &BTreeSet<Term>| self.weight(terms.intersection(&said.terms));
        let of_name = |(name, terms): &(String, BTreeSet<Term>)| {
            if said.text.contains(name.as_str()) {
                return WHOLE_NAME + (1.0 - WHOLE_NAME) * share(common(terms), known);
            }
            share(common(terms), self.weight(terms.iter()))
        };
        let named = entry.names.iter().map(of_name).fold(0.0, f64::max);
        let own: BTreeSet<Term> = entry.terms().into_iter().cloned().collect();
        if named <= 0.0 && own.intersection(&said.terms).count() < OF_CONDITIONS {
            return None;
        }
        let told = share(common(&own), known);
        let score = OF_THE_NAME * named + (1.0 - OF_THE_NAME) * told;
        if score < LEAST {
            return None;
        }
        let likely = Likely {
            category: entry.category.clone(),
            condition: self.nearest(entry, said),
            score: (score * 100.0).round() / 100.0,
            words: terms::found(&said.text, &own),
        };
        Some((score, likely))
    }

    /// The condition that more of the note speaks for than for any other; none where two are level. A
    /// category with one condition needs no word for it.
    fn nearest(&self, entry: &Entry, said: &Said) -> Option<String> {
        if let [(only, _)] = entry.conditions.as_slice() {
            return Some(only.clone());
        }
        let weight = |terms: &BTreeSet<Term>| self.weight(terms.intersection(&said.terms));
        let mut weighed: Vec<(f64, &str)> =
            entry.conditions.iter().map(|(code, terms)| (weight(terms), code.as_str())).collect();
        weighed.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        match weighed.as_slice() {
            [(first, code), (second, _), ..] if first > second => Some((*code).to_owned()),
            _ => None,
        }
    }

    /// What terms say together: the fewer categories one stands in, the more.
    fn weight<'a>(&self, terms: impl Iterator<Item = &'a Term>) -> f64 {
        let all = self.entries.len() as f64;
        let of = |term: &Term| {
            self.categories_of.get(term).map_or(0.0, |n| (1.0 + all / f64::from(*n)).ln())
        };
        terms.map(of).sum()
    }
}

/// A note, read.
struct Said {
    text: String,
    terms: BTreeSet<Term>,
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
