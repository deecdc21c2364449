//! Why an issue went where it did, as data and in words: the one place where it is put in words.

mod chinese;
mod english;
#[cfg(test)]
mod tests;

use domain::routing::{Because, Criterion, Named, Offering, Sought, Unrouted, Why};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gazetteer::Gazetteer;
use chinese::Chinese;
use english::English;

/// The same in both languages of the pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "zh": "规则“暴露垃圾”（云汀-2026-1）：小类 暴露垃圾（0101）。牵头：区环境卫生服务中心（huanwei）",
    "en": "Rule “暴露垃圾” of 云汀-2026-1, by category Exposed rubbish (0101). Lead: Sanitation Centre (huanwei)"
}))]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Why an issue went where it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoutingView {
    /// The rule that chose; null when the desk did, or nobody was found.
    pub rule: Option<String>,
    /// Why, in the desk's own words; null when it was not the desk.
    pub reason: Option<String>,
    /// What the rules came to; null when it was the desk.
    pub because: Option<BecauseView>,
    /// All of it in words.
    pub words: Words,
}

/// What the rules came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"kind": "rule", "version": "云汀-2026-1", "rules": ["暴露垃圾"],
    "met": [{"criterion": "category", "value": "0101"}],
    "lead": {"bureau": "huanwei", "target": null, "standard": null},
    "cooperating": [{"bureau": "xinhua", "target": "@subdistrict", "standard": null}], "task": null, "left_out": []}))]
pub struct BecauseView {
    /// `rule` (a rule chose), `no_rule` (none holds), `tie` (rules of equal standing name different
    /// bureaus), `unresolved` (nobody is known for the lead), `offer` (nobody was found, and it is offered to those
    /// who may own it), `unclaimed` (nobody of these claimed it) or `blind` (kept from bureaus, so not asked).
    pub kind: String,
    /// The rule set that was asked.
    pub version: String,
    /// The rule; or those that tie; or the offer.
    pub rules: Vec<String>,
    /// Each criterion of the rule, with the value that met it.
    pub met: Vec<MetView>,
    /// Who answers for it; with `unresolved`, whom the rule looks for; with `offer`, who does when nobody claims it.
    pub lead: Option<NamedView>,
    /// Who helps; with `offer`, whom it is offered to.
    pub cooperating: Vec<NamedView>,
    /// 子任务: what each of them has to do, as the rule says; null where it says nothing.
    pub task: Option<String>,
    /// Who would have helped, but nobody is known for it there.
    pub left_out: Vec<NamedView>,
}

/// A criterion, and the value that met it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MetView {
    /// `condition`, `category`, `class`, `area`, `place`, `source`, `owner` or `duty`.
    #[schema(value_type = String)]
    pub criterion: Criterion,
    /// The value.
    pub value: String,
}

/// A bureau, and what in the rule stood for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedView {
    /// Its code; null where nobody is known.
    pub bureau: Option<String>,
    /// The symbol in the rule, for example `@subdistrict`; null where it names the bureau itself.
    pub target: Option<String>,
    /// Whom the standard names, with `@standard`.
    pub standard: Option<String>,
}

impl RoutingView {
    /// What is told of a reason, with the names that reference data gives its codes now.
    pub fn new(why: &Why, gazetteer: &Gazetteer) -> Self {
        let words = words(why, gazetteer);
        let (rule, reason, because) = match why {
            Why::Rule(because) => (Some(because.rule.clone()), None, Some(by_rule(because))),
            Why::Nobody { version, because } => (None, None, Some(by_nobody(version, because))),
            Why::Offer(offering) => (Some(offering.offer.clone()), None, Some(by_offer(offering))),
            Why::Desk { reason } => (None, Some(reason.clone()), None),
        };
        Self { rule, reason, because, words }
    }
}

fn by_rule(because: &Because) -> BecauseView {
    let Because { version, rule, met, lead, cooperating, task, left_out } = because;
    let met = met
        .iter()
        .map(|(criterion, value)| MetView { criterion: *criterion, value: value.clone() });
    BecauseView {
        kind: "rule".to_owned(),
        version: version.clone(),
        rules: vec![rule.clone()],
        met: met.collect(),
        lead: Some(named(lead)),
        cooperating: cooperating.iter().map(named).collect(),
        task: task.clone(),
        left_out: left_out.iter().map(sought).collect(),
    }
}

fn by_nobody(version: &str, because: &Unrouted) -> BecauseView {
    let (kind, rules, lead) = match because {
        Unrouted::NoRule => ("no_rule", Vec::new(), None),
        Unrouted::Tie { rules } => ("tie", rules.clone(), None),
        Unrouted::Unresolved { rule, sought: whom } => {
            ("unresolved", vec![rule.clone()], Some(sought(whom)))
        }
        Unrouted::Unclaimed { offer } => ("unclaimed", offer.iter().cloned().collect(), None),
        Unrouted::Blind => ("blind", Vec::new(), None),
    };
    BecauseView {
        kind: kind.to_owned(),
        version: version.to_owned(),
        rules,
        met: Vec::new(),
        lead,
        cooperating: Vec::new(),
        task: None,
        left_out: Vec::new(),
    }
}

fn by_offer(offering: &Offering) -> BecauseView {
    let met = offering.met.iter();
    BecauseView {
        kind: "offer".to_owned(),
        version: offering.version.clone(),
        rules: vec![offering.offer.clone()],
        met: met.map(|(one, value)| MetView { criterion: *one, value: value.clone() }).collect(),
        lead: offering.otherwise.as_ref().map(named),
        cooperating: offering.candidates.iter().map(named).collect(),
        task: offering.task.clone(),
        left_out: offering.left_out.iter().map(sought).collect(),
    }
}

fn named(named: &Named) -> NamedView {
    let target = named.sought.as_ref().map(sought);
    let nothing = NamedView { bureau: None, target: None, standard: None };
    NamedView { bureau: Some(named.bureau.clone()), ..target.unwrap_or(nothing) }
}

fn sought(Sought { target, standard }: &Sought) -> NamedView {
    NamedView {
        bureau: None,
        target: Some(target.to_string()),
        standard: standard.as_ref().map(ToString::to_string),
    }
}

/// A reason in words.
pub fn words(why: &Why, gazetteer: &Gazetteer) -> Words {
    match why {
        Why::Rule(because) => {
            Words { zh: Chinese(gazetteer).chose(because), en: English(gazetteer).chose(because) }
        }
        Why::Nobody { because, .. } => Words {
            zh: Chinese(gazetteer).found_nobody(because),
            en: English(gazetteer).found_nobody(because),
        },
        Why::Offer(offering) => Words {
            zh: Chinese(gazetteer).offered(offering),
            en: English(gazetteer).offered(offering),
        },
        Why::Desk { reason } => Words { zh: reason.clone(), en: reason.clone() },
    }
}

fn listed(before: &str, names: &[String], between: &str) -> String {
    if names.is_empty() { String::new() } else { format!("{before}{}", names.join(between)) }
}
