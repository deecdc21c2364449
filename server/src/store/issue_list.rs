//! Lists of issues: filtered, cut to what the reader may see, paged by key.

use diesel::prelude::*;
use domain::access::Scope;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{issue, issue_point};
use schema::{Conn, on};
use serde::{Deserialize, Serialize};

use super::issues::{Issue, Row};
use super::sight::{cut, is_on};
use super::spans::STILL;
use crate::problem::Error;

#[diesel::declare_sql_function]
extern "SQL" {
    /// PostgreSQL's LIKE tells capitals apart, SQLite's does not.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// What a reader asks for; everything given must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Lead or cooperating.
    pub bureau: Option<String>,
    /// Any of these stages.
    pub stages: Vec<String>,
    /// Open, or ended.
    pub open: Option<bool>,
    /// Any of these categories.
    pub categories: Vec<String>,
    /// In this point's surroundings.
    pub point: Option<String>,
    /// In any of these areas (the finest).
    pub areas: Vec<String>,
    /// West, south, east, north; WGS-84 degrees.
    pub bbox: Option<[f64; 4]>,
    /// Limit before this.
    pub due_before: Option<Timestamp>,
    /// Limit at or after this.
    pub due_after: Option<Timestamp>,
    /// Filed, and no bureau found.
    pub unrouted: Option<bool>,
    /// In the note, or the issue's number.
    pub text: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The nearest limit first; those without one last.
    #[default]
    Due,
    /// The newest first.
    Newest,
}

/// The last row of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// Limit in microseconds, or the year 9999; unused by [`Order::Newest`].
    pub due: i64,
    /// Number.
    pub id: i64,
}

impl Key {
    /// The key of a row.
    pub fn of(issue: &Issue) -> Self {
        Self { due: At::or_never(issue.state.due_at).0.as_microsecond(), id: issue.id }
    }
}

/// A page of issues, at most `limit`.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    order: Order,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Issue>, Error> {
    let after_due =
        after.map(|key| At(Timestamp::from_microsecond(key.due).unwrap_or(At::NEVER.0)));
    let rows: Vec<Row> = on!(conn, |c| {
        let every = issue::table.select(Row::as_select()).limit(limit).into_boxed();
        let mut query = cut!(every, scope);
        if let Some(code) = &filter.bureau {
            query = query.filter(is_on!(code));
        }
        if !filter.stages.is_empty() {
            query = query.filter(issue::stage.eq_any(&filter.stages));
        }
        if let Some(open) = filter.open {
            query = query.filter(issue::is_open.eq(open));
        }
        if !filter.categories.is_empty() {
            query = query.filter(issue::category.eq_any(&filter.categories));
        }
        if let Some(point) = &filter.point {
            let near = issue_point::table
                .filter(issue_point::point.eq(point))
                .filter(issue_point::to_seq.eq(STILL))
                .select(issue_point::issue_id);
            query = query.filter(issue::id.eq_any(near));
        }
        if !filter.areas.is_empty() {
            query = query.filter(issue::area.eq_any(&filter.areas));
        }
        if let Some([west, south, east, north]) = filter.bbox {
            query = query
                .filter(issue::lat.between(south, north))
                .filter(issue::lon.between(west, east));
        }
        if let Some(before) = filter.due_before {
            query = query.filter(issue::due_order.lt(At(before)));
        }
        if let Some(from) = filter.due_after {
            query = query.filter(issue::due_order.ge(At(from)));
        }
        if let Some(unrouted) = filter.unrouted {
            query = query.filter(issue::unrouted.eq(unrouted));
        }
        if let Some(text) = &filter.text {
            query = match text.parse::<i64>() {
                Ok(number) => query.filter(issue::id.eq(number)),
                Err(_not_a_number) => {
                    query.filter(lower(issue::note).like(lower(like(text))).escape('\\'))
                }
            };
        }
        match order {
            Order::Due => {
                if let (Some(key), Some(due)) = (after, after_due) {
                    // The first condition says no more than the second, but an index can start at it.
                    let later = issue::due_order.gt(due);
                    query = query
                        .filter(issue::due_order.ge(due))
                        .filter(later.or(issue::due_order.eq(due).and(issue::id.gt(key.id))));
                }
                query = query.order((issue::due_order.asc(), issue::id.asc()));
            }
            Order::Newest => {
                if let Some(key) = after {
                    query = query.filter(issue::id.lt(key.id));
                }
                query = query.order(issue::id.desc());
            }
        }
        query.load(c)
    })?;
    rows.into_iter().map(Row::issue).collect()
}

/// A LIKE pattern that finds the text itself, whatever signs are in it.
fn like(text: &str) -> String {
    let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{plain}%")
}
