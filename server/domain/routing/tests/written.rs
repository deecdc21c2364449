//! Rules as they are written: read, written out, and checked.

use super::*;

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

        [[rule]]
        name = "nobody to do it"
        when = { class = ["roads"] }
        lead = "urban"
        task = "clear it"
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
            RuleProblem::IdleTask { rule: "nobody to do it".to_owned() },
        ]
    );
}
