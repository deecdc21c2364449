//! The rules that draft cards: every version, as it was set.

use diesel::prelude::*;
use domain::cards::CardRules;
use jiff::Timestamp;
use schema::columns::{At, Doc};
use schema::tables::card_rules;
use schema::{Conn, on};

use crate::problem::Error;

/// The rules in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    /// Their version; 0 where nobody has set any.
    pub version: i64,
    /// When they were set.
    pub set_at: Option<Timestamp>,
    /// The account that set them.
    pub set_by: Option<i64>,
    /// The rules.
    pub rules: CardRules,
}

/// The rules in force; those that the program comes with where nobody has set any.
pub fn find_rules(conn: &mut Conn) -> Result<InForce, Error> {
    let row: Option<(i64, At, i64, Doc)> =
        on!(conn, |c| card_rules::table.order(card_rules::version.desc()).first(c).optional())?;
    let Some((version, set_at, set_by, body)) = row else { return Ok(InForce::default()) };
    let rules = body.read()?;
    Ok(InForce { version, set_at: Some(set_at.0), set_by: Some(set_by), rules })
}

/// Puts rules in force as the version after this one; no, and nothing is kept, where somebody was faster.
pub fn insert_rules(
    conn: &mut Conn,
    after: i64,
    rules: &CardRules,
    account: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let new = (
        card_rules::version.eq(after + 1),
        card_rules::set_at.eq(At(now)),
        card_rules::set_by.eq(account),
        card_rules::body.eq(Doc::of(rules)?),
    );
    let kept = on!(conn, |c| diesel::insert_into(card_rules::table)
        .values(new.clone())
        .on_conflict(card_rules::version)
        .do_nothing()
        .execute(c))?;
    Ok(kept == 1)
}
