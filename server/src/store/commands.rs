//! Commands done, so that the same one sent again returns the first result.

use diesel::prelude::*;
use schema::columns::{At, Doc, Uid};
use schema::tables::command;
use schema::{Conn, on};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::problem::Error;

/// A command that was done.
pub struct Done {
    /// SHA-256 of what it asked for.
    pub content_hash: Vec<u8>,
    /// What it answered.
    pub result: Doc,
}

impl Done {
    /// What it answered, to the same asked again; something else asked under its id is refused.
    pub fn answer_to<T: DeserializeOwned>(&self, content_hash: &[u8]) -> Result<T, Error> {
        if self.content_hash == content_hash {
            Ok(self.result.read()?)
        } else {
            Err(Error::CommandConflict)
        }
    }
}

/// The command of this account with this id, if it was done.
pub fn find(conn: &mut Conn, account: i64, id: Uuid) -> Result<Option<Done>, Error> {
    let row: Option<(Vec<u8>, Doc)> = on!(conn, |c| command::table
        .find((account, Uid(id)))
        .select((command::content_hash, command::result))
        .first(c)
        .optional())?;
    Ok(row.map(|(content_hash, result)| Done { content_hash, result }))
}

/// Keeps a command as done.
pub fn insert(
    conn: &mut Conn,
    account: i64,
    id: Uuid,
    issue: i64,
    at: jiff::Timestamp,
    done: &Done,
) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(command::table)
        .values((
            command::account_id.eq(account),
            command::id.eq(Uid(id)),
            command::issue_id.eq(issue),
            command::at.eq(At(at)),
            command::content_hash.eq(&done.content_hash),
            command::result.eq(&done.result),
        ))
        .execute(c))?;
    Ok(())
}
