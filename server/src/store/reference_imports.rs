//! What was imported, when, by whom, and how far the open issues have followed.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Doc};
use schema::tables::reference_import;
use schema::{Conn, on};

use crate::problem::Error;

/// An import that was done.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = reference_import)]
pub struct Import {
    /// Number, counted up from 1.
    pub id: i64,
    /// When.
    pub at: At,
    /// By whom; none from the command line.
    pub account_id: Option<i64>,
    /// What the files held, a word of [`crate::import::FileKind`].
    pub kind: String,
    /// The version of the reference data it made; none when nothing was to be written.
    pub reference_version: Option<i64>,
    /// The files: a list of [`crate::import::FileReport`].
    pub sources: Doc,
    /// What became of their rows: an [`crate::import::PlanReport`].
    pub plan: Doc,
    /// Open issues that were looked at since.
    pub looked_at: i64,
    /// Those of them that changed.
    pub changed: i64,
}

/// An import to be kept.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// When.
    pub at: Timestamp,
    /// By whom; none from the command line.
    pub account: Option<i64>,
    /// What the files held.
    pub kind: String,
    /// The version it made, if any.
    pub reference_version: Option<i64>,
    /// The files.
    pub sources: Doc,
    /// What became of their rows.
    pub plan: Doc,
}

/// Keeps an import; returns its number.
pub fn insert(conn: &mut Conn, new: &NewImport) -> Result<i64, Error> {
    let values = (
        reference_import::at.eq(At(new.at)),
        reference_import::account_id.eq(new.account),
        reference_import::kind.eq(&new.kind),
        reference_import::reference_version.eq(new.reference_version),
        reference_import::sources.eq(&new.sources),
        reference_import::plan.eq(&new.plan),
        reference_import::looked_at.eq(0_i64),
        reference_import::changed.eq(0_i64),
    );
    Ok(on!(conn, |c| diesel::insert_into(reference_import::table)
        .values(values)
        .returning(reference_import::id)
        .get_result(c))?)
}

/// The import with this number.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Import>, Error> {
    Ok(on!(conn, |c| reference_import::table
        .find(id)
        .select(Import::as_select())
        .first(c)
        .optional())?)
}

/// Imports with numbers below `before`, the newest first.
pub fn list(conn: &mut Conn, before: i64, limit: i64) -> Result<Vec<Import>, Error> {
    Ok(on!(conn, |c| reference_import::table
        .filter(reference_import::id.lt(before))
        .order(reference_import::id.desc())
        .limit(limit)
        .select(Import::as_select())
        .load(c))?)
}

/// Adds to what the job did for the import that made this version, where one was kept.
pub fn save_progress(
    conn: &mut Conn,
    version: i64,
    looked_at: usize,
    changed: usize,
) -> Result<(), Error> {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let of_version = reference_import::reference_version.eq(version);
    let values = (
        reference_import::looked_at.eq(reference_import::looked_at + count(looked_at)),
        reference_import::changed.eq(reference_import::changed + count(changed)),
    );
    on!(conn, |c| diesel::update(reference_import::table.filter(of_version))
        .set(values)
        .execute(c))?;
    Ok(())
}
