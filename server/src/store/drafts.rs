//! Drafts 草稿 that came by links.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Uid};
use schema::tables::guest_draft;
use schema::{Conn, on};
use uuid::Uuid;

use crate::problem::Error;

/// A draft; its photos are announced in `photo`, of which it is the subject.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = guest_draft)]
#[diesel(treat_none_as_default_value = false)]
pub struct Draft {
    /// Made on the holder's device.
    pub id: Uid,
    /// The link it came by.
    pub link_id: Uid,
    /// The issue.
    pub issue_id: i64,
    /// In words.
    pub note: String,
    /// SHA-256 of what was sent.
    pub content: Vec<u8>,
    /// When it arrived.
    pub sent_at: At,
    /// When the bureau took photos of it over.
    pub adopted_at: Option<At>,
    /// When the bureau threw it away.
    pub discarded_at: Option<At>,
    /// The account that did.
    pub discarded_by: Option<i64>,
}

/// The draft with this id.
pub fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Draft>, Error> {
    Ok(on!(conn, |c| guest_draft::table
        .find(Uid(id))
        .select(Draft::as_select())
        .first(c)
        .optional())?)
}

/// Every draft of an issue, the newest first.
pub fn list(conn: &mut Conn, issue: i64) -> Result<Vec<Draft>, Error> {
    Ok(on!(conn, |c| guest_draft::table
        .filter(guest_draft::issue_id.eq(issue))
        .order((guest_draft::sent_at.desc(), guest_draft::id.desc()))
        .select(Draft::as_select())
        .load(c))?)
}

/// Every draft that came by a link, the newest first.
pub fn list_of_link(conn: &mut Conn, link: Uuid) -> Result<Vec<Draft>, Error> {
    Ok(on!(conn, |c| guest_draft::table
        .filter(guest_draft::link_id.eq(Uid(link)))
        .order((guest_draft::sent_at.desc(), guest_draft::id.desc()))
        .select(Draft::as_select())
        .load(c))?)
}

/// Keeps a new draft.
pub fn insert(conn: &mut Conn, new: &Draft) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(guest_draft::table).values(new).execute(c))?;
    Ok(())
}

/// Keeps that photos of these drafts were taken over.
pub fn save_adopted(conn: &mut Conn, ids: &[Uuid], at: Timestamp) -> Result<(), Error> {
    let ids: Vec<Uid> = ids.iter().copied().map(Uid).collect();
    on!(conn, |c| diesel::update(guest_draft::table.filter(guest_draft::id.eq_any(&ids)))
        .set(guest_draft::adopted_at.eq(At(at)))
        .execute(c))?;
    Ok(())
}

/// Keeps that a draft was thrown away. False where it had been before.
pub fn save_discarded(conn: &mut Conn, id: Uuid, by: i64, at: Timestamp) -> Result<bool, Error> {
    let kept = guest_draft::table.find(Uid(id)).filter(guest_draft::discarded_at.is_null());
    let saved = on!(conn, |c| diesel::update(kept)
        .set((guest_draft::discarded_at.eq(At(at)), guest_draft::discarded_by.eq(by)))
        .execute(c))?;
    Ok(saved == 1)
}
