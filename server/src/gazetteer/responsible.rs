//! Who answers for something by where it is: the symbols of routing rules, resolved.

use domain::position::Position;
use domain::routing::{self, Because, Offering, RuleSet, Subject, Target, Unrouted};
use jiff::civil::Date;

use super::Gazetteer;

impl Gazetteer {
    /// Who answers for a subject by the division of work in force, and why. `areas` must be finest
    /// first.
    pub fn route(&self, subject: &Subject) -> Result<Because, Unrouted> {
        self.route_by(&self.rules, subject)
    }

    /// Who would answer for a subject by these rules, and why.
    pub fn route_by(&self, rules: &RuleSet, subject: &Subject) -> Result<Because, Unrouted> {
        routing::route(rules, subject, &|target| self.resolve(target, subject))
    }

    /// Whom a subject is offered to that the division of work in force finds nobody for; none where nobody is named.
    pub fn offer(&self, subject: &Subject, nobody: &Unrouted) -> Option<Offering> {
        self.offer_by(&self.rules, subject, nobody)
    }

    /// Whom it would be offered to by these rules.
    pub fn offer_by(
        &self,
        rules: &RuleSet,
        subject: &Subject,
        nobody: &Unrouted,
    ) -> Option<Offering> {
        routing::offer(rules, subject, nobody, &|target| self.resolve(target, subject))
    }

    /// The bureau a target stands for. Of several owners none is: that would be a guess.
    fn resolve(&self, target: &Target, subject: &Subject) -> Option<String> {
        let code = match target {
            Target::Bureau(code) => Some(code.as_str()),
            Target::Subdistrict => self.subdistrict_office(subject.areas),
            Target::Enforcement => self.enforcement_team(subject.areas),
            Target::Owner => match subject.owners {
                [owner] => Some(owner.as_str()),
                _ => None,
            },
            Target::Duty => subject.duties.first().map(String::as_str),
            // The rules resolve whom the standard names, never the standard itself; who claims it is not known yet.
            Target::Standard | Target::Claim => None,
        };
        code.and_then(|code| self.bureau(code)).map(|bureau| bureau.code.clone())
    }

    /// Codes of the bureaus that own what a report of this category at this position is about.
    pub fn owners(&self, position: Option<Position>, category: &str) -> Vec<String> {
        position.map(|position| self.owner_at(position, category).codes()).unwrap_or_default()
    }

    /// Codes of the bureaus that hold a duty 包保 at this position on a day of the district, the
    /// innermost first.
    pub fn duty_holders(&self, position: Option<Position>, on: Date) -> Vec<String> {
        let duties = position.map(|position| self.duties_at(position, on)).unwrap_or_default();
        duties.into_iter().filter_map(|duty| duty.unit.clone()).collect()
    }
}
