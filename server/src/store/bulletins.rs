//! Bulletins 通报 as they were issued.

use diesel::prelude::*;
use domain::bulletin::{Bulletin, BulletinKind, BulletinNumber};
use schema::columns::{At, Uid};
use schema::tables::bulletin;
use schema::{Conn, on};

use crate::problem::Error;

/// A bulletin as lists show it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = bulletin)]
#[diesel(treat_none_as_default_value = false)]
pub struct Head {
    /// `daily`, `weekly` or `notice`.
    pub kind: String,
    /// The year it is numbered in.
    pub year: i32,
    /// Its number in that year.
    pub number: i32,
    /// What it is headed by.
    pub title: String,
    /// The period's first instant.
    pub from_at: At,
    /// Its end.
    pub to_at: At,
    /// Whether bureaus read it.
    pub for_all: bool,
    /// The position of the log that it was made at.
    pub position: i64,
    /// When.
    pub issued_at: At,
    /// SHA-256 of the body.
    pub sha256: Vec<u8>,
}

impl Head {
    /// Its number, as it is quoted.
    pub fn number(&self) -> Result<BulletinNumber, Error> {
        let kind = BulletinKind::ALL.into_iter().find(|kind| kind.word() == self.kind);
        let kind = kind.ok_or_else(|| Error::Internal(format!("a bulletin {}", self.kind)))?;
        let year = i16::try_from(self.year).unwrap_or(i16::MAX);
        Ok(BulletinNumber { kind, year, n: self.number })
    }
}

/// A bulletin as its row has it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = bulletin)]
#[diesel(treat_none_as_default_value = false)]
pub struct Issued {
    /// Made by the client.
    pub client_id: Uid,
    /// The account that issued it.
    pub made_by: i64,
    /// Which.
    #[diesel(embed)]
    pub head: Head,
    /// Canonical JSON of a [`Bulletin`].
    pub body: String,
}

impl Issued {
    /// What it says.
    pub fn read(&self) -> Result<Bulletin, Error> {
        Ok(serde_json::from_str(&self.body)?)
    }
}

/// Which bulletins somebody may read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<BulletinKind>,
    /// Addressed to all, and no other.
    pub for_all: bool,
}

/// Bulletins with their ids and without what they say, the newest first, at most `limit` of those before the id
/// `before`.
pub fn list(
    conn: &mut Conn,
    filter: Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<(i64, Head)>, Error> {
    Ok(on!(conn, |c| {
        let columns = (bulletin::id, Head::as_select());
        let mut query = bulletin::table.select(columns).limit(limit).into_boxed();
        if let Some(kind) = filter.kind {
            query = query.filter(bulletin::kind.eq(kind.word()));
        }
        if filter.for_all {
            query = query.filter(bulletin::for_all.eq(true));
        }
        if let Some(before) = before {
            query = query.filter(bulletin::id.lt(before));
        }
        query.order(bulletin::id.desc()).load(c)
    })?)
}

/// Bulletins with an id above `after`, in their order.
pub fn list_after(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<(i64, Issued)>, Error> {
    let later = bulletin::table.filter(bulletin::id.gt(after)).order(bulletin::id).limit(limit);
    Ok(on!(conn, |c| later.select((bulletin::id, Issued::as_select())).load(c))?)
}

/// The bulletin with this id, or none.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Issued>, Error> {
    Ok(on!(conn, |c| bulletin::table.find(id).select(Issued::as_select()).first(c).optional())?)
}

/// The bulletin that this account sent under this id, or none.
pub fn find_sent(conn: &mut Conn, by: i64, client_id: Uid) -> Result<Option<(i64, Issued)>, Error> {
    let sent =
        bulletin::table.filter(bulletin::made_by.eq(by)).filter(bulletin::client_id.eq(client_id));
    Ok(on!(conn, |c| sent.select((bulletin::id, Issued::as_select())).first(c).optional())?)
}

/// The next number of a kind and year: no gaps. Where two take it at once, the unique index has one of them try
/// again.
pub fn next_number(conn: &mut Conn, kind: BulletinKind, year: i16) -> Result<i32, Error> {
    let numbered = bulletin::table
        .filter(bulletin::kind.eq(kind.word()))
        .filter(bulletin::year.eq(i32::from(year)))
        .select(diesel::dsl::max(bulletin::number));
    let last: Option<i32> = on!(conn, |c| numbered.first(c))?;
    Ok(last.unwrap_or(0) + 1)
}

/// Keeps a bulletin, and gives its id.
pub fn insert(conn: &mut Conn, new: &Issued) -> Result<i64, Error> {
    Ok(on!(conn, |c| diesel::insert_into(bulletin::table)
        .values(new)
        .returning(bulletin::id)
        .get_result(c))?)
}
