//! The division of work from TOML.

use std::collections::BTreeSet;

use domain::routing::{Criterion, Rule, RuleSet, Target};

use super::{Item, Need, text};
use crate::gazetteer::items::RulesItem;
use crate::gazetteer::{Kind, PlaceKind};

/// Where reports come from 来源, as rules may ask for it.
const SOURCES: [&str; 8] = [
    "inspector",
    "supervisor",
    "leader",
    "chat_group",
    "hotline_12345",
    "citizen",
    "media",
    "video",
];

/// One item for the whole file: rules weigh against one another, so half of them is worse than
/// none.
pub(super) fn read(text: &str) -> Result<Item, String> {
    let set: RuleSet = toml::from_str(text).map_err(|error| error.to_string())?;
    text::said("version", &set.version)?;
    // Whether bureaus are known is asked when the item is planned.
    let problems = set.check(&|_bureau| true).into_iter().map(|problem| problem.to_string());
    let problems: Vec<String> = problems.chain(set.rules.iter().flat_map(unknown_words)).collect();
    if !problems.is_empty() {
        return Err(problems.join("; "));
    }
    let needs = set.rules.iter().flat_map(needs).collect::<BTreeSet<_>>().into_iter().collect();
    Item::new(Kind::Rules, Kind::THE_ONE, &RulesItem { text: text.to_owned(), set }, needs)
}

fn wanted(rule: &Rule, criterion: Criterion) -> impl Iterator<Item = &String> {
    rule.when.wanted(criterion).into_iter().flatten()
}

/// Criteria whose words are the program's own.
fn unknown_words(rule: &Rule) -> Vec<String> {
    let places: &[&str] = &PlaceKind::ALL.map(PlaceKind::word);
    let known = [(Criterion::Place, places), (Criterion::Source, &SOURCES)];
    let unknown = known.into_iter().flat_map(|(criterion, known)| {
        let words = wanted(rule, criterion).filter(|word| !known.contains(&word.as_str()));
        words.map(move |word| format!("rule {:?} names {criterion} {word:?}, unknown", rule.name))
    });
    unknown.collect()
}

fn needs(rule: &Rule) -> Vec<Need> {
    let item = |kind| move |code: &String| Need::Item(kind, code.clone());
    let bureaus = std::iter::once(&rule.lead).chain(&rule.cooperating);
    let bureaus = bureaus.filter_map(|target| match target {
        Target::Bureau(code) => Some(Need::Item(Kind::Bureau, code.clone())),
        Target::Subdistrict | Target::Enforcement | Target::Owner => None,
    });
    bureaus
        .chain(wanted(rule, Criterion::Category).map(item(Kind::Category)))
        .chain(wanted(rule, Criterion::Condition).map(item(Kind::Condition)))
        .chain(wanted(rule, Criterion::Area).map(item(Kind::Area)))
        .chain(wanted(rule, Criterion::Class).map(|class| Need::Class(class.clone())))
        .collect()
}
