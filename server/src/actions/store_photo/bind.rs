//! Binds bytes that are here to every line of their sender's manifests that they fulfil, those of several
//! uploads in one transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::access::Actor;
use domain::workflow::{Event, Stage};
use jiff::Timestamp;
use schema::{Conn, Db};
use uuid::Uuid;

use super::check::{What, fulfils};
use crate::actions::look_at_photo::tell;
use crate::actions::record::{Act, Ledger, hex};
use crate::actions::{authority, grouped};
use crate::gazetteer::Gazetteer;
use crate::photos::Blobs;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::photo_files::{FileState, PhotoFile};
use crate::store::photos::{Part, Photo};
use crate::store::uploads::{Upload, UploadState};
use crate::store::{issues, photo_files, photos, uploads};
use crate::together::Together;

/// Problems that a photo may have had only because of what the disk had left of it.
const OF_THE_FILE: [&str; 4] = ["missing", "crashed", "empty", "type-unknown"];

/// Bytes that are to be bound to whatever their sender announced.
pub(super) struct Bind {
    pub photos: Blobs,
    pub gazetteer: Arc<Gazetteer>,
    pub digest: Vec<u8>,
    pub actor: Actor,
    /// The one draft whose line they fulfil, for what came by a link.
    pub draft: Option<Uuid>,
    pub what: What,
    /// The upload they came by.
    pub upload: Option<Upload>,
    pub now: Timestamp,
}

/// The lines that bytes are bound to, and whether any of them is new.
pub(super) type Bound = (Vec<Photo>, bool);

/// Photos that wait to be bound.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Binding(pub(super) Arc<Together<Arc<Bind>, Result<Bound, Error>>>);

impl Binding {
    /// Groups that are written at a time: while one is made durable, the next one is being written.
    const TURNS: usize = 2;
    /// Photos written together, at most: those of one group wait for the slowest.
    const MOST: usize = 32;
    /// Photos that may wait; more are sent by nobody at a time.
    const ROOM: usize = 4_096;
}

impl Default for Binding {
    fn default() -> Self {
        Self(Arc::new(Together::new(Self::TURNS, Self::MOST, Self::ROOM)))
    }
}

/// Binds a group.
pub(super) async fn written(db: Db, group: Vec<Arc<Bind>>) -> Vec<Result<Bound, Error>> {
    grouped::written(db, "photos", group, write).await
}

/// An error is the whole group's; nothing of it is kept then.
fn write(conn: &mut Conn, group: &[Arc<Bind>]) -> Result<Vec<Result<Bound, Error>>, Error> {
    let actors: Vec<&Actor> = group.iter().map(|bind| &bind.actor).collect();
    let holds = authority::still_hold(conn, &actors)?;
    let held = group.iter().zip(&holds).filter(|(_, holds)| **holds);
    let held: Vec<&Bind> = held.map(|(bind, _)| bind.as_ref()).collect();
    let mut batch = Batch::read(conn, &held)?;
    let mut bound = Vec::with_capacity(held.len());
    for bind in held {
        bound.push(batch.bind(conn, bind)?);
    }
    batch.ledger.close(conn)?;
    let mut bound = bound.into_iter();
    let answer = |holds| {
        let bound = if holds { bound.next() } else { None };
        bound.ok_or(Error::Unauthenticated)
    };
    Ok(holds.into_iter().map(answer).collect())
}

/// What is known of a group's bytes and issues, all of it locked.
struct Batch {
    files: HashMap<Vec<u8>, PhotoFile>,
    lines: Vec<Photo>,
    issues: BTreeMap<i64, Issue>,
    ledger: Ledger,
}

impl Batch {
    /// Locks first the bytes, then the issues, each in their order, so that two groups never wait for each
    /// other. Nobody removes the bytes from here on, and nobody finds out more about them.
    /// [`Error::Overtaken`] when some are not here any more.
    fn read(conn: &mut Conn, group: &[&Bind]) -> Result<Self, Error> {
        let by_digest: BTreeMap<&[u8], &Bind> =
            group.iter().map(|bind| (bind.digest.as_slice(), *bind)).collect();
        for (digest, bind) in &by_digest {
            photo_files::insert(conn, digest, bind.what, bind.now)?;
        }
        let digests: Vec<Vec<u8>> = by_digest.keys().map(|digest| digest.to_vec()).collect();
        let mut files = HashMap::new();
        for file in photo_files::list_locked(conn, &digests)? {
            let Some(bind) = by_digest.get(file.sha256.as_slice()) else { continue };
            files.insert(file.sha256.clone(), bind.here(conn, file)?);
        }
        if files.len() < digests.len() {
            return Err(Error::Overtaken);
        }
        let lines = photos::list_by_digests(conn, &digests)?;
        let waiting =
            |bind: &&Bind| lines.iter().filter(|line| bind.is_for(line)).collect::<Vec<_>>();
        let ids: BTreeSet<i64> = group
            .iter()
            .flat_map(waiting)
            .filter(|line| line.stored_at.is_none())
            .map(|line| line.issue_id)
            .collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        let issues: BTreeMap<i64, Issue> =
            issues::list_locked(conn, &ids)?.into_iter().map(|issue| (issue.id, issue)).collect();
        if lines.iter().any(|line| was_moved(line, issues.get(&line.issue_id))) {
            return Err(Error::Overtaken);
        }
        Ok(Self { files, lines, issues, ledger: Ledger::default() })
    }

    fn bind(&mut self, conn: &mut Conn, bind: &Bind) -> Result<Bound, Error> {
        let bound: Vec<Photo> =
            self.lines.iter().filter(|line| bind.is_for(line)).cloned().collect();
        let mut by_issue: BTreeMap<i64, Vec<&Photo>> = BTreeMap::new();
        for photo in bound.iter().filter(|photo| photo.stored_at.is_none()) {
            by_issue.entry(photo.issue_id).or_default().push(photo);
        }
        let mut is_new = false;
        for (issue, arrived) in by_issue {
            is_new |= self.arrive(conn, bind, (issue, &arrived))?;
        }
        if let Some(upload) = bind.upload.as_ref().filter(|upload| upload.generation > 0) {
            let stored =
                Upload { kept: upload.bytes, state: UploadState::Stored, ..upload.clone() };
            // If it was ended just now, the photo is here all the same.
            uploads::save(conn, &stored)?;
        }
        Ok((bound, is_new))
    }

    /// Whether any of these photos had not arrived before.
    fn arrive(
        &mut self,
        conn: &mut Conn,
        bind: &Bind,
        (id, arrived): (i64, &[&Photo]),
    ) -> Result<bool, Error> {
        let missing = || Error::Internal(format!("photo without its issue {id}"));
        let issue = self.issues.get_mut(&id).ok_or_else(missing)?;
        let (mut happened, mut new) = (Vec::new(), Vec::new());
        for photo in arrived {
            // The same bytes may have come twice at once: the issue's lock decides which were first.
            if !photos::save_stored(conn, photo, bind.now)? {
                continue;
            }
            if photo.part == Part::Before.word() {
                issue.photos_stored += 1;
                issue.detail.cover.get_or_insert_with(|| hex(&photo.sha256));
            }
            let sha256 = hex(&photo.sha256);
            happened.push(Event::PhotoStored { photo: photo.photo_id.0.to_string(), sha256 });
            new.push(Photo::clone(photo));
        }
        if happened.is_empty() {
            return Ok(false);
        }
        let act = Act { actor: &bind.actor, at: bind.now, command: None };
        self.ledger.append(conn, issue, happened, act)?;
        // The same bytes may have been looked at for another manifest.
        if let Some(file) = self.files.get(&bind.digest) {
            let calendar = &bind.gazetteer.calendar;
            tell(conn, &mut self.ledger, issue, (file, &new), calendar, bind.now)?;
        }
        Ok(true)
    }
}

/// Whether an issue was merged into another after this line of one of its reports was read: the line is the
/// other one's by now.
pub fn was_moved(line: &Photo, issue: Option<&Issue>) -> bool {
    line.is_of_report() && issue.is_some_and(|issue| issue.state.stage == Stage::Merged)
}

impl Bind {
    /// Whether this line announced these bytes.
    fn is_for(&self, line: &Photo) -> bool {
        let is_theirs = match self.draft {
            Some(draft) => line.is_of_draft() && line.subject.0 == draft,
            None => !line.is_of_draft() && line.owner == self.actor.account,
        };
        is_theirs && line.sha256 == self.digest && fulfils(line, self.what)
    }

    /// What is known of bytes that are here. What was found of a file that was lost or damaged says nothing
    /// of these: they are looked at again.
    fn here(&self, conn: &mut Conn, file: PhotoFile) -> Result<PhotoFile, Error> {
        let length = u64::try_from(self.what.0).unwrap_or_default();
        if !self.photos.holds(&hex(&self.digest), length)? {
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
}
