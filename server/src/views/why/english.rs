//! Why an issue went where it did, in English.

use domain::routing::{Because, Criterion, Named, Offering, Sought, Target, Unrouted};

use super::listed;
use crate::gazetteer::Gazetteer;

/// Names and sentences in English.
pub(super) struct English<'a>(pub(super) &'a Gazetteer);

impl English<'_> {
    pub(super) fn chose(&self, because: &Because) -> String {
        let Because { version, rule, met, lead, cooperating, task, left_out } = because;
        let met: Vec<String> = met.iter().map(|(one, value)| self.met(*one, value)).collect();
        let met = if met.is_empty() {
            "which takes what no other rule does".to_owned()
        } else {
            format!("by {}", met.join(", "))
        };
        let helpers: Vec<String> = cooperating.iter().map(|named| self.named(named)).collect();
        let missing: Vec<String> = left_out.iter().map(Self::sought).collect();
        let task: Vec<String> = task.iter().cloned().collect();
        format!(
            "Rule “{rule}” of {version}, {met}. Lead: {}{}{}{}",
            self.named(lead),
            listed("; cooperating: ", &helpers, ", "),
            listed("; each of them has to: ", &task, ", "),
            listed("; left out, nobody being known there: ", &missing, ", "),
        )
    }

    pub(super) fn found_nobody(&self, because: &Unrouted) -> String {
        match because {
            Unrouted::NoRule => "No routing rule in force applies".to_owned(),
            Unrouted::Tie { rules } => {
                format!("Rules of equal standing name different bureaus: {}", rules.join(", "))
            }
            Unrouted::Unresolved { rule, sought } if sought.target == Target::Claim => {
                format!("By rule “{rule}” whoever claims it leads")
            }
            Unrouted::Unresolved { rule, sought } => {
                format!(
                    "Rule “{rule}” leads to {}, and nobody is known for it there",
                    self.whom(sought)
                )
            }
            Unrouted::Unclaimed { .. } => {
                "Nobody of those it was offered to has claimed it".to_owned()
            }
            Unrouted::Blind => "A blind finding is dispatched once it is released".to_owned(),
        }
    }

    pub(super) fn offered(&self, offering: &Offering) -> String {
        let Offering { version, offer, candidates, within, otherwise, task, .. } = offering;
        let candidates: Vec<String> = candidates.iter().map(|named| self.named(named)).collect();
        let missing: Vec<String> = offering.left_out.iter().map(Self::sought).collect();
        let task: Vec<String> = task.iter().cloned().collect();
        let otherwise =
            otherwise.as_ref().map_or("the office decides".to_owned(), |one| self.named(one));
        format!(
            "{}. By offer “{offer}” of {version} these may claim it within {within}: {}; the others {}{}{}. If nobody does: {otherwise}",
            self.found_nobody(&offering.nobody),
            candidates.join(", "),
            if offering.others_help { "help" } else { "drop out" },
            listed("; each of them has to: ", &task, ", "),
            listed("; left out, nobody being known there: ", &missing, ", "),
        )
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
            Target::Claim => "whoever claims it",
        }
        .to_owned()
    }
}
