//! What the holder of a link is shown: one issue, and what they sent themselves.

use domain::workflow::{LinkStanding, link_standing};
use jiff::Timestamp;
use schema::Conn;

use crate::app::App;
use crate::intake::sha256_bytes;
use crate::problem::{Error, LinkRefusal};
use crate::store::drafts::Draft;
use crate::store::issues::Issue;
use crate::store::links::Link;
use crate::store::photo_files::{FileState, PhotoFile};
use crate::store::photos::{Part, Photo};
use crate::store::{drafts, issues, links, photo_files, photos};
use crate::tokens::LinkToken;

/// Photos of the problem that a link shows, at most.
const BEFORE_MAX: usize = 6;

/// What a link opens.
#[derive(Debug)]
pub struct Opened {
    /// The link.
    pub link: Link,
    /// Its issue.
    pub issue: Issue,
    /// Whether drafts are taken now.
    pub takes_drafts: bool,
    /// Pictures of the problem, those taken first.
    pub before: Vec<Photo>,
    /// What was sent by the link, the newest first, each with its photos.
    pub drafts: Vec<(Draft, Vec<Photo>)>,
}

/// The link of a token and its issue, if it is good now.
pub(super) fn good(
    conn: &mut Conn,
    token: LinkToken,
    now: Timestamp,
) -> Result<(Link, Issue, LinkStanding), Error> {
    let link = links::find(conn, token.link)?.ok_or(LinkRefusal::Invalid)?;
    let issue = issues::find(conn, link.issue_id)?.ok_or(LinkRefusal::Invalid)?;
    holds(&link, &issue, now).map(|standing| (link, issue, standing))
}

/// Whether a link is good as its issue stands.
pub(super) fn holds(link: &Link, issue: &Issue, now: Timestamp) -> Result<LinkStanding, Error> {
    if link.revoked_at.is_some() {
        return Err(LinkRefusal::Revoked.into());
    }
    if now >= link.expires_at.0 {
        return Err(LinkRefusal::Expired.into());
    }
    match link_standing(&issue.state, &link.bureau) {
        LinkStanding::Over => Err(LinkRefusal::Over.into()),
        standing => Ok(standing),
    }
}

/// Opens a link, and counts that it was.
pub async fn open(app: &App, token: LinkToken) -> Result<Opened, Error> {
    let now = app.clock.now();
    let opened = app.db.read(move |conn| find(conn, token, now)).await?;
    app.db.write(move |conn| links::save_used(conn, token.link, now)).await?;
    Ok(opened)
}

fn find(conn: &mut Conn, token: LinkToken, now: Timestamp) -> Result<Opened, Error> {
    let (link, issue, standing) = good(conn, token, now)?;
    let all = photos::list(conn, issue.id)?;
    let drafts = drafts::list_of_link(conn, link.id.0)?;
    let of = |draft: Draft| {
        let own = all.iter().filter(|photo| photo.is_of_draft() && photo.subject == draft.id);
        let own = own.cloned().collect();
        (draft, own)
    };
    let drafts = drafts.into_iter().map(of).collect();
    let before = pictures(conn, &all)?;
    Ok(Opened { takes_drafts: standing == LinkStanding::Open, link, issue, before, drafts })
}

/// Of the photos of the problem, those that pictures were made of.
fn pictures(conn: &mut Conn, all: &[Photo]) -> Result<Vec<Photo>, Error> {
    let mut before: Vec<Photo> = all.iter().filter(|photo| is_before(photo)).cloned().collect();
    let digests: Vec<Vec<u8>> = before.iter().map(|photo| photo.sha256.clone()).collect();
    let mut ready = photo_files::list(conn, &digests)?;
    ready.retain(|file| file.state == FileState::Ready);
    before.retain(|photo| ready.iter().any(|file| file.sha256 == photo.sha256));
    before.truncate(BEFORE_MAX);
    Ok(before)
}

fn is_before(photo: &Photo) -> bool {
    photo.part == Part::Before.word() && photo.stored_at.is_some()
}

/// What is known of a photo that a link shows: one of the problem, or of a draft that came by this link.
pub async fn find_picture(app: &App, token: LinkToken, sha256: &str) -> Result<PhotoFile, Error> {
    let (now, digest) = (app.clock.now(), sha256_bytes(sha256).map_err(|_| Error::NotFound)?);
    let read = move |conn: &mut Conn| {
        let (link, issue, _) = good(conn, token, now)?;
        let own = drafts::list_of_link(conn, link.id.0)?;
        let lines = photos::list_by_digest(conn, &digest)?;
        let is_shown = |photo: &Photo| {
            photo.issue_id == issue.id
                && photo.stored_at.is_some()
                && (is_before(photo)
                    || (photo.is_of_draft() && own.iter().any(|draft| draft.id == photo.subject)))
        };
        if !lines.iter().any(is_shown) {
            return Err(Error::NotFound);
        }
        photo_files::find(conn, &digest)?.ok_or(Error::NotFound)
    };
    app.db.read(read).await
}
