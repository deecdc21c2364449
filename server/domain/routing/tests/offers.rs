//! Offers: to whom, for how long, and what is wrong with them.

use super::*;

const CABLES: &str = r#"
version = "2026-11"

[[rule]]
name = "cables by owner"
when = { category = ["27"] }
lead = "@owner"

[[rule]]
name = "cables without a tag"
when = { condition = ["27a"] }
lead = "@claim"

[[offer]]
name = "whose cable"
when = { category = ["27"] }
candidates = ["power", "mobile", "@owner", "mobile"]
within = "2紧急工作时"
others_help = true
task = "look for your own"
otherwise = "@subdistrict"

[[offer]]
name = "whose cable in the north"
when = { category = ["27"], area = ["110101001000"] }
candidates = ["power"]
within = "4工作时"
"#;

fn nobody(rules: &RuleSet, subject: &Subject) -> Unrouted {
    route(rules, subject, &resolve).unwrap_err()
}

#[test]
fn what_has_no_bureau_is_offered_by_the_most_specific_offer() {
    let (rules, areas) = (rules(CABLES), ["110101".to_owned()]);
    assert_eq!(rules.check(&|_| true), []);
    let found = nobody(&rules, &cable(&areas));
    let Unrouted::Unresolved { rule, sought } = &found else { panic!("{found:?}") };
    assert_eq!((rule.as_str(), &sought.target), ("cables without a tag", &Target::Claim));
    let offered = offer(&rules, &cable(&areas), &found, &resolve).unwrap();
    assert_eq!(
        (offered.offer.as_str(), offered.codes()),
        ("whose cable", vec!["power".into(), "mobile".into()])
    );
    assert_eq!(offered.left_out, [Sought { target: Target::Owner, standard: None }]);
    assert_eq!((offered.within.to_string(), &offered.nobody), ("2紧急工作时".to_owned(), &found));
    assert_eq!(offered.otherwise.as_ref().unwrap().bureau, "office-1");

    let north = super::areas();
    let narrow = offer(&rules, &cable(&north), &found, &resolve).unwrap();
    assert_eq!((narrow.offer.as_str(), &narrow.otherwise), ("whose cable in the north", &None));
    // For whichever reason there is nobody; but for what is blind, and what no offer takes.
    let tie = Unrouted::Tie { rules: vec!["a".to_owned(), "b".to_owned()] };
    for why in [tie, Unrouted::NoRule] {
        assert!(offer(&rules, &cable(&areas), &why, &resolve).is_some(), "{why}");
    }
    assert_eq!(offer(&rules, &cable(&areas), &Unrouted::Blind, &resolve), None);
    let other = Subject { category: "28", ..cable(&areas) };
    assert_eq!(offer(&rules, &other, &Unrouted::NoRule, &resolve), None);
    assert_eq!(offer(&rules, &cable(&areas), &found, &|_| None), None, "nobody is known of them");
}

#[test]
fn whoever_is_known_to_own_it_is_not_asked_whose_it_is() {
    let (rules, areas) = (rules(CABLES), ["110101".to_owned()]);
    let tagged = Subject { condition: "27b", ..cable(&areas) };
    let owner = |target: &Target| (*target == Target::Owner).then(|| "mobile".to_owned());
    assert_eq!(route(&rules, &tagged, &owner).unwrap().lead.bureau, "mobile");
    assert!(matches!(nobody(&rules, &tagged), Unrouted::Unresolved { .. }), "else it is offered");
}

#[test]
fn offers_written_out_read_the_same() {
    let rules = rules(CABLES);
    assert_eq!(toml::from_str::<RuleSet>(&toml::to_string(&rules).unwrap()).unwrap(), rules);
    for wrong in ["within = 'soon'", "within = '2工作时'\nhours = 2"] {
        let text = format!("version = 'v'\n[[offer]]\nname = 'o'\ncandidates = ['a']\n{wrong}");
        toml::from_str::<RuleSet>(&text).unwrap_err();
    }
}

#[test]
fn a_check_finds_offers_that_must_be_mended() {
    let text = r#"
        version = "v"
        [[rule]]
        name = "helped"
        when = { category = ["27"] }
        lead = "@claim"
        cooperating = ["urban"]

        [[offer]]
        name = "helped"
        candidates = []
        within = "2工作时"
        task = "look"

        [[offer]]
        name = "claimed"
        when = { place = [] }
        candidates = ["@claim", "gone"]
        within = "2工作时"
    "#;
    let (helped, claimed) = (|| "helped".to_owned(), || "claimed".to_owned());
    assert_eq!(
        rules(text).check(&|code| code != "gone"),
        [
            RuleProblem::ClaimHelped { rule: helped() },
            RuleProblem::DuplicateName { name: helped() },
            RuleProblem::OfferOfAll { offer: helped() },
            RuleProblem::OfferToNobody { offer: helped() },
            RuleProblem::IdleTask { rule: helped() },
            RuleProblem::EmptyCriterion { rule: claimed(), criterion: Criterion::Place },
            RuleProblem::OfferToNobody { offer: claimed() },
            RuleProblem::UnknownBureau { rule: claimed(), bureau: "gone".to_owned() },
        ]
    );
    let alone = "version = 'v'\n[[rule]]\nname = 'r'\nfallback = true\nlead = '@claim'";
    assert_eq!(
        rules(alone).check(&|_| true),
        [RuleProblem::ClaimUnoffered { rule: "r".to_owned() }]
    );
}
