//! Photos on their way: how far each attempt at sending one is.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Uid};
use schema::tables::upload;
use schema::{Conn, on};
use uuid::Uuid;

use crate::problem::Error;

/// Where an attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    /// More may come.
    Open,
    /// All came, and was bound to its manifest line.
    Stored,
    /// All came, and is not what was announced.
    Refused,
    /// Its sender ended it.
    Ended,
    /// Nothing came for too long.
    Expired,
}

impl UploadState {
    /// The word used in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Stored => "stored",
            Self::Refused => "refused",
            Self::Ended => "ended",
            Self::Expired => "expired",
        }
    }

    fn of(word: &str) -> Result<Self, Error> {
        let all = [Self::Open, Self::Stored, Self::Refused, Self::Ended, Self::Expired];
        let found = all.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| Error::Internal(format!("an upload is {word}")))
    }
}

/// Which attempt at sending which photo of whose. The ids of commands are each account's own, so the
/// owner is part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UploadKey {
    /// The account that announced the photo.
    pub owner: i64,
    /// The report or command that announced it.
    pub subject: Uuid,
    /// Its id in that manifest.
    pub photo_id: Uuid,
    /// 1, 2, …: one more after one that was refused, ended or expired.
    pub attempt: i32,
}

/// One attempt at sending a photo.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Which.
    pub key: UploadKey,
    /// SHA-256 of the whole photo, as announced.
    pub sha256: Vec<u8>,
    /// Its length.
    pub bytes: i64,
    /// `Upload-Metadata` as the client sent it.
    pub metadata: Option<String>,
    /// Bytes that are durable.
    pub kept: i64,
    /// Rises with every change.
    pub generation: i64,
    /// Where it stands.
    pub state: UploadState,
    /// Why it was refused, by code.
    pub problem: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends unless something comes.
    pub expires_at: Timestamp,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = upload)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    owner: i64,
    subject: Uid,
    photo_id: Uid,
    attempt: i32,
    sha256: Vec<u8>,
    bytes: i64,
    metadata: Option<String>,
    kept: i64,
    generation: i64,
    state: String,
    problem: Option<String>,
    created_at: At,
    expires_at: At,
}

impl Row {
    fn of(upload: &Upload) -> Self {
        Self {
            owner: upload.key.owner,
            subject: Uid(upload.key.subject),
            photo_id: Uid(upload.key.photo_id),
            attempt: upload.key.attempt,
            sha256: upload.sha256.clone(),
            bytes: upload.bytes,
            metadata: upload.metadata.clone(),
            kept: upload.kept,
            generation: upload.generation,
            state: upload.state.word().to_owned(),
            problem: upload.problem.clone(),
            created_at: At(upload.created_at),
            expires_at: At(upload.expires_at),
        }
    }

    fn upload(self) -> Result<Upload, Error> {
        let (owner, subject) = (self.owner, self.subject.0);
        Ok(Upload {
            key: UploadKey { owner, subject, photo_id: self.photo_id.0, attempt: self.attempt },
            state: UploadState::of(&self.state)?,
            sha256: self.sha256,
            bytes: self.bytes,
            metadata: self.metadata,
            kept: self.kept,
            generation: self.generation,
            problem: self.problem,
            created_at: self.created_at.0,
            expires_at: self.expires_at.0,
        })
    }
}

/// Every attempt at sending one photo, the first first.
pub fn list(
    conn: &mut Conn,
    owner: i64,
    subject: Uuid,
    photo_id: Uuid,
) -> Result<Vec<Upload>, Error> {
    let rows: Vec<Row> = on!(conn, |c| upload::table
        .filter(upload::owner.eq(owner).and(upload::subject.eq(Uid(subject))))
        .filter(upload::photo_id.eq(Uid(photo_id)))
        .order(upload::attempt)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::upload).collect()
}

/// Every attempt at sending the photos of one report or command, the first of each first.
pub fn list_of(conn: &mut Conn, owner: i64, subject: Uuid) -> Result<Vec<Upload>, Error> {
    let rows: Vec<Row> = on!(conn, |c| upload::table
        .filter(upload::owner.eq(owner).and(upload::subject.eq(Uid(subject))))
        .order((upload::photo_id, upload::attempt))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::upload).collect()
}

/// Uploads whose time was over by then, so many at most.
pub fn list_over(conn: &mut Conn, by: Timestamp, most: i64) -> Result<Vec<Upload>, Error> {
    let rows: Vec<Row> = on!(conn, |c| upload::table
        .filter(upload::expires_at.le(At(by)))
        .order(upload::expires_at)
        .limit(most)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::upload).collect()
}

/// Writes how an upload stands: a new row where it has none ([`Upload::generation`] 0), else the same
/// row one generation on. Says no, and writes nothing, when somebody else was first.
pub fn save(conn: &mut Conn, new: &Upload) -> Result<bool, Error> {
    let row = Row::of(&Upload { generation: new.generation + 1, ..new.clone() });
    let written = if new.generation == 0 {
        on!(conn, |c| diesel::insert_into(upload::table)
            .values(&row)
            .on_conflict_do_nothing()
            .execute(c))?
    } else {
        let key = (row.owner, row.subject, row.photo_id, row.attempt);
        on!(conn, |c| diesel::update(upload::table.find(key))
            .filter(upload::generation.eq(new.generation))
            .set((
                upload::metadata.eq(&row.metadata),
                upload::kept.eq(row.kept),
                upload::generation.eq(row.generation),
                upload::state.eq(&row.state),
                upload::problem.eq(&row.problem),
                upload::expires_at.eq(row.expires_at),
            ))
            .execute(c))?
    };
    Ok(written == 1)
}

/// Forgets an attempt that stands as it was read. Says no when it does not.
pub fn remove(conn: &mut Conn, of: &Upload) -> Result<bool, Error> {
    let key = (of.key.owner, Uid(of.key.subject), Uid(of.key.photo_id), of.key.attempt);
    let own = upload::table.find(key);
    let removed =
        on!(conn, |c| diesel::delete(own.filter(upload::generation.eq(of.generation))).execute(c))?;
    Ok(removed == 1)
}
