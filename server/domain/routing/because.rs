//! Why an issue went where it did, as data: kept with its events, and told in words elsewhere.

use serde::{Deserialize, Serialize};

use super::{offer::Offering, rule::Criterion, target::Target};

/// Why an issue is where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Why {
    /// A rule chose.
    Rule(Box<Because>),
    /// Nobody was found.
    Nobody {
        /// The rule set that was asked.
        version: String,
        /// Why it found nobody.
        because: Unrouted,
    },
    /// Nobody was found, and it is offered to whoever may own it.
    Offer(Box<Offering>),
    /// The desk chose.
    Desk {
        /// Why, in its words.
        reason: String,
    },
}

/// How a rule came to its bureaus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// The rule set.
    pub version: String,
    /// The rule's name.
    pub rule: String,
    /// Each criterion it gives, with the value that met it; none for a rule that takes everything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<(Criterion, String)>,
    /// Who answers for it.
    pub lead: Named,
    /// Who helps: without the lead, none twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cooperating: Vec<Named>,
    /// What each of them has to do, as the rule says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// Who would have helped, but nobody is known for it there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Sought>,
}

impl Because {
    /// Codes of the bureaus that help.
    pub fn helpers(&self) -> Vec<String> {
        self.cooperating.iter().map(|named| named.bureau.clone()).collect()
    }
}

/// A bureau, and what in the rule stood for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its code.
    pub bureau: String,
    /// What stood for it, unless the rule named it by its code.
    #[serde(default, flatten, skip_serializing_if = "Option::is_none")]
    pub sought: Option<Sought>,
}

/// What a rule looks for: a target, and whom the standard names where the target is `@standard`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// As the rule says.
    pub target: Target,
    /// As the standard says; none where the target is not `@standard`, or the standard names nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Target>,
}

impl Sought {
    /// Whom to look for in the end; none for `@standard` where the standard names nobody.
    pub fn last(&self) -> Option<&Target> {
        match (&self.target, &self.standard) {
            (Target::Standard, named) => named.as_ref(),
            (target, _) => Some(target),
        }
    }
}

/// Why nobody was found; a person must decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Unrouted {
    /// No rule in force holds.
    #[error("no rule in force holds")]
    NoRule,
    /// Rules of equal standing say different things.
    #[error("rules of equal standing name different bureaus: {}", .rules.join(", "))]
    Tie {
        /// Their names, sorted.
        rules: Vec<String>,
    },
    /// Nobody holds the office that the rule names as lead.
    #[error("rule {rule:?} leads to {}, and nobody is known for it there", .sought.target)]
    Unresolved {
        /// The rule's name.
        rule: String,
        /// The lead it names.
        #[serde(flatten)]
        sought: Sought,
    },
    /// It is kept from bureaus until released: the rules were not asked.
    #[error("it is blind until released")]
    Blind,
    /// It was offered, and nobody claimed it in time.
    #[error("nobody of those it was offered to has claimed it")]
    Unclaimed {
        /// The offer's name; none where the desk made it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offer: Option<String>,
    },
}
