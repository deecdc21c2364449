//! Issues one at a time: read, locked, inserted, saved.

use diesel::prelude::*;
use domain::position::{Datum, Position};
use domain::workflow::IssueState;
use schema::columns::{At, Doc};
use schema::tables::{issue, issue_bureau, issue_point};
use schema::{Conn, dialect, insert_all, on};
use serde::{Deserialize, Serialize};

use crate::problem::Error;

/// An issue: what its events say, and what was found about it when it was reported.
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

/// What was found about an issue when it was reported; kept as reference data stood then.
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
    /// Version of the reference data it was placed with.
    pub reference_version: i64,
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

/// A point in whose surroundings an issue lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NearPoint {
    /// The point's code.
    pub code: String,
    /// `core`, `near` or `wide`.
    pub band: String,
    /// From the point's edge, metres.
    pub distance_m: f64,
}

impl Issue {
    /// Filed, and no bureau found for it.
    pub fn is_unrouted(&self) -> bool {
        self.state.stage == domain::workflow::Stage::Filed
    }

    /// The finest area it lies in.
    pub fn area(&self) -> Option<&str> {
        self.detail.areas.first().map(String::as_str)
    }

    /// The key reports look for it under, while they may join it.
    fn match_key(&self) -> Option<i64> {
        let family = self.detail.family.as_ref().filter(|_| self.state.stage.is_open())?;
        Some(domain::matching::match_key(family, self.state.blind, self.detail.position?))
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = issue)]
#[diesel(treat_none_as_null = true)]
#[diesel(treat_none_as_default_value = false)]
struct NewRow {
    version: i64,
    stage: String,
    is_open: bool,
    unrouted: bool,
    blind: bool,
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
}

impl Row {
    pub(super) fn issue(self) -> Result<Issue, Error> {
        Ok(Issue {
            id: self.id,
            version: self.version,
            state: serde_json::from_value(self.state.0)?,
            detail: serde_json::from_value(self.detail.0)?,
            source: self.source,
            note: self.note,
            photos_expected: self.photos_expected,
            photos_stored: self.photos_stored,
            hash: self.hash,
        })
    }
}

fn new_row(issue: &Issue) -> Result<NewRow, Error> {
    let state = &issue.state;
    Ok(NewRow {
        version: issue.version,
        stage: state.stage.word().to_owned(),
        is_open: state.stage.is_open(),
        unrouted: issue.is_unrouted(),
        blind: state.blind,
        category: state.category.clone(),
        lead: state.lead.clone(),
        area: issue.area().map(str::to_owned),
        lat: issue.detail.position.map(|p| p.lat),
        lon: issue.detail.position.map(|p| p.lon),
        due_order: At::or_never(state.due_at),
        reported_at: At(state.reported_at),
        match_key: issue.match_key(),
        source: issue.source.clone(),
        note: issue.note.clone(),
        photos_expected: issue.photos_expected,
        photos_stored: issue.photos_stored,
        state: Doc(serde_json::to_value(state)?),
        detail: Doc(serde_json::to_value(&issue.detail)?),
        hash: issue.hash.clone(),
    })
}

/// The issue with this number, or none.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Issue>, Error> {
    let row = on!(conn, |c| issue::table.find(id).select(Row::as_select()).first(c).optional())?;
    row.map(Row::issue).transpose()
}

/// The issue with this number, locked until the transaction ends.
pub fn find_locked(conn: &mut Conn, id: i64) -> Result<Option<Issue>, Error> {
    dialect::lock_issue(conn, id)?;
    find(conn, id)
}

/// An open issue that a report may join.
pub struct Joinable {
    /// Its number.
    pub id: i64,
    /// Where it is.
    pub position: Position,
    /// When it was reported.
    pub reported_at: jiff::Timestamp,
}

/// Open issues under any of four match keys (see [`domain::matching`]).
pub fn list_joinable(conn: &mut Conn, keys: [i64; 4]) -> Result<Vec<Joinable>, Error> {
    let [a, b, c4, d] = keys;
    let key = issue::match_key;
    // Equalities of a fixed number keep the statement's shape, and so its place in the cache.
    let rows: Vec<(i64, Option<f64>, Option<f64>, At)> = on!(conn, |c| issue::table
        .filter(key.eq(a).or(key.eq(b)).or(key.eq(c4)).or(key.eq(d)))
        .select((issue::id, issue::lat, issue::lon, issue::reported_at))
        .load(c))?;
    let joinable = |(id, lat, lon, at): (i64, Option<f64>, Option<f64>, At)| {
        Some(Joinable { id, position: Position { lat: lat?, lon: lon? }, reported_at: at.0 })
    };
    Ok(rows.into_iter().filter_map(joinable).collect())
}

/// Inserts a new issue with its surroundings and its cooperating bureaus, and gives it its number.
pub fn insert(conn: &mut Conn, new: &mut Issue) -> Result<(), Error> {
    let row = new_row(new)?;
    new.id = on!(conn, |c| diesel::insert_into(issue::table)
        .values(&row)
        .returning(issue::id)
        .get_result(c))?;
    let points: Vec<NearRow> =
        new.detail.points.iter().map(|near| NearRow::of(new.id, near)).collect();
    insert_all!(conn, issue_point::table, &points);
    save_cooperating(conn, new.id, &[], &new.state.cooperating)
}

#[derive(Insertable)]
#[diesel(table_name = issue_point)]
#[diesel(treat_none_as_default_value = false)]
struct NearRow {
    point: String,
    issue_id: i64,
    band: String,
    distance_m: f64,
}

impl NearRow {
    fn of(issue_id: i64, near: &NearPoint) -> Self {
        let NearPoint { code, band, distance_m } = near.clone();
        Self { point: code, issue_id, band, distance_m }
    }
}

/// Saves what changed in an issue.
pub fn save(conn: &mut Conn, changed: &Issue) -> Result<(), Error> {
    let row = new_row(changed)?;
    on!(conn, |c| diesel::update(issue::table.find(changed.id)).set(&row).execute(c))?;
    Ok(())
}

/// Makes the cooperating bureaus of an issue `now`, where they were `before`.
///
/// Each row is named whole: by the issue alone the whole table would be searched.
pub fn save_cooperating(
    conn: &mut Conn,
    id: i64,
    before: &[String],
    now: &[String],
) -> Result<(), Error> {
    for bureau in before.iter().filter(|bureau| !now.contains(bureau)) {
        on!(conn, |c| diesel::delete(issue_bureau::table.find((bureau, id))).execute(c))?;
    }
    for bureau in now.iter().filter(|bureau| !before.contains(bureau)) {
        on!(conn, |c| diesel::insert_into(issue_bureau::table)
            .values((issue_bureau::bureau.eq(bureau), issue_bureau::issue_id.eq(id)))
            .execute(c))?;
    }
    Ok(())
}
