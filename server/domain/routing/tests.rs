mod offers;
mod orders;
mod written;

use jiff::civil::{Date, date};

use super::*;
use crate::taxonomy::Responsible;

const DIVISION_OF_WORK: &str = r#"
version = "2026-11"

[[rule]]
name = "overhead cables"
when = { category = ["27"] }
lead = "@subdistrict"
cooperating = ["power", "mobile", "unicom", "telecom", "broadcast"]
note = "the subdistrict leads, the five companies help"

[[rule]]
name = "back streets"
when = { place = ["back_street", "compound"] }
lead = "@subdistrict"

[[rule]]
name = "hanging cable over a school road"
priority = 5
from = "2026-09-01"
until = "2026-12-31"
when = { category = ["27"], condition = ["27a"], source = ["leader"] }
lead = "power"
cooperating = ["@owner", "power", "@subdistrict", "office-1"]

[[rule]]
name = "everything else"
fallback = true
lead = "urban"
"#;

fn rules(text: &str) -> RuleSet {
    toml::from_str(text).unwrap()
}

fn areas() -> Vec<String> {
    ["110101", "110101001", "110101001000"].map(str::to_owned).to_vec()
}

fn cable(areas: &[String]) -> Subject<'_> {
    Subject {
        category: "27",
        condition: "27a",
        class: "utilities",
        areas,
        places: &[],
        source: "inspector",
        owners: &[],
        duties: &[],
        standard: None,
        on: date(2026, 11, 5),
    }
}

/// Named bureaus stand for themselves; the subdistrict office is known, nobody else.
fn resolve(target: &Target) -> Option<String> {
    match target {
        Target::Bureau(code) => Some(code.clone()),
        Target::Subdistrict => Some("office-1".to_owned()),
        Target::Enforcement | Target::Owner | Target::Duty | Target::Standard | Target::Claim => {
            None
        }
    }
}

/// A set of rules given as `name | priority | when | lead`.
fn set(lines: &[(&str, i32, &str, &str)]) -> RuleSet {
    let rule = |(name, priority, when, lead): &(&str, i32, &str, &str)| {
        format!(
            "[[rule]]\nname = '{name}'\npriority = {priority}\nwhen = {when}\nlead = '{lead}'\n"
        )
    };
    rules(&format!("version = 'test'\n{}", lines.iter().map(rule).collect::<String>()))
}

fn chosen(lines: &[(&str, i32, &str, &str)]) -> Result<String, Unrouted> {
    route(&set(lines), &cable(&areas()), &resolve).map(|routing| routing.rule)
}

fn plain(bureau: &str) -> Named {
    Named { bureau: bureau.to_owned(), sought: None }
}

fn sought(target: Target) -> Sought {
    Sought { target, standard: None }
}

fn symbol(target: Target, bureau: &str) -> Named {
    Named { bureau: bureau.to_owned(), sought: Some(sought(target)) }
}

#[test]
fn overhead_cables_go_to_the_subdistrict_with_five_companies() {
    let routing = route(&rules(DIVISION_OF_WORK), &cable(&areas()), &resolve).unwrap();
    let because = Because {
        version: "2026-11".to_owned(),
        rule: "overhead cables".to_owned(),
        met: vec![(Criterion::Category, "27".to_owned())],
        lead: symbol(Target::Subdistrict, "office-1"),
        cooperating: ["power", "mobile", "unicom", "telecom", "broadcast"].map(plain).into(),
        task: None,
        left_out: Vec::new(),
    };
    assert_eq!(routing, because);
}

#[test]
fn the_lead_is_not_also_cooperating_and_who_is_unknown_is_left_out_aloud() {
    let areas = areas();
    let subject = Subject { source: "leader", ..cable(&areas) };
    let routing = route(&rules(DIVISION_OF_WORK), &subject, &resolve).unwrap();
    let met = [Criterion::Condition, Criterion::Category, Criterion::Source];
    assert_eq!(routing.met.iter().map(|(criterion, _)| *criterion).collect::<Vec<_>>(), met);
    assert_eq!(routing.lead, plain("power"));
    assert_eq!(routing.cooperating, [symbol(Target::Subdistrict, "office-1")]);
    assert_eq!(routing.left_out, [sought(Target::Owner)]);
}

#[test]
fn a_reason_is_small_and_reads_the_same_again() {
    let routing = route(&rules(DIVISION_OF_WORK), &cable(&areas()), &resolve).unwrap();
    let written = serde_json::to_string(&Why::Rule(Box::new(routing.clone()))).unwrap();
    assert!(written.starts_with(
        r#"{"by":"rule","version":"2026-11","rule":"overhead cables","met":[["category","27"]],"lead":{"bureau":"office-1","target":"@subdistrict"},"cooperating":[{"bureau":"power"},"#
    ), "{written}");
    assert_eq!(serde_json::from_str::<Why>(&written).unwrap(), Why::Rule(Box::new(routing)));
    let unrouted = Unrouted::Unresolved { rule: "r".to_owned(), sought: sought(Target::Duty) };
    let written = serde_json::to_string(&unrouted).unwrap();
    assert_eq!(written, r#"{"kind":"unresolved","rule":"r","target":"@duty"}"#);
    assert_eq!(serde_json::from_str::<Unrouted>(&written).unwrap(), unrouted);
}

/// What a standard says of a condition.
fn standard(lead: Target, cooperating: &[Target]) -> Responsible {
    Responsible { lead, cooperating: cooperating.to_vec() }
}

#[test]
fn whom_the_standard_names_is_resolved_in_turn() {
    let text = "version = 'v'\n[[rule]]\nname = 'as published'\nfallback = true\n\
                lead = '@standard'\ncooperating = ['urban', '@standard']";
    let (areas, owned) = (areas(), |target: &Target| match target {
        Target::Owner => Some("power".to_owned()),
        other => resolve(other),
    });
    let says = standard(Target::Owner, &[Target::Subdistrict, Target::Enforcement]);
    let subject = Subject { standard: Some(&says), ..cable(&areas) };
    let routing = route(&rules(text), &subject, &owned).unwrap();
    let by_standard = |target| Sought { target: Target::Standard, standard: Some(target) };
    assert_eq!(routing.lead.bureau, "power");
    assert_eq!(routing.lead.sought, Some(by_standard(Target::Owner)));
    assert_eq!(routing.helpers(), ["urban", "office-1"]);
    assert_eq!(routing.left_out, [by_standard(Target::Enforcement)]);
    let nobody = route(&rules(text), &subject, &resolve);
    let rule = || "as published".to_owned();
    let sought = by_standard(Target::Owner);
    assert_eq!(nobody, Err(Unrouted::Unresolved { rule: rule(), sought }));
    let silent = route(&rules(text), &cable(&areas), &resolve);
    let sought = Sought { target: Target::Standard, standard: None };
    assert_eq!(silent, Err(Unrouted::Unresolved { rule: rule(), sought }));
}

#[test]
fn a_standard_that_names_itself_leads_nowhere() {
    let text = "version = 'v'\n[[rule]]\nname = 'r'\nfallback = true\nlead = '@standard'";
    let (areas, says) = (areas(), standard(Target::Standard, &[]));
    let subject = Subject { standard: Some(&says), ..cable(&areas) };
    let asked = |target: &Target| Some(target.to_string());
    assert!(matches!(route(&rules(text), &subject, &asked), Err(Unrouted::Unresolved { .. })));
}

#[test]
fn a_rule_counts_from_its_first_day_to_its_last() {
    let rules = rules(DIVISION_OF_WORK);
    let areas = areas();
    let on = |on: Date| {
        let subject = Subject { source: "leader", on, ..cable(&areas) };
        route(&rules, &subject, &resolve).unwrap().rule
    };
    assert_eq!(on(date(2026, 8, 31)), "overhead cables");
    assert_eq!(on(date(2026, 9, 1)), "hanging cable over a school road");
    assert_eq!(on(date(2026, 12, 31)), "hanging cable over a school road");
    assert_eq!(on(date(2027, 1, 1)), "overhead cables");
}

#[test]
fn a_fallback_takes_what_no_other_rule_does() {
    let areas = areas();
    let stray_dog = Subject { category: "91", condition: "91a", ..cable(&areas) };
    let routing = route(&rules(DIVISION_OF_WORK), &stray_dog, &resolve).unwrap();
    assert_eq!((routing.lead, routing.met), (plain("urban"), Vec::new()));
    let in_back_street = Subject { places: &["park", "back_street"], ..stray_dog };
    let routing = route(&rules(DIVISION_OF_WORK), &in_back_street, &resolve).unwrap();
    assert_eq!(routing.rule, "back streets");
}

#[test]
fn every_criterion_that_is_given_must_hold() {
    let subject_areas = areas();
    let (owners, duties) = (["power".to_owned()], ["office-1", "school"].map(str::to_owned));
    let subject = Subject {
        places: &["compound"],
        owners: &owners,
        duties: &duties,
        ..cable(&subject_areas)
    };
    let table = [
        ("{ condition = ['1', '27a'] }", true),
        ("{ condition = ['27b'] }", false),
        ("{ category = ['27'], class = ['utilities'] }", true),
        ("{ category = ['27'], class = ['roads'] }", false),
        ("{ area = ['110101001'] }", true),
        ("{ area = ['110102'] }", false),
        ("{ place = ['back_street', 'compound'] }", true),
        ("{ place = ['back_street'] }", false),
        ("{ source = ['inspector'] }", true),
        ("{ source = ['inspector'], place = [] }", false),
        ("{ owner = ['mobile', 'power'] }", true),
        ("{ owner = ['school'] }", false),
        ("{ duty = ['school'], owner = ['power'] }", true),
        ("{ duty = ['power'] }", false),
        ("{}", true),
    ];
    for (when, holds) in table {
        let routed = route(&set(&[("rule", 0, when, "urban")]), &subject, &resolve);
        assert_eq!(routed.is_ok(), holds, "{when}: {routed:?}");
    }
}

#[test]
fn nothing_that_holds_is_unrouted() {
    assert_eq!(chosen(&[]), Err(Unrouted::NoRule));
    assert_eq!(chosen(&[("dogs", 9, "{ category = ['91'] }", "police")]), Err(Unrouted::NoRule));
}

#[test]
fn priority_comes_before_specificity() {
    let narrow = ("narrow", 0, "{ condition = ['27a'], category = ['27'] }", "power");
    let wide = ("wide", 1, "{ class = ['utilities'] }", "urban");
    assert_eq!(chosen(&[narrow, wide]).unwrap(), "wide");
}

#[test]
fn more_criteria_win_then_condition_before_category_before_class() {
    let ladder = [
        ("two", 0, "{ area = ['110101'], source = ['inspector'] }", "a"),
        ("condition", 0, "{ condition = ['27a'] }", "b"),
        ("category", 0, "{ category = ['27'] }", "c"),
        ("class", 0, "{ class = ['utilities'] }", "d"),
        ("source", 0, "{ source = ['inspector'] }", "e"),
        ("none", 0, "{}", "f"),
    ];
    for from in 0..ladder.len() {
        let mut rest = ladder[from..].to_vec();
        rest.reverse();
        assert_eq!(chosen(&rest).unwrap(), ladder[from].0);
    }
}

#[test]
fn equal_standing_and_different_bureaus_is_a_tie_with_both_names() {
    let by_area = ("west", 0, "{ area = ['110101'] }", "urban");
    let by_source = ("found", 0, "{ source = ['inspector'] }", "power");
    let tie = Unrouted::Tie { rules: vec!["found".to_owned(), "west".to_owned()] };
    assert_eq!(chosen(&[by_area, by_source]), Err(tie.clone()));
    assert_eq!(tie.to_string(), "rules of equal standing name different bureaus: found, west");
    let unknown = ("found", 0, "{ source = ['inspector'] }", "@owner");
    assert_eq!(chosen(&[by_area, unknown]), Err(tie));
}

#[test]
fn equal_standing_and_the_same_bureaus_is_the_first_in_the_file() {
    let by_area = ("west", 0, "{ area = ['110101'] }", "@subdistrict");
    let by_source = ("found", 0, "{ source = ['inspector'] }", "office-1");
    assert_eq!(chosen(&[by_area, by_source]).unwrap(), "west");
    assert_eq!(chosen(&[by_source, by_area]).unwrap(), "found");
}

#[test]
fn an_unresolved_lead_does_not_fall_through_to_a_weaker_rule() {
    let owner = ("owned", 0, "{ category = ['27'] }", "@owner");
    let error = chosen(&[owner, ("rest", 0, "{}", "urban")]).unwrap_err();
    assert_eq!(
        error,
        Unrouted::Unresolved { rule: "owned".to_owned(), sought: sought(Target::Owner) }
    );
    assert_eq!(
        error.to_string(),
        "rule \"owned\" leads to @owner, and nobody is known for it there"
    );
}
