//! Channels: where notices go beside the pages.

use diesel::prelude::*;
use domain::notices::{Audience, Topic};
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{channel, notice_head};
use schema::{Conn, on};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Error;

/// What takes the messages of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A system that takes signed JSON (Standard Webhooks).
    Webhook,
    /// A group robot of WeCom 企业微信.
    Wecom,
    /// A group robot of DingTalk 钉钉.
    Dingtalk,
    /// A mailbox.
    Mail,
}

/// The language of a channel's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// A channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Whose notices it carries.
    pub audience: Audience,
    /// What takes them.
    pub kind: ChannelKind,
    /// What may be shown of where it leads.
    pub shown: String,
    /// Where it leads and what signs, sealed.
    pub sealed: Vec<u8>,
    /// Which notices; all where there is none.
    pub topics: Vec<Topic>,
    /// How long notices are gathered for one message, minutes.
    pub gather_minutes: i32,
    /// The language of its messages.
    pub language: Language,
    /// Whether it carries anything.
    pub enabled: bool,
    /// The last notice that a message was made of.
    pub cursor: i64,
    /// When something was last sent.
    pub tried_at: Option<Timestamp>,
}

#[derive(Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = channel)]
#[diesel(treat_none_as_null = true)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    code: String,
    name: String,
    audience: String,
    kind: String,
    shown: String,
    sealed: Vec<u8>,
    topics: String,
    gather_minutes: i32,
    language: String,
    enabled: bool,
    cursor: i64,
    tried_at: Option<At>,
}

fn word(value: impl Serialize) -> Result<String, Error> {
    let value = serde_json::to_value(value)?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

fn read<T: serde::de::DeserializeOwned>(word: String) -> Result<T, Error> {
    Ok(serde_json::from_value(serde_json::Value::String(word))?)
}

impl Row {
    fn of(one: &Channel) -> Result<Self, Error> {
        let words: Vec<&str> = one.topics.iter().map(|topic| topic.word()).collect();
        Ok(Self {
            code: one.code.clone(),
            name: one.name.clone(),
            audience: one.audience.word(),
            kind: word(one.kind)?,
            shown: one.shown.clone(),
            sealed: one.sealed.clone(),
            topics: words.join(" "),
            gather_minutes: one.gather_minutes,
            language: word(one.language)?,
            enabled: one.enabled,
            cursor: one.cursor,
            tried_at: one.tried_at.map(At),
        })
    }

    fn channel(self) -> Result<Channel, Error> {
        let audience = Audience::of(&self.audience);
        Ok(Channel {
            audience: audience.ok_or_else(|| {
                Error::Internal(format!("the channel {} has no audience", self.code))
            })?,
            code: self.code,
            name: self.name,
            kind: read(self.kind)?,
            shown: self.shown,
            sealed: self.sealed,
            topics: self.topics.split(' ').filter_map(Topic::of).collect(),
            gather_minutes: self.gather_minutes,
            language: read(self.language)?,
            enabled: self.enabled,
            cursor: self.cursor,
            tried_at: self.tried_at.map(|at| at.0),
        })
    }
}

/// Every channel, by code.
pub fn list(conn: &mut Conn) -> Result<Vec<Channel>, Error> {
    let rows: Vec<Row> =
        on!(conn, |c| channel::table.order(channel::code).select(Row::as_select()).load(c))?;
    rows.into_iter().map(Row::channel).collect()
}

/// The channel with this code, or none.
pub fn find(conn: &mut Conn, code: &str) -> Result<Option<Channel>, Error> {
    let row: Option<Row> =
        on!(conn, |c| channel::table.find(code).select(Row::as_select()).first(c).optional())?;
    row.map(Row::channel).transpose()
}

/// Keeps a channel: a new one carries what happens from now on; one that is there already goes on where it was.
pub fn save(conn: &mut Conn, mut one: Channel) -> Result<Channel, Error> {
    let there = find(conn, &one.code)?;
    one.tried_at = there.as_ref().and_then(|there| there.tried_at);
    // What another audience was told, or nobody while it was off, is not sent after the fact.
    let goes_on = there.filter(|there| there.enabled && there.audience == one.audience);
    one.cursor = match goes_on {
        Some(there) => there.cursor,
        None => on!(conn, |c| notice_head::table.select(notice_head::seq).first(c))?,
    };
    let row = Row::of(&one)?;
    on!(conn, |c| diesel::insert_into(channel::table)
        .values(&row)
        .on_conflict(channel::code)
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(one)
}

/// Removes a channel; whether there was one.
pub fn remove(conn: &mut Conn, code: &str) -> Result<bool, Error> {
    Ok(on!(conn, |c| diesel::delete(channel::table.find(code)).execute(c))? == 1)
}

/// Moves a channel's cursor, unless somebody else has by now; whether it was moved.
pub fn advance(conn: &mut Conn, code: &str, (from, to): (i64, i64)) -> Result<bool, Error> {
    let there = channel::table.filter(channel::code.eq(code).and(channel::cursor.eq(from)));
    Ok(on!(conn, |c| diesel::update(there).set(channel::cursor.eq(to)).execute(c))? == 1)
}

/// Takes a channel's turn to send, unless something was sent after `before`; whether it was taken.
pub fn take_turn(
    conn: &mut Conn,
    code: &str,
    before: Timestamp,
    now: Timestamp,
) -> Result<bool, Error> {
    let free = channel::table
        .filter(channel::code.eq(code))
        .filter(channel::tried_at.is_null().or(channel::tried_at.le(At(before)).assume_not_null()));
    Ok(on!(conn, |c| diesel::update(free).set(channel::tried_at.eq(At(now))).execute(c))? == 1)
}

/// Has a channel carry nothing from now on.
pub fn disable(conn: &mut Conn, code: &str) -> Result<(), Error> {
    let off = diesel::update(channel::table.find(code)).set(channel::enabled.eq(false));
    on!(conn, |c| off.execute(c))?;
    Ok(())
}
