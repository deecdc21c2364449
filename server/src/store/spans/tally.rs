//! Counts a period in the database, by what [`domain::figures`] says of each span: a month of a large district is
//! a hundred thousand of them.

use diesel::RunQueryDsl;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use domain::figures::{Period, Tally};
use schema::columns::At;
use schema::columns::sql::Instant;
use schema::{Conn, dialect, on};

use super::{By, node};
use crate::problem::Error;

/// Spans of three kinds can count in a period: which they are, and which of them are due, closed in it, and subtracted
/// from what is due. No span is of two kinds.
struct Kind {
    spans: &'static str,
    due: &'static str,
    closed: &'static str,
    suspended: &'static str,
}

/// Closed in it: due there, whatever the limit.
const CLOSED_IN: Kind = Kind {
    spans: "s.closed_at >= {from} AND s.closed_at < {to}",
    due: "NOT s.self_handled AND s.due_at IS NOT NULL",
    closed: "NOT s.self_handled AND s.due_at IS NOT NULL",
    suspended: "1 = 0",
};

/// Closed after it, and after a limit that fell before its end.
const CLOSED_LATER: Kind = Kind {
    spans: "s.late_at >= {to} AND s.due_at < {to}",
    due: "NOT s.self_handled",
    closed: "1 = 0",
    suspended: "1 = 0",
};

/// Open, with a limit before its end: due, unless the clock stands still since before its end.
const OPEN: Kind = Kind {
    spans: "s.node IN ({nodes}) AND s.due_at < {to}",
    due: "NOT s.self_handled AND (s.suspended_at IS NULL OR s.suspended_at >= {to})",
    closed: "1 = 0",
    suspended: "NOT s.self_handled AND s.suspended_at < {to} AND (s.suspended_at >= {from} OR s.due_at >= {from})",
};

impl Kind {
    fn select(&self, by: By) -> String {
        let Self { spans, due, closed, suspended } = self;
        let (code, join) = match by {
            By::Total => ("CAST(NULL AS TEXT)", ""),
            By::Bureau => ("s.lead", ""),
            By::Area => ("s.area", ""),
            By::Point => ("p.point", POINTS),
        };
        let group = if by == By::Total { "s.self_handled" } else { code };
        let count = |which: &str| format!("SUM(CASE WHEN {which} THEN 1 ELSE 0 END)");
        let sums = [
            count(due),
            count(&format!("{due} AND s.handled_at < {{to}}")),
            count(&format!("{due} AND s.handled_at < {{to}} AND s.handled_at <= s.due_at")),
            count(closed),
            count(&format!("{closed} AND s.closed_at <= s.due_at")),
            count(&format!("{closed} AND s.closed_at <= COALESCE(s.first_due_at, s.due_at)")),
            format!("SUM(CASE WHEN {due} THEN s.rework ELSE 0 END)"),
            count(&format!("{due} AND s.extended")),
            count(suspended),
            count("s.self_handled AND s.closed_at >= {from} AND s.closed_at < {to}"),
        ];
        let columns: Vec<String> =
            COLUMNS.iter().zip(sums).map(|(name, sum)| format!("{sum} AS {name}")).collect();
        format!(
            "SELECT {code} AS code, {} FROM issue_span s {join} WHERE {spans} \
             AND s.from_seq <= {{as_of}} AND s.to_seq > {{as_of}} \
             AND ({{blind}} OR NOT s.blind) AND ({{all}} OR s.lead = {{lead}}) GROUP BY {group}",
            columns.join(", ")
        )
    }
}

/// The points that an issue lay around.
const POINTS: &str = "JOIN issue_point p ON p.issue_id = s.issue_id \
    AND p.from_seq <= {as_of} AND p.to_seq > {as_of}";

/// The fields of [`Sums`], in the order in which they are summed up.
const COLUMNS: [&str; 10] = [
    "due",
    "handled",
    "handled_on_time",
    "closed",
    "closed_on_time",
    "closed_on_first_limit",
    "rework",
    "extended",
    "suspended",
    "self_handled",
];

#[derive(diesel::QueryableByName)]
struct Sums {
    #[diesel(sql_type = Nullable<Text>)]
    code: Option<String>,
    #[diesel(sql_type = BigInt)]
    due: i64,
    #[diesel(sql_type = BigInt)]
    handled: i64,
    #[diesel(sql_type = BigInt)]
    handled_on_time: i64,
    #[diesel(sql_type = BigInt)]
    closed: i64,
    #[diesel(sql_type = BigInt)]
    closed_on_time: i64,
    #[diesel(sql_type = BigInt)]
    closed_on_first_limit: i64,
    #[diesel(sql_type = BigInt)]
    rework: i64,
    #[diesel(sql_type = BigInt)]
    extended: i64,
    #[diesel(sql_type = BigInt)]
    suspended: i64,
    #[diesel(sql_type = BigInt)]
    self_handled: i64,
}

impl Sums {
    fn tally(&self) -> Tally {
        let count = |sum: i64| u64::try_from(sum).unwrap_or(0);
        Tally {
            due: count(self.due),
            handled: count(self.handled),
            handled_on_time: count(self.handled_on_time),
            closed: count(self.closed),
            closed_on_time: count(self.closed_on_time),
            closed_on_first_limit: count(self.closed_on_first_limit),
            rework: count(self.rework),
            extended: count(self.extended),
            suspended: count(self.suspended),
            self_handled: count(self.self_handled),
        }
    }
}

/// The counts of a period as of a feed number, each under the code it was counted under.
///
/// `head` is the highest feed number there is. `lead` cuts to one bureau; `blind` includes findings that bureaus
/// cannot see. A code can come more than once: its counts are added up.
pub fn tally(
    conn: &mut Conn,
    period: Period,
    (as_of, head): (i64, i64),
    by: By,
    lead: Option<&str>,
    blind: bool,
) -> Result<Vec<(Option<String>, Tally)>, Error> {
    let nodes: Vec<String> = node::above(as_of, head).iter().map(i64::to_string).collect();
    let kinds = [CLOSED_IN, CLOSED_LATER, OPEN].map(|kind| kind.select(by));
    let mut text = kinds.join(" UNION ALL ").replace("{nodes}", &nodes.join(", "));
    let asked = ["{from}", "{to}", "{as_of}", "{blind}", "{all}", "{lead}"];
    for (n, name) in asked.into_iter().enumerate() {
        text = text.replace(name, &dialect::placeholder(conn, n + 1));
    }
    let rows: Vec<Sums> = on!(conn, |c| diesel::sql_query(&text)
        .bind::<Instant, _>(At(period.from()))
        .bind::<Instant, _>(At(period.to()))
        .bind::<BigInt, _>(as_of)
        .bind::<Bool, _>(blind)
        .bind::<Bool, _>(lead.is_none())
        .bind::<Text, _>(lead.unwrap_or_default())
        .load(c))?;
    Ok(rows.into_iter().map(|sums| (sums.code.clone(), sums.tally())).collect())
}
