//! Takes a report: it opens an issue or joins one, is filed and routed where that needs no desk, and
//! is answered only once it is durable.

use std::sync::Arc;

use domain::access::{Action, Actor, Subject, may};
use domain::taxonomy::{Category, Condition};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::actions::announce::{Manifest, announce};
use crate::actions::authority;
use crate::actions::record::Ledger;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::Submission;
use crate::placing::{ClockReading, Flag, place, read_clock};
use crate::problem::Error;
use crate::store::issues::{Detail, Issue};
use crate::store::photos::{Part, Photo};
use crate::store::reports::Report;
use crate::store::{issues, photos, reports};

mod join;
mod open;

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

/// A report, ready for the writer.
struct Prepared {
    id: Uuid,
    actor: Actor,
    submission: Submission,
    content_hash: Vec<u8>,
    received: Timestamp,
    detail: Detail,
    flags: Vec<Flag>,
    clock: ClockReading,
    gazetteer: Arc<Gazetteer>,
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
        let prepared = prepare(app, actor.clone(), id, submission.clone())?;
        match app.db.write(move |conn| write(conn, &prepared)).await {
            Err(Error::Overtaken) if attempt < ATTEMPTS => {
                attempt += 1;
                app.reload_gazetteer().await?;
            }
            done => return done,
        }
    }
}

/// Everything that needs no database: done before the writer, which others wait for.
fn prepare(app: &App, actor: Actor, id: Uuid, submission: Submission) -> Result<Prepared, Error> {
    let gazetteer = app.gazetteer();
    let received = app.clock.now();
    let content_hash = submission.content_hash()?;
    let (mut detail, flags) = place(&submission, received, &gazetteer);
    let known = category(&submission, &gazetteer)?;
    detail.family = known.map(|(category, _)| category.family.clone());
    detail.reporters = vec![actor.account];
    let clock = read_clock(&submission, received);
    Ok(Prepared { id, actor, submission, content_hash, received, detail, flags, clock, gazetteer })
}

/// The category and condition a report names. A category with one condition needs no second word.
fn category<'a>(
    submission: &Submission,
    gazetteer: &'a Gazetteer,
) -> Result<Option<(&'a Category, Option<&'a Condition>)>, Error> {
    let Some(code) = &submission.category else { return Ok(None) };
    let category = gazetteer.category(code).ok_or_else(|| {
        Error::invalid("category-unknown", format!("`category` {code} is not in the taxonomy."))
    })?;
    let condition = match (&submission.condition, category.conditions.as_slice()) {
        (None, [only]) => Some(only),
        (None, _) => None,
        (Some(code), conditions) => {
            let known = conditions.iter().find(|condition| condition.code == *code);
            Some(known.ok_or_else(|| {
                let detail =
                    format!("`condition` {code} is not one of category {}.", category.code);
                Error::invalid("condition-unknown", detail)
            })?)
        }
    };
    Ok(Some((category, condition)))
}

fn write(conn: &mut Conn, prepared: &Prepared) -> Result<Received, Error> {
    authority::still_holds(conn, &prepared.actor)?;
    if let Some(known) = reports::find(conn, prepared.id)? {
        return replay(conn, prepared, known);
    }
    authority::reference_is(conn, prepared.gazetteer.version)?;
    let mut ledger = Ledger::default();
    let (issue, joined) = match join::join(conn, &mut ledger, prepared)? {
        Some(issue) => (issue, true),
        None => (open::open(conn, &mut ledger, prepared)?, false),
    };
    let received = keep(conn, prepared, issue, joined)?;
    ledger.close(conn)?;
    Ok(received)
}

fn keep(
    conn: &mut Conn,
    prepared: &Prepared,
    issue: Issue,
    joined: bool,
) -> Result<Received, Error> {
    let noted = Noted { joined, flags: prepared.flags.clone(), clock: prepared.clock.clone() };
    let report = Report {
        id: prepared.id,
        issue: issue.id,
        reporter: prepared.actor.account,
        received_at: prepared.received,
        content_hash: prepared.content_hash.clone(),
        body: serde_json::to_value(&prepared.submission)?,
        receipt: serde_json::to_value(&noted)?,
    };
    if !reports::insert(conn, report)? {
        // The same report came twice at once and the other copy was first.
        return Err(Error::Overtaken);
    }
    let manifest = Manifest {
        issue: issue.id,
        subject: prepared.id,
        part: Part::Before,
        owner: prepared.actor.account,
        place: issue.detail.position,
        photos: &prepared.submission.photos,
    };
    let photos = announce(conn, manifest)?;
    Ok(Received { id: prepared.id, issue, noted, photos, is_new: true })
}

fn replay(conn: &mut Conn, prepared: &Prepared, known: Report) -> Result<Received, Error> {
    if known.reporter != prepared.actor.account || known.content_hash != prepared.content_hash {
        return Err(Error::ReportConflict);
    }
    received(conn, known)
}

/// What became of a report that is here.
pub fn received(conn: &mut Conn, report: Report) -> Result<Received, Error> {
    let issue = issues::find(conn, report.issue)?
        .ok_or_else(|| Error::Internal(format!("report without its issue {}", report.issue)))?;
    let photos = photos::list_of(conn, report.issue, report.id)?;
    let noted = serde_json::from_value(report.receipt)?;
    Ok(Received { id: report.id, issue, noted, photos, is_new: false })
}
