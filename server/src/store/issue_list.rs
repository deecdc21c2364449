//! Lists of issues: filtered, cut to what the reader may see, paged by key.

use diesel::prelude::*;
use domain::access::Scope;
use domain::surroundings::Band;
use domain::workflow::Stage;
use jiff::Timestamp;
use schema::columns::At;
use schema::tables::{issue, issue_offer, issue_point, part_span};
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
    /// The cooperating bureau that owes its part.
    pub owes_part: Option<String>,
    /// The bureau that it is offered to, and that has not declined.
    pub offered_to: Option<String>,
    /// Offered to whoever may own it, or not.
    pub offered: Option<bool>,
    /// The lead itself; [`Lead::Nobody`] for issues that have none.
    pub lead: Option<Lead>,
    /// Any of these stages.
    pub stages: Vec<Stage>,
    /// Open, or ended.
    pub open: Option<bool>,
    /// Any of these categories.
    pub categories: Vec<String>,
    /// In this point's surroundings.
    pub point: Option<String>,
    /// And there in this band.
    pub band: Option<Band>,
    /// In any of these areas (the finest).
    pub areas: Vec<String>,
    /// West, south, east, north; WGS-84 degrees.
    pub bbox: Option<[f64; 4]>,
    /// Limit before this.
    pub due_before: Option<Timestamp>,
    /// Limit at or after this.
    pub due_after: Option<Timestamp>,
    /// Reported at or after this, and in the figures.
    pub new_since: Option<Timestamp>,
    /// Open, and a bureau still owes work on it.
    pub owes_work: bool,
    /// Filed, and no bureau found.
    pub unrouted: Option<bool>,
    /// Sent back by its lead.
    pub returned: Option<bool>,
    /// Kept from bureaus, or not.
    pub blind: Option<bool>,
    /// A photo of its reports has arrived.
    pub with_photo: bool,
    /// Fixed by whoever found it.
    pub self_handled: Option<bool>,
    /// What was self-handled, and the desk has looked at.
    pub checked: Option<bool>,
    /// Something was asked for, and nobody has decided.
    pub asked: Option<bool>,
    /// In the note, or the issue's number.
    pub text: Option<String>,
}

impl Filter {
    /// The same, saying that issues are open wherever that follows from the rest: the index on limits
    /// holds open issues apart, and a database does not know what a stage means.
    #[must_use]
    pub fn sharpened(self) -> Self {
        let stages = &self.stages;
        let all_open = !stages.is_empty() && stages.iter().all(|stage| stage.is_open());
        let follows = all_open
            || self.owes_work
            || self.unrouted == Some(true)
            || self.returned == Some(true)
            || self.owes_part.is_some()
            || self.offered_to.is_some()
            || self.offered == Some(true)
            || self.asked == Some(true);
        Self { open: self.open.or(follows.then_some(true)), ..self }
    }
}

/// Who answers for an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// The bureau with this code.
    Bureau(String),
    /// No bureau yet.
    Nobody,
}

/// Narrows a boxed query over `issue` to what a [`Filter`] asks for.
macro_rules! narrowed {
    ($query:expr, $filter:expr) => {{
        let (mut query, filter): (_, &Filter) = ($query, $filter);
        if let Some(code) = &filter.bureau {
            query = query.filter(is_on!(code));
        }
        if let Some(code) = &filter.owes_part {
            let owed = part_span::table
                .filter(part_span::bureau.eq(code))
                .filter(part_span::to_seq.eq(STILL))
                .filter(part_span::owed.eq(true))
                .select(part_span::issue_id);
            query = query.filter(issue::id.eq_any(owed));
        }
        if let Some(code) = &filter.offered_to {
            let asked = issue_offer::table
                .filter(issue_offer::bureau.eq(code))
                .filter(issue_offer::declined.eq(false))
                .select(issue_offer::issue_id);
            query = query.filter(issue::id.eq_any(asked));
        }
        query = match filter.offered {
            None => query,
            Some(true) => {
                query.filter(issue::id.eq_any(issue_offer::table.select(issue_offer::issue_id)))
            }
            Some(false) => {
                query.filter(issue::id.ne_all(issue_offer::table.select(issue_offer::issue_id)))
            }
        };
        query = match &filter.lead {
            None => query,
            Some(Lead::Bureau(code)) => query.filter(issue::lead.eq(code)),
            Some(Lead::Nobody) => query.filter(issue::lead.is_null()),
        };
        if !filter.stages.is_empty() {
            query = query.filter(issue::stage.eq_any(filter.stages.iter().map(|s| s.word())));
        }
        if let Some(open) = filter.open {
            query = query.filter(issue::is_open.eq(open));
        }
        if filter.owes_work {
            query = query.filter(issue::stage.ne_all(worked()));
        }
        if let Some(since) = filter.new_since {
            // Found apart: in the order of limits, the newest may stand at the very end.
            let newer = diesel::alias!(issue as newer);
            let since = newer.field(issue::reported_at).ge(At(since));
            let new = newer.filter(since).select(newer.field(issue::id));
            query = query.filter(issue::id.eq_any(new)).filter(issue::stage.ne_all(uncounted()));
        }
        if !filter.categories.is_empty() {
            query = query.filter(issue::category.eq_any(&filter.categories));
        }
        if let Some(point) = &filter.point {
            let bands =
                Band::ALL.into_iter().filter(|band| filter.band.is_none_or(|of| of == *band));
            let near = issue_point::table
                .filter(issue_point::point.eq(point))
                .filter(issue_point::to_seq.eq(STILL))
                .filter(issue_point::band.eq_any(bands.map(Band::word)))
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
        query = match filter.returned {
            None => query,
            Some(true) => query.filter(issue::stage.eq(Stage::Returned.word())),
            Some(false) => query.filter(issue::stage.ne(Stage::Returned.word())),
        };
        if let Some(self_handled) = filter.self_handled {
            query = query.filter(issue::self_handled.eq(self_handled));
        }
        if let Some(checked) = filter.checked {
            query = query.filter(issue::self_handled.eq(true)).filter(issue::checked.eq(checked));
        }
        if let Some(asked) = filter.asked {
            query = query.filter(issue::asked.eq(asked));
        }
        if let Some(blind) = filter.blind {
            query = query.filter(issue::blind.eq(blind));
        }
        if filter.with_photo {
            query = query.filter(issue::photos_stored.gt(0));
        }
        if let Some(text) = &filter.text {
            query = match text.parse::<i64>() {
                Ok(number) => query.filter(issue::id.eq(number)),
                Err(_not_a_number) => {
                    query.filter(lower(issue::note).like(lower(like(text))).escape('\\'))
                }
            };
        }
        query
    }};
}

/// Stages in which no bureau owes work.
fn worked() -> Vec<&'static str> {
    Stage::ALL.into_iter().filter(|stage| !stage.owes_work()).map(Stage::word).collect()
}

/// Stages that are in no figure.
fn uncounted() -> Vec<&'static str> {
    Stage::ALL.into_iter().filter(|stage| !stage.is_counted()).map(Stage::word).collect()
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
    fn due(self) -> At {
        At(Timestamp::from_microsecond(self.due).unwrap_or(At::NEVER.0))
    }

    /// The key of a row.
    pub fn of(issue: &Issue) -> Self {
        Self { due: At::or_never(issue.state.next_due_at()).0.as_microsecond(), id: issue.id }
    }
}

/// Puts a boxed query over `issue` into an order, from a key on.
macro_rules! ordered {
    ($query:expr, $order:expr, $after:expr) => {{
        let (query, after): (_, Option<Key>) = ($query, $after);
        match $order {
            Order::Due => {
                let query = match after.map(|key| (key, key.due())) {
                    // The first condition says no more than the second, but an index can start at it.
                    Some((key, due)) => query.filter(issue::due_order.ge(due)).filter(
                        issue::due_order
                            .gt(due)
                            .or(issue::due_order.eq(due).and(issue::id.gt(key.id))),
                    ),
                    None => query,
                };
                query.order((issue::due_order.asc(), issue::id.asc()))
            }
            Order::Newest => {
                let query = match after {
                    Some(key) => query.filter(issue::id.lt(key.id)),
                    None => query,
                };
                query.order(issue::id.desc())
            }
        }
    }};
}

/// The numbers of the issues that are asked for, at most `limit`.
pub fn list_ids(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    order: Order,
    limit: i64,
) -> Result<Vec<i64>, Error> {
    Ok(on!(conn, |c| {
        let every = issue::table.select(issue::id).limit(limit).into_boxed();
        ordered!(narrowed!(cut!(every, scope), filter), order, None).load(c)
    })?)
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
    let rows: Vec<Row> = on!(conn, |c| {
        let every = issue::table.select(Row::as_select()).limit(limit).into_boxed();
        ordered!(narrowed!(cut!(every, scope), filter), order, after).load(c)
    })?;
    rows.into_iter().map(Row::issue).collect()
}

/// A LIKE pattern that finds the text itself, whatever signs are in it.
fn like(text: &str) -> String {
    let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{plain}%")
}
