//! The issues that a period counts, one by one: what a bulletin lists.

use diesel::prelude::*;
use domain::bulletin::Member;
use domain::figures::{Period, Span};
use schema::columns::At;
use schema::tables::{issue, issue_point, issue_span};
use schema::{Conn, on};

use super::{Counting, node};
use crate::problem::Error;

/// Issues asked about in one statement.
const TOGETHER: usize = 1_000;
/// Issues listed at most: a quarter of what a large district reports in a year, some 60 MB while they are counted.
pub const MEMBERS_MOST: usize = 250_000;

impl Counting {
    fn member(self, issue: i64) -> Member {
        let span = Span {
            first_due_at: self.first_due_at.map(|at| at.0),
            due_at: self.due_at.map(|at| at.0),
            handled_at: self.handled_at.map(|at| at.0),
            closed_at: self.closed_at.map(|at| at.0),
            void: self.void,
            rework: u32::try_from(self.rework).unwrap_or(0),
            extended: self.extended,
            self_handled: self.self_handled,
            suspended_at: self.suspended_at.map(|at| at.0),
        };
        Member { issue, span, lead: self.lead, area: self.area, category: self.category }
    }
}

/// Every issue that can count in a period as of a feed number, by its number; nothing blind. The three kinds of spans
/// that [`super::tally`] adds up, each by its index; `head` is the highest feed number there is.
///
/// Fails with `period-counts-too-much` where there are more than `most`.
pub fn list_members(
    conn: &mut Conn,
    period: Period,
    (as_of, head): (i64, i64),
    most: usize,
) -> Result<Vec<Member>, Error> {
    let (from, to) = (At(period.from()), At(period.to()));
    let nodes = node::above(as_of, head);
    let rows: Vec<(i64, Counting)> = on!(conn, |c| {
        let spans = || {
            issue_span::table
                .filter(issue_span::from_seq.le(as_of))
                .filter(issue_span::to_seq.gt(as_of))
                .filter(issue_span::blind.eq(false))
                .select((issue_span::issue_id, Counting::as_select()))
        };
        let closed =
            spans().filter(issue_span::closed_at.ge(from)).filter(issue_span::closed_at.lt(to));
        let later = spans().filter(issue_span::late_at.ge(to)).filter(issue_span::due_at.lt(to));
        let open =
            spans().filter(issue_span::node.eq_any(&nodes)).filter(issue_span::due_at.lt(to));
        let left = |rows: &[(i64, Counting)]| count(most + 1 - rows.len());
        let mut rows: Vec<(i64, Counting)> = closed.limit(left(&[])).load(c)?;
        rows.extend(later.limit(left(&rows)).load::<(i64, Counting)>(c)?);
        rows.extend(open.limit(left(&rows)).load::<(i64, Counting)>(c)?);
        Ok::<_, Error>(rows)
    })?;
    if rows.len() > most {
        return Err(too_many(most));
    }
    let mut members: Vec<Member> =
        rows.into_iter().map(|(issue, counting)| counting.member(issue)).collect();
    members.sort_unstable_by_key(|member| member.issue);
    Ok(members)
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// That a period counts more than is listed at once.
pub fn too_many(most: usize) -> Error {
    let detail = format!("The period counts more than {most} issues. Ask for a shorter one.");
    Error::invalid("period-counts-too-much", detail)
}

/// The points in whose surroundings these issues lay, as of a feed number.
pub fn list_points(
    conn: &mut Conn,
    issues: &[i64],
    as_of: i64,
) -> Result<Vec<(i64, String)>, Error> {
    let mut points: Vec<(i64, String)> = Vec::new();
    for some in issues.chunks(TOGETHER) {
        let held = issue_point::table
            .filter(issue_point::issue_id.eq_any(some))
            .filter(issue_point::from_seq.le(as_of))
            .filter(issue_point::to_seq.gt(as_of))
            .select((issue_point::issue_id, issue_point::point));
        points.extend(on!(conn, |c| held.load::<(i64, String)>(c))?);
    }
    points.sort_unstable();
    Ok(points)
}

/// How many issues were reported in a period, as of a feed number: neither void nor blind there.
pub fn count_reported(conn: &mut Conn, period: Period, as_of: i64) -> Result<u64, Error> {
    let reported = issue::table
        .inner_join(issue_span::table.on(issue_span::issue_id.eq(issue::id)))
        .filter(issue::reported_at.ge(At(period.from())))
        .filter(issue::reported_at.lt(At(period.to())))
        .filter(issue_span::from_seq.le(as_of))
        .filter(issue_span::to_seq.gt(as_of))
        .filter(issue_span::void.eq(false))
        .filter(issue_span::blind.eq(false));
    let count: i64 = on!(conn, |c| reported.count().get_result(c))?;
    Ok(u64::try_from(count).unwrap_or(0))
}
