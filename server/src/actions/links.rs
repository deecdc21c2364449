//! 链接: links to one issue for people without an account, what they send by them, and what becomes of that.

mod adopt;
mod guest;
mod make;
mod send;
mod settle;

use domain::access::{Actor, Role};

use crate::store::issues::Issue;

pub use adopt::AdoptedPhoto;
pub(super) use adopt::adopt;
pub use guest::{Opened, find_picture, open};
pub use make::{NewLink, make_link};
pub use send::{NewDraft, announced, max_photo_bytes, send_draft};
pub use settle::{discard_draft, revoke_link};

/// Whether somebody is shown the links and drafts of a bureau: the lead and the office those of all, whoever
/// helps its own.
pub fn sees_those_of(actor: &Actor, issue: &Issue, bureau: &str) -> bool {
    match actor.role {
        Role::Office => true,
        Role::Bureau => {
            let own = actor.bureau.as_deref();
            own.is_some() && (own == issue.state.lead.as_deref() || own == Some(bureau))
        }
        Role::Inspector | Role::Supervisor | Role::Admin => false,
    }
}

/// Whether somebody may look at the photos of drafts, which nobody has said anything with yet.
pub(super) fn sees_drafts(actor: &Actor, issue: &Issue) -> bool {
    let own = actor.bureau.as_deref().unwrap_or_default();
    sees_those_of(actor, issue, own)
}
