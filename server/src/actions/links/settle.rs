//! Takes a link back, and throws a draft away.

use domain::access::{Action, Actor, Subject, may};
use domain::workflow::Event;
use schema::Conn;
use uuid::Uuid;

use super::sees_those_of;
use crate::actions::authority;
use crate::actions::command_issue::facets;
use crate::actions::record::{Act, Ledger};
use crate::app::App;
use crate::problem::{Error, LinkRefusal};
use crate::store::issues::Issue;
use crate::store::{drafts, issues, links};

/// Takes a link back; one that was taken back already stays so.
pub async fn revoke_link(app: &App, actor: Actor, issue: i64, id: Uuid) -> Result<(), Error> {
    let now = app.clock.now();
    let write = move |conn: &mut Conn| {
        let mut issue = theirs(conn, &actor, Action::RevokeLink, issue)?;
        let link = links::find(conn, id)?
            .filter(|link| link.issue_id == issue.id)
            .filter(|link| sees_those_of(&actor, &issue, &link.bureau))
            .ok_or(LinkRefusal::Unknown)?;
        if !links::save_revoked(conn, link.id.0, actor.account, now)? {
            return Ok(());
        }
        let act = Act { actor: &actor, at: now, command: None };
        append(conn, &mut issue, Event::LinkRevoked { link: id.to_string() }, act)
    };
    app.db.write(write).await
}

/// Throws a draft away; its photos stay with it. One that was thrown away already stays so.
pub async fn discard_draft(app: &App, actor: Actor, issue: i64, id: Uuid) -> Result<(), Error> {
    let now = app.clock.now();
    let write = move |conn: &mut Conn| {
        let mut issue = theirs(conn, &actor, Action::DiscardDraft, issue)?;
        let draft = drafts::find(conn, id)?.filter(|draft| draft.issue_id == issue.id);
        let draft = draft.ok_or(LinkRefusal::DraftUnknown)?;
        links::find(conn, draft.link_id.0)?
            .filter(|link| sees_those_of(&actor, &issue, &link.bureau))
            .ok_or(LinkRefusal::DraftUnknown)?;
        if !drafts::save_discarded(conn, id, actor.account, now)? {
            return Ok(());
        }
        let act = Act { actor: &actor, at: now, command: None };
        append(conn, &mut issue, Event::DraftDiscarded { draft: id.to_string() }, act)
    };
    app.db.write(write).await
}

fn theirs(conn: &mut Conn, actor: &Actor, action: Action, id: i64) -> Result<Issue, Error> {
    authority::still_holds(conn, actor)?;
    let issue = issues::find_locked(conn, id)?.ok_or(Error::NotFound)?;
    may(Some(actor), action, &Subject::Issue(facets(&issue)))?;
    Ok(issue)
}

fn append(conn: &mut Conn, issue: &mut Issue, event: Event, act: Act<'_>) -> Result<(), Error> {
    let mut ledger = Ledger::default();
    ledger.append(conn, issue, vec![event], act)?;
    ledger.close(conn)
}
