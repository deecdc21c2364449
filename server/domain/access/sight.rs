//! Which issues an actor sees: one by one, and as what lists and the feed are cut to.

use super::{Actor, Role};

/// What decides who sees an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssueFacets {
    /// The bureau that answers for it.
    pub lead: Option<String>,
    /// Bureaus that help.
    pub cooperating: Vec<String>,
    /// Bureaus that it is offered to 候选单位, while it is.
    pub candidates: Vec<String>,
    /// Accounts that reported it.
    pub reporters: Vec<i64>,
    /// Kept from bureaus until released.
    pub blind: bool,
    /// Whether work is still owed: [`crate::workflow::Stage::is_open`], so also while it waits for
    /// verification.
    pub open: bool,
    /// Codes of the areas it lies in, from district to community.
    pub areas: Vec<String>,
}

/// What a reader's lists and feed are cut to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every issue, blind ones too.
    All,
    /// Every issue that is not blind.
    AllButBlind,
    /// Issues that are not blind and that this bureau leads or helps with, or that are offered to it.
    Bureau(String),
    /// Issues this account reported, blind ones too; and open ones in these areas that are not blind.
    Inspector {
        /// The reader's account.
        account: i64,
        /// Codes of the reader's duty areas.
        areas: Vec<String>,
    },
    /// No issue: an account of a bureau whose bureau is not set.
    Nothing,
}

impl Scope {
    /// Whether an issue lies in it.
    pub fn covers(&self, issue: &IssueFacets) -> bool {
        match self {
            Self::All => true,
            Self::AllButBlind => !issue.blind,
            Self::Bureau(code) => {
                !issue.blind
                    && (issue.lead.as_ref() == Some(code)
                        || issue.cooperating.contains(code)
                        || issue.candidates.contains(code))
            }
            Self::Inspector { account, areas } => {
                let on_duty = || issue.areas.iter().any(|area| areas.contains(area));
                issue.reporters.contains(account) || (issue.open && !issue.blind && on_duty())
            }
            Self::Nothing => false,
        }
    }
}

/// What an actor's lists and feed are cut to.
pub fn scope(actor: &Actor) -> Scope {
    match actor.role {
        // A wallboard, a map or another system passes on what it reads: nothing blind reaches it.
        Role::Office | Role::Supervisor if actor.errands.is_some() => Scope::AllButBlind,
        Role::Office | Role::Supervisor => Scope::All,
        Role::Admin => Scope::AllButBlind,
        Role::Bureau => actor.bureau.clone().map_or(Scope::Nothing, Scope::Bureau),
        Role::Inspector => {
            Scope::Inspector { account: actor.account, areas: actor.duty_areas.clone() }
        }
    }
}

/// Whether an actor sees an issue.
pub fn sees(actor: &Actor, issue: &IssueFacets) -> bool {
    scope(actor).covers(issue)
}
