//! What is wrong with a rule set, found before it is published.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{
    rule::{Criterion, Rule, RuleSet},
    target::Target,
};

/// Something that must be mended before the rules are published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    /// Two rules bear one name, so that a routing could not say which it was.
    #[error("more than one rule is named {name:?}")]
    DuplicateName {
        /// The name; told once however often it is used.
        name: String,
    },
    /// A bureau nobody knows.
    #[error("rule {rule:?} names bureau {bureau:?}, which is not known")]
    UnknownBureau {
        /// The rule's name.
        rule: String,
        /// The code it names.
        bureau: String,
    },
    /// It would take everything, and does not say that it means to.
    #[error("rule {rule:?} has an empty `when`: say `fallback = true` if it shall take everything")]
    EmptyWhen {
        /// The rule's name.
        rule: String,
    },
    /// A criterion without values never holds.
    #[error("rule {rule:?} gives {criterion} without values: it would never hold")]
    EmptyCriterion {
        /// The rule's name.
        rule: String,
        /// The criterion.
        criterion: Criterion,
    },
    /// A sub-task says what somebody has to do.
    #[error("rule {rule:?} gives a `task` that says nothing, or that nobody cooperates in")]
    IdleTask {
        /// The rule's name.
        rule: String,
    },
    /// An offer is of something.
    #[error("offer {offer:?} has an empty `when`: it says nothing of what is offered")]
    OfferOfAll {
        /// The offer's name.
        offer: String,
    },
    /// An offer is to somebody.
    #[error("offer {offer:?} names no candidates, or `@claim` as one")]
    OfferToNobody {
        /// The offer's name.
        offer: String,
    },
    /// A criterion of an offer asks for something nobody knows.
    #[error("offer {offer:?} asks for {criterion} {value}, which is not known")]
    OfferOfUnknown {
        /// The offer's name.
        offer: String,
        /// The criterion.
        criterion: Criterion,
        /// What it asks for.
        value: String,
    },
    /// Who helps whoever claims it is for an offer to say.
    #[error("rule {rule:?} has others cooperate with `@claim`: say `others_help` in the offer")]
    ClaimHelped {
        /// The rule's name.
        rule: String,
    },
    /// What nothing offers nobody can claim.
    #[error("rule {rule:?} leads to `@claim`, and there is no `[[offer]]`")]
    ClaimUnoffered {
        /// The rule's name.
        rule: String,
    },
    /// It ends before it begins.
    #[error("rule {rule:?} is in force from {from} until {until}: it never is")]
    NeverInForce {
        /// The rule's name.
        rule: String,
        /// Its first day.
        from: Date,
        /// Its last day.
        until: Date,
    },
}

impl RuleSet {
    /// Finds what must be mended, in the order of the file; nothing for rules fit to be published.
    pub fn check(&self, known_bureau: &dyn Fn(&str) -> bool) -> Vec<RuleProblem> {
        self.problems(known_bureau).into_iter().map(|(_, problem)| problem).collect()
    }

    /// As [`RuleSet::check`], each with the index of the rule it was found at; none for offers.
    pub(super) fn problems(
        &self,
        known_bureau: &dyn Fn(&str) -> bool,
    ) -> Vec<(Option<usize>, RuleProblem)> {
        let (mut names, mut told) = (HashSet::new(), HashSet::new());
        let mut problems = Vec::new();
        for (index, rule) in self.rules.iter().enumerate() {
            let mut found = Vec::new();
            if !names.insert(&rule.name) && told.insert(&rule.name) {
                found.push(RuleProblem::DuplicateName { name: rule.name.clone() });
            }
            found.extend(rule.never_in_force());
            found.extend(rule.empty_criteria());
            found.extend(rule.unknown_bureaus(known_bureau));
            found.extend(rule.idle_task());
            found.extend(rule.unclaimable(self));
            problems.extend(found.into_iter().map(|problem| (Some(index), problem)));
        }
        for offer in &self.offers {
            if !names.insert(&offer.name) && told.insert(&offer.name) {
                problems.push((None, RuleProblem::DuplicateName { name: offer.name.clone() }));
            }
            let found = offer.problems(known_bureau);
            problems.extend(found.into_iter().map(|problem| (None, problem)));
        }
        problems
    }
}

impl Rule {
    fn never_in_force(&self) -> Option<RuleProblem> {
        let (from, until) = (self.from?, self.until?);
        let rule = || self.name.clone();
        (from > until).then(|| RuleProblem::NeverInForce { rule: rule(), from, until })
    }

    fn idle_task(&self) -> Option<RuleProblem> {
        let task = self.task.as_ref()?;
        let is_idle = task.trim().is_empty() || self.cooperating.is_empty();
        is_idle.then(|| RuleProblem::IdleTask { rule: self.name.clone() })
    }

    fn empty_criteria(&self) -> Vec<RuleProblem> {
        let rule = || self.name.clone();
        if self.when.given().next().is_none() && !self.fallback {
            return vec![RuleProblem::EmptyWhen { rule: rule() }];
        }
        let valueless =
            |criterion: &Criterion| self.when.wanted(*criterion).is_some_and(<[_]>::is_empty);
        let empty = self.when.given().filter(valueless);
        empty.map(|criterion| RuleProblem::EmptyCriterion { rule: rule(), criterion }).collect()
    }

    fn unknown_bureaus(&self, known_bureau: &dyn Fn(&str) -> bool) -> Vec<RuleProblem> {
        let named = std::iter::once(&self.lead).chain(&self.cooperating);
        let by_bureau = [Criterion::Owner, Criterion::Duty].into_iter();
        let asked = by_bureau.filter_map(|criterion| self.when.wanted(criterion)).flatten();
        named
            .filter_map(Target::code)
            .chain(asked.map(String::as_str))
            .filter(|code| !known_bureau(code))
            .map(|code| RuleProblem::UnknownBureau {
                rule: self.name.clone(),
                bureau: code.to_owned(),
            })
            .collect()
    }
}
