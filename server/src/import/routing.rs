//! The division of work from TOML.

use std::collections::BTreeSet;

use domain::routing::{Criterion, OfferRule, Rule, Target, When};

use super::{Item, Need, text};
use crate::gazetteer::items::RulesItem;
use crate::gazetteer::{Kind, PlaceKind};
use crate::intake::Source;
use crate::rules::Draft;

/// One item for the whole file: rules weigh against one another, so half of them is worse than
/// none.
pub(super) fn read(text: &str) -> Result<Item, String> {
    let Draft { set, .. } = Draft::read(text).map_err(|error| error.to_string())?;
    text::said("version", &set.version)?;
    // Whether bureaus are known is asked when the item is planned.
    let problems = set.check(&|_bureau| true).into_iter().map(|problem| problem.to_string());
    let rules = set.rules.iter().flat_map(|rule| unknown_words(&rule.name, &rule.when));
    let offers = set.offers.iter().flat_map(|offer| unknown_words(&offer.name, &offer.when));
    let problems: Vec<String> = problems.chain(rules).chain(offers).collect();
    if !problems.is_empty() {
        return Err(problems.join("; "));
    }
    let version = Need::NewRules { version: set.version.clone(), text: text.to_owned() };
    let needs = set
        .rules
        .iter()
        .flat_map(needs)
        .chain(set.offers.iter().flat_map(needs_of_offer))
        .chain([version])
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    Item::new(Kind::Rules, Kind::THE_ONE, &RulesItem { text: text.to_owned(), set }, needs)
}

fn wanted(when: &When, criterion: Criterion) -> impl Iterator<Item = &String> {
    when.wanted(criterion).into_iter().flatten()
}

/// Criteria whose words are the program's own.
fn unknown_words(name: &str, when: &When) -> Vec<String> {
    let places: &[&str] = &PlaceKind::ALL.map(PlaceKind::word);
    let sources: &[&str] = &Source::ALL.map(Source::word);
    let known = [(Criterion::Place, places), (Criterion::Source, sources)];
    let unknown = known.into_iter().flat_map(|(criterion, known)| {
        let words = wanted(when, criterion).filter(|word| !known.contains(&word.as_str()));
        words.map(move |word| format!("rule {name:?} names {criterion} {word:?}, unknown"))
    });
    unknown.collect()
}

fn needs(rule: &Rule) -> Vec<Need> {
    named(std::iter::once(&rule.lead).chain(&rule.cooperating), &rule.when)
}

fn needs_of_offer(offer: &OfferRule) -> Vec<Need> {
    named(offer.candidates.iter().chain(&offer.otherwise), &offer.when)
}

fn named<'a>(targets: impl Iterator<Item = &'a Target>, when: &When) -> Vec<Need> {
    let item = |kind| move |code: &String| Need::Item(kind, code.clone());
    targets
        .filter_map(Target::code)
        .map(|code| Need::Item(Kind::Bureau, code.to_owned()))
        .chain(wanted(when, Criterion::Owner).map(item(Kind::Bureau)))
        .chain(wanted(when, Criterion::Duty).map(item(Kind::Bureau)))
        .chain(wanted(when, Criterion::Category).map(item(Kind::Category)))
        .chain(wanted(when, Criterion::Condition).map(item(Kind::Condition)))
        .chain(wanted(when, Criterion::Area).map(item(Kind::Area)))
        .chain(wanted(when, Criterion::Class).map(|class| Need::Class(class.clone())))
        .collect()
}
