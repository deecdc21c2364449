//! Keeps a photo's bytes and binds them to every manifest of the sender that announces them.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::{Action, Actor, Subject, may};
use domain::workflow::Event;
use jiff::Timestamp;
use schema::Conn;

use crate::actions::look_at_photo::tell;
use crate::actions::record::{Act, Ledger, hex};
use crate::actions::{authority, command_issue};
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::sha256_bytes;
use crate::photos::{Arrived, Blobs, Incoming, blocking, media_type_of};
use crate::problem::Error;
use crate::store::photo_files::{FileState, PhotoFile};
use crate::store::photos::{Part, Photo};
use crate::store::{issues, photo_files, photos};

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
    let arrived = incoming.finish().await?;
    let what = match check(&arrived, sha256, announced, app.config.photos.max_megapixels) {
        Ok(what) => what,
        Err(refused) => {
            arrived.discard().await;
            return Err(refused);
        }
    };
    let bound = keep(app, actor, arrived, what).await?;
    app.looking.arrived.notify_one();
    Ok(bound)
}

/// How often bytes are given their name anew when they are cleared up before they are bound.
const ATTEMPTS: u32 = 4;
/// Problems that a photo may have had only because of what the disk had left of it.
const OF_THE_FILE: [&str; 4] = ["missing", "crashed", "empty", "type-unknown"];

/// Gives the bytes their name first, then binds them. Whoever clears up in between takes them for
/// nobody's: then the bind finds them gone, and both are done again from the file that arrived.
///
/// Bytes that are here already are replaced all the same: these were just verified, and of those
/// nobody knows what the disk has left.
async fn keep(
    app: &App,
    actor: Actor,
    arrived: Arrived,
    what: What,
) -> Result<(Vec<Photo>, bool), Error> {
    let arrived = Arc::new(arrived);
    let digest = sha256_bytes(&arrived.sha256)?;
    let mut attempt = 1;
    loop {
        put_in_place(app, &arrived).await?;
        let bind = Bind {
            photos: app.photos.clone(),
            gazetteer: app.gazetteer(),
            digest: digest.clone(),
            actor: actor.clone(),
            what,
            now: app.clock.now(),
        };
        match app.db.write(move |conn| bind.write(conn)).await {
            Err(Error::Overtaken) if attempt < ATTEMPTS => attempt += 1,
            done => return done,
        }
    }
}

/// Gives arrived bytes their name, durably.
async fn put_in_place(app: &App, arrived: &Arc<Arrived>) -> Result<(), Error> {
    let (photos, arrived) = (app.photos.clone(), Arc::clone(arrived));
    blocking(move || photos.put_in_place(&arrived)).await
}

/// Length and media type of what arrived.
type What = (i64, &'static str);

/// A line that states another length or type than the bytes have is not fulfilled by them; it does
/// not keep them from the lines that are right.
fn fulfils(photo: &Photo, (length, media_type): What) -> bool {
    photo.bytes == length && photo.media_type == media_type
}

fn check(
    arrived: &Arrived,
    sha256: &str,
    announced: &[Photo],
    max_megapixels: u32,
) -> Result<What, Error> {
    if arrived.sha256 != sha256 {
        return Err(Error::invalid(
            "photo-digest-mismatch",
            "The bytes that arrived have another SHA-256.",
        ));
    }
    let length = i64::try_from(arrived.length).unwrap_or(i64::MAX);
    let shown = media_type_of(&arrived.head).unwrap_or("no photo type that is taken");
    if announced.iter().any(|photo| fulfils(photo, (length, shown))) {
        return check_header(arrived, shown, max_megapixels).map(|()| (length, shown));
    }
    let said = announced.first().map_or(0, |photo| photo.bytes);
    if said != length {
        let detail = format!("{length} bytes arrived, the manifest says {said}.");
        return Err(Error::invalid("photo-length-mismatch", detail));
    }
    let detail = format!("The bytes show {shown}, not what the manifest says.");
    Err(Error::invalid("photo-type-mismatch", detail))
}

/// Refuses what states more pixels than are taken, and what states none. HEIC is stored whatever its
/// header says: nothing is made of it here.
fn check_header(arrived: &Arrived, shown: &str, max_megapixels: u32) -> Result<(), Error> {
    let header = match &arrived.header {
        Ok(header) => header,
        Err(_unread) if shown == "image/heic" => return Ok(()),
        Err(problem) => {
            let detail = format!("The header cannot be read: {problem} ({}).", problem.code());
            return Err(Error::invalid("photo-header-unreadable", detail));
        }
    };
    let (width, height) = (header.width, header.height);
    if u64::from(width) * u64::from(height) <= u64::from(max_megapixels) * 1_000_000 {
        return Ok(());
    }
    let detail = format!(
        "The photo has {width} × {height} pixels; at most {max_megapixels} million are taken."
    );
    Err(Error::invalid("photo-too-many-pixels", detail))
}

/// Bytes that are to be bound to whatever their sender announced.
struct Bind {
    photos: Blobs,
    gazetteer: Arc<Gazetteer>,
    digest: Vec<u8>,
    actor: Actor,
    what: What,
    now: Timestamp,
}

impl Bind {
    fn write(&self, conn: &mut Conn) -> Result<(Vec<Photo>, bool), Error> {
        authority::still_holds(conn, &self.actor)?;
        let file = self.file(conn)?;
        let mut bound = own(conn, &self.digest, self.actor.account)?;
        bound.retain(|photo| fulfils(photo, self.what));
        let mut by_issue: BTreeMap<i64, Vec<&Photo>> = BTreeMap::new();
        for photo in bound.iter().filter(|photo| photo.stored_at.is_none()) {
            by_issue.entry(photo.issue_id).or_default().push(photo);
        }
        // In the order of issue numbers, so that two uploads never wait for each other.
        let mut ledger = Ledger::default();
        for (&issue, arrived) in &by_issue {
            self.arrive(conn, &mut ledger, (issue, arrived), &file)?;
        }
        ledger.close(conn)?;
        let is_new = !by_issue.is_empty();
        Ok((bound, is_new))
    }

    /// What is known of the bytes, locked: nobody removes them from here on, and nobody finds out
    /// more about them. [`Error::Overtaken`] when they are not here any more. What was found of a
    /// file that was lost or damaged says nothing of these bytes: they are looked at again.
    fn file(&self, conn: &mut Conn) -> Result<PhotoFile, Error> {
        photo_files::insert(conn, &self.digest, self.what, self.now)?;
        let file = photo_files::find_locked(conn, &self.digest)?.ok_or(Error::Overtaken)?;
        let length = u64::try_from(self.what.0).unwrap_or_default();
        let is_here = self.photos.holds(&hex(&self.digest), length)?;
        if !is_here {
            return Err(Error::Overtaken);
        }
        let is_of_the_file =
            file.problem.as_deref().is_some_and(|code| OF_THE_FILE.contains(&code));
        if file.state != FileState::Unreadable || !is_of_the_file {
            return Ok(file);
        }
        photo_files::save_waiting(conn, &self.digest, self.now)?;
        photo_files::find(conn, &self.digest)?.ok_or(Error::Overtaken)
    }

    fn arrive(
        &self,
        conn: &mut Conn,
        ledger: &mut Ledger,
        (id, arrived): (i64, &[&Photo]),
        file: &PhotoFile,
    ) -> Result<(), Error> {
        let mut issue = issues::find_locked(conn, id)?
            .ok_or_else(|| Error::Internal(format!("photo without its issue {id}")))?;
        let (mut happened, mut new) = (Vec::new(), Vec::new());
        for photo in arrived {
            // The same upload may have come twice at once: the issue's lock decides which was first.
            if !photos::save_stored(conn, photo, self.now)? {
                continue;
            }
            if photo.part == Part::Before.word() {
                issue.photos_stored += 1;
            }
            let sha256 = hex(&photo.sha256);
            happened.push(Event::PhotoStored { photo: photo.photo_id.0.to_string(), sha256 });
            new.push(Photo::clone(photo));
        }
        if happened.is_empty() {
            return Ok(());
        }
        let act = Act { actor: &self.actor, at: self.now, command: None };
        ledger.append(conn, &mut issue, happened, act)?;
        // The same bytes may have been looked at for another manifest.
        tell(conn, ledger, &mut issue, (file, &new), &self.gazetteer.calendar, self.now)
    }
}

/// Whether this actor may see these bytes by this operation: through any issue that has them. Gives
/// what is known of them.
pub async fn find_photo(
    app: &App,
    actor: Actor,
    action: Action,
    sha256: &str,
) -> Result<PhotoFile, Error> {
    let digest = sha256_bytes(sha256).map_err(|_not_a_digest| Error::NotFound)?;
    app.db
        .read(move |conn| {
            let stored = photos::list_by_digest(conn, &digest)?;
            for photo in stored.iter().filter(|photo| photo.stored_at.is_some()) {
                let Some(issue) = issues::find(conn, photo.issue_id)? else { continue };
                let subject = Subject::Issue(command_issue::facets(&issue));
                if may(Some(&actor), action, &subject).is_ok() {
                    return photo_files::find(conn, &digest)?.ok_or(Error::NotFound);
                }
            }
            Err(Error::NotFound)
        })
        .await
}
