//! Findings in words.

use super::finding::{Case, Fault, Finding};
use crate::routing::check::RuleProblem;
use crate::routing::rule::{Criterion, RuleSet};

impl Finding {
    /// Names of the rules it is about.
    pub fn names<'s>(&self, set: &'s RuleSet) -> Vec<&'s str> {
        names(&self.rules, set)
    }

    /// In English.
    pub fn english(&self, set: &RuleSet) -> String {
        let about = quoted(&self.names(set), " and ");
        match &self.fault {
            Fault::Unfit(problem) => problem.to_string(),
            Fault::UnknownValue { criterion, value } => {
                format!("rule {about} asks for {criterion} {value}, which is not known")
            }
            Fault::NeverHolds => {
                format!("rule {about} never holds: its criteria exclude one another")
            }
            Fault::Expired { until } => format!("rule {about} was in force until {until}"),
            Fault::Unreachable { by } => {
                let by = quoted(&names(by, set), ", ");
                format!("rule {about} never decides: whenever it holds, {by} comes first")
            }
            Fault::Tie { case: None } => {
                format!("rules {about} may tie; there are too many rules around them to be sure")
            }
            Fault::Tie { case: Some(case) } => {
                let Case { condition, area, source, on } = case;
                let place = area
                    .as_ref()
                    .map_or("outside all areas".to_owned(), |area| format!("in area {area}"));
                format!(
                    "rules {about} tie: both can hold with equal standing and name different bureaus, for example for condition {condition} {place}, source {source}, on {on}"
                )
            }
            Fault::Uncovered { categories, conditions } => format!(
                "no rule takes {}",
                listed([("categories", categories), ("conditions", conditions)], ", ", "; ")
            ),
        }
    }

    /// In Chinese.
    pub fn chinese(&self, set: &RuleSet) -> String {
        let about = quoted(&self.names(set), "与");
        match &self.fault {
            Fault::Unfit(problem) => unfit(problem),
            Fault::UnknownValue { criterion, value } => {
                format!("规则{about}的{}“{value}”不存在", criterion.chinese())
            }
            Fault::NeverHolds => format!("规则{about}的条件互相矛盾，永远不会适用"),
            Fault::Expired { until } => format!("规则{about}已于 {until} 到期"),
            Fault::Unreachable { by } => {
                let by = quoted(&names(by, set), "、");
                format!("规则{about}不起作用：凡它适用时，总是{by}优先")
            }
            Fault::Tie { case: None } => {
                format!("规则{about}可能冲突；相关规则太多，无法断定")
            }
            Fault::Tie { case: Some(case) } => {
                let Case { condition, area, source, on } = case;
                let place =
                    area.as_ref().map_or("辖区以外".to_owned(), |area| format!("辖区 {area}"));
                format!(
                    "规则{about}冲突：可能同时适用、同等优先而责任单位不同，例如立案条件 {condition}、{place}、来源 {source}、{on}"
                )
            }
            Fault::Uncovered { categories, conditions } => format!(
                "没有规则适用于{}",
                listed([("小类", categories), ("立案条件", conditions)], "、", "；")
            ),
        }
    }
}

impl Criterion {
    /// The Chinese word for it.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Condition => "立案条件",
            Self::Category => "小类",
            Self::Class => "大类",
            Self::Area => "辖区",
            Self::Place => "场所",
            Self::Source => "来源",
            Self::Owner => "产权单位",
            Self::Duty => "包保单位",
        }
    }
}

fn unfit(problem: &RuleProblem) -> String {
    match problem {
        RuleProblem::DuplicateName { name } => format!("有多条规则名为“{name}”"),
        RuleProblem::UnknownBureau { rule, bureau } => {
            format!("规则“{rule}”的单位“{bureau}”不存在")
        }
        RuleProblem::EmptyWhen { rule } => {
            format!("规则“{rule}”的 when 为空：若要它兜底，请写 fallback = true")
        }
        RuleProblem::EmptyCriterion { rule, criterion } => {
            format!("规则“{rule}”的{}没有取值，永远不会适用", criterion.chinese())
        }
        RuleProblem::IdleTask { rule } => {
            format!("规则“{rule}”的 task 为空，或没有配合单位来做")
        }
        RuleProblem::OfferOfAll { offer } => {
            format!("认领规则“{offer}”的 when 为空：没有写明哪些问题供认领")
        }
        RuleProblem::OfferToNobody { offer } => {
            format!("认领规则“{offer}”没有候选单位，或把 @claim 写成了候选单位")
        }
        RuleProblem::OfferOfUnknown { offer, criterion, value } => {
            format!("认领规则“{offer}”的{}“{value}”不存在", criterion.chinese())
        }
        RuleProblem::ClaimHelped { rule } => {
            format!("规则“{rule}”给 @claim 写了配合单位：请在认领规则里写 others_help")
        }
        RuleProblem::ClaimUnoffered { rule } => {
            format!("规则“{rule}”由 @claim 牵头，但没有认领规则 [[offer]]")
        }
        RuleProblem::NeverInForce { rule, from, until } => {
            format!("规则“{rule}”自 {from} 至 {until} 有效，起止颠倒")
        }
    }
}

fn names<'s>(rules: &[usize], set: &'s RuleSet) -> Vec<&'s str> {
    let name = |rule: &usize| set.rules.get(*rule).map(|rule| rule.name.as_str());
    rules.iter().filter_map(name).collect()
}

fn quoted(names: &[&str], between: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    quoted.join(between)
}

fn listed(kinds: [(&str, &Vec<String>); 2], between: &str, apart: &str) -> String {
    let kinds = kinds.into_iter().filter(|(_, codes)| !codes.is_empty());
    let told: Vec<String> =
        kinds.map(|(kind, codes)| format!("{kind} {}", codes.join(between))).collect();
    told.join(apart)
}
