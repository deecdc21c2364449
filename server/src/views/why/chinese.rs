//! Why an issue went where it did, in Chinese.

use domain::routing::{Because, Criterion, Named, Offering, Sought, Target, Unrouted};

use super::listed;
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::intake::Source;

/// Names and sentences in Chinese.
pub(super) struct Chinese<'a>(pub(super) &'a Gazetteer);

impl Chinese<'_> {
    pub(super) fn chose(&self, because: &Because) -> String {
        let Because { version, rule, met, lead, cooperating, task, left_out } = because;
        let met: Vec<String> = met.iter().map(|(one, value)| self.met(*one, value)).collect();
        let met = if met.is_empty() { "兜底".to_owned() } else { met.join("，") };
        let helpers: Vec<String> = cooperating.iter().map(|named| self.named(named)).collect();
        let missing: Vec<String> = left_out.iter().map(Self::sought).collect();
        let task: Vec<String> = task.iter().cloned().collect();
        format!(
            "规则“{rule}”（{version}）：{met}。牵头：{}{}{}{}",
            self.named(lead),
            listed("；配合：", &helpers, "、"),
            listed("；子任务：", &task, "、"),
            listed("；当地没有登记而未列：", &missing, "、"),
        )
    }

    pub(super) fn found_nobody(&self, because: &Unrouted) -> String {
        match because {
            Unrouted::NoRule => "没有适用的派遣规则".to_owned(),
            Unrouted::Tie { rules } => {
                format!("几条规则同样适用而责任单位不同：{}", rules.join("、"))
            }
            Unrouted::Unresolved { rule, sought } if sought.target == Target::Claim => {
                format!("按规则“{rule}”，谁认领谁牵头")
            }
            Unrouted::Unresolved { rule, sought } => {
                format!("规则“{rule}”指向{}，但没有登记这个单位", self.whom(sought))
            }
            Unrouted::Unclaimed { .. } => "候选单位都没有认领".to_owned(),
            Unrouted::Blind => "暗访问题，公开后才派遣".to_owned(),
        }
    }

    pub(super) fn offered(&self, offering: &Offering) -> String {
        let Offering { version, offer, candidates, within, otherwise, task, .. } = offering;
        let candidates: Vec<String> = candidates.iter().map(|named| self.named(named)).collect();
        let missing: Vec<String> = offering.left_out.iter().map(Self::sought).collect();
        let task: Vec<String> = task.iter().cloned().collect();
        let otherwise =
            otherwise.as_ref().map_or("创城办派遣".to_owned(), |one| self.named(one));
        format!(
            "{}。按认领规则“{offer}”（{version}）请候选单位在{within}内认领：{}；{}{}{}；无人认领的，由{otherwise}负责",
            self.found_nobody(&offering.nobody),
            candidates.join("、"),
            if offering.others_help {
                "一家认领，其余配合"
            } else {
                "一家认领，其余退出"
            },
            listed("，子任务：", &task, "、"),
            listed("；当地没有登记而未列：", &missing, "、"),
        )
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
            Target::Claim => "认领单位",
        }
        .to_owned()
    }
}

fn word_of<T: Copy, const N: usize>(
    all: [T; N],
    word: fn(T) -> &'static str,
    value: &str,
) -> Option<T> {
    all.into_iter().find(|one| word(*one) == value)
}
