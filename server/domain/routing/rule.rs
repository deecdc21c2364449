//! A rule as it is written, and whether it holds for a subject.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::offer::OfferRule;
use super::target::Target;
use crate::taxonomy::Responsible;

/// The published division of work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// Its name among the versions published, for example `2026-11`.
    pub version: String,
    /// Its rules, in the order of the file.
    #[serde(default, rename = "rule")]
    pub rules: Vec<Rule>,
    /// 认领: whom it is offered to where they find nobody, in the order of the file.
    #[serde(default, rename = "offer", skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<OfferRule>,
}

/// One line of the division of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What people call it; unique in its set.
    pub name: String,
    /// The higher one wins; 0 unless said.
    #[serde(default)]
    pub priority: i32,
    /// First day in force; always was, unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day in force; for good, unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Owns up that an empty `when` is meant: the rule takes whatever no other one does.
    #[serde(default)]
    pub fallback: bool,
    /// What must hold.
    #[serde(default)]
    pub when: When,
    /// Who answers for it.
    pub lead: Target,
    /// Who helps.
    #[serde(default)]
    pub cooperating: Vec<Target>,
    /// 子任务: what each of them has to do before the lead can say that it is done; nothing unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// For its readers, for example the paragraph it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What must hold for a rule: every criterion that is given, each by any one of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Condition codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Vec<String>>,
    /// Category codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Vec<String>>,
    /// Big classes 大类, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Vec<String>>,
    /// Area codes, of any level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Vec<String>>,
    /// Kinds of place 场所, for example `back_street`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Vec<String>>,
    /// Sources 来源 of the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Vec<String>>,
    /// Bureaus that own the asset 产权单位, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Vec<String>>,
    /// Bureaus that hold a duty 包保 at the place, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<Vec<String>>,
}

/// One kind of criterion in [`When`], the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// By condition code.
    Condition,
    /// By category code.
    Category,
    /// By big class.
    Class,
    /// By area.
    Area,
    /// By kind of place.
    Place,
    /// By source of the report.
    Source,
    /// By owner of the asset.
    Owner,
    /// By holder of a duty.
    Duty,
}

impl Criterion {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Condition,
        Self::Category,
        Self::Class,
        Self::Area,
        Self::Place,
        Self::Source,
        Self::Owner,
        Self::Duty,
    ];

    /// The word it is written with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Category => "category",
            Self::Class => "class",
            Self::Area => "area",
            Self::Place => "place",
            Self::Source => "source",
            Self::Owner => "owner",
            Self::Duty => "duty",
        }
    }
}

impl fmt::Display for Criterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What is to be routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Category code.
    pub category: &'a str,
    /// Condition code.
    pub condition: &'a str,
    /// Big class of the category, by name.
    pub class: &'a str,
    /// Codes of the areas it lies in.
    pub areas: &'a [String],
    /// Kinds of place it lies in.
    pub places: &'a [&'a str],
    /// Where the report came from.
    pub source: &'a str,
    /// Codes of the bureaus that own the asset; `@owner` is meant only where there is just one.
    pub owners: &'a [String],
    /// Codes of the bureaus that hold a duty 包保 there, the innermost first.
    pub duties: &'a [String],
    /// Who the condition's own standard names.
    pub standard: Option<&'a Responsible>,
    /// The day whose rules apply, in the district's time zone.
    pub on: Date,
}

impl Rule {
    /// Whether it is in force on a day; both ends count.
    pub fn in_force(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// What decides between rules that hold, the greater one: its priority, then how narrow it is.
    pub(super) fn standing(&self) -> impl Ord + use<> {
        (self.priority, self.when.specificity())
    }
}

impl When {
    /// The values a criterion may have; none where it is not given.
    pub fn wanted(&self, criterion: Criterion) -> Option<&[String]> {
        match criterion {
            Criterion::Condition => self.condition.as_deref(),
            Criterion::Category => self.category.as_deref(),
            Criterion::Class => self.class.as_deref(),
            Criterion::Area => self.area.as_deref(),
            Criterion::Place => self.place.as_deref(),
            Criterion::Source => self.source.as_deref(),
            Criterion::Owner => self.owner.as_deref(),
            Criterion::Duty => self.duty.as_deref(),
        }
    }

    /// The criteria that are given.
    pub fn given(&self) -> impl Iterator<Item = Criterion> {
        Criterion::ALL.into_iter().filter(|criterion| self.wanted(*criterion).is_some())
    }

    /// How it holds for a subject, each criterion given with the value that met it, or none if it
    /// does not hold. An empty `when` holds for everything.
    pub fn holds(&self, subject: &Subject) -> Option<Vec<(Criterion, String)>> {
        let met = |criterion| {
            let has = subject.values(criterion);
            let value = self.wanted(criterion)?.iter().find(|value| has.contains(&value.as_str()));
            value.map(|value| (criterion, value.clone()))
        };
        self.given().map(met).collect()
    }

    /// How narrow it is, to be compared: first the number of criteria given; among equal numbers
    /// the one that names a condition, then a category, then a class.
    pub fn specificity(&self) -> (usize, bool, bool, bool) {
        (
            self.given().count(),
            self.condition.is_some(),
            self.category.is_some(),
            self.class.is_some(),
        )
    }
}

impl<'a> Subject<'a> {
    fn values(&self, criterion: Criterion) -> Vec<&'a str> {
        match criterion {
            Criterion::Condition => vec![self.condition],
            Criterion::Category => vec![self.category],
            Criterion::Class => vec![self.class],
            Criterion::Area => self.areas.iter().map(String::as_str).collect(),
            Criterion::Place => self.places.to_vec(),
            Criterion::Source => vec![self.source],
            Criterion::Owner => self.owners.iter().map(String::as_str).collect(),
            Criterion::Duty => self.duties.iter().map(String::as_str).collect(),
        }
    }
}
