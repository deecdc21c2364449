//! The issues in one point's surroundings.

use diesel::prelude::*;
use domain::access::Scope;
use schema::tables::{issue, issue_point};
use schema::{Conn, on};

use super::issues::{Issue, Row};
use super::sight::cut;
use super::spans::STILL;
use crate::problem::Error;

/// How many issues of a cluster are alike in band, category and stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// `core`, `near` or `wide`.
    pub band: String,
    /// Category code.
    pub category: Option<String>,
    /// Stage.
    pub stage: String,
    /// How many.
    pub count: i64,
}

/// Which part of a cluster to look at.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// One band.
    pub band: Option<String>,
    /// One category.
    pub category: Option<String>,
    /// One stage.
    pub stage: Option<String>,
}

/// The rows of a point's cluster that a reader may see and asks for.
macro_rules! cluster {
    ($point:expr, $scope:expr, $part:expr, $select:expr) => {{
        let all = issue_point::table
            .inner_join(issue::table.on(issue::id.eq(issue_point::issue_id)))
            .filter(issue_point::point.eq($point))
            .filter(issue_point::to_seq.eq(STILL))
            .select($select)
            .into_boxed();
        let mut query = cut!(all, $scope);
        if let Some(band) = &$part.band {
            query = query.filter(issue_point::band.eq(band));
        }
        if let Some(category) = &$part.category {
            query = query.filter(issue::category.eq(category));
        }
        if let Some(stage) = &$part.stage {
            query = query.filter(issue::stage.eq(stage));
        }
        query
    }};
}

/// The cluster of a point, counted.
pub fn list_alike(
    conn: &mut Conn,
    point: &str,
    scope: &Scope,
    part: &Part,
) -> Result<Vec<Alike>, Error> {
    let rows: Vec<(String, Option<String>, String)> = on!(conn, |c| {
        cluster!(point, scope, part, (issue_point::band, issue::category, issue::stage)).load(c)
    })?;
    let mut counts = std::collections::BTreeMap::new();
    for row in rows {
        *counts.entry(row).or_insert(0) += 1;
    }
    let alike = |((band, category, stage), count)| Alike { band, category, stage, count };
    Ok(counts.into_iter().map(alike).collect())
}

/// A page of the cluster's issues by number, newest first, each with its band and distance in metres.
pub fn list(
    conn: &mut Conn,
    point: &str,
    scope: &Scope,
    part: &Part,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<(Issue, String, f64)>, Error> {
    let rows: Vec<(Row, String, f64)> = on!(conn, |c| {
        let select = (Row::as_select(), issue_point::band, issue_point::distance_m);
        let mut query = cluster!(point, scope, part, select);
        if let Some(before) = before {
            query = query.filter(issue_point::issue_id.lt(before));
        }
        query.order(issue_point::issue_id.desc()).limit(limit).load(c)
    })?;
    rows.into_iter().map(|(row, band, distance)| Ok((row.issue()?, band, distance))).collect()
}
