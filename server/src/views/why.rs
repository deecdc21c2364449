//! Why an issue went where it did, as data and in words: the one place where it is put in words.

use domain::routing::{Because, Criterion, Named, Sought, Target, Unrouted, Why};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::intake::Source;

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
    "cooperating": [{"bureau": "xinhua", "target": "@subdistrict", "standard": null}], "left_out": []}))]
pub struct BecauseView {
    /// `rule` (a rule chose), `no_rule` (none holds), `tie` (rules of equal standing name different
    /// bureaus), `unresolved` (nobody is known for the lead) or `blind` (kept from bureaus, so not
    /// asked).
    pub kind: String,
    /// The rule set that was asked.
    pub version: String,
    /// The rule; or those that tie.
    pub rules: Vec<String>,
    /// Each criterion of the rule, with the value that met it.
    pub met: Vec<MetView>,
    /// Who answers for it; with `unresolved`, whom the rule looks for.
    pub lead: Option<NamedView>,
    /// Who helps.
    pub cooperating: Vec<NamedView>,
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
            Why::Desk { reason } => (None, Some(reason.clone()), None),
        };
        Self { rule, reason, because, words }
    }
}

fn by_rule(because: &Because) -> BecauseView {
    let Because { version, rule, met, lead, cooperating, left_out } = because;
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
        Unrouted::Blind => ("blind", Vec::new(), None),
    };
    BecauseView {
        kind: kind.to_owned(),
        version: version.to_owned(),
        rules,
        met: Vec::new(),
        lead,
        cooperating: Vec::new(),
        left_out: Vec::new(),
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
        Why::Desk { reason } => Words { zh: reason.clone(), en: reason.clone() },
    }
}

/// Names and sentences in Chinese.
struct Chinese<'a>(&'a Gazetteer);

impl Chinese<'_> {
    fn chose(&self, because: &Because) -> String {
        let Because { version, rule, met, lead, cooperating, left_out } = because;
        let met: Vec<String> = met.iter().map(|(one, value)| self.met(*one, value)).collect();
        let met = if met.is_empty() { "兜底".to_owned() } else { met.join("，") };
        let helpers: Vec<String> = cooperating.iter().map(|named| self.named(named)).collect();
        let missing: Vec<String> = left_out.iter().map(Self::sought).collect();
        format!(
            "规则“{rule}”（{version}）：{met}。牵头：{}{}{}",
            self.named(lead),
            listed("；配合：", &helpers, "、"),
            listed("；当地没有登记而未列：", &missing, "、"),
        )
    }

    fn found_nobody(&self, because: &Unrouted) -> String {
        match because {
            Unrouted::NoRule => "没有适用的派遣规则".to_owned(),
            Unrouted::Tie { rules } => {
                format!("几条规则同样适用而责任单位不同：{}", rules.join("、"))
            }
            Unrouted::Unresolved { rule, sought } => {
                format!("规则“{rule}”指向{}，但没有登记这个单位", self.whom(sought))
            }
            Unrouted::Blind => "暗访问题，公开后才派遣".to_owned(),
        }
    }

    fn met(&self, criterion: Criterion, value: &str) -> String {
        let name = match criterion {
            Criterion::Category => self.0.category(value).map(|known| known.name.as_str()),
            Criterion::Area => self.0.area_name(value),
            Criterion::Place => {
                word_of(PlaceKind::ALL, PlaceKind::word, value).map(PlaceKind::chinese)
            }
            Criterion::Source => word_of(Source::ALL, Source::word, value).map(Source::chinese),
            Criterion::Owner | Criterion::Duty => {
                self.0.bureau(value).map(|known| known.name.as_str())
            }
            Criterion::Condition | Criterion::Class => None,
        };
        let value = name.map_or_else(|| value.to_owned(), |name| format!("{name}（{value}）"));
        format!("{} {value}", criterion.chinese())
    }

    fn bureau(&self, code: &str) -> String {
        let name = self.0.bureau(code).map(|known| known.name.as_str());
        name.map_or_else(|| code.to_owned(), |name| format!("{name}（{code}）"))
    }

    fn named(&self, Named { bureau, sought }: &Named) -> String {
        let bureau = self.bureau(bureau);
        sought
            .as_ref()
            .map_or_else(|| bureau.clone(), |sought| format!("{} {bureau}", Self::sought(sought)))
    }

    /// As [`Chinese::sought`]; a bureau the rule or standard names itself by its name, if it has one.
    fn whom(&self, sought: &Sought) -> String {
        match sought.last() {
            Some(Target::Bureau(code)) => self.bureau(code),
            _ => Self::sought(sought),
        }
    }

    fn sought(Sought { target, standard }: &Sought) -> String {
        match standard {
            Some(named) => format!("标准所列{}", Self::target(named)),
            None => Self::target(target),
        }
    }

    fn target(target: &Target) -> String {
        match target {
            Target::Bureau(code) => code,
            Target::Subdistrict => "所属街办",
            Target::Enforcement => "属地行政执法部门",
            Target::Owner => "产权单位",
            Target::Duty => "包保单位",
            Target::Standard => "标准所列单位",
        }
        .to_owned()
    }
}

/// Names and sentences in English.
struct English<'a>(&'a Gazetteer);

impl English<'_> {
    fn chose(&self, because: &Because) -> String {
        let Because { version, rule, met, lead, cooperating, left_out } = because;
        let met: Vec<String> = met.iter().map(|(one, value)| self.met(*one, value)).collect();
        let met = if met.is_empty() {
            "which takes what no other rule does".to_owned()
        } else {
            format!("by {}", met.join(", "))
        };
        let helpers: Vec<String> = cooperating.iter().map(|named| self.named(named)).collect();
        let missing: Vec<String> = left_out.iter().map(Self::sought).collect();
        format!(
            "Rule “{rule}” of {version}, {met}. Lead: {}{}{}",
            self.named(lead),
            listed("; cooperating: ", &helpers, ", "),
            listed("; left out, nobody being known there: ", &missing, ", "),
        )
    }

    fn found_nobody(&self, because: &Unrouted) -> String {
        match because {
            Unrouted::NoRule => "No routing rule in force applies".to_owned(),
            Unrouted::Tie { rules } => {
                format!("Rules of equal standing name different bureaus: {}", rules.join(", "))
            }
            Unrouted::Unresolved { rule, sought } => {
                format!(
                    "Rule “{rule}” leads to {}, and nobody is known for it there",
                    self.whom(sought)
                )
            }
            Unrouted::Blind => "A blind finding is dispatched once it is released".to_owned(),
        }
    }

    fn met(&self, criterion: Criterion, value: &str) -> String {
        let name = match criterion {
            Criterion::Category => {
                self.0.category(value).and_then(|known| known.name_en.as_deref())
            }
            Criterion::Owner | Criterion::Duty => {
                self.0.bureau(value).map(|known| known.name_en.as_str())
            }
            Criterion::Place | Criterion::Source => {
                return format!("{criterion} {}", value.replace('_', " "));
            }
            Criterion::Area | Criterion::Condition | Criterion::Class => None,
        };
        let name = name.filter(|name| !name.is_empty());
        let value = name.map_or_else(|| value.to_owned(), |name| format!("{name} ({value})"));
        format!("{criterion} {value}")
    }

    fn bureau(&self, code: &str) -> String {
        let name = self.0.bureau(code).map(|known| known.name_en.as_str());
        let name = name.filter(|name| !name.is_empty());
        name.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
    }

    fn named(&self, Named { bureau, sought }: &Named) -> String {
        let bureau = self.bureau(bureau);
        sought
            .as_ref()
            .map_or_else(|| bureau.clone(), |sought| format!("{}, {bureau}", Self::sought(sought)))
    }

    fn whom(&self, sought: &Sought) -> String {
        match sought.last() {
            Some(Target::Bureau(code)) => self.bureau(code),
            _ => Self::sought(sought),
        }
    }

    fn sought(Sought { target, standard }: &Sought) -> String {
        match standard {
            Some(named) => format!("{} named by the standard", Self::target(named)),
            None => Self::target(target),
        }
    }

    fn target(target: &Target) -> String {
        match target {
            Target::Bureau(code) => code,
            Target::Subdistrict => "the subdistrict office here",
            Target::Enforcement => "the enforcement team here",
            Target::Owner => "the asset's owner",
            Target::Duty => "the unit on duty here",
            Target::Standard => "whoever the standard names",
        }
        .to_owned()
    }
}

fn listed(before: &str, names: &[String], between: &str) -> String {
    if names.is_empty() { String::new() } else { format!("{before}{}", names.join(between)) }
}

fn word_of<T: Copy, const N: usize>(
    all: [T; N],
    word: fn(T) -> &'static str,
    value: &str,
) -> Option<T> {
    all.into_iter().find(|one| word(*one) == value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tests::demo;

    fn told(why: &Why) -> Words {
        words(why, &Gazetteer::load(&mut demo()).unwrap())
    }

    fn symbol(target: Target, standard: Option<Target>) -> Sought {
        Sought { target, standard }
    }

    #[test]
    fn a_rules_choice_names_everybody_and_their_codes() {
        let because = Because {
            version: "v1".to_owned(),
            rule: "暴露垃圾".to_owned(),
            met: vec![
                (Criterion::Category, "0101".to_owned()),
                (Criterion::Place, "back_street".to_owned()),
            ],
            lead: Named { bureau: "huanwei".to_owned(), sought: None },
            cooperating: vec![Named {
                bureau: "xinhua".to_owned(),
                sought: Some(symbol(Target::Subdistrict, None)),
            }],
            left_out: vec![symbol(Target::Standard, Some(Target::Owner))],
        };
        let told = told(&Why::Rule(Box::new(because)));
        assert_eq!(
            told.zh,
            "规则“暴露垃圾”（v1）：小类 暴露垃圾（0101），场所 背街小巷（back_street）。\
             牵头：区环境卫生服务中心（huanwei）；配合：所属街办 新华街道办事处（xinhua）；\
             当地没有登记而未列：标准所列产权单位"
        );
        assert!(
            told.en.ends_with(
                "place back street. Lead: Sanitation Centre (huanwei); cooperating: the subdistrict \
                 office here, Xinhua Subdistrict Office (xinhua); left out, nobody being known there: \
                 the asset's owner named by the standard"
            ),
            "{}",
            told.en
        );
    }

    #[test]
    fn nobody_is_told_why() {
        let nobody = |because| told(&Why::Nobody { version: "v1".to_owned(), because });
        let tie = nobody(Unrouted::Tie { rules: vec!["甲".to_owned(), "乙".to_owned()] });
        assert_eq!(tie.zh, "几条规则同样适用而责任单位不同：甲、乙");
        let gone = Unrouted::Unresolved {
            rule: "甲".to_owned(),
            sought: symbol(Target::Bureau("huanwei".to_owned()), None),
        };
        assert_eq!(
            nobody(gone).zh,
            "规则“甲”指向区环境卫生服务中心（huanwei），但没有登记这个单位"
        );
        let duty =
            Unrouted::Unresolved { rule: "甲".to_owned(), sought: symbol(Target::Duty, None) };
        assert_eq!(
            nobody(duty).en,
            "Rule “甲” leads to the unit on duty here, and nobody is known for it there"
        );
        let desk = told(&Why::Desk { reason: "电力井盖".to_owned() });
        assert_eq!((desk.zh.as_str(), desk.en.as_str()), ("电力井盖", "电力井盖"));
    }
}
