//! Takes what the holder of a link sends: a draft, and the bytes of its photos.

use domain::access::Actor;
use domain::workflow::draft_sent;
use jiff::Timestamp;
use schema::Conn;
use schema::columns::{At, Uid};
use serde::Serialize;
use uuid::Uuid;

use super::guest::{good, holds};
use crate::actions::announce::{Manifest, announce};
use crate::actions::record::{Act, Ledger};
use crate::app::App;
use crate::config::LinkSettings;
use crate::intake::{ManifestPhoto, canonical_hash, check_manifest, check_text, sha256_bytes};
use crate::problem::{Error, LinkRefusal};
use crate::store::drafts::Draft;
use crate::store::photos::{Part, Photo};
use crate::store::{drafts, issues, links, photos};
use crate::tokens::LinkToken;

/// A draft as it is sent.
#[derive(Debug, Clone, Serialize)]
pub struct NewDraft {
    /// Made on the device; the same again gives the draft that is there.
    pub id: Uuid,
    /// In words.
    pub note: String,
    /// The photos that follow.
    pub photos: Vec<ManifestPhoto>,
}

/// The most bytes that a photo may have which is sent by a link.
pub fn max_photo_bytes(app: &App) -> u64 {
    let own = app.config.links.max_photo_mib.saturating_mul(1024 * 1024);
    own.min(app.config.max_photo_bytes)
}

/// Keeps a draft; sent again, the draft that is there. Says whether it is new.
pub async fn send_draft(
    app: &App,
    token: LinkToken,
    new: NewDraft,
) -> Result<(Draft, bool), Error> {
    check_text("note", &new.note)?;
    check_manifest(&new.photos, max_photo_bytes(app))?;
    let settings = app.config.links.clone();
    if new.photos.len() > usize::try_from(settings.photos).unwrap_or(usize::MAX) {
        let detail = format!("`photos` has more than {} entries.", settings.photos);
        return Err(Error::invalid("manifest-invalid", detail));
    }
    if new.photos.is_empty() && new.note.trim().is_empty() {
        let detail = "The draft says nothing: there is neither a photo nor a `note`.";
        return Err(Error::invalid("draft-empty", detail));
    }
    let (content, now) = (canonical_hash(&new)?, app.clock.now());
    app.db.write(move |conn| write(conn, token, (&new, &content), &settings, now)).await
}

fn write(
    conn: &mut Conn,
    token: LinkToken,
    (new, content): (&NewDraft, &[u8]),
    settings: &LinkSettings,
    now: Timestamp,
) -> Result<(Draft, bool), Error> {
    let link = links::find(conn, token.link)?.ok_or(LinkRefusal::Invalid)?;
    // Locked before the draft is looked for: where it was sent twice at once, the second waits here.
    let mut issue = issues::find_locked(conn, link.issue_id)?.ok_or(LinkRefusal::Invalid)?;
    holds(&link, &issue, now)?;
    if let Some(known) = drafts::find(conn, new.id)? {
        let is_same = known.link_id == link.id && known.content == content;
        return if is_same { Ok((known, false)) } else { Err(LinkRefusal::DraftConflict.into()) };
    }
    let sent = drafts::list_of_link(conn, link.id.0)?.len();
    if sent >= usize::try_from(settings.drafts).unwrap_or(usize::MAX) {
        return Err(LinkRefusal::DraftsSpent(settings.drafts).into());
    }
    let photos = u32::try_from(new.photos.len()).unwrap_or(u32::MAX);
    let said = (link.id.0.to_string(), new.id.to_string(), photos);
    let event = draft_sent(&issue.state, &link.bureau, said)?;
    let draft = Draft {
        id: Uid(new.id),
        link_id: link.id,
        issue_id: issue.id,
        note: new.note.trim().to_owned(),
        content: content.to_vec(),
        sent_at: At(now),
        adopted_at: None,
        discarded_at: None,
        discarded_by: None,
    };
    drafts::insert(conn, &draft)?;
    let manifest = Manifest {
        issue: issue.id,
        subject: new.id,
        part: Part::Draft,
        owner: Actor::SYSTEM,
        place: issue.detail.position,
        photos: &new.photos,
    };
    announce(conn, manifest)?;
    let actor = Actor::system();
    let mut ledger = Ledger::default();
    ledger.append(conn, &mut issue, vec![event], Act { actor: &actor, at: now, command: None })?;
    ledger.close(conn)?;
    Ok((draft, true))
}

/// The line of a draft of this link that announces these bytes.
///
/// Asked before a byte of the body is read, as [`crate::actions::store_photo::announced`] does.
pub async fn announced(
    app: &App,
    token: LinkToken,
    draft: Uuid,
    sha256: &str,
) -> Result<Photo, Error> {
    let (digest, now) = (sha256_bytes(sha256)?, app.clock.now());
    let read = move |conn: &mut Conn| {
        let (link, issue, _) = good(conn, token, now)?;
        let draft = drafts::find(conn, draft)?.filter(|draft| draft.link_id == link.id);
        let draft = draft.ok_or(LinkRefusal::DraftUnknown)?;
        let own = photos::list_of(conn, issue.id, draft.id.0)?;
        let mut own = own.into_iter().filter(Photo::is_of_draft);
        own.find(|photo| photo.sha256 == digest).ok_or(Error::PhotoNotInManifest)
    };
    app.db.read(read).await
}
