//! Records what was found of a photo: with its bytes, and with every issue they belong to.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::Actor;
use domain::capture::{Shown, Stated, disagreements};
use domain::deadline::Calendar;
use domain::position::Position;
use domain::workflow::Event;
use jiff::Timestamp;
use jiff::tz::Offset;
use schema::Conn;

use crate::actions::record::{Act, Ledger, hex};
use crate::actions::store_photo::was_moved;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::Submission;
use crate::placing::wgs84;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::photo_files::{FileState, Looked, PhotoFile, Written};
use crate::store::photos::{Part, Photo};
use crate::store::{issues, photo_files, photos, reports};

/// Records what was found of some bytes, once: whoever comes second, after a kill or from another
/// process, changes nothing and is told so.
pub async fn record(app: &App, sha256: Vec<u8>, looked: Looked) -> Result<bool, Error> {
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    app.db.write(move |conn| write(conn, &sha256, &looked, &gazetteer, now)).await
}

fn write(
    conn: &mut Conn,
    sha256: &[u8],
    looked: &Looked,
    gazetteer: &Arc<Gazetteer>,
    now: Timestamp,
) -> Result<bool, Error> {
    // Takes the row's lock, as a completed upload does before it takes an issue's.
    let before = photo_files::find_locked(conn, sha256)?;
    if !photo_files::save_looked(conn, sha256, looked)? {
        return Ok(false);
    }
    let file = photo_files::find(conn, sha256)?.ok_or(Error::Overtaken)?;
    // A picture was made of it once, and that is what its issues were told.
    let was_ready = before.is_some_and(|before| before.width.is_some());
    let is_lost = was_ready && file.state == FileState::Unreadable;
    let mut by_issue: BTreeMap<i64, Vec<Photo>> = BTreeMap::new();
    for photo in photos::list_by_digest(conn, sha256)? {
        if photo.stored_at.is_some() {
            by_issue.entry(photo.issue_id).or_default().push(photo);
        }
    }
    let mut ledger = Ledger::default();
    for (id, photos) in by_issue {
        let mut issue = issues::find_locked(conn, id)?
            .ok_or_else(|| Error::Internal(format!("photo without its issue {id}")))?;
        if photos.iter().any(|photo| was_moved(photo, Some(&issue))) {
            return Err(Error::Overtaken);
        }
        tell(conn, &mut ledger, &mut issue, (&file, &photos), &gazetteer.calendar, now)?;
        if is_lost {
            tell_lost(conn, &mut ledger, &mut issue, (&file, &photos), now)?;
        }
    }
    ledger.close(conn)?;
    Ok(true)
}

/// Tells an issue what was found of bytes that some of its photos have, each photo once. Nothing
/// before they were looked at.
pub fn tell(
    conn: &mut Conn,
    ledger: &mut Ledger,
    issue: &mut Issue,
    (file, photos): (&PhotoFile, &[Photo]),
    calendar: &Calendar,
    at: Timestamp,
) -> Result<(), Error> {
    if file.state == FileState::Waiting {
        return Ok(());
    }
    let mut happened = Vec::new();
    for photo in photos.iter().filter(|photo| photo.flags.is_none()) {
        happened.extend(found(conn, issue, file, photo, calendar, at)?);
    }
    if happened.is_empty() {
        return Ok(());
    }
    let actor = Actor::system();
    ledger.append(conn, issue, happened, Act { actor: &actor, at, command: None })
}

/// Tells an issue that photos which it was told nothing bad of cannot be read any more.
fn tell_lost(
    conn: &mut Conn,
    ledger: &mut Ledger,
    issue: &mut Issue,
    (file, photos): (&PhotoFile, &[Photo]),
    at: Timestamp,
) -> Result<(), Error> {
    let told = photos.iter().filter(|photo| photo.flags.is_some());
    let happened: Vec<Event> = told.map(|photo| unreadable(issue, file, photo)).collect();
    if happened.is_empty() {
        return Ok(());
    }
    let actor = Actor::system();
    ledger.append(conn, issue, happened, Act { actor: &actor, at, command: None })
}

/// Counts a photo that no picture can be made of, and says so.
fn unreadable(issue: &mut Issue, file: &PhotoFile, photo: &Photo) -> Event {
    if photo.part == Part::Before.word() {
        issue.detail.photos_unreadable += 1;
    }
    let (sha256, problem) = (hex(&photo.sha256), file.problem.clone().unwrap_or_default());
    issue.detail.cover.take_if(|cover| *cover == sha256);
    Event::PhotoUnreadable { photo: photo.photo_id.0.to_string(), sha256, problem }
}

fn found(
    conn: &mut Conn,
    issue: &mut Issue,
    file: &PhotoFile,
    photo: &Photo,
    calendar: &Calendar,
    at: Timestamp,
) -> Result<Vec<Event>, Error> {
    let shown = file.exif.as_ref().map(|exif| shown(exif, calendar)).unwrap_or_default();
    let flags = disagreements(&shown, &stated(conn, photo, at)?);
    photos::save_flags(conn, photo, &flags)?;
    let mut happened = Vec::new();
    if file.state == FileState::Unreadable {
        happened.push(unreadable(issue, file, photo));
    }
    if !flags.is_empty() {
        let photo = photo.photo_id.0.to_string();
        happened.push(Event::PhotoFlagged { photo, flags });
    }
    Ok(happened)
}

/// What a camera wrote, as instants and places.
pub fn shown(exif: &Written, calendar: &Calendar) -> Shown {
    let position = exif.position.map(|(lat, lon)| Position { lat, lon });
    Shown { at: taken_at(exif, calendar), position, is_odd: !exif.odd.is_empty() }
}

/// By the camera's clock where it says how far off UTC it was, else by the satellites', else by the
/// camera's in the district's zone.
fn taken_at(exif: &Written, calendar: &Calendar) -> Option<Timestamp> {
    let offset = exif.offset_s.and_then(|seconds| Offset::from_seconds(seconds).ok());
    let with_offset = exif.local.zip(offset).and_then(|(local, off)| off.to_timestamp(local).ok());
    with_offset.or(exif.gps_time).or_else(|| calendar.moment(exif.local?))
}

/// What the manifest states of a photo or, where it says nothing of its place, its report of itself.
fn stated(conn: &mut Conn, photo: &Photo, now: Timestamp) -> Result<Stated, Error> {
    let arrived = photo.stored_at.map_or(now, |at| at.0);
    let own = Stated {
        at: photo.captured_at.0,
        position: photo.stated(),
        accuracy_m: photo.stated_accuracy_m,
        arrived,
    };
    if own.position.is_some() || photo.part != Part::Before.word() {
        return Ok(own);
    }
    let Some(report) = reports::find(conn, photo.subject.0)? else { return Ok(own) };
    let said = report.body.read::<Submission>()?.position;
    let accuracy_m = said.and_then(|said| said.accuracy_m);
    Ok(Stated { position: said.as_ref().and_then(wgs84), accuracy_m, ..own })
}
