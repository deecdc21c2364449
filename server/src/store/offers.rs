//! Whom issues are offered to 候选单位 now, as they are found by it.

use diesel::prelude::*;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::issue_offer;
use schema::{Conn, insert_all, on};

use super::issues::Issue;
use crate::problem::Error;

/// One candidate of one issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Queryable, Selectable, Insertable)]
#[diesel(table_name = issue_offer)]
#[diesel(treat_none_as_default_value = false)]
pub struct OfferRow {
    issue_id: i64,
    bureau: String,
    ends_at: At,
    declined: bool,
}

impl OfferRow {
    /// What the table should say of an issue, by bureau; nothing of what is not offered.
    pub fn of(issue: &Issue) -> Vec<Self> {
        let offered = issue.state.offer.iter();
        let each = offered.flat_map(|offer| offer.candidates.iter().map(move |one| (offer, one)));
        let row =
            |(offer, candidate): (&domain::workflow::Offer, &domain::workflow::Candidate)| Self {
                issue_id: issue.id,
                bureau: candidate.bureau.clone(),
                ends_at: At(offer.until),
                declined: candidate.declined.is_some(),
            };
        let mut rows: Vec<Self> = each.map(row).collect();
        rows.sort_unstable();
        rows
    }

    /// The issue's number.
    pub fn issue(&self) -> i64 {
        self.issue_id
    }
}

/// Inserts the candidates of new issues.
pub fn insert(conn: &mut Conn, new: &[&Issue]) -> Result<(), Error> {
    let rows: Vec<OfferRow> = new.iter().flat_map(|issue| OfferRow::of(issue)).collect();
    insert_all!(conn, issue_offer::table, &rows);
    Ok(())
}

/// Makes the table say of an issue what its state says, where it said `before`.
pub fn save(conn: &mut Conn, before: &[OfferRow], issue: &Issue) -> Result<(), Error> {
    let now = OfferRow::of(issue);
    if now == before {
        return Ok(());
    }
    let own = issue_offer::table.filter(issue_offer::issue_id.eq(issue.id));
    on!(conn, |c| diesel::delete(own).execute(c))?;
    insert_all!(conn, issue_offer::table, &now);
    Ok(())
}

/// Issues whose offer is over, those that waited longest first.
pub fn list_over(conn: &mut Conn, now: Timestamp, limit: i64) -> Result<Vec<i64>, Error> {
    let over = issue_offer::table.filter(issue_offer::ends_at.le(At(now)));
    Ok(on!(conn, |c| over
        .group_by((issue_offer::ends_at, issue_offer::issue_id))
        .order((issue_offer::ends_at.asc(), issue_offer::issue_id.asc()))
        .limit(limit)
        .select(issue_offer::issue_id)
        .load(c))?)
}

/// Every row of the issues after one number and up to another, by issue and bureau.
pub fn list_between(conn: &mut Conn, after: i64, upto: i64) -> Result<Vec<OfferRow>, Error> {
    Ok(on!(conn, |c| issue_offer::table
        .filter(issue_offer::issue_id.gt(after).and(issue_offer::issue_id.le(upto)))
        .order((issue_offer::issue_id.asc(), issue_offer::bureau.asc()))
        .select(OfferRow::as_select())
        .load(c))?)
}
