//! Random rule sets against every subject of a small world: what is said is so, and all that is so
//! is said.

use proptest::prelude::*;

use super::*;
use crate::routing::rule::{Rule, Subject, When};
use crate::routing::target::Target;
use crate::routing::{Unrouted, route};

const WORLD_AREAS: [&[&str]; 5] = [
    &[],
    &["district"],
    &["north", "district"],
    &["north-1", "north", "district"],
    &["south", "district"],
];
const WORLD_PLACES: [&[&str]; 4] =
    [&[], &["compound"], &["back_street"], &["compound", "back_street"]];
const WORLD_OWNERS: [&[&str]; 4] = [&[], &["power"], &["urban"], &["power", "urban"]];
const WORLD_DAYS: [Date; 3] = [ON, date(2026, 11, 20), date(2026, 12, 1)];

/// Asks `what` of every subject that can be.
fn each_subject(taxonomy: &[Category], mut what: impl FnMut(&Subject<'_>)) {
    let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    for (areas, owners) in WORLD_AREAS.iter().flat_map(|a| WORLD_OWNERS.iter().map(move |o| (a, o)))
    {
        let (areas, owners) = (owned(areas), owned(owners));
        for category in taxonomy {
            for (condition, places) in
                category.conditions.iter().flat_map(|c| WORLD_PLACES.iter().map(move |p| (c, p)))
            {
                for (source, on) in ["inspector", "leader"]
                    .into_iter()
                    .flat_map(|source| WORLD_DAYS.into_iter().map(move |on| (source, on)))
                {
                    what(&Subject {
                        category: &category.code,
                        condition: &condition.code,
                        class: &category.class,
                        areas: &areas,
                        places,
                        source,
                        owners: &owners,
                        duties: &[],
                        standard: None,
                        on,
                    });
                }
            }
        }
    }
}

fn values(of: &'static [&'static str]) -> impl Strategy<Value = Option<Vec<String>>> {
    let some = proptest::sample::subsequence(of.to_vec(), 1..=of.len());
    let some = some.prop_map(|list| list.into_iter().map(str::to_owned).collect());
    proptest::option::weighted(0.4, some)
}

fn target() -> impl Strategy<Value = Target> {
    let named = |code: &str| Target::Bureau(code.to_owned());
    prop_oneof![Just(named("power")), Just(named("urban")), Just(Target::Subdistrict)]
}

prop_compose! {
    fn a_rule()(
        priority in 0..2,
        condition in values(&["27a", "27b", "91a"]),
        category in values(&["27", "91"]),
        class in values(&["utilities", "order"]),
        area in values(&["district", "north", "north-1", "south"]),
        place in values(&["compound", "back_street"]),
        source in values(&["inspector", "leader"]),
        owner in values(&["power", "urban"]),
        from in proptest::option::weighted(0.2, Just(date(2026, 11, 20))),
        until in proptest::option::weighted(0.2, Just(date(2026, 11, 30))),
        lead in target(),
        cooperating in proptest::collection::vec(target(), 0..2),
    ) -> Rule {
        let when = When { condition, category, class, area, place, source, owner, duty: None };
        Rule { name: String::new(), priority, from, until, fallback: true, when, lead, cooperating, task: None, note: None }
    }
}

fn some_rules() -> impl Strategy<Value = RuleSet> {
    proptest::collection::vec(a_rule(), 1..7).prop_map(|mut rules| {
        for (number, rule) in rules.iter_mut().enumerate() {
            rule.name = number.to_string();
        }
        RuleSet { version: "v".to_owned(), rules, offers: Vec::new() }
    })
}

fn agree(one: &Rule, other: &Rule) -> bool {
    let helpers = |rule: &Rule| {
        let mut targets = rule.cooperating.clone();
        targets.retain(|target| *target != rule.lead);
        targets.sort();
        targets.dedup();
        targets
    };
    one.lead == other.lead && helpers(one) == helpers(other)
}

/// Rules that decide somewhere or have a part in a tie, and pairs that tie somewhere.
fn by_trying(set: &RuleSet, taxonomy: &[Category]) -> (BTreeSet<usize>, BTreeSet<[usize; 2]>) {
    let (mut decide, mut tie) = (BTreeSet::new(), BTreeSet::new());
    let rules = &set.rules;
    each_subject(taxonomy, |subject| {
        match route(set, subject, &|target| Some(target.to_string())) {
            Ok(because) => drop(decide.insert(because.rule.parse::<usize>().unwrap())),
            Err(Unrouted::Tie { rules: names }) => {
                let mut tied: Vec<usize> = names.iter().map(|name| name.parse().unwrap()).collect();
                tied.sort_unstable();
                for (place, &later) in tied.iter().enumerate() {
                    let before = &tied[..place];
                    if !before.iter().any(|&other| agree(&rules[other], &rules[later])) {
                        decide.insert(later);
                    }
                    let differ =
                        before.iter().filter(|&&other| !agree(&rules[other], &rules[later]));
                    tie.extend(differ.map(|&other| [other, later]));
                }
            }
            Err(Unrouted::NoRule) => {}
            Err(other) => panic!("{other:?}: every target is known here"),
        }
    });
    (decide, tie)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_the_lint_says_is_what_trying_everything_shows(set in some_rules()) {
        let taxonomy = taxonomy();
        let (decide, tie) = by_trying(&set, &taxonomy);
        let found = lint(&set, &known(&taxonomy), ON);
        let of = |code: &str| {
            let with = found.iter().filter(|finding| finding.fault.code() == code);
            with.map(|finding| finding.rules.clone()).collect::<BTreeSet<_>>()
        };
        let ties: BTreeSet<Vec<usize>> = tie.into_iter().map(Vec::from).collect();
        prop_assert_eq!(of("tie"), ties);
        let silent: BTreeSet<Vec<usize>> =
            (0..set.rules.len()).filter(|rule| !decide.contains(rule)).map(|rule| vec![rule]).collect();
        let mut told = of("unreachable");
        told.extend(of("never-holds"));
        told.extend(of("never-in-force"));
        prop_assert_eq!(told, silent);
    }
}
