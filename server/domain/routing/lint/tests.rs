mod every;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::*;
use crate::routing::check::RuleProblem;
use crate::routing::rule::Criterion;
use crate::taxonomy::{CITY, Category, Condition, Group};

const ON: Date = date(2026, 11, 16);

fn category(code: &str, class: &str, conditions: &[&str]) -> Category {
    let condition = |code: &&str| Condition {
        code: (*code).to_owned(),
        opens_when: String::new(),
        closes_when: String::new(),
        gravity: 1,
        limit: String::new(),
        limit_text: None,
        published: true,
        unpublished_why: None,
        responsible: None,
        counts_for: Vec::new(),
    };
    Category {
        standard: CITY.to_owned(),
        code: code.to_owned(),
        group: Group::Component,
        name: code.to_owned(),
        name_en: None,
        aliases: Vec::new(),
        class: class.to_owned(),
        family: code.to_owned(),
        match_radius_m: 15.0,
        auto_file: true,
        counted: false,
        conditions: conditions.iter().map(condition).collect(),
    }
}

fn taxonomy() -> Vec<Category> {
    vec![category("27", "utilities", &["27a", "27b"]), category("91", "order", &["91a"])]
}

fn known(taxonomy: &[Category]) -> Known<'_> {
    Known {
        categories: taxonomy.iter().collect(),
        areas: BTreeMap::from([
            ("district", None),
            ("north", Some("district")),
            ("north-1", Some("north")),
            ("south", Some("district")),
        ]),
        bureaus: BTreeSet::from(["power", "urban", "office"]),
        places: vec!["compound", "back_street"],
        sources: vec!["inspector", "leader"],
    }
}

/// A set of rules given as `name | priority | when | lead`.
fn set(lines: &[(&str, i32, &str, &str)]) -> RuleSet {
    let rule = |(name, priority, when, lead): &(&str, i32, &str, &str)| {
        format!(
            "[[rule]]\nname = '{name}'\npriority = {priority}\nwhen = {when}\nlead = '{lead}'\n"
        )
    };
    read(&lines.iter().map(rule).collect::<String>())
}

fn read(rules: &str) -> RuleSet {
    toml::from_str(&format!("version = 'test'\n{rules}")).unwrap()
}

/// What is found, as codes and names; what no rule takes is another matter.
fn found(set: &RuleSet) -> Vec<(&'static str, Vec<&str>)> {
    let taxonomy = taxonomy();
    let found = lint(set, &known(&taxonomy), ON);
    let rules = found.iter().filter(|finding| !finding.rules.is_empty());
    rules.map(|finding| (finding.fault.code(), finding.names(set))).collect()
}

#[test]
fn a_narrower_rule_is_no_mistake() {
    let sound = set(&[
        ("class", 0, "{ class = ['utilities', 'order'] }", "urban"),
        ("category", 0, "{ category = ['27'] }", "power"),
        ("condition", 0, "{ condition = ['27a'] }", "urban"),
        ("area", 0, "{ category = ['27'], area = ['north'] }", "power"),
    ]);
    assert_eq!(found(&sound), []);
}

#[test]
fn a_rule_below_a_wider_stronger_one_never_decides() {
    let wide = ("wide", 1, "{ class = ['utilities'], area = ['district'] }", "urban");
    let never = |when| found(&set(&[wide, ("narrow", 0, when, "power")])).len() == 1;
    assert!(never("{ category = ['27'], area = ['north-1'] }"), "category of class, area in area");
    assert!(never("{ condition = ['27b'], area = ['north', 'south'] }"));
    assert!(!never("{ category = ['27', '91'], area = ['north-1'] }"), "91 is of another class");
    assert!(!never("{ category = ['27'] }"), "there is ground outside the district");
    let later = read(
        "[[rule]]\nname = 'wide'\npriority = 1\nwhen = { category = ['27'] }\nlead = 'urban'\n\
         from = '2026-12-01'\n[[rule]]\nname = 'till then'\nwhen = { category = ['27'] }\n\
         lead = 'power'\n",
    );
    assert_eq!(found(&later), []);
}

#[test]
fn several_stronger_rules_can_leave_nothing_over() {
    let shared = set(&[
        ("one", 0, "{ condition = ['27a'] }", "urban"),
        ("other", 0, "{ condition = ['27b'] }", "power"),
        ("rest", 0, "{ category = ['27'] }", "office"),
    ]);
    assert_eq!(found(&shared), [("unreachable", vec!["rest"])]);
    let taxonomy = taxonomy();
    let finding = &lint(&shared, &known(&taxonomy), ON)[0];
    assert_eq!(
        finding.english(&shared),
        "rule “rest” never decides: whenever it holds, “one”, “other” comes first"
    );
    assert_eq!(finding.chinese(&shared), "规则“rest”不起作用：凡它适用时，总是“one”、“other”优先");
}

#[test]
fn equal_standing_and_other_bureaus_is_a_tie_with_a_case() {
    let by_area = ("north", 0, "{ area = ['north'] }", "urban");
    let tied = set(&[by_area, ("found", 0, "{ source = ['leader'] }", "power")]);
    assert_eq!(found(&tied), [("tie", vec!["north", "found"])]);
    let taxonomy = taxonomy();
    let finding = &lint(&tied, &known(&taxonomy), ON)[0];
    assert_eq!(
        finding.english(&tied),
        "rules “north” and “found” tie: both can hold with equal standing and name different \
         bureaus, for example for condition 27a in area north, source leader, on 2026-11-16"
    );
    assert!(finding.chinese(&tied).contains("规则“north”与“found”冲突"));
    let elsewhere = set(&[by_area, ("south", 0, "{ area = ['south'] }", "power")]);
    assert_eq!(found(&elsewhere), []);
    let nested = set(&[by_area, ("north-1", 0, "{ area = ['north-1'] }", "power")]);
    assert_eq!(found(&nested), [("tie", vec!["north", "north-1"])]);
    let agreeing = set(&[by_area, ("found", 0, "{ source = ['leader'] }", "urban")]);
    assert_eq!(found(&agreeing), []);
}

#[test]
fn a_stronger_rule_can_settle_a_tie() {
    let tied = [
        ("street", 0, "{ place = ['back_street'] }", "urban"),
        ("compound", 0, "{ place = ['compound'] }", "office"),
    ];
    assert_eq!(found(&set(&tied)), [("tie", vec!["street", "compound"])]);
    let settled = ("both", 1, "{ place = ['compound'] }", "power");
    assert_eq!(found(&set(&[tied[0], settled])), []);
    let shadowed = set(&[tied[0], tied[1], settled]);
    assert_eq!(found(&shadowed), [("unreachable", vec!["compound"])]);
}

#[test]
fn owners_and_duties_are_criteria_like_others() {
    let owner = ("owner", 0, "{ owner = ['power'] }", "power");
    let duty = ("duty", 0, "{ duty = ['office'] }", "office");
    assert_eq!(found(&set(&[owner, duty])), [("tie", vec!["owner", "duty"])]);
    let wider = ("wider", 1, "{ owner = ['power', 'urban'] }", "urban");
    assert_eq!(found(&set(&[owner, wider])), [("unreachable", vec!["owner"])]);
    let unknown = set(&[("owner", 0, "{ owner = ['nobody'] }", "power")]);
    assert_eq!(found(&unknown), [("unknown-bureau", vec!["owner"])]);
}

#[test]
fn criteria_that_exclude_one_another_are_told() {
    let never = set(&[
        ("other", 0, "{ category = ['91'], condition = ['27a'] }", "urban"),
        ("class", 0, "{ category = ['27'], class = ['order'] }", "urban"),
    ]);
    assert_eq!(found(&never), [("never-holds", vec!["other"]), ("never-holds", vec!["class"])]);
}

#[test]
fn what_is_unknown_past_or_unfit_is_told_with_its_place() {
    let text = "[[rule]]\nname = 'old'\nuntil = '2026-11-15'\nwhen = { category = ['27'] }\n\
                lead = 'power'\n[[rule]]\nname = 'strange'\nwhen = { category = ['28'], \
                area = ['west'], place = ['park'], source = ['rumour'], class = ['x'], \
                condition = ['28a'] }\nlead = 'nobody'\n[[rule]]\nname = 'old'\n\
                when = { source = [] }\nlead = 'urban'\n";
    let set = read(text);
    let taxonomy = taxonomy();
    let found = lint(&set, &known(&taxonomy), ON);
    let codes: Vec<(&str, Vec<usize>)> =
        found.iter().map(|finding| (finding.fault.code(), finding.rules.clone())).collect();
    let mut strange = vec![("unknown-bureau", vec![1])];
    strange.extend(vec![("unknown-value", vec![1]); 6]);
    strange.push(("never-holds", vec![1]));
    let mut all = vec![("expired", vec![0])];
    all.extend(strange);
    all.extend([("duplicate-name", vec![2]), ("empty-criterion", vec![2]), ("uncovered", vec![])]);
    assert_eq!(codes, all);
    let empty =
        RuleProblem::EmptyCriterion { rule: "old".to_owned(), criterion: Criterion::Source };
    assert!(found.iter().any(|finding| finding.fault == Fault::Unfit(empty.clone())));
    for finding in &found {
        assert!(!finding.english(&set).is_empty() && !finding.chinese(&set).is_empty());
    }
}

#[test]
fn what_no_rule_takes_is_listed() {
    let taxonomy = taxonomy();
    let listed = |set: &RuleSet| lint(set, &known(&taxonomy), ON).pop();
    let some = set(&[("a", 0, "{ condition = ['27a'] }", "urban")]);
    let finding = listed(&some).unwrap();
    let uncovered =
        Fault::Uncovered { categories: vec!["91".to_owned()], conditions: vec!["27b".to_owned()] };
    assert_eq!((&finding.fault, finding.fault.severity()), (&uncovered, Severity::Warning));
    assert_eq!(finding.english(&some), "no rule takes categories 91; conditions 27b");
    assert_eq!(finding.chinese(&some), "没有规则适用于小类 91；立案条件 27b");
    let rest = read("[[rule]]\nname = 'rest'\nfallback = true\nlead = 'urban'");
    assert_eq!(listed(&rest), None);
}

#[test]
fn what_cannot_be_decided_is_a_possible_tie_and_never_an_unreachable_rule() {
    let taxonomy = taxonomy();
    let set = set(&[
        ("street", 0, "{ place = ['back_street'] }", "urban"),
        ("compound", 0, "{ place = ['compound'] }", "office"),
        ("both", 1, "{ place = ['compound'], source = ['leader'] }", "power"),
        ("rest", 1, "{ place = ['compound'], source = ['inspector'] }", "power"),
    ]);
    assert_eq!(found(&set), [("unreachable", vec!["compound"])]);
    let universe = Universe::new(&set, &known(&taxonomy), ON);
    let given_up = reach::with_patience(&set, &universe, ON, 0);
    let codes: Vec<&Fault> = given_up.iter().map(|finding| &finding.fault).collect();
    assert_eq!(codes, [&Fault::Tie { case: None }]);
    assert!(given_up[0].english(&set).contains("may tie"));
}
