//! How each issue counted, from one feed number to another: figures are read from here.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use domain::figures::{Period, Span};
use schema::columns::At;
use schema::tables::{issue_point, issue_span};
use schema::{Conn, insert_all, on};

use super::issues::Issue;
use crate::problem::Error;

/// The upper end of a span that still holds.
pub const STILL: i64 = i64::MAX;

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
    closed_order: At,
    rework: i32,
    extended: bool,
    self_handled: bool,
    suspended_at: Option<At>,
}

impl Counting {
    /// How this issue counts now.
    pub fn of(issue: &Issue) -> Self {
        let state = &issue.state;
        Self {
            void: !state.stage.is_counted(),
            blind: state.blind,
            lead: state.lead.clone(),
            area: issue.area().map(str::to_owned),
            category: state.category.clone(),
            first_due_at: state.first_due_at.map(At),
            due_at: state.due_at.map(At),
            handled_at: state.handled_at.map(At),
            closed_order: At::or_never(state.closed_at),
            rework: i32::try_from(state.rework).unwrap_or(i32::MAX),
            extended: state.extensions > 0,
            self_handled: state.self_handled,
            suspended_at: state.suspension.as_ref().map(|of| At(of.stopped_at)),
        }
    }

    fn span(&self) -> Span {
        Span {
            first_due_at: self.first_due_at.map(|at| at.0),
            due_at: self.due_at.map(|at| at.0),
            handled_at: self.handled_at.map(|at| at.0),
            closed_at: (self.closed_order != At::NEVER).then_some(self.closed_order.0),
            void: self.void,
            rework: u32::try_from(self.rework).unwrap_or(0),
            extended: self.extended,
            self_handled: self.self_handled,
            suspended_at: self.suspended_at.map(|at| at.0),
        }
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
    #[diesel(embed)]
    counting: Counting,
}

/// Ends the spans that held and begins others; ascending by feed number.
pub fn save(conn: &mut Conn, counted: Vec<Counted>) -> Result<(), Error> {
    let mut rows: Vec<Row> = Vec::with_capacity(counted.len());
    let mut last: HashMap<i64, usize> = HashMap::new();
    for Counted { issue, seq, counting, first } in counted {
        match last.insert(issue, rows.len()) {
            Some(before) => rows[before].to_seq = seq,
            None if first => {}
            None => end(conn, issue, seq)?,
        }
        rows.push(Row { issue_id: issue, from_seq: seq, to_seq: STILL, counting });
    }
    insert_all!(conn, issue_span::table, &rows);
    Ok(())
}

/// Ends the span of an issue that held.
fn end(conn: &mut Conn, issue: i64, seq: i64) -> Result<(), Error> {
    let still = issue_span::table
        .filter(issue_span::issue_id.eq(issue))
        .filter(issue_span::to_seq.eq(STILL));
    on!(conn, |c| diesel::update(still).set(issue_span::to_seq.eq(seq)).execute(c))?;
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

/// The spans of `$source` that can count in a period, each under `$code`.
macro_rules! counting {
    ($source:expr, $code:expr, $period:ident, $as_of:ident, $lead:ident, $blind:ident) => {{
        let (from, to) = (At($period.from()), At($period.to()));
        let mut query = $source
            .filter(issue_span::from_seq.le($as_of))
            .filter(issue_span::to_seq.gt($as_of))
            .filter(issue_span::void.eq(false))
            .filter(issue_span::closed_order.ge(from))
            .filter(issue_span::due_at.lt(to).or(issue_span::closed_order.nullable().lt(to)))
            .select(($code, Counting::as_select()))
            .into_boxed();
        if let Some(lead) = $lead {
            query = query.filter(issue_span::lead.eq(lead.to_owned()));
        }
        if !$blind {
            query = query.filter(issue_span::blind.eq(false));
        }
        query
    }};
}

/// Every span that can count in a period as of a feed number, with the code it counts under.
///
/// `lead` cuts to one bureau; `blind` includes findings that bureaus cannot see.
pub fn list(
    conn: &mut Conn,
    period: Period,
    as_of: i64,
    by: By,
    lead: Option<&str>,
    blind: bool,
) -> Result<Vec<(Option<String>, Span)>, Error> {
    let rows = on!(conn, |c| match by {
        By::Point => counting!(
            issue_span::table
                .inner_join(issue_point::table.on(issue_point::issue_id.eq(issue_span::issue_id)))
                .filter(issue_point::from_seq.le(as_of))
                .filter(issue_point::to_seq.gt(as_of)),
            issue_point::point.nullable(),
            period,
            as_of,
            lead,
            blind
        )
        .load::<(Option<String>, Counting)>(c),
        By::Bureau =>
            counting!(issue_span::table, issue_span::lead, period, as_of, lead, blind).load(c),
        By::Area => {
            counting!(issue_span::table, issue_span::area, period, as_of, lead, blind).load(c)
        }
        By::Total => counting!(
            issue_span::table,
            None::<String>.into_sql::<Nullable<Text>>(),
            period,
            as_of,
            lead,
            blind
        )
        .load(c),
    })?;
    Ok(rows.into_iter().map(|(code, counting)| (code, counting.span())).collect())
}
