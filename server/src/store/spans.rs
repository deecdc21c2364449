//! How each issue counted, from one feed number to another: figures are read from here.

mod members;
mod node;
mod tally;

use std::collections::HashMap;

use diesel::prelude::*;
use domain::figures::Span;
use schema::columns::At;
use schema::tables::issue_span;
use schema::{Conn, insert_all, on};

pub use members::{MEMBERS_MOST, count_reported, list_members, list_points, too_many};
pub use node::HOLDS;
pub use tally::tally;

use super::issues::Issue;
use crate::problem::Error;

/// The upper end of a span that still holds.
pub const STILL: i64 = i64::MAX;
/// Issues whose spans are ended together.
const AT_ONCE: usize = 500;

/// What of an issue the figures depend on.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = issue_span)]
#[diesel(treat_none_as_default_value = false)]
#[allow(clippy::struct_excessive_bools)] // columns
pub struct Counting {
    void: bool,
    blind: bool,
    lead: Option<String>,
    area: Option<String>,
    category: Option<String>,
    first_due_at: Option<At>,
    due_at: Option<At>,
    handled_at: Option<At>,
    /// When it was closed, where that counts.
    closed_at: Option<At>,
    /// The same, where that was after its limit.
    late_at: Option<At>,
    rework: i32,
    extended: bool,
    self_handled: bool,
    suspended_at: Option<At>,
}

/// Whose an issue is and what it is about: by what figures can be broken down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whose {
    /// Whether bureaus cannot see it.
    pub blind: bool,
    /// Lead bureau.
    pub lead: Option<String>,
    /// Finest area.
    pub area: Option<String>,
    /// Category.
    pub category: Option<String>,
}

impl Counting {
    /// How this issue counts now.
    pub fn of(issue: &Issue) -> Self {
        let state = &issue.state;
        let span = Span {
            first_due_at: state.first_due_at,
            due_at: state.due_at,
            handled_at: state.handled_at,
            closed_at: state.closed_at,
            void: !state.stage.is_counted(),
            rework: state.rework,
            extended: state.extensions > 0,
            self_handled: state.self_handled,
            suspended_at: state.suspension.as_ref().map(|of| of.stopped_at),
        };
        let whose = Whose {
            blind: state.blind,
            lead: state.lead.clone(),
            area: issue.area().map(str::to_owned),
            category: state.category.clone(),
        };
        Self::new(&span, whose)
    }

    /// How whatever stands like this counts.
    pub fn new(span: &Span, whose: Whose) -> Self {
        let Whose { blind, lead, area, category } = whose;
        let closed_at = span.closed_at.filter(|_| !span.void);
        let late_at = closed_at.filter(|at| span.due_at.is_some_and(|due| *at > due));
        Self {
            void: span.void,
            blind,
            lead,
            area,
            category,
            first_due_at: span.first_due_at.map(At),
            due_at: span.due_at.map(At),
            handled_at: span.handled_at.map(At),
            closed_at: closed_at.map(At),
            late_at: late_at.map(At),
            rework: i32::try_from(span.rework).unwrap_or(i32::MAX),
            extended: span.extended,
            self_handled: span.self_handled,
            suspended_at: span.suspended_at.map(At),
        }
    }

    /// What is not closed, and counts once its limit comes.
    fn is_open(&self) -> bool {
        !self.void && self.closed_at.is_none() && self.due_at.is_some()
    }
}

/// How an issue counts from a feed number on.
#[derive(Debug)]
pub struct Counted {
    /// The issue.
    pub issue: i64,
    /// From this feed number on.
    pub seq: i64,
    /// How.
    pub counting: Counting,
    /// It did not count before.
    pub first: bool,
}

#[derive(Insertable)]
#[diesel(table_name = issue_span)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    issue_id: i64,
    from_seq: i64,
    to_seq: i64,
    /// Where it is found among those that are open; see [`node`].
    node: Option<i64>,
    #[diesel(embed)]
    counting: Counting,
}

/// Ends the spans that held and begins others; ascending by feed number.
pub fn save(conn: &mut Conn, counted: Vec<Counted>) -> Result<(), Error> {
    let mut rows: Vec<Row> = Vec::with_capacity(counted.len());
    let mut last: HashMap<i64, usize> = HashMap::new();
    let mut ended: Vec<(i64, i64)> = Vec::new();
    for Counted { issue, seq, counting, first } in counted {
        match last.insert(issue, rows.len()) {
            Some(before) => {
                let row = &mut rows[before];
                row.to_seq = seq;
                row.node = row.node.map(|_| node::node(row.from_seq, seq));
            }
            None if first => {}
            None => ended.push((issue, seq)),
        }
        let node = counting.is_open().then_some(HOLDS);
        rows.push(Row { issue_id: issue, from_seq: seq, to_seq: STILL, node, counting });
    }
    end(conn, &ended)?;
    insert_all!(conn, issue_span::table, &rows);
    Ok(())
}

/// Ends the spans of these issues that held, each at its feed number.
fn end(conn: &mut Conn, ended: &[(i64, i64)]) -> Result<(), Error> {
    for chunk in ended.chunks(AT_ONCE) {
        let issues: Vec<i64> = chunk.iter().map(|(issue, _)| *issue).collect();
        let held: Vec<(i64, i64, Option<i64>)> = on!(conn, |c| issue_span::table
            .filter(issue_span::issue_id.eq_any(&issues))
            .filter(issue_span::to_seq.eq(STILL))
            .select((issue_span::issue_id, issue_span::from_seq, issue_span::node))
            .load(c))?;
        let until: HashMap<i64, i64> = chunk.iter().copied().collect();
        for (issue, from, held) in held {
            let Some(&seq) = until.get(&issue) else { continue };
            let node = held.map(|_| node::node(from, seq));
            on!(conn, |c| diesel::update(issue_span::table.find((issue, from)))
                .set((issue_span::to_seq.eq(seq), issue_span::node.eq(node)))
                .execute(c))?;
        }
    }
    Ok(())
}

/// The spans that still hold of every issue with a number above `after` and at most `upto`.
pub fn list_still(conn: &mut Conn, after: i64, upto: i64) -> Result<Vec<(i64, Counting)>, Error> {
    Ok(on!(conn, |c| issue_span::table
        .filter(issue_span::issue_id.gt(after))
        .filter(issue_span::issue_id.le(upto))
        .filter(issue_span::to_seq.eq(STILL))
        .select((issue_span::issue_id, Counting::as_select()))
        .load(c))?)
}

/// By what figures are broken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// All together.
    Total,
    /// Lead bureau.
    Bureau,
    /// Finest area.
    Area,
    /// Point: an issue counts at every point in whose surroundings it lies.
    Point,
}
