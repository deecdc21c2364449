//! Rows as they stand in the tables, taken back from what the server wrote.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::workflow::Event;
use schema::columns::{At, Doc, Uid};
use schema::tables::{event, feed, issue, issue_bureau, issue_point, issue_span, photo, report};
use schema::{Conn, on};
use uuid::Uuid;
use zhoubian::store::photos::Photo;

use crate::measure::Outcome;

macro_rules! rows {
    ($($(#[$meta:meta])* $Row:ident of $table:ident { $($column:ident: $type:ty),+ $(,)? })+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Queryable, Selectable, Insertable)]
        #[diesel(table_name = $table)]
        #[diesel(treat_none_as_default_value = false)]
        pub struct $Row { $(pub $column: $type),+ }
    )+ };
}

rows! {
    /// A row of `issue`.
    #[derive(AsChangeset)]
    #[diesel(treat_none_as_null = true)]
    IssueRow of issue {
        id: i64, version: i64, stage: String, is_open: bool, unrouted: bool, blind: bool,
        self_handled: bool, checked: bool, asked: bool,
        category: Option<String>, lead: Option<String>, area: Option<String>, lat: Option<f64>,
        lon: Option<f64>, due_order: At, reported_at: At, match_key: Option<i64>, source: String,
        note: String, photos_expected: i32, photos_stored: i32, state: Doc, detail: Doc, hash: Vec<u8>,
        reference_version: i64,
    }
    /// A row of `issue_point`.
    PointRow of issue_point {
        point: String, issue_id: i64, band: String, distance_m: f64, from_seq: i64, to_seq: i64,
    }
    /// A row of `issue_bureau`.
    BureauRow of issue_bureau { bureau: String, issue_id: i64 }
    /// A row of `issue_span`.
    SpanRow of issue_span {
        issue_id: i64, from_seq: i64, to_seq: i64, void: bool, blind: bool, lead: Option<String>,
        area: Option<String>, category: Option<String>, first_due_at: Option<At>, due_at: Option<At>,
        handled_at: Option<At>, closed_at: Option<At>, late_at: Option<At>, node: Option<i64>, rework: i32, extended: bool, self_handled: bool,
        suspended_at: Option<At>,
    }
    /// A row of `report`.
    ReportRow of report {
        id: Uid, issue_id: i64, reporter: i64, received_at: At, content_hash: Vec<u8>, body: Doc, receipt: Doc,
    }
    /// A row of `event`.
    EventRow of event {
        seq: i64, issue_id: i64, n: i64, kind: String, at: At, actor: i64, bureau: Option<String>,
        command: Option<Uid>, payload: Doc, hash: Vec<u8>,
    }
    /// A row of `feed`.
    FeedRow of feed { audience: String, seq: i64, issue_id: i64 }
}

/// All rows of one report.
#[derive(Debug, Clone)]
pub struct Kept {
    /// It opened its issue.
    pub opens: bool,
    /// That issue, as it stood at the end.
    pub issue: IssueRow,
    /// The report.
    pub report: ReportRow,
    /// Its photos.
    pub photos: Vec<Photo>,
    /// Of the issue, if it opened it.
    pub points: Vec<PointRow>,
    /// Of the issue, if it opened it.
    pub bureaus: Vec<BureauRow>,
    /// What it caused.
    pub events: Vec<EventRow>,
    /// Who was told.
    pub feed: Vec<FeedRow>,
    /// How it counts.
    pub spans: Vec<SpanRow>,
}

/// Everything the server wrote after feed number `after`, report by report, in the order of the feed.
pub fn written(conn: &mut Conn, after: i64) -> Outcome<Vec<Kept>> {
    let events: Vec<EventRow> = on!(conn, |c| event::table
        .filter(event::seq.gt(after))
        .order(event::seq)
        .select(EventRow::as_select())
        .load(c))?;
    let mut feed = by(
        on!(conn, |c| feed::table
            .filter(feed::seq.gt(after))
            .select(FeedRow::as_select())
            .load(c))?,
        |row| row.seq,
    );
    let mut spans = by(
        on!(conn, |c| issue_span::table
            .filter(issue_span::from_seq.gt(after))
            .select(SpanRow::as_select())
            .load(c))?,
        |row| row.from_seq,
    );
    let mut beside = Beside::of_all(conn)?;
    let mut kept = Vec::new();
    let mut rest = events.as_slice();
    while let Some((first, _)) = rest.split_first() {
        // A report's events have numbers in a row; the next report's begins with one of these.
        let begins = |row: &EventRow| matches!(row.kind.as_str(), "reported" | "joined");
        let count = 1 + rest[1..].iter().take_while(|row| !begins(row)).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        let (Event::Reported { report, .. } | Event::Joined { report, .. }) =
            first.payload.read()?
        else {
            return Err("an event of no report".into());
        };
        let last = own.last().map_or(0, |row| row.seq);
        let (feed, spans) =
            (feed.remove(&last).unwrap_or_default(), spans.remove(&last).unwrap_or_default());
        kept.push(one(conn, Uuid::parse_str(&report)?, own.to_vec(), feed, spans, &mut beside)?);
    }
    Ok(kept)
}

fn by<T>(rows: Vec<T>, key: impl Fn(&T) -> i64) -> HashMap<i64, Vec<T>> {
    rows.into_iter().fold(HashMap::new(), |mut all: HashMap<i64, Vec<T>>, row| {
        all.entry(key(&row)).or_default().push(row);
        all
    })
}

/// What stands beside issues, by their numbers. Read whole: neither table can be searched by an issue.
struct Beside {
    points: HashMap<i64, Vec<PointRow>>,
    bureaus: HashMap<i64, Vec<BureauRow>>,
}

impl Beside {
    fn of_all(conn: &mut Conn) -> Outcome<Self> {
        let points = on!(conn, |c| issue_point::table.select(PointRow::as_select()).load(c))?;
        let bureaus = on!(conn, |c| issue_bureau::table.select(BureauRow::as_select()).load(c))?;
        Ok(Self {
            points: by(points, |row| row.issue_id),
            bureaus: by(bureaus, |row| row.issue_id),
        })
    }
}

fn one(
    conn: &mut Conn,
    id: Uuid,
    events: Vec<EventRow>,
    feed: Vec<FeedRow>,
    spans: Vec<SpanRow>,
    beside: &mut Beside,
) -> Outcome<Kept> {
    let report: ReportRow =
        on!(conn, |c| report::table.find(Uid(id)).select(ReportRow::as_select()).first(c))?;
    let number = report.issue_id;
    let issue = on!(conn, |c| issue::table.find(number).select(IssueRow::as_select()).first(c))?;
    let opens = events.first().is_some_and(|row| row.kind == "reported");
    let (mut points, mut bureaus) = (Vec::new(), Vec::new());
    if opens {
        points = beside.points.remove(&number).unwrap_or_default();
        bureaus = beside.bureaus.remove(&number).unwrap_or_default();
    }
    let photos = on!(conn, |c| photo::table
        .filter(photo::issue_id.eq(number))
        .filter(photo::subject.eq(Uid(id)))
        .select(Photo::as_select())
        .load(c))?;
    Ok(Kept { opens, issue, report, photos, points, bureaus, events, feed, spans })
}
