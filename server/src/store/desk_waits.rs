//! How long issues waited for the office, from one feed number to another: its own figures are read from here.

use diesel::prelude::*;
use domain::access::Role;
use domain::desk::{Step, Wait};
use domain::figures::Period;
use domain::workflow::{Event, IssueState, Stage};
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{desk_wait, event};
use schema::{Conn, insert_all, on};
use serde::{Deserialize, Serialize};

use super::spans::STILL;
use crate::actions::record::Act;
use crate::problem::Error;

/// One wait gave way to another, or to none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    before: Option<Step>,
    now: Option<Step>,
    at: Timestamp,
    dropped: bool,
    role: &'static str,
    way: Option<&'static str>,
}

impl Turn {
    /// What an issue waits for now that it did not wait for before; none where that is the same.
    pub fn of(
        before: Option<Step>,
        state: &IssueState,
        events: &[Event],
        act: Act<'_>,
    ) -> Option<Self> {
        let now = Step::of(state);
        let way = events.iter().find_map(Event::way).map(domain::workflow::Way::word);
        let dropped = matches!(state.stage, Stage::Void | Stage::Merged);
        let turn = Self { before, now, at: act.at, dropped, role: role(act), way };
        (before != now).then_some(turn)
    }
}

/// What whoever did it acted as. Nobody's name: persons are not compared.
fn role(act: Act<'_>) -> &'static str {
    if act.actor.account == domain::access::Actor::SYSTEM {
        return "system";
    }
    match act.actor.role {
        Role::Inspector => "inspector",
        Role::Bureau => "bureau",
        Role::Office => "office",
        Role::Supervisor => "supervisor",
        Role::Admin => "admin",
    }
}

#[derive(Insertable)]
#[diesel(table_name = desk_wait)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    issue_id: i64,
    from_seq: i64,
    to_seq: i64,
    step: String,
    began_at: At,
    ended_order: At,
    dropped: bool,
    role: Option<String>,
    way: Option<String>,
}

/// Ends the waits that went on and begins others; each of an issue from a feed number on.
pub fn save(conn: &mut Conn, turns: Vec<(i64, i64, Turn)>) -> Result<(), Error> {
    let mut rows: Vec<Row> = Vec::new();
    for (issue, seq, turn) in turns {
        if turn.before.is_some() {
            // What one group begins and ends did not wait.
            let begun = rows.iter().position(|row| row.issue_id == issue);
            match begun {
                Some(begun) => drop(rows.remove(begun)),
                None => end(conn, issue, seq, &turn)?,
            }
        }
        rows.extend(turn.now.map(|step| Row {
            issue_id: issue,
            from_seq: seq,
            to_seq: STILL,
            step: step.word().to_owned(),
            began_at: At(turn.at),
            ended_order: At::NEVER,
            dropped: false,
            role: None,
            way: None,
        }));
    }
    insert_all!(conn, desk_wait::table, &rows);
    Ok(())
}

fn end(conn: &mut Conn, issue: i64, seq: i64, turn: &Turn) -> Result<(), Error> {
    let still =
        desk_wait::table.filter(desk_wait::issue_id.eq(issue)).filter(desk_wait::to_seq.eq(STILL));
    on!(conn, |c| diesel::update(still)
        .set((
            desk_wait::to_seq.eq(seq),
            desk_wait::ended_order.eq(At(turn.at)),
            desk_wait::dropped.eq(turn.dropped),
            desk_wait::role.eq(turn.role),
            desk_wait::way.eq(turn.way),
        ))
        .execute(c))?;
    Ok(())
}

/// One wait, as it stood at a feed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waited {
    /// The issue's number.
    pub issue: i64,
    /// For what.
    pub step: Step,
    /// Since when, and until when.
    pub wait: Wait,
    /// What whoever ended it acted as.
    pub role: Option<String>,
    /// How it was verified.
    pub way: Option<String>,
}

type Columns = (i64, i64, String, At, At, bool, Option<String>, Option<String>);

/// As it stood at a feed number; none where it left without being dealt with.
fn as_it_stood(row: Columns, as_of: i64) -> Option<Waited> {
    let (issue, to_seq, step, began_at, ended, dropped, role, way) = row;
    let ended = Some(ended.0).filter(|_| to_seq <= as_of);
    if dropped && ended.is_some() {
        return None;
    }
    Some(Waited {
        issue,
        step: Step::read(&step)?,
        wait: Wait { began_at: began_at.0, ended_at: ended },
        role: role.filter(|_| ended.is_some()),
        way: way.filter(|_| ended.is_some()),
    })
}

const COLUMNS: (
    desk_wait::issue_id,
    desk_wait::to_seq,
    desk_wait::step,
    desk_wait::began_at,
    desk_wait::ended_order,
    desk_wait::dropped,
    desk_wait::role,
    desk_wait::way,
) = (
    desk_wait::issue_id,
    desk_wait::to_seq,
    desk_wait::step,
    desk_wait::began_at,
    desk_wait::ended_order,
    desk_wait::dropped,
    desk_wait::role,
    desk_wait::way,
);

/// Every wait that can count in a period as of a feed number, ascending by when it began.
pub fn list(conn: &mut Conn, period: Period, as_of: i64) -> Result<Vec<Waited>, Error> {
    let rows: Vec<Columns> = on!(conn, |c| desk_wait::table
        .filter(desk_wait::ended_order.ge(At(period.from())))
        .filter(desk_wait::began_at.lt(At(period.to())))
        .filter(desk_wait::from_seq.le(as_of))
        .order((desk_wait::began_at.asc(), desk_wait::issue_id.asc()))
        .select(COLUMNS)
        .load(c))?;
    Ok(rows.into_iter().filter_map(|row| as_it_stood(row, as_of)).collect())
}

/// A place in a list of waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Since when it waits, microseconds.
    pub began: i64,
    /// The issue's number.
    pub id: i64,
}

/// What waits now for one step, or for any, what waits longest first, at most `limit` after `after`.
pub fn list_still(
    conn: &mut Conn,
    step: Option<Step>,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Waited>, Error> {
    let after = after.and_then(|key| Some((At(Timestamp::from_microsecond(key.began).ok()?), key)));
    let rows: Vec<Columns> = on!(conn, |c| {
        let mut query = desk_wait::table
            .filter(desk_wait::to_seq.eq(STILL))
            .select(COLUMNS)
            .limit(limit)
            .into_boxed();
        if let Some(step) = step {
            query = query.filter(desk_wait::step.eq(step.word()));
        }
        if let Some((at, key)) = after {
            let then = desk_wait::began_at.eq(at).and(desk_wait::issue_id.gt(key.id));
            query = query
                .filter(desk_wait::began_at.ge(at))
                .filter(desk_wait::began_at.gt(at).or(then));
        }
        query.order((desk_wait::began_at.asc(), desk_wait::issue_id.asc())).load(c)
    })?;
    Ok(rows.into_iter().filter_map(|row| as_it_stood(row, STILL - 1)).collect())
}

/// Since when what waits for each step does.
pub fn list_begun(conn: &mut Conn) -> Result<Vec<(Step, Timestamp)>, Error> {
    let rows: Vec<(String, At)> = on!(conn, |c| desk_wait::table
        .filter(desk_wait::to_seq.eq(STILL))
        .select((desk_wait::step, desk_wait::began_at))
        .load(c))?;
    Ok(rows.into_iter().filter_map(|(step, at)| Some((Step::read(&step)?, at.0))).collect())
}

/// What each issue with a number above `after` and at most `upto` waits for.
pub fn list_between(conn: &mut Conn, after: i64, upto: i64) -> Result<Vec<(i64, Step)>, Error> {
    let rows: Vec<(i64, String)> = on!(conn, |c| desk_wait::table
        .filter(desk_wait::issue_id.gt(after))
        .filter(desk_wait::issue_id.le(upto))
        .filter(desk_wait::to_seq.eq(STILL))
        .select((desk_wait::issue_id, desk_wait::step))
        .load(c))?;
    Ok(rows.into_iter().filter_map(|(issue, step)| Some((issue, Step::read(&step)?))).collect())
}

/// When the event with this feed number, or the last one before it, happened; none before the first.
pub fn find_instant(conn: &mut Conn, as_of: i64) -> Result<Option<Timestamp>, Error> {
    let at: Option<At> = on!(conn, |c| event::table
        .filter(event::seq.le(as_of))
        .order(event::seq.desc())
        .select(event::at)
        .first(c)
        .optional())?;
    Ok(at.map(|at| at.0))
}
