//! Bytes that are here, once per digest, and how far the work on them is.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Doc};
use schema::tables::photo_file;
use schema::{Conn, dialect, on};
use serde::{Deserialize, Serialize};

use crate::problem::Error;

/// How far the work on some bytes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// To be looked at.
    Waiting,
    /// Looked at; its renditions are here.
    Ready,
    /// Looked at; no picture can be made of it.
    Unreadable,
    /// Of a type that is stored only.
    Kept,
}

impl FileState {
    /// The word used in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Unreadable => "unreadable",
            Self::Kept => "kept",
        }
    }

    fn of(word: &str) -> Result<Self, Error> {
        let all = [Self::Waiting, Self::Ready, Self::Unreadable, Self::Kept];
        let found = all.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| Error::Internal(format!("a photo is {word}")))
    }
}

/// What the camera wrote into a photo, as it is kept.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Written {
    /// 1 to 8, as EXIF counts them.
    pub orientation: u8,
    /// The camera's clock.
    pub local: Option<jiff::civil::DateTime>,
    /// What it was off UTC, seconds.
    pub offset_s: Option<i32>,
    /// WGS-84 latitude and longitude.
    pub position: Option<(f64, f64)>,
    /// The satellites' clock.
    pub gps_time: Option<Timestamp>,
    /// The camera's maker.
    pub make: Option<String>,
    /// The camera's model.
    pub model: Option<String>,
    /// What was broken.
    pub odd: Vec<String>,
}

/// Bytes that are here.
#[derive(Debug, Clone)]
pub struct PhotoFile {
    /// Their SHA-256.
    pub sha256: Vec<u8>,
    /// Their length.
    pub bytes: i64,
    /// The type they show.
    pub media_type: String,
    /// How far the work on them is.
    pub state: FileState,
    /// What is wrong with them, by code.
    pub problem: Option<String>,
    /// Pixels across, upright.
    pub width: Option<i32>,
    /// Pixels down, upright.
    pub height: Option<i32>,
    /// What the camera wrote.
    pub exif: Option<Written>,
    /// How often work on them began.
    pub attempts: i32,
    /// Its picture was compared with all the others.
    pub compared: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = photo_file)]
struct Row {
    sha256: Vec<u8>,
    bytes: i64,
    media_type: String,
    state: String,
    problem: Option<String>,
    width: Option<i32>,
    height: Option<i32>,
    exif: Option<Doc>,
    attempts: i32,
    compared_at: Option<At>,
}

impl Row {
    fn file(self) -> Result<PhotoFile, Error> {
        Ok(PhotoFile {
            state: FileState::of(&self.state)?,
            exif: self.exif.map(|exif| exif.read()).transpose()?,
            sha256: self.sha256,
            bytes: self.bytes,
            media_type: self.media_type,
            problem: self.problem,
            width: self.width,
            height: self.height,
            attempts: self.attempts,
            compared: self.compared_at.is_some(),
        })
    }
}

/// What was found of some bytes.
#[derive(Debug, Clone, AsChangeset)]
#[diesel(table_name = photo_file)]
#[diesel(treat_none_as_null = true)]
pub struct Looked {
    state: String,
    problem: Option<String>,
    width: Option<i32>,
    height: Option<i32>,
    fingerprint: Option<i64>,
    exif: Option<Doc>,
}

impl Looked {
    /// What was found: width, height (upright) and fingerprint where a picture could be made, and
    /// what the camera wrote where the bytes could be read.
    pub fn new(
        state: FileState,
        problem: Option<&str>,
        picture: Option<(u32, u32, u64)>,
        exif: Option<&Written>,
    ) -> Result<Self, Error> {
        let pixels = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
        Ok(Self {
            state: state.word().to_owned(),
            problem: problem.map(str::to_owned),
            width: picture.map(|(width, ..)| pixels(width)),
            height: picture.map(|(_, height, _)| pixels(height)),
            fingerprint: picture.map(|(.., fingerprint)| fingerprint.cast_signed()),
            exif: exif.map(Doc::of).transpose()?,
        })
    }

    /// How far the work on them is with this.
    pub fn state(&self) -> Result<FileState, Error> {
        FileState::of(&self.state)
    }
}

/// Adds bytes that are to be looked at. False when they are known.
///
/// On PostgreSQL it waits for whoever is just adding or removing the same.
pub fn insert(
    conn: &mut Conn,
    sha256: &[u8],
    (bytes, media_type): (i64, &str),
    now: Timestamp,
) -> Result<bool, Error> {
    let row = (
        photo_file::sha256.eq(sha256),
        photo_file::bytes.eq(bytes),
        photo_file::media_type.eq(media_type),
        photo_file::state.eq(FileState::Waiting.word()),
        photo_file::attempts.eq(0),
        photo_file::next_at.eq(At(now)),
        photo_file::stored_at.eq(At(now)),
    );
    let new = on!(conn, |c| diesel::insert_into(photo_file::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(new == 1)
}

/// Removes what [`insert`] added, its file being gone.
pub fn remove(conn: &mut Conn, sha256: &[u8]) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(photo_file::table.find(sha256)).execute(c))?;
    Ok(())
}

/// What is known of these bytes.
pub fn find(conn: &mut Conn, sha256: &[u8]) -> Result<Option<PhotoFile>, Error> {
    let row =
        on!(conn, |c| photo_file::table.find(sha256).select(Row::as_select()).first(c).optional())?;
    row.map(Row::file).transpose()
}

/// The same, locked until the transaction ends.
pub fn find_locked(conn: &mut Conn, sha256: &[u8]) -> Result<Option<PhotoFile>, Error> {
    dialect::lock_photo_files(conn, &[sha256.to_vec()])?;
    find(conn, sha256)
}

/// What is known of any of these bytes, locked until the transaction ends.
pub fn list_locked(conn: &mut Conn, digests: &[Vec<u8>]) -> Result<Vec<PhotoFile>, Error> {
    dialect::lock_photo_files(conn, digests)?;
    list(conn, digests)
}

/// What is known of any of these bytes.
pub fn list(conn: &mut Conn, digests: &[Vec<u8>]) -> Result<Vec<PhotoFile>, Error> {
    let rows: Vec<Row> = on!(conn, |c| photo_file::table
        .filter(photo_file::sha256.eq_any(digests))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::file).collect()
}

/// The digests that are known, from one up to another (excluded; none is the end of all).
pub fn list_digests(
    conn: &mut Conn,
    from: &[u8],
    until: Option<&[u8]>,
) -> Result<Vec<Vec<u8>>, Error> {
    let known = photo_file::table.filter(photo_file::sha256.ge(from)).select(photo_file::sha256);
    Ok(on!(conn, |c| match until {
        Some(until) => known.filter(photo_file::sha256.lt(until)).load(c),
        None => known.load(c),
    })?)
}

/// Whether any bytes wait to be looked at now.
pub fn is_any_due(conn: &mut Conn, now: Timestamp) -> Result<bool, Error> {
    let waiting = photo_file::state.eq(FileState::Waiting.word());
    let due = photo_file::table.filter(waiting.and(photo_file::next_at.le(At(now))));
    Ok(on!(conn, |c| diesel::select(diesel::dsl::exists(due)).get_result(c))?)
}

/// Bytes that pictures were made of and that were not compared with the others yet: so many at most.
pub fn list_uncompared(conn: &mut Conn, count: i64) -> Result<Vec<Vec<u8>>, Error> {
    Ok(on!(conn, |c| photo_file::table
        .filter(photo_file::state.eq(FileState::Ready.word()))
        .filter(photo_file::compared_at.is_null())
        .limit(count)
        .select(photo_file::sha256)
        .load(c))?)
}

/// The digests that begin with these eight bytes: one, but for chance.
pub fn list_beginning(conn: &mut Conn, first: [u8; 8]) -> Result<Vec<Vec<u8>>, Error> {
    let within = |rest: u8| [&first[..], &[rest; 24]].concat();
    Ok(on!(conn, |c| photo_file::table
        .filter(photo_file::sha256.between(within(0), within(u8::MAX)))
        .select(photo_file::sha256)
        .load(c))?)
}

/// Takes bytes whose turn it is: so many at most, nobody else's until then. Beginning counts as an
/// attempt, so that bytes which bring the process down are not tried for ever.
pub fn save_taken(
    conn: &mut Conn,
    now: Timestamp,
    until: Timestamp,
    count: i64,
) -> Result<Vec<PhotoFile>, Error> {
    let due = dialect::lock_due_photos(conn, At(now), count)?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let taken = photo_file::table.filter(photo_file::sha256.eq_any(&due));
    on!(conn, |c| diesel::update(taken)
        .set((photo_file::next_at.eq(At(until)), photo_file::attempts.eq(photo_file::attempts + 1)))
        .execute(c))?;
    list(conn, &due)
}

/// Leaves bytes until later, with so many attempts counted.
pub fn save_later(
    conn: &mut Conn,
    sha256: &[u8],
    at: Timestamp,
    attempts: i32,
) -> Result<(), Error> {
    let waiting = photo_file::state.eq(FileState::Waiting.word());
    on!(conn, |c| diesel::update(photo_file::table.find(sha256).filter(waiting))
        .set((photo_file::next_at.eq(At(at)), photo_file::attempts.eq(attempts)))
        .execute(c))?;
    Ok(())
}

/// Has bytes looked at again, whatever was found of them; their renditions are gone.
pub fn save_waiting(conn: &mut Conn, sha256: &[u8], at: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::update(photo_file::table.find(sha256))
        .set((
            photo_file::state.eq(FileState::Waiting.word()),
            photo_file::next_at.eq(At(at)),
            photo_file::attempts.eq(0)
        ))
        .execute(c))?;
    Ok(())
}

/// Saves what was found. False when somebody else was first.
pub fn save_looked(conn: &mut Conn, sha256: &[u8], looked: &Looked) -> Result<bool, Error> {
    let waiting = photo_file::state.eq(FileState::Waiting.word());
    let saved = on!(conn, |c| diesel::update(photo_file::table.find(sha256).filter(waiting))
        .set(looked)
        .execute(c))?;
    Ok(saved == 1)
}
