//! Random rule sets: what a file comes to does not hang on the order it is written in.

use proptest::prelude::*;

use super::*;

fn values(of: &'static [&'static str]) -> impl Strategy<Value = Option<Vec<String>>> {
    let some = proptest::sample::subsequence(of.to_vec(), 1..=of.len());
    proptest::option::of(some.prop_map(|list| list.into_iter().map(str::to_owned).collect()))
}

fn target() -> impl Strategy<Value = Target> {
    let named = |code: &str| Target::Bureau(code.to_owned());
    prop_oneof![
        Just(named("power")),
        Just(named("office-1")),
        Just(Target::Subdistrict),
        Just(Target::Owner),
        Just(Target::Enforcement),
    ]
}

prop_compose! {
    fn a_rule()(
        priority in 0..2,
        condition in values(&["27a", "27b"]),
        category in values(&["27", "91"]),
        place in values(&["compound", "back_street"]),
        source in values(&["inspector", "leader"]),
        until in proptest::option::of(Just(date(2026, 11, 4))),
        lead in target(),
        cooperating in proptest::collection::vec(target(), 0..3),
    ) -> Rule {
        let when = When { condition, category, place, source, ..When::default() };
        let name = String::new();
        Rule { name, priority, from: None, until, fallback: false, when, lead, cooperating, task: None, note: None }
    }
}

fn with_names(mut rules: Vec<Rule>) -> Vec<Rule> {
    for (number, rule) in rules.iter_mut().enumerate() {
        rule.name = format!("rule {number}");
    }
    rules
}

/// A file of rules, and the same rules in another order.
fn two_orders() -> impl Strategy<Value = (Vec<Rule>, Vec<Rule>)> {
    proptest::collection::vec(a_rule(), 0..7)
        .prop_map(with_names)
        .prop_flat_map(|rules| (Just(rules.clone()), Just(rules).prop_shuffle()))
}

/// What a routing comes to, whichever of several agreeing rules gave its name.
fn comes_to(routed: Result<Because, Unrouted>) -> Result<(String, Vec<String>), Unrouted> {
    match routed {
        Ok(routing) => {
            let mut helpers = routing.helpers();
            helpers.sort();
            Ok((routing.lead.bureau, helpers))
        }
        Err(Unrouted::Unresolved { sought, .. }) => {
            Err(Unrouted::Unresolved { rule: String::new(), sought })
        }
        Err(other) => Err(other),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_order_of_the_file_does_not_matter((one, other) in two_orders()) {
        let set = |rules| RuleSet { version: "v".to_owned(), rules, offers: Vec::new() };
        let areas = areas();
        let subject = Subject { places: &["compound"], ..cable(&areas) };
        let one = route(&set(one), &subject, &resolve);
        let other = route(&set(other), &subject, &resolve);
        prop_assert_eq!(comes_to(one), comes_to(other));
    }

    #[test]
    fn the_lead_never_helps_itself_and_nobody_helps_twice((rules, _) in two_orders()) {
        let areas = areas();
        let subject = Subject { places: &["compound"], ..cable(&areas) };
        let set = RuleSet { version: "v".to_owned(), rules, offers: Vec::new() };
        if let Ok(routing) = route(&set, &subject, &resolve) {
            let mut cooperating = routing.helpers();
            prop_assert!(!cooperating.contains(&routing.lead.bureau));
            let count = cooperating.len();
            cooperating.sort();
            cooperating.dedup();
            prop_assert_eq!(cooperating.len(), count);
        }
    }
}
