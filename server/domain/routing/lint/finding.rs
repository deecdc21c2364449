//! What a lint finds.

use jiff::civil::Date;

use crate::routing::check::RuleProblem;
use crate::routing::rule::Criterion;

/// Something found in a rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rules it is about, as places in the file from 0; none when it is about the whole.
    pub rules: Vec<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// Whether a rule set may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It must be mended.
    Error,
    /// It may be meant.
    Warning,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The rule itself is not fit to be published.
    Unfit(RuleProblem),
    /// A criterion asks for something nobody knows.
    UnknownValue {
        /// The criterion.
        criterion: Criterion,
        /// What it asks for.
        value: String,
    },
    /// Its criteria never hold together, for example a condition of another category.
    NeverHolds,
    /// It is no longer in force.
    Expired {
        /// Its last day.
        until: Date,
    },
    /// Whenever it holds, another rule gives its name.
    Unreachable {
        /// The rules that come first, as places in the file.
        by: Vec<usize>,
    },
    /// Two rules of equal standing can hold at once, and name different bureaus.
    Tie {
        /// Of what they tie about, a case; none when they are too entangled to find one, and may
        /// never tie.
        case: Option<Case>,
    },
    /// No rule takes these.
    Uncovered {
        /// Categories of which no condition is taken.
        categories: Vec<String>,
        /// Conditions of other categories.
        conditions: Vec<String>,
    },
}

/// A subject that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its condition.
    pub condition: String,
    /// The finest area it lies in; none outside all.
    pub area: Option<String>,
    /// Where the report comes from.
    pub source: String,
    /// The day.
    pub on: Date,
}

impl Fault {
    /// Whether it must be mended.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Unfit(_)
            | Self::UnknownValue { .. }
            | Self::NeverHolds
            | Self::Unreachable { .. }
            | Self::Tie { .. } => Severity::Error,
            Self::Expired { .. } | Self::Uncovered { .. } => Severity::Warning,
        }
    }

    /// Its stable name; programs decide by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unfit(RuleProblem::DuplicateName { .. }) => "duplicate-name",
            Self::Unfit(RuleProblem::UnknownBureau { .. }) => "unknown-bureau",
            Self::Unfit(RuleProblem::EmptyWhen { .. }) => "empty-when",
            Self::Unfit(RuleProblem::EmptyCriterion { .. }) => "empty-criterion",
            Self::Unfit(RuleProblem::IdleTask { .. }) => "idle-task",
            Self::Unfit(RuleProblem::OfferOfAll { .. }) => "offer-of-all",
            Self::Unfit(RuleProblem::OfferToNobody { .. }) => "offer-to-nobody",
            Self::Unfit(RuleProblem::ClaimHelped { .. }) => "claim-helped",
            Self::Unfit(RuleProblem::ClaimUnoffered { .. }) => "claim-unoffered",
            Self::Unfit(RuleProblem::NeverInForce { .. }) => "never-in-force",
            Self::Unfit(RuleProblem::OfferOfUnknown { .. }) | Self::UnknownValue { .. } => {
                "unknown-value"
            }
            Self::NeverHolds => "never-holds",
            Self::Expired { .. } => "expired",
            Self::Unreachable { .. } => "unreachable",
            Self::Tie { .. } => "tie",
            Self::Uncovered { .. } => "uncovered",
        }
    }
}
