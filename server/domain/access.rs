//! Who may do what: the one place where it is decided.
//!
//! [`may`] answers for one thing, [`scope`] for a whole list; both rest on [`sees`].

mod action;
mod errand;
mod sight;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use action::Action;
pub use errand::{Errand, Errands};
pub use sight::{IssueFacets, Scope, scope, sees};

/// What an account may act as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 巡查员: reports from the street, looks again at what is said to be rectified.
    Inspector,
    /// A person of a bureau 责任单位: accepts, returns, rectifies.
    Bureau,
    /// 创城办: files, dispatches, settles, reads every figure.
    Office,
    /// 督导组: inspects unannounced; what it finds can be kept blind.
    Supervisor,
    /// Keeps accounts and reference data.
    Admin,
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account's id.
    pub account: i64,
    /// What it acts as.
    pub role: Role,
    /// The bureau it belongs to; set for [`Role::Bureau`] only.
    pub bureau: Option<String>,
    /// Codes of the areas an inspector is assigned to (for a district: every subdistrict in it).
    pub duty_areas: Vec<String>,
    /// What a machine was sent for, and nothing else; none for a person.
    pub errands: Option<Errands>,
}

impl Actor {
    /// The system 系统: nobody's account, for what follows from data without anybody deciding it.
    pub fn system() -> Self {
        Self {
            account: Self::SYSTEM,
            role: Role::Office,
            bureau: None,
            duty_areas: Vec::new(),
            errands: None,
        }
    }

    /// Whether this is a person, or a machine that was given the scope of an operation.
    fn is_sent_for(&self, action: Action) -> bool {
        let Some(errands) = &self.errands else { return true };
        action.errand().is_some_and(|errand| errands.contains(&errand))
    }

    /// The number that stands for the system in the log; accounts count from 1.
    pub const SYSTEM: i64 = 0;
}

/// What is acted upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// No particular resource: a list, a new report, oneself.
    None,
    /// Reference data that is tried out, or taken in.
    ReferenceImport {
        /// Nothing is written.
        dry_run: bool,
    },
    /// One issue.
    Issue(IssueFacets),
    /// One report.
    Report {
        /// Account that made it.
        reporter: i64,
        /// The issue it belongs to.
        issue: IssueFacets,
    },
}

/// Why somebody may not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Denied {
    /// Nobody is signed in.
    #[error("sign in first")]
    Unauthenticated,
    /// They may know of it, but not do this.
    #[error("your role may not do this")]
    Forbidden,
    /// A machine without the scope for it, or something that a person has to do.
    #[error("this machine was not given the scope for it")]
    ScopeMissing(Option<Errand>),
    /// That it exists is not theirs to know: to be answered as if it did not.
    #[error("there is no such thing")]
    Hidden,
}

/// Whether an actor may use an operation on a subject.
///
/// What cannot be seen is [`Denied::Hidden`] before anybody's role is looked at, so that trying
/// commands on guessed ids tells nothing. A machine without the scope hears so before that. An operation about one issue that is asked without saying
/// which is hidden too: a handler that forgets to load it must fail closed.
pub fn may(actor: Option<&Actor>, action: Action, subject: &Subject) -> Result<(), Denied> {
    if action.needs_nobody() {
        return Ok(());
    }
    let actor = actor.ok_or(Denied::Unauthenticated)?;
    // Before anything is looked at: it tells of the token alone.
    if !actor.is_sent_for(action) {
        return Err(Denied::ScopeMissing(action.errand()));
    }
    if !subject_is_seen(actor, action, subject) {
        return Err(Denied::Hidden);
    }
    let may = match subject {
        // Whoever keeps reference data takes it in; the office may try what it would do.
        Subject::ReferenceImport { dry_run: false } => actor.role == Role::Admin,
        _ => action.roles().contains(&actor.role),
    };
    if may { Ok(()) } else { Err(Denied::Forbidden) }
}

/// Whether somebody may read the names of the persons who hold a duty 包保: no machine.
pub fn sees_persons_on_duty(actor: &Actor) -> bool {
    actor.errands.is_none() && matches!(actor.role, Role::Office | Role::Supervisor | Role::Admin)
}

fn subject_is_seen(actor: &Actor, action: Action, subject: &Subject) -> bool {
    match subject {
        Subject::None | Subject::ReferenceImport { .. } => !action.is_about_an_issue(),
        Subject::Issue(issue) => sees(actor, issue),
        // Whoever made a report reads it for good, also after duty areas or roles have changed.
        Subject::Report { reporter, issue } => {
            (action == Action::GetReport && *reporter == actor.account) || sees(actor, issue)
        }
    }
}
