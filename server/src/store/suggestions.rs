//! Complaints and suggestions 投诉建议, and what was answered.

use std::collections::HashMap;

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Uid};
use schema::tables::{account, suggestion};
use schema::{Conn, on};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::Error;

/// A suggestion, and what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Made on the device.
    pub id: Uuid,
    /// The account that sent it.
    pub account: i64,
    /// When it arrived.
    pub received_at: Timestamp,
    /// In words.
    pub text: String,
    /// What was answered; none while it is open.
    pub answer: Option<Answer>,
}

/// What was answered to a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The command it came with.
    pub command: Uuid,
    /// The account that answered.
    pub by: i64,
    /// When.
    pub at: Timestamp,
    /// In words.
    pub text: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = suggestion)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Uid,
    account_id: i64,
    received_at: At,
    text: String,
    answer_command: Option<Uid>,
    answered_by: Option<i64>,
    answered_at: Option<At>,
    answer: Option<String>,
}

impl From<Row> for Suggestion {
    fn from(row: Row) -> Self {
        let answer = || {
            Some(Answer {
                command: row.answer_command?.0,
                by: row.answered_by?,
                at: row.answered_at?.0,
                text: row.answer?,
            })
        };
        Self {
            id: row.id.0,
            account: row.account_id,
            received_at: row.received_at.0,
            answer: answer(),
            text: row.text,
        }
    }
}

/// A place in a list of suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// When it arrived, in microseconds.
    at: i64,
    id: Uuid,
}

impl Key {
    /// The place of a suggestion.
    pub fn of(one: &Suggestion) -> Self {
        Self { at: one.received_at.as_microsecond(), id: one.id }
    }
}

/// Which suggestions to list; everything given must hold.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Of this account.
    pub account: Option<i64>,
    /// Answered, or open.
    pub answered: Option<bool>,
}

/// A suggestion with the names of whoever sent it and whoever answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// Who sent it.
    pub from: Option<String>,
    /// Who answered it.
    pub answered_by: Option<String>,
}

/// The suggestion with this id, or none.
pub fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Named>, Error> {
    let row: Option<Row> = on!(conn, |c| suggestion::table
        .find(Uid(id))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    Ok(named(conn, row.into_iter().map(Suggestion::from).collect())?.pop())
}

fn named(conn: &mut Conn, found: Vec<Suggestion>) -> Result<Vec<Named>, Error> {
    let by = |one: &Suggestion| one.answer.as_ref().map(|answer| answer.by);
    let ids: Vec<i64> =
        found.iter().flat_map(|one| [Some(one.account), by(one)]).flatten().collect();
    let columns = (account::id, account::name);
    let names: Vec<(i64, String)> =
        on!(conn, |c| account::table.filter(account::id.eq_any(&ids)).select(columns).load(c))?;
    let names: HashMap<i64, String> = names.into_iter().collect();
    let name = |id: i64| names.get(&id).cloned();
    let with = |suggestion: Suggestion| Named {
        from: name(suggestion.account),
        answered_by: by(&suggestion).and_then(name),
        suggestion,
    };
    Ok(found.into_iter().map(with).collect())
}

/// Suggestions, the newest first, at most `limit` of those before
/// `after`.
pub fn list(
    conn: &mut Conn,
    filter: Filter,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Named>, Error> {
    let after = after.and_then(|key| Some((At(Timestamp::from_microsecond(key.at).ok()?), key.id)));
    let rows: Vec<Row> = on!(conn, |c| {
        let mut query = suggestion::table.select(Row::as_select()).limit(limit).into_boxed();
        if let Some(account) = filter.account {
            query = query.filter(suggestion::account_id.eq(account));
        }
        match filter.answered {
            Some(true) => query = query.filter(suggestion::answered_at.is_not_null()),
            Some(false) => query = query.filter(suggestion::answered_at.is_null()),
            None => {}
        }
        if let Some((at, id)) = after {
            let earlier = suggestion::received_at.lt(at);
            let then = suggestion::received_at.eq(at).and(suggestion::id.lt(Uid(id)));
            query = query.filter(earlier.or(then));
        }
        query.order((suggestion::received_at.desc(), suggestion::id.desc())).load(c)
    })?;
    named(conn, rows.into_iter().map(Suggestion::from).collect())
}

/// Keeps a suggestion; says no, and keeps nothing, where its id is there already.
pub fn insert(conn: &mut Conn, new: Suggestion) -> Result<bool, Error> {
    let row = Row {
        id: Uid(new.id),
        account_id: new.account,
        received_at: At(new.received_at),
        text: new.text,
        answer_command: None,
        answered_by: None,
        answered_at: None,
        answer: None,
    };
    // A unique violation would end the whole transaction on PostgreSQL.
    let kept = on!(conn, |c| diesel::insert_into(suggestion::table)
        .values(&row)
        .on_conflict(suggestion::id)
        .do_nothing()
        .execute(c))?;
    Ok(kept == 1)
}

/// Keeps an answer; says no, and keeps nothing, where there is one already.
pub fn save_answer(conn: &mut Conn, id: Uuid, answer: &Answer) -> Result<bool, Error> {
    let saved = on!(conn, |c| diesel::update(suggestion::table)
        .filter(suggestion::id.eq(Uid(id)))
        .filter(suggestion::answered_at.is_null())
        .set((
            suggestion::answer_command.eq(Uid(answer.command)),
            suggestion::answered_by.eq(answer.by),
            suggestion::answered_at.eq(At(answer.at)),
            suggestion::answer.eq(&answer.text),
        ))
        .execute(c))?;
    Ok(saved == 1)
}
