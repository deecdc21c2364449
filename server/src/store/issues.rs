//! Issues: read, locked, inserted, saved.

mod beside;
mod outdated;
mod whole;

use diesel::prelude::*;
use domain::matching::Candidate;
use domain::position::{Datum, Position};
use domain::workflow::IssueState;
use jiff::Timestamp;
use schema::columns::{At, Doc};
use schema::tables::issue;
use schema::{Conn, dialect, insert_all, on};
use serde::{Deserialize, Serialize};

pub use beside::{save_cooperating, save_points};
pub use domain::workflow::NearPoint;
pub use outdated::{count_outdated, list_open, list_outdated, save_reference_version};
pub use whole::{count, count_open, list_after};

use crate::problem::Error;

/// An issue: what its events say, and what was found about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// Number, counted up from 1; 0 before it is inserted.
    pub id: i64,
    /// How many events it has; its ETag.
    pub version: i64,
    /// What its events say.
    pub state: IssueState,
    /// Where it is and who reported it.
    pub detail: Detail,
    /// Where its first report came from.
    pub source: String,
    /// Its first report's note.
    pub note: String,
    /// Photos announced by its reports.
    pub photos_expected: i32,
    /// Photos of its reports that have arrived.
    pub photos_stored: i32,
    /// Hash of its last event, hex.
    pub hash: Vec<u8>,
}

/// What was found about an issue: as reference data stood when it was reported or, while it is open,
/// when newer data was taken in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Detail {
    /// WGS-84, none when the report had no usable position.
    pub position: Option<Position>,
    /// The position as it was sent.
    pub claimed: Option<ClaimedPosition>,
    /// Area codes, the finest first.
    pub areas: Vec<String>,
    /// The points in whose surroundings it lies.
    pub points: Vec<NearPoint>,
    /// Kinds of place it lies in.
    pub places: Vec<String>,
    /// What is odd about the first report, by code.
    pub flags: Vec<String>,
    /// Only reports of this family join it.
    pub family: Option<String>,
    /// Accounts that reported it.
    pub reporters: Vec<i64>,
    /// Photos of its reports that arrived and of which no picture can be made.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub photos_unreadable: i32,
    /// SHA-256 of the first photo of the problem that arrived and is not known to be unreadable, hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// Version of the reference data it was last placed with; a column of its own.
    #[serde(skip)]
    pub reference_version: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde passes it
fn is_zero(count: &i32) -> bool {
    *count == 0
}

/// A position as a phone states it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClaimedPosition {
    /// Latitude, degrees in `datum`.
    pub lat: f64,
    /// Longitude, degrees in `datum`.
    pub lon: f64,
    /// The datum of both.
    pub datum: Datum,
    /// Radius of 68 % confidence, metres.
    pub accuracy_m: Option<f64>,
}

impl Issue {
    /// Filed, no bureau found for it, and offered to nobody: the desk decides.
    pub fn is_unrouted(&self) -> bool {
        self.state.stage == domain::workflow::Stage::Filed && self.state.offer.is_none()
    }

    /// The finest area it lies in.
    pub fn area(&self) -> Option<&str> {
        self.detail.areas.first().map(String::as_str)
    }

    /// The key reports look for it under, while they may join it.
    pub fn match_key(&self) -> Option<i64> {
        let family = self.detail.family.as_ref().filter(|_| self.state.stage.is_open())?;
        Some(domain::matching::match_key(family, self.state.blind, self.detail.position?))
    }
}

/// An issue as its row has it.
#[derive(Debug, Clone, Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = issue)]
#[diesel(treat_none_as_null = true)]
#[diesel(treat_none_as_default_value = false)]
#[allow(clippy::struct_excessive_bools)] // columns
pub struct IssueRow {
    id: i64,
    version: i64,
    stage: String,
    is_open: bool,
    unrouted: bool,
    blind: bool,
    self_handled: bool,
    checked: bool,
    asked: bool,
    category: Option<String>,
    lead: Option<String>,
    area: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    due_order: At,
    reported_at: At,
    match_key: Option<i64>,
    source: String,
    note: String,
    photos_expected: i32,
    photos_stored: i32,
    state: Doc,
    detail: Doc,
    hash: Vec<u8>,
    reference_version: i64,
}

/// The columns an [`Issue`] is read from.
#[derive(Queryable, Selectable)]
#[diesel(table_name = issue)]
pub(super) struct Row {
    id: i64,
    version: i64,
    source: String,
    note: String,
    photos_expected: i32,
    photos_stored: i32,
    state: Doc,
    detail: Doc,
    hash: Vec<u8>,
    reference_version: i64,
}

impl Row {
    pub(super) fn issue(self) -> Result<Issue, Error> {
        let detail: Detail = self.detail.read()?;
        Ok(Issue {
            id: self.id,
            version: self.version,
            state: self.state.read()?,
            detail: Detail { reference_version: self.reference_version, ..detail },
            source: self.source,
            note: self.note,
            photos_expected: self.photos_expected,
            photos_stored: self.photos_stored,
            hash: self.hash,
        })
    }
}

impl IssueRow {
    /// An issue's row.
    pub fn of(issue: &Issue) -> Result<Self, Error> {
        let state = &issue.state;
        Ok(Self {
            id: issue.id,
            version: issue.version,
            stage: state.stage.word().to_owned(),
            is_open: state.stage.is_open(),
            unrouted: issue.is_unrouted(),
            blind: state.blind,
            self_handled: state.self_handled,
            checked: state.checked_at.is_some(),
            asked: state.request.is_some(),
            category: state.category.clone(),
            lead: state.lead.clone(),
            area: issue.area().map(str::to_owned),
            lat: issue.detail.position.map(|p| p.lat),
            lon: issue.detail.position.map(|p| p.lon),
            due_order: At::or_never(state.next_due_at()),
            reported_at: At(state.reported_at),
            match_key: issue.match_key(),
            source: issue.source.clone(),
            note: issue.note.clone(),
            photos_expected: issue.photos_expected,
            photos_stored: issue.photos_stored,
            state: Doc::of(state)?,
            detail: Doc::of(&issue.detail)?,
            hash: issue.hash.clone(),
            reference_version: issue.detail.reference_version,
        })
    }

    /// The same under another number.
    #[must_use]
    pub fn numbered(self, id: i64) -> Self {
        Self { id, ..self }
    }
}

/// The issue with this number, or none.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Issue>, Error> {
    let row = on!(conn, |c| issue::table.find(id).select(Row::as_select()).first(c).optional())?;
    row.map(Row::issue).transpose()
}

/// Issues reported in a span of time (its end excluded), the newest number first, at most `limit` of
/// those below `before`.
pub fn list_reported(
    conn: &mut Conn,
    before: i64,
    (from, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Issue>, Error> {
    let within = issue::reported_at.ge(At(from)).and(issue::reported_at.lt(At(until)));
    let rows: Vec<Row> = on!(conn, |c| issue::table
        .filter(issue::id.lt(before).and(within))
        .order(issue::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::issue).collect()
}

/// Open issues that may lie within so many metres of a position, and where each lies.
///
/// By latitude, as its index has them, and whether they are open is looked at here: a database that is
/// asked for it would go through every open issue instead.
pub fn list_around(
    conn: &mut Conn,
    around: Position,
    metres: f64,
) -> Result<Vec<(i64, Position)>, Error> {
    /// Metres of one degree of latitude, at least.
    const DEGREE_M: f64 = 110_500.0;
    let north = metres / DEGREE_M;
    let east = north / around.lat.to_radians().cos().max(0.01);
    let rows: Vec<(i64, bool, Option<f64>, Option<f64>)> = on!(conn, |c| issue::table
        .filter(issue::lat.between(around.lat - north, around.lat + north))
        .filter(issue::lon.between(around.lon - east, around.lon + east))
        .select((issue::id, issue::is_open, issue::lat, issue::lon))
        .load(c))?;
    let open = |(id, is_open, lat, lon): (i64, bool, Option<f64>, Option<f64>)| {
        let position = Position { lat: lat?, lon: lon? };
        is_open.then_some((id, position))
    };
    Ok(rows.into_iter().filter_map(open).collect())
}

/// The issues with these numbers that exist.
pub fn list(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Issue>, Error> {
    let rows =
        on!(conn, |c| issue::table.filter(issue::id.eq_any(ids)).select(Row::as_select()).load(c))?;
    rows.into_iter().map(Row::issue).collect()
}

/// The issue with this number, locked until the transaction ends.
pub fn find_locked(conn: &mut Conn, id: i64) -> Result<Option<Issue>, Error> {
    dialect::lock_issues(conn, &[id])?;
    find(conn, id)
}

/// The issues with these numbers that exist, locked until the transaction ends.
pub fn list_locked(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Issue>, Error> {
    dialect::lock_issues(conn, ids)?;
    list(conn, ids)
}

/// Open issues under any of these match keys (see [`domain::matching`]), each with its key.
pub fn list_joinable(conn: &mut Conn, keys: &[i64]) -> Result<Vec<(i64, Candidate)>, Error> {
    type Found = (Option<i64>, i64, Option<f64>, Option<f64>, At);
    let columns = (issue::match_key, issue::id, issue::lat, issue::lon, issue::reported_at);
    let rows: Vec<Found> =
        on!(conn, |c| issue::table.filter(issue::match_key.eq_any(keys)).select(columns).load(c))?;
    let joinable = |(key, issue, lat, lon, at): Found| {
        let position = Position { lat: lat?, lon: lon? };
        Some((key?, Candidate { issue, position, reported_at: at.0 }))
    };
    Ok(rows.into_iter().filter_map(joinable).collect())
}

/// Numbers for so many new issues, ascending.
pub fn next_ids(conn: &mut Conn, count: usize) -> Result<Vec<i64>, Error> {
    Ok(dialect::next_issue_ids(conn, i64::try_from(count).unwrap_or(i64::MAX))?)
}

/// Inserts new issues, numbered by [`next_ids`], with their surroundings and cooperating bureaus.
pub fn insert(conn: &mut Conn, new: Vec<(&Issue, IssueRow)>) -> Result<(), Error> {
    let (new, rows): (Vec<&Issue>, Vec<IssueRow>) = new.into_iter().unzip();
    insert_all!(conn, issue::table, &rows);
    beside::insert(conn, &new)
}

/// Saves what changed in an issue.
pub fn save(conn: &mut Conn, changed: &Issue) -> Result<(), Error> {
    let row = IssueRow::of(changed)?;
    on!(conn, |c| diesel::update(issue::table.find(changed.id)).set(&row).execute(c))?;
    Ok(())
}
