//! Takes a report: it opens an issue or joins one, is filed and routed where that needs no desk, and
//! is answered only once it is durable.
//!
//! Reports that come while others are being written are written together: they share each look at the
//! database, and a statement takes rows of many.

use std::sync::Arc;

use domain::access::{Action, Actor, Subject, may};
use schema::Conn;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::intake::Submission;
use crate::placing::{ClockReading, Flag};
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::photo_files::PhotoFile;
use crate::store::photos::Photo;
use crate::store::reports::Report;
use crate::store::uploads::Upload;
use crate::store::{issues, photo_files, photos, uploads};
use crate::together::{Busy, Together};

mod group;
mod join;
mod prepare;

use prepare::Prepared;

/// What became of a report.
#[derive(Debug, Clone)]
pub struct Received {
    /// The report's id.
    pub id: Uuid,
    /// The issue it opened or joined, as it stands.
    pub issue: Issue,
    /// What was found when it arrived.
    pub noted: Noted,
    /// Its photos, in manifest order where it is new.
    pub photos: Vec<Photo>,
    /// What is known of those that are here.
    pub files: Vec<PhotoFile>,
    /// How far those are that are being sent.
    pub uploads: Vec<Upload>,
    /// False when it was here before.
    pub is_new: bool,
}

/// What was found when a report arrived; kept beside it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Noted {
    /// It joined an issue that was there.
    pub joined: bool,
    /// What is odd about it.
    pub flags: Vec<Flag>,
    /// Which times it states and which was used.
    pub clock: ClockReading,
}

/// Reports that wait to be written.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Inbox(Arc<Together<Arc<Prepared>, Result<Received, Error>>>);

impl Inbox {
    /// Groups of reports that are written at a time. More would wait for each other's feed numbers.
    const TURNS: usize = 2;
    /// Reports written together, at most: those of one group wait for the slowest.
    const MOST: usize = 32;

    /// Reports that may wait. Who comes then is told to come again.
    const ROOM: usize = 1_024;

    /// How many groups are being written, and how many reports wait.
    pub fn busy(&self) -> Busy {
        self.0.busy()
    }
}

impl Default for Inbox {
    fn default() -> Self {
        Self(Arc::new(Together::new(Self::TURNS, Self::MOST, Self::ROOM)))
    }
}

/// How often a report is placed anew when reference data changes under it.
const ATTEMPTS: u32 = 4;

/// Takes a report.
///
/// The same report again gives the first result; the same id with other content is
/// [`Error::ReportConflict`].
pub async fn submit_report(
    app: &App,
    actor: Actor,
    id: Uuid,
    submission: Submission,
) -> Result<Received, Error> {
    may(Some(&actor), Action::PutReport, &Subject::None)?;
    submission.check(actor.role, app.config.max_photo_bytes)?;
    let mut attempt = 1;
    loop {
        let prepared = Prepared::new(app, actor.clone(), id, submission.clone())?;
        let db = app.db.clone();
        let written = app.inbox.0.with(Arc::new(prepared), |group| group::written(db, group));
        match written.await.unwrap_or_else(|why| Err(why.into())) {
            Err(Error::Overtaken) if attempt < ATTEMPTS => {
                attempt += 1;
                app.reload_gazetteer().await?;
            }
            done => return done,
        }
    }
}

/// What became of a report that is here.
pub fn received(conn: &mut Conn, report: &Report) -> Result<Received, Error> {
    let issue = issues::find(conn, report.issue)?
        .ok_or_else(|| Error::Internal(format!("report without its issue {}", report.issue)))?;
    let photos = photos::list_of(conn, report.issue, report.id)?;
    let stored = photos.iter().filter(|photo| photo.stored_at.is_some());
    let digests: Vec<Vec<u8>> = stored.map(|photo| photo.sha256.clone()).collect();
    let files = photo_files::list(conn, &digests)?;
    let noted = report.receipt.read()?;
    let uploads = uploads::list_of(conn, report.reporter, report.id)?;
    Ok(Received { id: report.id, issue, noted, photos, files, uploads, is_new: false })
}
