//! Sets of routing rules, by their own version: those in force, and those that were.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::rules_version;
use schema::{Conn, on};

use crate::problem::Error;

/// A set of routing rules as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its name.
    pub version: String,
    /// The file, with its comments.
    pub text: String,
    /// When it was first put in force.
    pub imported_at: Timestamp,
    /// The version of the reference data it first came with.
    pub reference_version: i64,
}

/// What a list says of a set: its version, when it was imported, and with which reference data.
type Line = (String, At, i64);

/// Keeps a set; one that is kept already stays as it is.
pub fn insert(conn: &mut Conn, new: &Version) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(rules_version::table)
        .values((
            rules_version::version.eq(&new.version),
            rules_version::text.eq(&new.text),
            rules_version::imported_at.eq(At(new.imported_at)),
            rules_version::reference_version.eq(new.reference_version),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// The set of this version.
pub fn find(conn: &mut Conn, version: &str) -> Result<Option<Version>, Error> {
    type Row = (String, String, At, i64);
    let row: Option<Row> = on!(conn, |c| rules_version::table.find(version).first(c).optional())?;
    Ok(row.map(|(version, text, at, reference_version)| Version {
        version,
        text,
        imported_at: at.0,
        reference_version,
    }))
}

/// Every set without its text, the newest first.
pub fn list(conn: &mut Conn) -> Result<Vec<Version>, Error> {
    let columns =
        (rules_version::version, rules_version::imported_at, rules_version::reference_version);
    let order = (rules_version::reference_version.desc(), rules_version::version);
    let rows: Vec<Line> = on!(conn, |c| rules_version::table.order(order).select(columns).load(c))?;
    let version = |(version, at, reference_version): Line| Version {
        version,
        text: String::new(),
        imported_at: at.0,
        reference_version,
    };
    Ok(rows.into_iter().map(version).collect())
}
