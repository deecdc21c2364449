//! Who answers for something by where it is: the symbols of routing rules, resolved.

use domain::position::Position;
use domain::routing::{self, Because, RuleSet, Subject, Target, Unrouted};

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
            // The rules resolve whom the standard names, never the standard itself.
            Target::Standard => None,
        };
        code.and_then(|code| self.bureau(code)).map(|bureau| bureau.code.clone())
    }

    /// The code of the enforcement team of the first of these areas that has one. No reference data
    /// names any yet.
    pub fn enforcement_team(&self, _areas: &[String]) -> Option<&str> {
        None
    }

    /// Codes of the bureaus that own what a report of this category at this position is about. No
    /// reference data names any yet.
    pub fn owners(&self, _position: Option<Position>, _category: &str) -> Vec<String> {
        Vec::new()
    }

    /// Codes of the bureaus that hold a duty 包保 at this position, the innermost first. No reference
    /// data names any yet.
    pub fn duty_holders(&self, _position: Option<Position>) -> Vec<String> {
        Vec::new()
    }
}
