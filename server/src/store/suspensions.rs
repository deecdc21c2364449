//! Issues that are deferred 缓办 or shelved 挂账 now, by what is next to be done about each.

use diesel::prelude::*;
use domain::access::Scope;
use domain::workflow::Stage;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{issue, suspension};
use schema::{Conn, on};
use serde::{Deserialize, Serialize};

use super::issues::Issue;
use super::sight::cut;
use crate::problem::Error;

/// What the table says of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = suspension)]
#[diesel(treat_none_as_default_value = false)]
pub struct SuspensionRow {
    issue_id: i64,
    kind: String,
    next_at: At,
    cost_yuan: Option<i64>,
}

impl SuspensionRow {
    /// What it should say; nothing of what is neither deferred nor shelved.
    pub fn of(issue: &Issue) -> Option<Self> {
        let of = issue.state.suspension.as_ref()?;
        Some(Self {
            issue_id: issue.id,
            kind: issue.state.stage.word().to_owned(),
            next_at: At::or_never(of.next_at()),
            cost_yuan: of.cost_yuan.map(|yuan| i64::try_from(yuan).unwrap_or(i64::MAX)),
        })
    }

    /// The issue's number.
    pub fn issue(&self) -> i64 {
        self.issue_id
    }
}

/// Every row of the issues after one number and up to another.
pub fn list_between(conn: &mut Conn, after: i64, upto: i64) -> Result<Vec<SuspensionRow>, Error> {
    Ok(on!(conn, |c| suspension::table
        .filter(suspension::issue_id.gt(after).and(suspension::issue_id.le(upto)))
        .select(SuspensionRow::as_select())
        .load(c))?)
}

/// Makes the table say of an issue what its state says.
pub fn save(conn: &mut Conn, issue: &Issue) -> Result<(), Error> {
    on!(conn, |c| diesel::delete(suspension::table.find(issue.id)).execute(c))?;
    let Some(row) = SuspensionRow::of(issue) else { return Ok(()) };
    on!(conn, |c| diesel::insert_into(suspension::table).values(&row).execute(c))?;
    Ok(())
}

/// Deferred issues whose date is over, those that waited longest first.
pub fn list_over(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<i64>, Error> {
    Ok(on!(conn, |c| suspension::table
        .filter(suspension::kind.eq(Stage::Deferred.word()))
        .filter(suspension::next_at.le(At(now)))
        .order((suspension::next_at.asc(), suspension::issue_id.asc()))
        .limit(limit)
        .select(suspension::issue_id)
        .load(c))?)
}

/// A place in a list of suspensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// When something is to be done about it, in microseconds.
    pub next: i64,
    /// The issue's number.
    pub id: i64,
}

/// Numbers of what a reader sees of one kind, the one that is to be looked at next first, at most `limit` of those
/// after `after`.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    kind: Stage,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Key>, Error> {
    let after = after.and_then(|key| Some((At(Timestamp::from_microsecond(key.next).ok()?), key)));
    let rows: Vec<(At, i64)> = on!(conn, |c| {
        let every = suspension::table
            .inner_join(issue::table.on(issue::id.eq(suspension::issue_id)))
            .filter(suspension::kind.eq(kind.word()))
            .select((suspension::next_at, suspension::issue_id))
            .limit(limit)
            .into_boxed();
        let mut query = cut!(every, scope);
        if let Some((at, key)) = after {
            let then = suspension::next_at.eq(at).and(suspension::issue_id.gt(key.id));
            query = query
                .filter(suspension::next_at.ge(at))
                .filter(suspension::next_at.gt(at).or(then));
        }
        query.order((suspension::next_at.asc(), suspension::issue_id.asc())).load(c)
    })?;
    Ok(rows.into_iter().map(|(at, id)| Key { next: at.0.as_microsecond(), id }).collect())
}

/// What all of one kind come to that a reader sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many there are.
    pub count: i64,
    /// How many of them were to be looked at before now.
    pub overdue: i64,
    /// What solving all of them costs, whole yuan.
    pub cost_yuan: i64,
}

/// The totals of one kind.
pub fn totals(
    conn: &mut Conn,
    scope: &Scope,
    kind: Stage,
    now: Timestamp,
) -> Result<Totals, Error> {
    let rows: Vec<(At, Option<i64>)> = on!(conn, |c| {
        let every = suspension::table
            .inner_join(issue::table.on(issue::id.eq(suspension::issue_id)))
            .filter(suspension::kind.eq(kind.word()))
            .select((suspension::next_at, suspension::cost_yuan))
            .into_boxed();
        cut!(every, scope).load(c)
    })?;
    let mut totals = Totals::default();
    for (next_at, cost_yuan) in rows {
        totals.count += 1;
        totals.overdue += i64::from(next_at.0 < now);
        totals.cost_yuan = totals.cost_yuan.saturating_add(cost_yuan.unwrap_or(0));
    }
    Ok(totals)
}
