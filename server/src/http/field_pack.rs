//! `/field-pack`: what an inspector needs for a day without a network, in one download.

use actix_web::http::header::{CACHE_CONTROL, ETAG, EntityTag};
use actix_web::web::{Bytes, Data, Query, block};
use actix_web::{HttpRequest, HttpResponse, get};
use domain::access::{Action, Subject, may};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::actions::record::hex;
use crate::app::App;
use crate::gazetteer::{Gazetteer, LayerOf};
use crate::http::actor::SignedIn;
use crate::http::categories::{CategoryQuery, CategoryView};
use crate::http::cursor::{FeedCursor, PackCursor, scope_name};
use crate::http::documented::SnapshotProblems;
use crate::http::maps::{MOST_FEATURES, too_many};
use crate::http::pages::is_known;
use crate::http::reference::{PointView, SiteKindView};
use crate::intake::canonical_hash;
use crate::problem::Error;
use crate::pull::OpenIssues;
use crate::views::IssueView;

/// What the client holds already.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PackQuery {
    /// `version` of the pack it holds; without it, a whole pack.
    after: Option<String>,
}

/// What an inspector needs in the field, or what changed of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldPack {
    /// What the client holds once it has taken this in: `after` of its next request.
    pub version: String,
    /// There is more: ask again with this `version`.
    pub has_more: bool,
    /// Whether this is a whole pack, or its first part: then what the client held before is void.
    pub is_whole: bool,
    /// Where `GET /changes` goes on from once there is no more.
    pub changes: String,
    /// Reference data, whole; null where the client holds its newest version.
    pub reference: Option<PackedReference>,
    /// Open issues: those the inspector reported and those in their duty areas.
    pub issues: Vec<IssueView>,
    /// Numbers of issues to drop: they ended, or left the inspector's sight.
    pub removed: Vec<i64>,
}

/// Reference data of the inspector's duty areas, and of the whole district where they have none.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackedReference {
    /// Its version.
    pub version: i64,
    /// What can be reported: published conditions of every standard.
    pub categories: Vec<CategoryView>,
    /// Kinds of site, each with its checklist.
    pub site_kinds: Vec<SiteKindView>,
    /// Points whose surroundings reach the duty areas.
    pub points: Vec<PointView>,
    /// The duty areas, GeoJSON as from `GET /areas`.
    #[schema(value_type = Object)]
    pub areas: Box<RawValue>,
    /// Back streets and compounds, GeoJSON as from `GET /places`.
    #[schema(value_type = Object)]
    pub places: Box<RawValue>,
    /// Sites, GeoJSON as from `GET /sites`.
    #[schema(value_type = Object)]
    pub sites: Box<RawValue>,
    /// Where and when stalls are allowed, GeoJSON as from `GET /permitted-zones`.
    #[schema(value_type = Object)]
    pub permitted_zones: Box<RawValue>,
}

/// Get what the field needs
///
/// Taxonomy, checklists, points, places, sites and open issues of an inspector's duty areas in one
/// download; ask for it compressed. With `after` only what changed since: the client puts `reference`
/// in place of its own where it is not null, drops `removed`, and puts each of `issues` in the place of
/// the one with its number, unless it holds a later `version` of it. A version that no longer fits (the
/// duty areas changed, a backup was restored, it is too old) is 410: ask without `after`.
#[utoipa::path(
    tag = "changes",
    operation_id = "get_field_pack",
    params(PackQuery, ("If-None-Match" = Option<String>, Header,
        description = "The ETag of the whole pack the client has.", example = "W/\"3f0c9a1d2b4e5f60\"")),
    responses(
        (status = 200, description = "The pack.", body = FieldPack,
            headers(("ETag" = String, description = "Of a whole pack in one part: changes with what it holds."))),
        (status = 304, description = "The client has it."),
        SnapshotProblems,
    )
)]
#[get("/field-pack")]
pub async fn get_field_pack(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<PackQuery>,
) -> Result<HttpResponse, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::GetFieldPack, &Subject::None)?;
    let (reader, gazetteer) = (who.reader(&app), app.gazetteer());
    let scope = scope_name(&reader.scope)?;
    let held = query.after.as_deref().map(|text| PackCursor::read(text, &app.epoch, &scope));
    let issues = match held.transpose()? {
        Some(held) if held.issue == 0 => OpenIssues::changed(&app, &reader, held).await?,
        held => OpenIssues::list(&app, &reader, held).await?,
    };
    let tag = tag(&app.epoch, &scope, gazetteer.version, &issues)?;
    let known = tag.as_ref().is_some_and(|tag| is_known(&request, tag));
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((CACHE_CONTROL, "private, no-cache"));
    if let Some(tag) = tag {
        answer.insert_header((ETAG, tag.to_string()));
    }
    if known {
        return Ok(answer.finish());
    }
    let feed = FeedCursor { epoch: app.epoch.clone(), seq: issues.seq, scope };
    let body = block(move || pack(&gazetteer, &actor.duty_areas, feed, issues)).await;
    let body = body.map_err(|error| Error::Internal(error.to_string()))??;
    Ok(answer.content_type("application/json").body(body))
}

/// The tag of a whole pack in one part. Weak: where changes go on from moves with every change in the
/// district.
fn tag(
    epoch: &str,
    scope: &str,
    reference: i64,
    issues: &OpenIssues,
) -> Result<Option<EntityTag>, Error> {
    if !issues.is_whole || issues.has_more {
        return Ok(None);
    }
    let held: Vec<(i64, i64)> = issues.open.iter().map(|issue| (issue.id, issue.version)).collect();
    let hash = canonical_hash(&(epoch, scope, reference, held))?;
    Ok(Some(EntityTag::new_weak(hex(&hash[..8]))))
}

fn pack(
    gazetteer: &Gazetteer,
    areas: &[String],
    feed: FeedCursor,
    issues: OpenIssues,
) -> Result<Bytes, Error> {
    let is_newest = issues.reference == Some(gazetteer.version);
    let reference = if is_newest { None } else { Some(packed(gazetteer, areas)?) };
    let changes = feed.text();
    let version = PackCursor { feed, issue: issues.last, reference: gazetteer.version }.text();
    let pack = FieldPack {
        version,
        has_more: issues.has_more,
        is_whole: issues.is_whole,
        changes,
        reference,
        issues: issues.open.iter().map(|issue| IssueView::new(issue, gazetteer)).collect(),
        removed: issues.removed,
    };
    Ok(serde_json::to_vec(&pack)?.into())
}

fn packed(gazetteer: &Gazetteer, areas: &[String]) -> Result<PackedReference, Error> {
    let here = gazetteer.within(areas);
    let layer = |of| raw(&here.layer(of, MOST_FEATURES).ok_or_else(too_many)?);
    let published = CategoryQuery::default();
    Ok(PackedReference {
        version: gazetteer.version,
        categories: gazetteer.categories().filter_map(|known| published.view(known)).collect(),
        site_kinds: gazetteer.site_kinds().map(SiteKindView::from).collect(),
        points: here.points().map(PointView::from).collect(),
        areas: raw(&here.areas())?,
        places: layer(LayerOf::Places)?,
        sites: layer(LayerOf::Sites)?,
        permitted_zones: layer(LayerOf::PermittedZones)?,
    })
}

/// A map as it is: parsed and written again it would take ten times the memory.
fn raw(map: &Bytes) -> Result<Box<RawValue>, Error> {
    Ok(serde_json::from_slice(map)?)
}
