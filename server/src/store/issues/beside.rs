//! What is kept beside an issue's row, so that it is found by it: its points and cooperating bureaus.

use diesel::prelude::*;
use schema::tables::{issue_bureau, issue_point};
use schema::{Conn, insert_all, on};

use super::{Issue, NearPoint};
use crate::problem::Error;
use crate::store::spans::STILL;

#[derive(Insertable)]
#[diesel(table_name = issue_point)]
#[diesel(treat_none_as_default_value = false)]
struct NearRow {
    point: String,
    issue_id: i64,
    band: String,
    distance_m: f64,
    from_seq: i64,
    to_seq: i64,
}

impl NearRow {
    fn of(issue_id: i64, near: &NearPoint, from_seq: i64) -> Self {
        let NearPoint { code, band, distance_m } = near.clone();
        Self { point: code, issue_id, band, distance_m, from_seq, to_seq: STILL }
    }
}

#[derive(Insertable)]
#[diesel(table_name = issue_bureau)]
#[diesel(treat_none_as_default_value = false)]
struct CooperatingRow {
    bureau: String,
    issue_id: i64,
}

/// Inserts the points and cooperating bureaus of new issues.
pub(super) fn insert(conn: &mut Conn, new: &[&Issue]) -> Result<(), Error> {
    let near = |issue: &Issue| -> Vec<NearRow> {
        issue.detail.points.iter().map(|near| NearRow::of(issue.id, near, 0)).collect()
    };
    let points: Vec<NearRow> = new.iter().flat_map(|issue| near(issue)).collect();
    insert_all!(conn, issue_point::table, &points);
    let cooperating = |issue: &Issue| -> Vec<CooperatingRow> {
        let row = |bureau: &String| CooperatingRow { bureau: bureau.clone(), issue_id: issue.id };
        issue.state.cooperating.iter().map(row).collect()
    };
    let bureaus: Vec<CooperatingRow> = new.iter().flat_map(|issue| cooperating(issue)).collect();
    insert_all!(conn, issue_bureau::table, &bureaus);
    Ok(())
}

/// Makes the points of an issue `now`, where they were `before`, from a feed number on.
///
/// Each row is named whole: by the issue alone the whole table would be searched.
pub fn save_points(
    conn: &mut Conn,
    id: i64,
    seq: i64,
    before: &[NearPoint],
    now: &[NearPoint],
) -> Result<(), Error> {
    for gone in before.iter().filter(|near| !now.contains(near)) {
        let still = issue_point::table
            .filter(issue_point::point.eq(&gone.code))
            .filter(issue_point::issue_id.eq(id))
            .filter(issue_point::to_seq.eq(STILL));
        on!(conn, |c| diesel::update(still).set(issue_point::to_seq.eq(seq)).execute(c))?;
    }
    let new = now.iter().filter(|near| !before.contains(near));
    let rows: Vec<NearRow> = new.map(|near| NearRow::of(id, near, seq)).collect();
    insert_all!(conn, issue_point::table, &rows);
    Ok(())
}

/// Makes the cooperating bureaus of an issue `now`, where they were `before`.
///
/// Each row is named whole: by the issue alone the whole table would be searched.
pub fn save_cooperating(
    conn: &mut Conn,
    id: i64,
    before: &[String],
    now: &[String],
) -> Result<(), Error> {
    for bureau in before.iter().filter(|bureau| !now.contains(bureau)) {
        on!(conn, |c| diesel::delete(issue_bureau::table.find((bureau, id))).execute(c))?;
    }
    for bureau in now.iter().filter(|bureau| !before.contains(bureau)) {
        on!(conn, |c| diesel::insert_into(issue_bureau::table)
            .values((issue_bureau::bureau.eq(bureau), issue_bureau::issue_id.eq(id)))
            .execute(c))?;
    }
    Ok(())
}
