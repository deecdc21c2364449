//! How the parts of bureaus that help counted, from one feed number to another.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use domain::bulletin::HelpingPart;
use domain::figures::{Period, Span};
use domain::workflow::{IssueState, Part};
use schema::columns::At;
use schema::tables::{issue_point, part_span};
use schema::{Conn, insert_all, on};

use super::issues::Issue;
use super::spans::{By, STILL};
use crate::problem::Error;

/// What the figures depend on of one bureau's part.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = part_span)]
#[diesel(treat_none_as_default_value = false)]
pub struct PartCounting {
    bureau: String,
    owed: bool,
    area: Option<String>,
    first_due_at: Option<At>,
    due_at: Option<At>,
    handled_at: Option<At>,
    closed_order: At,
    rework: i32,
    extended: bool,
    suspended_at: Option<At>,
}

impl PartCounting {
    /// How the parts of this issue count now.
    pub fn of(issue: &Issue) -> Vec<Self> {
        let state = &issue.state;
        let counted = |part: &&Part| part.is_counted() && state.stage.is_counted();
        state.parts.iter().filter(counted).map(|part| Self::one(part, issue, state)).collect()
    }

    fn one(part: &Part, issue: &Issue, state: &IssueState) -> Self {
        // Where its own limit is the issue's, the first one is, too.
        let first = if part.due_at.is_some() { None } else { state.first_due_at };
        // What an override left undone was handled by it.
        let handled = state.closed_at.map(|closed| part.done_at.unwrap_or(closed));
        Self {
            bureau: part.bureau.clone(),
            owed: part.is_owed() && state.stage.is_open(),
            area: issue.area().map(str::to_owned),
            first_due_at: first.map(At),
            due_at: part.limit(state).map(At),
            handled_at: handled.map(At),
            closed_order: At::or_never(state.closed_at),
            rework: i32::try_from(part.rework).unwrap_or(i32::MAX),
            extended: part.due_at.is_none() && state.extensions > 0,
            suspended_at: state.suspension.as_ref().map(|of| At(of.stopped_at)),
        }
    }

    fn span(&self) -> Span {
        Span {
            first_due_at: self.first_due_at.map(|at| at.0),
            due_at: self.due_at.map(|at| at.0),
            handled_at: self.handled_at.map(|at| at.0),
            closed_at: (self.closed_order != At::NEVER).then_some(self.closed_order.0),
            void: false,
            rework: u32::try_from(self.rework).unwrap_or(0),
            extended: self.extended,
            self_handled: false,
            suspended_at: self.suspended_at.map(|at| at.0),
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = part_span)]
#[diesel(treat_none_as_default_value = false)]
struct Row {
    issue_id: i64,
    from_seq: i64,
    to_seq: i64,
    #[diesel(embed)]
    counting: PartCounting,
}

/// Makes the parts of an issue count as `now`, where they counted as `before`, from a feed number on.
pub fn save(
    conn: &mut Conn,
    issue_id: i64,
    seq: i64,
    before: &[PartCounting],
    now: Vec<PartCounting>,
) -> Result<(), Error> {
    for gone in before.iter().filter(|part| !now.contains(part)) {
        let still = part_span::table
            .filter(part_span::bureau.eq(&gone.bureau))
            .filter(part_span::issue_id.eq(issue_id))
            .filter(part_span::to_seq.eq(STILL));
        on!(conn, |c| diesel::update(still).set(part_span::to_seq.eq(seq)).execute(c))?;
    }
    let new = now.into_iter().filter(|part| !before.contains(part));
    let row = |counting| Row { issue_id, from_seq: seq, to_seq: STILL, counting };
    let rows: Vec<Row> = new.map(row).collect();
    insert_all!(conn, part_span::table, &rows);
    Ok(())
}

/// The spans that still hold of every issue with a number above `after` and at most `upto`.
pub fn list_still(
    conn: &mut Conn,
    after: i64,
    upto: i64,
) -> Result<Vec<(i64, PartCounting)>, Error> {
    Ok(on!(conn, |c| part_span::table
        .filter(part_span::issue_id.gt(after))
        .filter(part_span::issue_id.le(upto))
        .filter(part_span::to_seq.eq(STILL))
        .select((part_span::issue_id, PartCounting::as_select()))
        .load(c))?)
}

/// The spans of `$source` that can count in a period, each under `$code`.
macro_rules! counting {
    ($source:expr, $code:expr, $period:ident, $as_of:ident, $bureau:ident) => {{
        let (from, to) = (At($period.from()), At($period.to()));
        let mut query = $source
            .filter(part_span::from_seq.le($as_of))
            .filter(part_span::to_seq.gt($as_of))
            .filter(part_span::closed_order.ge(from))
            .filter(part_span::due_at.lt(to).or(part_span::closed_order.nullable().lt(to)))
            .select(($code, PartCounting::as_select()))
            .into_boxed();
        if let Some(bureau) = $bureau {
            query = query.filter(part_span::bureau.eq(bureau.to_owned()));
        }
        query
    }};
}

/// Every part that can count in a period as of a feed number, of whichever bureau.
pub fn list_parts(conn: &mut Conn, period: Period, as_of: i64) -> Result<Vec<HelpingPart>, Error> {
    let every: Option<&str> = None;
    let rows: Vec<(i64, PartCounting)> = on!(conn, |c| {
        counting!(part_span::table, part_span::issue_id, period, as_of, every).load(c)
    })?;
    let part = |(issue, counting): (i64, PartCounting)| HelpingPart {
        issue,
        span: counting.span(),
        bureau: counting.bureau,
    };
    Ok(rows.into_iter().map(part).collect())
}

/// Every part that can count in a period as of a feed number, with the code it counts under; `bureau` cuts to
/// one.
pub fn list(
    conn: &mut Conn,
    period: Period,
    as_of: i64,
    by: By,
    bureau: Option<&str>,
) -> Result<Vec<(Option<String>, Span)>, Error> {
    let rows: Vec<(Option<String>, PartCounting)> = on!(conn, |c| match by {
        By::Point => counting!(
            part_span::table
                .inner_join(issue_point::table.on(issue_point::issue_id.eq(part_span::issue_id)))
                .filter(issue_point::from_seq.le(as_of))
                .filter(issue_point::to_seq.gt(as_of)),
            issue_point::point.nullable(),
            period,
            as_of,
            bureau
        )
        .load(c),
        By::Bureau =>
            counting!(part_span::table, part_span::bureau.nullable(), period, as_of, bureau).load(c),
        By::Area => counting!(part_span::table, part_span::area, period, as_of, bureau).load(c),
        By::Total => counting!(
            part_span::table,
            None::<String>.into_sql::<Nullable<Text>>(),
            period,
            as_of,
            bureau
        )
        .load(c),
    })?;
    Ok(rows.into_iter().map(|(code, counting)| (code, counting.span())).collect())
}
