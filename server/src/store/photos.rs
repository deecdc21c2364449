//! Photos as manifests announce them, and which have arrived.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::capture::PhotoFlag;
use domain::position::Position;
use schema::columns::{At, Doc, Uid};
use schema::tables::{photo, photo_file, report};
use schema::{Conn, insert_all, on};
use uuid::Uuid;

use super::photo_files::FileState;
use crate::problem::Error;

/// Which part a photo plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of a report.
    Before,
    /// Of a rectification, or of a self-handled report once it was fixed.
    After,
    /// Of a verification.
    Check,
    /// A stamped form 盖章申请.
    Form,
    /// Of a draft 草稿 that came by a link.
    Draft,
}

impl Part {
    /// What no report's photo of the problem plays.
    pub const OF_COMMANDS: [Self; 4] = [Self::After, Self::Check, Self::Form, Self::Draft];

    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::Check => "check",
            Self::Form => "form",
            Self::Draft => "draft",
        }
    }
}

/// A photo that was announced.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = photo)]
#[diesel(treat_none_as_default_value = false)]
pub struct Photo {
    /// The issue it belongs to.
    pub issue_id: i64,
    /// The report or command that announced it.
    pub subject: Uid,
    /// Its id, made on the phone.
    pub photo_id: Uid,
    /// `before`, `after`, `check`, `form` or `draft`.
    pub part: String,
    /// The account that announced it.
    pub owner: i64,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// Its length.
    pub bytes: i64,
    /// Its media type.
    pub media_type: String,
    /// When it was taken, as stated.
    pub captured_at: At,
    /// How far from the issue it was taken, metres.
    pub distance_m: Option<f64>,
    /// When all its bytes had arrived.
    pub stored_at: Option<At>,
    /// Where it was taken, as stated: WGS-84 latitude; none when nothing usable was.
    pub stated_lat: Option<f64>,
    /// Longitude.
    pub stated_lon: Option<f64>,
    /// Radius of 68 % confidence, metres.
    pub stated_accuracy_m: Option<f64>,
    /// What its EXIF disagrees with, as [`Photo::flags`] reads it; none before it was looked at.
    pub flags: Option<Doc>,
}

impl Photo {
    /// What its EXIF disagrees with.
    pub fn flags(&self) -> Result<Vec<PhotoFlag>, Error> {
        Ok(self.flags.as_ref().map(Doc::read).transpose()?.unwrap_or_default())
    }

    /// Whether a report announced it, and not a command.
    pub fn is_of_report(&self) -> bool {
        !Part::OF_COMMANDS.map(Part::word).contains(&self.part.as_str())
    }

    /// Whether it came by a link, with a draft.
    pub fn is_of_draft(&self) -> bool {
        self.part == Part::Draft.word()
    }

    /// Where it was taken, as stated.
    pub fn stated(&self) -> Option<Position> {
        Some(Position { lat: self.stated_lat?, lon: self.stated_lon? })
    }
}

/// Announces photos.
pub fn insert(conn: &mut Conn, new: &[Photo]) -> Result<(), Error> {
    insert_all!(conn, photo::table, new);
    Ok(())
}

/// Every photo of an issue.
pub fn list(conn: &mut Conn, issue: i64) -> Result<Vec<Photo>, Error> {
    Ok(on!(conn, |c| photo::table
        .filter(photo::issue_id.eq(issue))
        .order((photo::captured_at, photo::photo_id))
        .select(Photo::as_select())
        .load(c))?)
}

/// The photos that one report or command announced, in the order of their ids.
pub fn list_of(conn: &mut Conn, issue: i64, subject: Uuid) -> Result<Vec<Photo>, Error> {
    Ok(on!(conn, |c| photo::table
        .filter(photo::issue_id.eq(issue))
        .filter(photo::subject.eq(Uid(subject)))
        .order(photo::photo_id)
        .select(Photo::as_select())
        .load(c))?)
}

/// The photos of the drafts of an issue, in the order of their ids.
pub fn list_of_drafts(conn: &mut Conn, issue: i64) -> Result<Vec<Photo>, Error> {
    Ok(on!(conn, |c| photo::table
        .filter(photo::issue_id.eq(issue))
        .filter(photo::part.eq(Part::Draft.word()))
        .order((photo::subject, photo::photo_id))
        .select(Photo::as_select())
        .load(c))?)
}

/// The photos that any of these reports of these issues announced, in the order of their ids.
pub fn list_of_reports(
    conn: &mut Conn,
    issues: &[i64],
    reports: &[Uuid],
) -> Result<Vec<Photo>, Error> {
    let reports: Vec<Uid> = reports.iter().copied().map(Uid).collect();
    Ok(on!(conn, |c| photo::table
        .filter(photo::issue_id.eq_any(issues))
        .filter(photo::subject.eq_any(&reports))
        .order(photo::photo_id)
        .select(Photo::as_select())
        .load(c))?)
}

/// The photos of this id that commands of this id announced, in the order of their issues: the ids
/// of commands are each account's own.
pub fn list_of_commands(
    conn: &mut Conn,
    command: Uuid,
    photo_id: Uuid,
) -> Result<Vec<Photo>, Error> {
    // As text: SQLite takes an index of some rows only where the statement itself says which.
    let of_commands = diesel::dsl::sql::<diesel::sql_types::Bool>("part <> 'before'");
    Ok(on!(conn, |c| photo::table
        .filter(photo::subject.eq(Uid(command)).and(of_commands))
        .filter(photo::photo_id.eq(Uid(photo_id)))
        .order(photo::issue_id)
        .select(Photo::as_select())
        .load(c))?)
}

/// The line of a manifest of this account's own: of its report with this id, else of its command.
pub fn find_own(
    conn: &mut Conn,
    owner: i64,
    subject: Uuid,
    photo_id: Uuid,
) -> Result<Option<Photo>, Error> {
    let of_report = on!(conn, |c| photo::table
        .inner_join(
            report::table
                .on(report::id.eq(photo::subject).and(report::issue_id.eq(photo::issue_id)))
        )
        .filter(report::id.eq(Uid(subject)).and(photo::photo_id.eq(Uid(photo_id))))
        .filter(photo::owner.eq(owner).and(photo::part.eq(Part::Before.word())))
        .select(Photo::as_select())
        .first(c)
        .optional())?;
    if of_report.is_some() {
        return Ok(of_report);
    }
    let of_commands = list_of_commands(conn, subject, photo_id)?;
    Ok(of_commands.into_iter().find(|photo| photo.owner == owner))
}

/// By issue, the digest of the photo that its reports brought, that pictures were made of, and that was
/// taken first.
pub fn list_first_pictures(
    conn: &mut Conn,
    issues: &[i64],
) -> Result<HashMap<i64, Vec<u8>>, Error> {
    let later = Part::OF_COMMANDS.map(Part::word);
    let pictures: Vec<(i64, Vec<u8>)> = on!(conn, |c| photo::table
        .inner_join(photo_file::table.on(photo_file::sha256.eq(photo::sha256)))
        .filter(photo::issue_id.eq_any(issues))
        .filter(photo::part.ne_all(later))
        .filter(photo_file::state.eq(FileState::Ready.word()))
        .order((photo::issue_id, photo::captured_at, photo::photo_id))
        .select((photo::issue_id, photo::sha256))
        .load(c))?;
    // The first of each issue: collecting keeps the last.
    Ok(pictures.into_iter().rev().collect())
}

/// Every announcement of these bytes, by anybody.
pub fn list_by_digest(conn: &mut Conn, sha256: &[u8]) -> Result<Vec<Photo>, Error> {
    list_by_digests(conn, &[sha256.to_vec()])
}

/// Every announcement of any of these bytes, by anybody.
pub fn list_by_digests(conn: &mut Conn, digests: &[Vec<u8>]) -> Result<Vec<Photo>, Error> {
    Ok(on!(conn, |c| photo::table
        .filter(photo::sha256.eq_any(digests))
        .order((photo::issue_id, photo::subject, photo::photo_id))
        .select(Photo::as_select())
        .load(c))?)
}

/// Every announcement of these bytes by this account.
pub fn list_own(conn: &mut Conn, sha256: &[u8], owner: i64) -> Result<Vec<Photo>, Error> {
    let mut all = list_by_digest(conn, sha256)?;
    all.retain(|photo| photo.owner == owner);
    Ok(all)
}

/// Whether the same bytes had arrived by then with another report or command.
pub fn was_seen_before(conn: &mut Conn, photo: &Photo) -> Result<bool, Error> {
    let Some(stored_at) = photo.stored_at else { return Ok(false) };
    let others = list_by_digest(conn, &photo.sha256)?;
    let earlier = |other: &Photo| other.stored_at.is_some_and(|at| at <= stored_at);
    Ok(others.iter().any(|other| other.subject != photo.subject && earlier(other)))
}

/// Makes the photos that the reports of an issue announced another one's; those of commands stay with
/// what they were proof of.
pub fn save_issue(conn: &mut Conn, from: i64, into: i64) -> Result<(), Error> {
    let later = Part::OF_COMMANDS.map(Part::word);
    let own = photo::table.filter(photo::issue_id.eq(from)).filter(photo::part.ne_all(later));
    on!(conn, |c| diesel::update(own).set(photo::issue_id.eq(into)).execute(c))?;
    Ok(())
}

/// Marks one announcement as arrived. False when it had arrived before.
pub fn save_stored(conn: &mut Conn, of: &Photo, at: jiff::Timestamp) -> Result<bool, Error> {
    let own = photo::table.find((of.issue_id, of.subject, of.photo_id));
    let marked = on!(conn, |c| diesel::update(own.filter(photo::stored_at.is_null()))
        .set(photo::stored_at.eq(Some(At(at))))
        .execute(c))?;
    Ok(marked == 1)
}

/// Keeps what a photo's EXIF disagrees with; an empty list says that it was looked at.
pub fn save_flags(conn: &mut Conn, of: &Photo, flags: &[PhotoFlag]) -> Result<(), Error> {
    let flags = Doc::of(flags)?;
    let own = photo::table.find((of.issue_id, of.subject, of.photo_id));
    on!(conn, |c| diesel::update(own).set(photo::flags.eq(Some(flags))).execute(c))?;
    Ok(())
}
