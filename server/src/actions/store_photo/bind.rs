//! Binds bytes that are here to every line of their sender's manifests that they fulfil.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::Actor;
use domain::workflow::Event;
use jiff::Timestamp;
use schema::Conn;

use super::check::{What, fulfils};
use crate::actions::authority;
use crate::actions::look_at_photo::tell;
use crate::actions::record::{Act, Ledger, hex};
use crate::gazetteer::Gazetteer;
use crate::photos::Blobs;
use crate::problem::Error;
use crate::store::photo_files::{FileState, PhotoFile};
use crate::store::photos::{Part, Photo};
use crate::store::uploads::{Upload, UploadState};
use crate::store::{issues, photo_files, photos, uploads};

/// Problems that a photo may have had only because of what the disk had left of it.
const OF_THE_FILE: [&str; 4] = ["missing", "crashed", "empty", "type-unknown"];

/// Bytes that are to be bound to whatever their sender announced.
pub(super) struct Bind {
    pub photos: Blobs,
    pub gazetteer: Arc<Gazetteer>,
    pub digest: Vec<u8>,
    pub actor: Actor,
    pub what: What,
    /// The upload they came by.
    pub upload: Option<Upload>,
    pub now: Timestamp,
}

impl Bind {
    /// Gives every binding, and whether any of them is new.
    pub(super) fn write(&self, conn: &mut Conn) -> Result<(Vec<Photo>, bool), Error> {
        authority::still_holds(conn, &self.actor)?;
        let file = self.file(conn)?;
        let mut bound = photos::list_own(conn, &self.digest, self.actor.account)?;
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
        if let Some(upload) = self.upload.as_ref().filter(|upload| upload.generation > 0) {
            let stored =
                Upload { kept: upload.bytes, state: UploadState::Stored, ..upload.clone() };
            // If it was ended just now, the photo is here all the same.
            uploads::save(conn, &stored)?;
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
