//! What is to be sent by channels, was sent, or could not be.

use std::collections::HashMap;

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Uid};
use schema::tables::message;
use schema::{Conn, on};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::problem::Error;

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// It is tried, or tried again later.
    Waiting,
    /// It was taken.
    Sent,
    /// It was given up: a dead letter.
    Dead,
}

impl MessageState {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Dead => "dead",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "sent" => Self::Sent,
            "dead" => Self::Dead,
            _ => Self::Waiting,
        }
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id, the same at every try.
    pub id: Uuid,
    /// Code of its channel.
    pub channel: String,
    /// It tells of the notices after this one,
    pub after_seq: i64,
    /// up to this one.
    pub upto_seq: i64,
    /// How many those are.
    pub notices: i64,
    /// What is sent.
    pub body: String,
    /// How far it is.
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it is tried next.
    pub next_at: Timestamp,
    /// When it was taken.
    pub sent_at: Option<Timestamp>,
    /// Why the last try failed.
    pub failure: Option<String>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = message)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    id: Uid,
    channel: String,
    after_seq: i64,
    upto_seq: i64,
    notices: i64,
    body: String,
    state: String,
    attempts: i32,
    made_at: At,
    next_at: At,
    sent_at: Option<At>,
    failure: Option<String>,
}

impl From<Row> for Message {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            channel: row.channel,
            after_seq: row.after_seq,
            upto_seq: row.upto_seq,
            notices: row.notices,
            body: row.body,
            state: MessageState::of(&row.state),
            attempts: row.attempts,
            made_at: row.made_at.0,
            next_at: row.next_at.0,
            sent_at: row.sent_at.map(|at| at.0),
            failure: row.failure,
        }
    }
}

/// Keeps a message.
pub fn insert(conn: &mut Conn, new: Message) -> Result<(), Error> {
    let row = Row {
        id: Uid(new.id),
        channel: new.channel,
        after_seq: new.after_seq,
        upto_seq: new.upto_seq,
        notices: new.notices,
        body: new.body,
        state: new.state.word().to_owned(),
        attempts: new.attempts,
        made_at: At(new.made_at),
        next_at: At(new.next_at),
        sent_at: new.sent_at.map(At),
        failure: new.failure,
    };
    on!(conn, |c| diesel::insert_into(message::table).values(&row).execute(c))?;
    Ok(())
}

/// The messages whose turn it is, the longest waiting first.
pub fn list_due(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<Message>, Error> {
    let rows: Vec<Row> = on!(conn, |c| message::table
        .filter(message::state.eq(MessageState::Waiting.word()))
        .filter(message::next_at.le(At(now)))
        .order(message::next_at)
        .limit(limit)
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Message::from).collect())
}

/// Codes of the channels that have a message under way.
pub fn list_busy(conn: &mut Conn) -> Result<Vec<String>, Error> {
    Ok(on!(conn, |c| message::table
        .filter(message::state.eq(MessageState::Waiting.word()))
        .select(message::channel)
        .distinct()
        .load(c))?)
}

/// Takes a message to try it, unless somebody else has: nobody tries it again before `until`. Whether it was taken.
pub fn take(conn: &mut Conn, one: &Message, until: Timestamp) -> Result<bool, Error> {
    let there = message::table
        .filter(message::id.eq(Uid(one.id)))
        .filter(message::state.eq(MessageState::Waiting.word()))
        .filter(message::attempts.eq(one.attempts));
    let now = (message::attempts.eq(one.attempts + 1), message::next_at.eq(At(until)));
    Ok(on!(conn, |c| diesel::update(there).set(now).execute(c))? == 1)
}

/// Keeps how far a message is after a try.
pub fn save(conn: &mut Conn, one: &Message) -> Result<(), Error> {
    let now = (
        message::state.eq(one.state.word()),
        message::attempts.eq(one.attempts),
        message::next_at.eq(At(one.next_at)),
        message::sent_at.eq(one.sent_at.map(At)),
        message::failure.eq(&one.failure),
    );
    let there = message::table.find(Uid(one.id));
    on!(conn, |c| diesel::update(there).set(now).execute(c))?;
    Ok(())
}

/// The message with this id, or none.
pub fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Message>, Error> {
    let row: Option<Row> =
        on!(conn, |c| message::table.find(Uid(id)).select(Row::as_select()).first(c).optional())?;
    Ok(row.map(Message::from))
}

/// A place in the list of a channel's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// When it was made, in microseconds.
    at: i64,
    id: Uuid,
}

impl Key {
    /// The place of a message.
    pub fn of(one: &Message) -> Self {
        Self { at: one.made_at.as_microsecond(), id: one.id }
    }
}

/// A channel's messages before a place, the newest first.
pub fn list(
    conn: &mut Conn,
    channel: &str,
    state: Option<MessageState>,
    before: Option<Key>,
    limit: i64,
) -> Result<Vec<Message>, Error> {
    let before = before.and_then(|key| Some((Timestamp::from_microsecond(key.at).ok()?, key.id)));
    let (at, id) = before.map_or((At::NEVER, Uid(Uuid::max())), |(at, id)| (At(at), Uid(id)));
    let earlier = message::made_at.lt(at).or(message::made_at.eq(at).and(message::id.lt(id)));
    let of_it = message::table.filter(message::channel.eq(channel)).filter(earlier);
    let newest = of_it.order((message::made_at.desc(), message::id.desc())).limit(limit);
    let rows: Vec<Row> = match state {
        None => on!(conn, |c| newest.select(Row::as_select()).load(c))?,
        Some(state) => on!(conn, |c| newest
            .filter(message::state.eq(state.word()))
            .select(Row::as_select())
            .load(c))?,
    };
    Ok(rows.into_iter().map(Message::from).collect())
}

/// How many messages of each channel are in a state.
pub fn count(conn: &mut Conn, state: MessageState) -> Result<HashMap<String, i64>, Error> {
    let counted: Vec<(String, i64)> = on!(conn, |c| message::table
        .filter(message::state.eq(state.word()))
        .group_by(message::channel)
        .select((message::channel, diesel::dsl::count_star()))
        .load(c))?;
    Ok(counted.into_iter().collect())
}

/// Removes what is left of a channel that is no more.
pub fn remove_of(conn: &mut Conn, channel: &str) -> Result<(), Error> {
    let of_it = message::table.filter(message::channel.eq(channel));
    on!(conn, |c| diesel::delete(of_it).execute(c))?;
    Ok(())
}

/// Removes what ended and was made before an instant.
pub fn remove_old(conn: &mut Conn, before: Timestamp) -> Result<usize, Error> {
    let old = message::table
        .filter(message::state.ne(MessageState::Waiting.word()))
        .filter(message::made_at.lt(At(before)));
    Ok(on!(conn, |c| diesel::delete(old).execute(c))?)
}
