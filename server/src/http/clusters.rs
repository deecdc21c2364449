//! `/points/{code}/cluster`: what is wrong around a point.

use std::collections::BTreeMap;

use actix_web::get;
use actix_web::web::{Data, Json, Path, Query};
use domain::access::{Action, Subject, may, scope};
use domain::surroundings::Band;
use domain::workflow::Stage;
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::ReadProblems;
use crate::http::issues::page_size;
use crate::intake::check_text;
use crate::problem::Error;
use crate::store::points::{self, Alike, Part};
use crate::viewings::{Way, shown};
use crate::views::PositionView;

/// Which part of the cluster.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClusterQuery {
    /// `core`, `near` or `wide`.
    #[param(example = "core")]
    band: Option<String>,
    /// A category code.
    category: Option<String>,
    /// A stage.
    stage: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Issues on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

/// How many of a kind.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "0101", "name": "暴露垃圾", "total": 12, "open": 5}))]
pub struct Share {
    /// Band, category code or stage.
    pub code: String,
    /// The category's name.
    pub name: Option<String>,
    /// All.
    pub total: i64,
    /// Those still open.
    pub open: i64,
}

/// One issue of a cluster.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClusterIssue {
    /// Its number.
    pub id: i64,
    /// How near.
    pub band: String,
    /// From the point's edge, metres.
    pub distance_m: f64,
    /// Where it stands.
    pub stage: String,
    /// Category code.
    pub category: Option<String>,
    /// Where it is.
    pub position: Option<PositionView>,
    /// Its limit.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
}

/// A point's cluster 周边问题.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Cluster {
    /// The point's code.
    pub point: String,
    /// All issues in its surroundings that the reader may see and asks for.
    pub total: i64,
    /// Those still open.
    pub open: i64,
    /// By band, the nearest first.
    pub by_band: Vec<Share>,
    /// By category, the most first.
    pub by_category: Vec<Share>,
    /// By stage, in the order of an issue's life.
    pub by_stage: Vec<Share>,
    /// A page of them, the newest first.
    pub issues: Vec<ClusterIssue>,
    /// Cursor of the next page; null on the last.
    pub next: Option<String>,
}

/// Read a point's cluster
///
/// The issues in its surroundings, counted by band, category and stage, and a page of them.
#[utoipa::path(
    tag = "points",
    operation_id = "get_point_cluster",
    params(("code" = String, Path, description = "The point's code.", example = "P001"), ClusterQuery),
    responses((status = 200, description = "The cluster.", body = Cluster), ReadProblems)
)]
#[get("/points/{code}/cluster")]
pub async fn get_point_cluster(
    app: Data<App>,
    who: SignedIn,
    code: Path<String>,
    query: Query<ClusterQuery>,
) -> Result<Json<Cluster>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::GetPointCluster, &Subject::None)?;
    let gazetteer = app.gazetteer();
    let code = code.into_inner();
    gazetteer.point(&code).ok_or(Error::NotFound)?;
    let ClusterQuery { band, category, stage, after, limit } = query.into_inner();
    let part = part(band, category, stage)?;
    let before: Option<i64> = after.as_deref().map(cursor::read).transpose()?;
    let (size, scope, point) = (page_size(limit)?, scope(&actor), code.clone());
    let read = move |conn: &mut Conn| {
        let alike = points::list_alike(conn, &point, &scope, &part)?;
        let found = points::list(conn, &point, &scope, &part, before, size + 1)?;
        Ok::<_, Error>((alike, found))
    };
    let (alike, found) = app.db.read(read).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let account = actor.account;
    shown(&app, account, Way::Listed, found.iter().take(size).map(|(issue, ..)| issue)).await?;
    let next = (found.len() > size).then(|| cursor::write(&found[size - 1].0.id)).transpose()?;
    let issues = found.into_iter().take(size).map(|(issue, band, distance_m)| ClusterIssue {
        id: issue.id,
        band,
        distance_m,
        stage: issue.state.stage.word().to_owned(),
        category: issue.state.category,
        position: issue.detail.position.map(|p| PositionView { lat: p.lat, lon: p.lon }),
        due_at: issue.state.due_at,
    });
    let issues = issues.collect();
    Ok(Json(counted(code, &alike, &gazetteer, issues, next)))
}

fn part(
    band: Option<String>,
    category: Option<String>,
    stage: Option<String>,
) -> Result<Part, Error> {
    if let Some(band) = band.as_deref().filter(|word| word.parse::<Band>().is_err()) {
        return Err(Error::invalid(
            "band-unknown",
            format!("`band` {band} is not core, near or wide."),
        ));
    }
    if let Some(stage) =
        stage.as_deref().filter(|word| !Stage::ALL.iter().any(|s| s.word() == *word))
    {
        return Err(Error::invalid("stage-unknown", format!("`stage` {stage} is not a stage.")));
    }
    check_text("category", category.as_deref().unwrap_or_default())?;
    Ok(Part { band, category, stage })
}

fn counted(
    point: String,
    alike: &[Alike],
    gazetteer: &Gazetteer,
    issues: Vec<ClusterIssue>,
    next: Option<String>,
) -> Cluster {
    let mut by_band = shares(alike, |row| Some(row.band.clone()));
    by_band.sort_by_key(|share| Band::ALL.iter().position(|band| band.word() == share.code));
    let mut by_stage = shares(alike, |row| Some(row.stage.clone()));
    by_stage.sort_by_key(|share| Stage::ALL.iter().position(|stage| stage.word() == share.code));
    let mut by_category = shares(alike, |row| row.category.clone());
    for share in &mut by_category {
        share.name = gazetteer.category(&share.code).map(|known| known.name.clone());
    }
    by_category.sort_by_key(|share| (-share.total, share.code.clone()));
    Cluster {
        point,
        total: alike.iter().map(|row| row.count).sum(),
        open: alike.iter().filter(|row| is_open(row)).map(|row| row.count).sum(),
        by_band,
        by_category,
        by_stage,
        issues,
        next,
    }
}

fn is_open(row: &Alike) -> bool {
    Stage::ALL.iter().any(|stage| stage.word() == row.stage && stage.is_open())
}

fn shares(alike: &[Alike], code: impl Fn(&Alike) -> Option<String>) -> Vec<Share> {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for row in alike {
        let Some(code) = code(row) else { continue };
        let share =
            shares.entry(code.clone()).or_insert(Share { code, name: None, total: 0, open: 0 });
        share.total += row.count;
        share.open += if is_open(row) { row.count } else { 0 };
    }
    shares.into_values().collect()
}
