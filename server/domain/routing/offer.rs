//! 认领: to whom an issue is offered where the rules find nobody, and what follows when nobody claims it.

use serde::{Deserialize, Serialize};

use super::{
    because::{Because, Named, Sought, Unrouted},
    choice::{everyone, found, named},
    rule::{Criterion, RuleSet, Subject, When},
    target::Target,
};
use crate::deadline::Limit;

/// One line of the division of work for what has no bureau: who may own it, and for how long they are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferRule {
    /// What people call it; unique among rules and offers.
    pub name: String,
    /// What must hold.
    #[serde(default)]
    pub when: When,
    /// 候选单位: who may own it; the first that claims it answers for it.
    pub candidates: Vec<Target>,
    /// How long they are asked, as limits are written: `4工作时`, `2紧急工作时`.
    pub within: Limit,
    /// Whether the others help whoever claims it; otherwise they drop out.
    #[serde(default)]
    pub others_help: bool,
    /// 子任务: what each of the others has to do; nothing unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// 兜底: who answers for it when nobody claims it; the office's unrouted queue unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Target>,
    /// For its readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How an issue came to be offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offering {
    /// The rule set.
    pub version: String,
    /// The offer's name.
    pub offer: String,
    /// Each criterion it gives, with the value that met it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<(Criterion, String)>,
    /// Why the rules found nobody.
    pub nobody: Unrouted,
    /// Whom it is offered to, none twice.
    pub candidates: Vec<Named>,
    /// Whom it would have been offered to, but nobody is known for it there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Sought>,
    /// How long.
    pub within: Limit,
    /// Whether the others help whoever claims it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub others_help: bool,
    /// What each of the others has to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Who answers for it when nobody claims it; none where that is for the office to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Named>,
}

impl Offering {
    /// Codes of the bureaus it is offered to.
    pub fn codes(&self) -> Vec<String> {
        self.candidates.iter().map(|named| named.bureau.clone()).collect()
    }

    /// Why whoever claimed it answers for it.
    pub fn claimed_by(&self, bureau: &str, helpers: &[String]) -> Because {
        let sought = Sought { target: Target::Claim, standard: None };
        self.led_by(Named { bureau: bureau.to_owned(), sought: Some(sought) }, helpers)
    }

    /// Why whoever is named for that answers for it when nobody claimed it; none where nobody is.
    pub fn unclaimed(&self, helpers: &[String]) -> Option<Because> {
        Some(self.led_by(self.otherwise.clone()?, helpers))
    }

    fn led_by(&self, lead: Named, helpers: &[String]) -> Because {
        let helps = |named: &&Named| helpers.contains(&named.bureau);
        let cooperating: Vec<Named> = self.candidates.iter().filter(helps).cloned().collect();
        Because {
            version: self.version.clone(),
            rule: self.offer.clone(),
            met: self.met.clone(),
            lead,
            task: self.task.clone().filter(|_| !cooperating.is_empty()),
            cooperating,
            left_out: Vec::new(),
        }
    }
}

/// Whom a subject is offered to that the rules found nobody for; none where no offer holds, where nobody is known of
/// those it names, or for what is blind.
///
/// Of the offers that hold the most specific wins, as among rules; of equal ones the first in the file.
pub fn offer(
    rules: &RuleSet,
    subject: &Subject,
    nobody: &Unrouted,
    resolve: &dyn Fn(&Target) -> Option<String>,
) -> Option<Offering> {
    if *nobody == Unrouted::Blind {
        return None;
    }
    let holding = rules.offers.iter().filter_map(|offer| Some((offer, offer.when.holds(subject)?)));
    let (best, met) = holding.reduce(|best, other| {
        if other.0.when.specificity() > best.0.when.specificity() { other } else { best }
    })?;
    let (mut candidates, mut left_out): (Vec<Named>, Vec<Sought>) = (Vec::new(), Vec::new());
    for sought in best.candidates.iter().flat_map(|target| everyone(target, subject)) {
        match found(&sought, resolve) {
            None => left_out.push(sought),
            Some(code) if candidates.iter().any(|known| known.bureau == code) => {}
            Some(code) => candidates.push(named(code, sought)),
        }
    }
    let otherwise = best.otherwise.as_ref().and_then(|target| {
        let sought = Sought { target: target.clone(), standard: None };
        Some(named(found(&sought, resolve)?, sought))
    });
    (!candidates.is_empty()).then(|| Offering {
        version: rules.version.clone(),
        offer: best.name.clone(),
        met,
        nobody: nobody.clone(),
        candidates,
        left_out,
        within: best.within.clone(),
        others_help: best.others_help,
        task: best.task.clone(),
        otherwise,
    })
}
