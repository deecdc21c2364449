//! Links 链接 to issues for people without an account.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::{At, Uid};
use schema::tables::{account, guest_link};
use schema::{Conn, on};
use uuid::Uuid;

use crate::problem::Error;
use crate::tokens::LinkToken;

/// A link.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = guest_link)]
#[diesel(treat_none_as_default_value = false)]
pub struct Link {
    /// Made by the client.
    pub id: Uid,
    /// The issue.
    pub issue_id: i64,
    /// The account that made it.
    pub made_by: i64,
    /// The bureau whose drafts are sent by it.
    pub bureau: String,
    /// Whom it is for, in a word.
    pub for_whom: String,
    /// What they are asked to do, in words; may be empty.
    pub task: String,
    /// When it was made.
    pub made_at: At,
    /// Until when it is good, to the second.
    pub expires_at: At,
    /// When it was revoked.
    pub revoked_at: Option<At>,
    /// The account that revoked it.
    pub revoked_by: Option<i64>,
    /// How often the issue was looked at by it.
    pub uses: i64,
    /// When it was last.
    pub used_at: Option<At>,
}

impl Link {
    /// What its token says.
    pub fn token(&self) -> LinkToken {
        LinkToken { link: self.id.0, expires_at: self.expires_at.0 }
    }

    /// Whether it is neither revoked nor over.
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at.0
    }
}

/// The link with this id.
pub fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Link>, Error> {
    Ok(on!(conn, |c| guest_link::table
        .find(Uid(id))
        .select(Link::as_select())
        .first(c)
        .optional())?)
}

/// Every link of an issue, the newest first, with the name of whoever made it.
pub fn list(conn: &mut Conn, issue: i64) -> Result<Vec<(Link, Option<String>)>, Error> {
    Ok(on!(conn, |c| guest_link::table
        .left_join(account::table.on(account::id.eq(guest_link::made_by)))
        .filter(guest_link::issue_id.eq(issue))
        .order((guest_link::made_at.desc(), guest_link::id.desc()))
        .select((Link::as_select(), account::name.nullable()))
        .load(c))?)
}

/// Keeps a new link.
pub fn insert(conn: &mut Conn, new: &Link) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(guest_link::table).values(new).execute(c))?;
    Ok(())
}

/// Keeps that a link was revoked. False where it had been before.
pub fn save_revoked(conn: &mut Conn, id: Uuid, by: i64, at: Timestamp) -> Result<bool, Error> {
    let good = guest_link::table.find(Uid(id)).filter(guest_link::revoked_at.is_null());
    let saved = on!(conn, |c| diesel::update(good)
        .set((guest_link::revoked_at.eq(At(at)), guest_link::revoked_by.eq(by)))
        .execute(c))?;
    Ok(saved == 1)
}

/// Counts that the issue was looked at by a link.
pub fn save_used(conn: &mut Conn, id: Uuid, at: Timestamp) -> Result<(), Error> {
    on!(conn, |c| diesel::update(guest_link::table.find(Uid(id)))
        .set((guest_link::uses.eq(guest_link::uses + 1), guest_link::used_at.eq(At(at))))
        .execute(c))?;
    Ok(())
}
