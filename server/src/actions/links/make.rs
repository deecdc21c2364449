//! Makes a link.

use domain::access::{Action, Actor, Subject, may};
use domain::workflow::{Event, link_ends, may_make_link};
use jiff::Timestamp;
use schema::Conn;
use schema::columns::{At, Uid};
use uuid::Uuid;

use crate::actions::authority;
use crate::actions::command_issue::facets;
use crate::actions::record::{Act, Ledger};
use crate::app::App;
use crate::config::LinkSettings;
use crate::intake::check_text;
use crate::problem::{Error, LinkRefusal};
use crate::store::links::Link;
use crate::store::{issues, links};

/// Characters of whom a link is for, and of what they are asked to do.
const FOR_WHOM_MAX: usize = 40;
const TASK_MAX: usize = 500;
/// So many digits in a row are a telephone number: whom a link is for stands in the log for good.
const TELEPHONE_DIGITS: usize = 7;

/// A link as it is asked for.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// Made by the client; the same again gives the link that is there.
    pub id: Uuid,
    /// The issue.
    pub issue: i64,
    /// Whom it is for.
    pub for_whom: String,
    /// What they are asked to do; may be empty.
    pub task: String,
    /// How long it is good for.
    pub hours: u32,
}

/// Makes a link; asked again, the link that is there. Says whether it is new.
pub async fn make_link(app: &App, actor: Actor, ask: NewLink) -> Result<(Link, bool), Error> {
    let ask = checked(&ask, &app.config.links)?;
    let (now, most) = (app.clock.now(), app.config.links.per_issue);
    app.db.write(move |conn| write(conn, &actor, &ask, most, now)).await
}

fn checked(ask: &NewLink, settings: &LinkSettings) -> Result<NewLink, Error> {
    check_text("task", &ask.task)?;
    let (for_whom, task) = (ask.for_whom.trim().to_owned(), ask.task.trim().to_owned());
    let is_named = (1..=FOR_WHOM_MAX).contains(&for_whom.chars().count());
    if !is_named || for_whom.chars().any(char::is_control) {
        let detail = format!("`for_whom` is not 1 to {FOR_WHOM_MAX} characters on one line.");
        return Err(Error::invalid("link-for-whom", detail));
    }
    if for_whom.split(|c: char| !c.is_numeric()).any(|run| run.chars().count() >= TELEPHONE_DIGITS)
    {
        let detail = "`for_whom` holds a telephone number: write who it is, not how to reach them.";
        return Err(Error::invalid("link-for-whom", detail));
    }
    if task.chars().count() > TASK_MAX {
        let detail = format!("`task` has more than {TASK_MAX} characters.");
        return Err(Error::invalid("text-too-long", detail));
    }
    let most = settings.max_days.saturating_mul(24);
    if ask.hours == 0 || ask.hours > most {
        let detail = format!("`hours` is not 1 to {most}.");
        return Err(Error::invalid("link-hours", detail));
    }
    Ok(NewLink { for_whom, task, ..*ask })
}

fn write(
    conn: &mut Conn,
    actor: &Actor,
    ask: &NewLink,
    most: u32,
    now: Timestamp,
) -> Result<(Link, bool), Error> {
    authority::still_holds(conn, actor)?;
    // Locked before the link is looked for: where it was sent twice at once, the second waits here.
    let mut issue = issues::find_locked(conn, ask.issue)?.ok_or(Error::NotFound)?;
    may(Some(actor), Action::MakeLink, &Subject::Issue(facets(&issue)))?;
    if let Some(known) = links::find(conn, ask.id)? {
        return same(known, actor, ask).map(|known| (known, false));
    }
    let bureau = may_make_link(&issue.state, actor)?;
    let good = links::list(conn, issue.id)?.iter().filter(|(link, _)| link.is_good(now)).count();
    if good >= usize::try_from(most).unwrap_or(usize::MAX) {
        return Err(LinkRefusal::LinksTooMany(most).into());
    }
    let link = Link {
        id: Uid(ask.id),
        issue_id: issue.id,
        made_by: actor.account,
        bureau: bureau.clone(),
        for_whom: ask.for_whom.clone(),
        task: ask.task.clone(),
        made_at: At(now),
        expires_at: At(link_ends(now, ask.hours)),
        revoked_at: None,
        revoked_by: None,
        uses: 0,
        used_at: None,
    };
    links::insert(conn, &link)?;
    let made = Event::LinkMade {
        link: ask.id.to_string(),
        bureau,
        for_whom: link.for_whom.clone(),
        expires_at: link.expires_at.0,
    };
    let mut ledger = Ledger::default();
    ledger.append(conn, &mut issue, vec![made], Act { actor, at: now, command: Some(ask.id) })?;
    ledger.close(conn)?;
    Ok((link, true))
}

fn same(known: Link, actor: &Actor, ask: &NewLink) -> Result<Link, Error> {
    let is = known.issue_id == ask.issue
        && known.made_by == actor.account
        && known.for_whom == ask.for_whom
        && known.task == ask.task
        && known.expires_at.0 == link_ends(known.made_at.0, ask.hours);
    if is { Ok(known) } else { Err(LinkRefusal::Conflict.into()) }
}
