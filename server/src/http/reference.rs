//! Reference data as readers need it: points, areas, bureaus.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use domain::access::{Action, Subject, may};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::App;
use crate::gazetteer::items::CheckItem;
use crate::gazetteer::{Authority, BureauKind, Point, SiteKind};
use crate::http::actor::SignedIn;
use crate::http::documented::ListProblems;
use crate::http::maps;
use crate::problem::Error;

/// A fixed point 固定点位.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "P001", "name": "东关农贸市场", "kind": "market", "radius_m": 1000.0,
    "geometry": {"type": "Point", "coordinates": [113.1644, 30.6612]}}))]
pub struct PointView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `market`, `mall`, `school`, `hospital`, `transit` or `community`.
    pub kind: String,
    /// How far its surroundings reach, metres.
    pub radius_m: f64,
    /// Its footprint or location, GeoJSON, WGS-84.
    #[schema(value_type = Object)]
    pub geometry: Value,
}

/// Every point.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PointList {
    /// By code.
    pub items: Vec<PointView>,
}

/// List the fixed points
///
/// With their footprints and how far their surroundings reach.
#[utoipa::path(tag = "points", operation_id = "list_points",
    responses((status = 200, description = "Every point.", body = PointList), ListProblems))]
#[get("/points")]
pub async fn list_points(app: Data<App>, who: SignedIn) -> Result<Json<PointList>, Error> {
    may(Some(&who.actor(&app)), Action::ListPoints, &Subject::None)?;
    let gazetteer = app.gazetteer();
    Ok(Json(PointList { items: gazetteer.points().map(PointView::from).collect() }))
}

impl From<Point<'_>> for PointView {
    fn from(point: Point<'_>) -> Self {
        Self {
            code: point.code.to_owned(),
            name: point.name.to_owned(),
            kind: point.kind.word().to_owned(),
            radius_m: point.radius_m,
            geometry: serde_json::to_value(point.geometry()).unwrap_or_default(),
        }
    }
}

/// List the areas
///
/// Jurisdictions 辖区 as a GeoJSON FeatureCollection; each feature has `code`, `name`, `level` and
/// `parent`.
#[utoipa::path(tag = "reference", operation_id = "list_areas",
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of what the client has.", example = "\"5e0c-7\"")),
    responses((status = 304, description = "The client has it."), (status = 200, description = "GeoJSON.", body = Object, content_type = "application/geo+json",
        headers(("ETag" = String, description = "The version of the reference data, quoted.")),
        example = json!({"type": "FeatureCollection", "features": []})), ListProblems))]
#[get("/areas")]
pub async fn list_areas(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ListAreas, &Subject::None)?;
    maps::send_areas(&app, &request)
}

/// A kind of site.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "main_road", "name": "主次干道", "name_en": "Main roads", "is_point": null,
    "checklist": [{"code": "main_road-3", "text": "线缆无垂落", "text_en": "No cable dangles", "categories": ["1201"]}]}))]
pub struct SiteKindView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its English name.
    pub name_en: Option<String>,
    /// Which of the six kinds of point it is, if it is one.
    pub is_point: Option<String>,
    /// What is looked at on every site of this kind 检查清单, by code.
    pub checklist: Vec<CheckItemView>,
}

/// What is looked at on a site 检查项.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckItemView {
    /// Its code.
    pub code: String,
    /// What must be so.
    pub text: String,
    /// The same in English.
    pub text_en: Option<String>,
    /// Codes of the categories to report by where it is not so.
    pub categories: Vec<String>,
}

/// Every kind of site.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SiteKindList {
    /// By code.
    pub items: Vec<SiteKindView>,
}

/// List the kinds of site
///
/// Kinds of place with a checklist, as the district imported them; a point's is that of the kind whose
/// `is_point` is the point's.
#[utoipa::path(tag = "reference", operation_id = "list_site_kinds",
    responses((status = 200, description = "Every kind.", body = SiteKindList), ListProblems))]
#[get("/site-kinds")]
pub async fn list_site_kinds(app: Data<App>, who: SignedIn) -> Result<Json<SiteKindList>, Error> {
    may(Some(&who.actor(&app)), Action::ListSiteKinds, &Subject::None)?;
    let gazetteer = app.gazetteer();
    Ok(Json(SiteKindList { items: gazetteer.site_kinds().map(SiteKindView::from).collect() }))
}

impl From<&SiteKind> for SiteKindView {
    fn from(SiteKind { item, checklist }: &SiteKind) -> Self {
        let check = |check: &CheckItem| CheckItemView {
            code: check.code.clone(),
            text: check.text.clone(),
            text_en: check.text_en.clone(),
            categories: check.categories.clone(),
        };
        Self {
            code: item.code.clone(),
            name: item.name.clone(),
            name_en: item.name_en.clone(),
            is_point: item.is_point.map(|point| point.word().to_owned()),
            checklist: checklist.iter().map(check).collect(),
        }
    }
}

/// A bureau 责任单位.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"code": "huanwei", "name": "环卫中心", "name_en": "Sanitation Centre",
    "kind": "bureau", "authority": "D", "area": null, "group": "departments"}))]
pub struct BureauView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its English name.
    pub name_en: String,
    /// `bureau`, `subdistrict_office`, `enforcement_team`, `company` or `owner`.
    #[schema(value_type = String)]
    pub kind: BureauKind,
    /// `D` the district's own, `V` vertical, `X` outside.
    #[schema(value_type = String)]
    pub authority: Authority,
    /// The area it is the office or enforcement team of.
    pub area: Option<String>,
    /// The group it is ranked in.
    pub group: String,
}

/// Every bureau.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BureauList {
    /// By code.
    pub items: Vec<BureauView>,
}

/// List the bureaus
///
/// Whoever can be made responsible.
#[utoipa::path(tag = "reference", operation_id = "list_bureaus",
    responses((status = 200, description = "Every bureau.", body = BureauList), ListProblems))]
#[get("/bureaus")]
pub async fn list_bureaus(app: Data<App>, who: SignedIn) -> Result<Json<BureauList>, Error> {
    may(Some(&who.actor(&app)), Action::ListBureaus, &Subject::None)?;
    let gazetteer = app.gazetteer();
    let view = gazetteer.bureaus().map(|bureau| BureauView {
        code: bureau.code.clone(),
        name: bureau.name.clone(),
        name_en: bureau.name_en.clone(),
        kind: bureau.kind,
        authority: bureau.authority,
        area: bureau.area.clone(),
        group: bureau.group.clone(),
    });
    Ok(Json(BureauList { items: view.collect() }))
}
