mod orders;

use jiff::civil::{Date, date};

use super::*;

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
        on: date(2026, 11, 5),
    }
}

/// Named bureaus stand for themselves; the subdistrict office is known, nobody else.
fn resolve(target: &Target) -> Option<String> {
    match target {
        Target::Bureau(code) => Some(code.clone()),
        Target::Subdistrict => Some("office-1".to_owned()),
        Target::Enforcement | Target::Owner => None,
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

#[test]
fn overhead_cables_go_to_the_subdistrict_with_five_companies() {
    let routing = route(&rules(DIVISION_OF_WORK), &cable(&areas()), &resolve).unwrap();
    assert_eq!(routing.lead, "office-1");
    assert_eq!(routing.cooperating, ["power", "mobile", "unicom", "telecom", "broadcast"]);
    assert_eq!(routing.rule, "overhead cables");
    assert_eq!(
        routing.reason,
        "rule \"overhead cables\" of 2026-11, met by category 27: lead @subdistrict = office-1; \
         cooperating power, mobile, unicom, telecom, broadcast"
    );
}

#[test]
fn the_lead_is_not_also_cooperating_and_who_is_unknown_is_left_out_aloud() {
    let areas = areas();
    let subject = Subject { source: "leader", ..cable(&areas) };
    let routing = route(&rules(DIVISION_OF_WORK), &subject, &resolve).unwrap();
    assert_eq!(
        (routing.lead.as_str(), routing.cooperating),
        ("power", vec!["office-1".to_owned()])
    );
    assert_eq!(
        routing.reason,
        "rule \"hanging cable over a school road\" of 2026-11, met by condition 27a, category 27, \
         source leader: lead power; cooperating @subdistrict = office-1; left out, since nobody is \
         known for it there: @owner"
    );
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
    assert_eq!(routing.lead, "urban");
    assert!(routing.reason.contains("takes whatever no other rule does"), "{}", routing.reason);
    let in_back_street = Subject { places: &["park", "back_street"], ..stray_dog };
    let routing = route(&rules(DIVISION_OF_WORK), &in_back_street, &resolve).unwrap();
    assert_eq!(routing.rule, "back streets");
}

#[test]
fn every_criterion_that_is_given_must_hold() {
    let subject_areas = areas();
    let subject = Subject { places: &["compound"], ..cable(&subject_areas) };
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
    assert_eq!(error, Unrouted::Unresolved { rule: "owned".to_owned(), target: Target::Owner });
    assert_eq!(
        error.to_string(),
        "rule \"owned\" leads to @owner, and nobody is known for it there"
    );
}

#[test]
fn unknown_words_in_a_rule_are_not_read() {
    let rule = "version = 'v'\n[[rule]]\nname = 'n'\n";
    let refused = |rest: &str| toml::from_str::<RuleSet>(&format!("{rule}{rest}")).unwrap_err();
    let unknown = refused("lead = '@mayor'").to_string();
    assert!(unknown.contains("\"@mayor\" is neither a bureau's code nor one of"), "{unknown}");
    refused("lead = ''");
    refused("lead = 'urban'\ncooperating = ['power', '@mayor']");
    refused("lead = 'urban'\nwhen = { colour = ['red'] }");
    refused("lead = 'urban'\nwhenever = {}");
    refused("lead = 'urban'\nfrom = '2026-13-01'");
    refused("when = {}");
    toml::from_str::<RuleSet>("version = 'v'\nauthor = 'x'").unwrap_err();
}

#[test]
fn rules_written_out_read_the_same() {
    let rules = rules(DIVISION_OF_WORK);
    let written = toml::to_string(&rules).unwrap();
    assert_eq!(toml::from_str::<RuleSet>(&written).unwrap(), rules);
}

#[test]
fn a_check_finds_nothing_in_a_sound_set() {
    assert_eq!(rules(DIVISION_OF_WORK).check(&|_| true), []);
}

#[test]
fn a_check_finds_what_must_be_mended() {
    let text = r#"
        version = "v"
        [[rule]]
        name = "twice"
        lead = "urban"
        [[rule]]
        name = "twice"
        from = "2026-02-02"
        until = "2026-02-01"
        when = { place = [] }
        lead = "@owner"
        cooperating = ["gone"]
        [[rule]]
        name = "twice"
        fallback = true
        lead = "urban"
        [[rule]]
        name = "one day"
        from = "2026-02-02"
        until = "2026-02-02"
        when = { class = ["roads"] }
        lead = "urban"
    "#;
    let rule = || "twice".to_owned();
    assert_eq!(
        rules(text).check(&|code| code == "urban"),
        [
            RuleProblem::EmptyWhen { rule: rule() },
            RuleProblem::DuplicateName { name: rule() },
            RuleProblem::NeverInForce {
                rule: rule(),
                from: date(2026, 2, 2),
                until: date(2026, 2, 1)
            },
            RuleProblem::EmptyCriterion { rule: rule(), criterion: Criterion::Place },
            RuleProblem::UnknownBureau { rule: rule(), bureau: "gone".to_owned() },
        ]
    );
}
