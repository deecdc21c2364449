//! The division of work from TOML.

use std::collections::BTreeSet;

use domain::routing::{Criterion, Rule, Target};

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
    let problems: Vec<String> = problems.chain(set.rules.iter().flat_map(unknown_words)).collect();
    if !problems.is_empty() {
        return Err(problems.join("; "));
    }
    let version = Need::NewRules { version: set.version.clone(), text: text.to_owned() };
    let needs = set
        .rules
        .iter()
        .flat_map(needs)
        .chain([version])
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    Item::new(Kind::Rules, Kind::THE_ONE, &RulesItem { text: text.to_owned(), set }, needs)
}

fn wanted(rule: &Rule, criterion: Criterion) -> impl Iterator<Item = &String> {
    rule.when.wanted(criterion).into_iter().flatten()
}

/// Criteria whose words are the program's own.
fn unknown_words(rule: &Rule) -> Vec<String> {
    let places: &[&str] = &PlaceKind::ALL.map(PlaceKind::word);
    let sources: &[&str] = &Source::ALL.map(Source::word);
    let known = [(Criterion::Place, places), (Criterion::Source, sources)];
    let unknown = known.into_iter().flat_map(|(criterion, known)| {
        let words = wanted(rule, criterion).filter(|word| !known.contains(&word.as_str()));
        words.map(move |word| format!("rule {:?} names {criterion} {word:?}, unknown", rule.name))
    });
    unknown.collect()
}

fn needs(rule: &Rule) -> Vec<Need> {
    let item = |kind| move |code: &String| Need::Item(kind, code.clone());
    let bureaus = std::iter::once(&rule.lead).chain(&rule.cooperating);
    let bureaus = bureaus.filter_map(Target::code);
    bureaus
        .map(|code| Need::Item(Kind::Bureau, code.to_owned()))
        .chain(wanted(rule, Criterion::Owner).map(item(Kind::Bureau)))
        .chain(wanted(rule, Criterion::Duty).map(item(Kind::Bureau)))
        .chain(wanted(rule, Criterion::Category).map(item(Kind::Category)))
        .chain(wanted(rule, Criterion::Condition).map(item(Kind::Condition)))
        .chain(wanted(rule, Criterion::Area).map(item(Kind::Area)))
        .chain(wanted(rule, Criterion::Class).map(|class| Need::Class(class.clone())))
        .collect()
}
