//! What is wrong with the offers of a rule set, and with rules that leave a lead to be claimed.

use super::{
    check::RuleProblem,
    offer::OfferRule,
    rule::{Rule, RuleSet},
    target::Target,
};

impl OfferRule {
    /// What must be mended in it.
    pub(super) fn problems(&self, known_bureau: &dyn Fn(&str) -> bool) -> Vec<RuleProblem> {
        let offer = || self.name.clone();
        let mut found = Vec::new();
        if self.when.given().next().is_none() {
            found.push(RuleProblem::OfferOfAll { offer: offer() });
        }
        let empty =
            self.when.given().filter(|one| self.when.wanted(*one).is_some_and(<[_]>::is_empty));
        found.extend(
            empty.map(|criterion| RuleProblem::EmptyCriterion { rule: offer(), criterion }),
        );
        let named = || self.candidates.iter().chain(&self.otherwise);
        if self.candidates.is_empty() || named().any(|target| *target == Target::Claim) {
            found.push(RuleProblem::OfferToNobody { offer: offer() });
        }
        let unknown = named().filter_map(Target::code).filter(|code| !known_bureau(code));
        found.extend(
            unknown
                .map(|code| RuleProblem::UnknownBureau { rule: offer(), bureau: code.to_owned() }),
        );
        let idle = |task: &String| task.trim().is_empty() || !self.others_help;
        if self.task.as_ref().is_some_and(idle) {
            found.push(RuleProblem::IdleTask { rule: offer() });
        }
        found
    }
}

impl Rule {
    /// Who helps whoever claims it is for the offer to say; and without any offer nobody could.
    pub(super) fn unclaimable(&self, set: &RuleSet) -> Option<RuleProblem> {
        let helps = self.cooperating.contains(&Target::Claim)
            || (self.lead == Target::Claim && !self.cooperating.is_empty());
        if helps {
            return Some(RuleProblem::ClaimHelped { rule: self.name.clone() });
        }
        (self.lead == Target::Claim && set.offers.is_empty())
            .then(|| RuleProblem::ClaimUnoffered { rule: self.name.clone() })
    }
}
