//! Takes photos of drafts over into what a bureau says itself.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use schema::Conn;
use schema::columns::Uid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::sees_those_of;
use crate::actions::command_issue::Ask;
use crate::intake::MAX_PHOTOS;
use crate::problem::{Error, LinkRefusal};
use crate::store::issues::Issue;
use crate::store::photos::{Part, Photo};
use crate::store::{drafts, links, photos};

/// A photo of a draft that a bureau takes over; its bytes are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"draft": "0198f3a0-0000-7000-8000-00000000001d", "photo_id": "0198f3a0-0000-7000-8000-00000000001e"}))]
pub struct AdoptedPhoto {
    /// The draft's id.
    pub draft: Uuid,
    /// The photo's id in it.
    pub photo_id: Uuid,
}

/// Announces the photos that a command takes over as its own: here already, taken when and where whoever took
/// them says, and looked at.
pub(in crate::actions) fn adopt(
    conn: &mut Conn,
    ask: &Ask,
    issue: &Issue,
    now: Timestamp,
) -> Result<(), Error> {
    if ask.adopt.is_empty() {
        return Ok(());
    }
    check(ask)?;
    let theirs = theirs(conn, ask, issue)?;
    let lines = photos::list_of_drafts(conn, issue.id)?;
    let mut adopted = Vec::with_capacity(ask.adopt.len());
    for photo in &ask.adopt {
        let line = lines
            .iter()
            .find(|line| line.subject.0 == photo.draft && line.photo_id.0 == photo.photo_id)
            .filter(|line| theirs.contains(&line.subject.0) && line.stored_at.is_some())
            .ok_or(LinkRefusal::DraftPhotoUnknown)?;
        // Whoever looks at it now tells the lines that there were before.
        if line.flags.is_none() {
            return Err(LinkRefusal::DraftPhotoPending.into());
        }
        adopted.push(Photo {
            subject: Uid(ask.id),
            part: Part::After.word().to_owned(),
            owner: ask.actor.account,
            ..line.clone()
        });
    }
    photos::insert(conn, &adopted)?;
    let ids: HashSet<Uuid> = ask.adopt.iter().map(|photo| photo.draft).collect();
    drafts::save_adopted(conn, &ids.into_iter().collect::<Vec<_>>(), now)
}

/// Each photo stands once in what the command shows.
fn check(ask: &Ask) -> Result<(), Error> {
    let announced = ask.photos.iter().map(|photo| photo.photo_id);
    let all: Vec<Uuid> = announced.chain(ask.adopt.iter().map(|photo| photo.photo_id)).collect();
    let distinct: HashSet<&Uuid> = all.iter().collect();
    if distinct.len() < all.len() {
        let detail = "A photo of `adopt` stands twice, or in `photos` as well.";
        return Err(Error::invalid("manifest-invalid", detail));
    }
    if all.len() > MAX_PHOTOS {
        let detail = format!("`photos` and `adopt` have more than {MAX_PHOTOS} entries.");
        return Err(Error::invalid("manifest-invalid", detail));
    }
    Ok(())
}

/// The drafts that are the actor's to take from.
fn theirs(conn: &mut Conn, ask: &Ask, issue: &Issue) -> Result<HashSet<Uuid>, Error> {
    let links: HashMap<Uid, String> =
        links::list(conn, issue.id)?.into_iter().map(|(link, _)| (link.id, link.bureau)).collect();
    let is_theirs =
        |link: &Uid| links.get(link).is_some_and(|bureau| sees_those_of(&ask.actor, issue, bureau));
    let all = drafts::list(conn, issue.id)?.into_iter();
    let kept = all.filter(|draft| draft.discarded_at.is_none() && is_theirs(&draft.link_id));
    Ok(kept.map(|draft| draft.id.0).collect())
}
