//! Keeps a photo's bytes and binds them to every manifest of the sender that announces them.

use std::collections::BTreeMap;

use domain::access::{Action, Actor, Subject, may};
use domain::workflow::Event;
use jiff::Timestamp;
use schema::Conn;

use crate::actions::record::{Act, Ledger, hex};
use crate::actions::{authority, command_issue};
use crate::app::App;
use crate::intake::sha256_bytes;
use crate::photos::{Incoming, media_type_of};
use crate::problem::Error;
use crate::store::photos::{Part, Photo};
use crate::store::{issues, photos};

/// The sender's own announcements of these bytes.
///
/// Asked before a byte of the body is read: knowing a digest gives nobody a photo, and nobody can
/// fill the disk with what no manifest names.
pub async fn announced(app: &App, actor: &Actor, sha256: &str) -> Result<Vec<Photo>, Error> {
    may(Some(actor), Action::PutPhoto, &Subject::None)?;
    let (digest, owner) = (sha256_bytes(sha256)?, actor.account);
    let own = app.db.read(move |conn| own(conn, &digest, owner)).await?;
    if own.is_empty() { Err(Error::PhotoNotInManifest) } else { Ok(own) }
}

fn own(conn: &mut Conn, digest: &[u8], owner: i64) -> Result<Vec<Photo>, Error> {
    let mut all = photos::list_by_digest(conn, digest)?;
    all.retain(|photo| photo.owner == owner);
    Ok(all)
}

/// Checks what arrived against what was announced, makes it durable, and records it.
///
/// Gives every binding, and whether any of them is new.
pub async fn store_photo(
    app: &App,
    actor: Actor,
    sha256: &str,
    announced: &[Photo],
    incoming: Incoming,
) -> Result<(Vec<Photo>, bool), Error> {
    let what = check(&incoming, sha256, announced)?;
    app.photos.keep(incoming, sha256).await?;
    let (digest, now) = (sha256_bytes(sha256)?, app.clock.now());
    app.db.write(move |conn| bind(conn, &actor, &digest, what, now)).await
}

/// Length and media type of what arrived.
type What = (i64, &'static str);

/// A line that states another length or type than the bytes have is not fulfilled by them; it does
/// not keep them from the lines that are right.
fn fulfils(photo: &Photo, (length, media_type): What) -> bool {
    photo.bytes == length && photo.media_type == media_type
}

fn check(incoming: &Incoming, sha256: &str, announced: &[Photo]) -> Result<What, Error> {
    if incoming.sha256() != sha256 {
        return Err(Error::invalid(
            "photo-digest-mismatch",
            "The bytes that arrived have another SHA-256.",
        ));
    }
    let length = i64::try_from(incoming.length).unwrap_or(i64::MAX);
    let shown = media_type_of(&incoming.head).unwrap_or("no photo type that is taken");
    if announced.iter().any(|photo| fulfils(photo, (length, shown))) {
        return Ok((length, shown));
    }
    let said = announced.first().map_or(0, |photo| photo.bytes);
    if said != length {
        let detail = format!("{length} bytes arrived, the manifest says {said}.");
        return Err(Error::invalid("photo-length-mismatch", detail));
    }
    let detail = format!("The bytes show {shown}, not what the manifest says.");
    Err(Error::invalid("photo-type-mismatch", detail))
}

fn bind(
    conn: &mut Conn,
    actor: &Actor,
    digest: &[u8],
    what: What,
    now: Timestamp,
) -> Result<(Vec<Photo>, bool), Error> {
    authority::still_holds(conn, actor)?;
    let mut bound = own(conn, digest, actor.account)?;
    bound.retain(|photo| fulfils(photo, what));
    let mut by_issue: BTreeMap<i64, Vec<&Photo>> = BTreeMap::new();
    for photo in bound.iter().filter(|photo| photo.stored_at.is_none()) {
        by_issue.entry(photo.issue_id).or_default().push(photo);
    }
    // In the order of issue numbers, so that two uploads never wait for each other.
    let mut ledger = Ledger::default();
    for (&issue, arrived) in &by_issue {
        arrive(conn, &mut ledger, issue, arrived, Act { actor, at: now, command: None })?;
    }
    ledger.close(conn)?;
    let is_new = !by_issue.is_empty();
    Ok((bound, is_new))
}

fn arrive(
    conn: &mut Conn,
    ledger: &mut Ledger,
    id: i64,
    arrived: &[&Photo],
    act: Act<'_>,
) -> Result<(), Error> {
    let mut issue = issues::find_locked(conn, id)?
        .ok_or_else(|| Error::Internal(format!("photo without its issue {id}")))?;
    let mut happened = Vec::with_capacity(arrived.len());
    for photo in arrived {
        // The same upload may have come twice at once: the issue's lock decides which was first.
        if !photos::save_stored(conn, photo, act.at)? {
            continue;
        }
        if photo.part == Part::Before.word() {
            issue.photos_stored += 1;
        }
        let sha256 = hex(&photo.sha256);
        happened.push(Event::PhotoStored { photo: photo.photo_id.0.to_string(), sha256 });
    }
    if !happened.is_empty() {
        ledger.append(conn, &mut issue, happened, act)?;
    }
    Ok(())
}

/// Whether this actor may see these bytes: through any issue that has them. Gives their media type.
pub async fn find_photo(app: &App, actor: Actor, sha256: &str) -> Result<String, Error> {
    let digest = sha256_bytes(sha256).map_err(|_not_a_digest| Error::NotFound)?;
    app.db
        .read(move |conn| {
            let stored = photos::list_by_digest(conn, &digest)?;
            for photo in stored.iter().filter(|photo| photo.stored_at.is_some()) {
                let Some(issue) = issues::find(conn, photo.issue_id)? else { continue };
                let subject = Subject::Issue(command_issue::facets(&issue));
                if may(Some(&actor), Action::GetPhoto, &subject).is_ok() {
                    return Ok(photo.media_type.clone());
                }
            }
            Err(Error::NotFound)
        })
        .await
}
