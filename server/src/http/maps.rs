//! Maps of what lies in the district, as `GeoJSON`.

use actix_web::http::header::{CACHE_CONTROL, ETAG, EntityTag};
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use domain::access::{Action, Subject, may, sees_persons_on_duty};
use serde::Deserialize;

use crate::app::App;
use crate::gazetteer::{Bounds, Gazetteer, LayerOf};
use crate::http::actor::SignedIn;
use crate::http::documented::MapProblems;
use crate::http::pages::is_known;
use crate::problem::Error;

/// Features one answer may hold: about 10 MB, and more than a screen can show.
pub const MOST_FEATURES: usize = 20_000;

/// What part of a map is wanted.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MapQuery {
    /// Only features that meet this box: west, south, east, north in degrees of WGS-84.
    #[param(example = "113.10,30.60,113.20,30.70")]
    bbox: Option<String>,
}

impl MapQuery {
    fn bounds(&self) -> Result<Option<Bounds>, Error> {
        self.bbox.as_deref().map(bounds).transpose()
    }
}

fn bounds(text: &str) -> Result<Bounds, Error> {
    let refused = || {
        let detail =
            "`bbox` is not west,south,east,north in degrees, such as 113.1,30.6,113.2,30.7.";
        Error::invalid("bbox-invalid", detail)
    };
    let numbers = text.split(',').map(|number| number.trim().parse::<f64>());
    let numbers: Vec<f64> = numbers.collect::<Result<_, _>>().map_err(|_malformed| refused())?;
    let [west, south, east, north] = numbers[..] else { return Err(refused()) };
    let lies = (-180.0..=180.0).contains(&west)
        && (west..=180.0).contains(&east)
        && (-90.0..=90.0).contains(&south)
        && (south..=90.0).contains(&north);
    if lies { Ok(Bounds { west, south, east, north }) } else { Err(refused()) }
}

/// The tag of what one version of the reference data says; what some readers are not shown makes
/// it another thing.
fn tag(app: &App, gazetteer: &Gazetteer, persons: bool) -> EntityTag {
    let shown = if persons { "-persons" } else { "" };
    EntityTag::new_strong(format!("{}-{}{shown}", app.epoch, gazetteer.version))
}

/// Sends what `body` makes unless the client has it.
fn tagged(
    request: &HttpRequest,
    tag: &EntityTag,
    body: impl FnOnce() -> Result<Bytes, Error>,
) -> Result<HttpResponse, Error> {
    let known = is_known(request, tag);
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((ETAG, tag.to_string()));
    answer.insert_header((CACHE_CONTROL, "private, no-cache"));
    if known {
        return Ok(answer.finish());
    }
    Ok(answer.content_type("application/geo+json").body(body()?))
}

/// Sends the areas, all of them.
pub(super) fn send_areas(app: &App, request: &HttpRequest) -> Result<HttpResponse, Error> {
    let gazetteer = app.gazetteer();
    tagged(request, &tag(app, &gazetteer, false), || Ok(gazetteer.areas_geojson()))
}

fn send(
    app: &App,
    request: &HttpRequest,
    query: &MapQuery,
    of: LayerOf,
) -> Result<HttpResponse, Error> {
    let bounds = query.bounds()?;
    let gazetteer = app.gazetteer();
    let tag = tag(app, &gazetteer, of == LayerOf::DutiesWithPersons);
    tagged(request, &tag, || {
        let layer = gazetteer.layer(of);
        let body = match bounds {
            Some(bounds) => layer.within(bounds, MOST_FEATURES),
            None => layer.whole(MOST_FEATURES),
        };
        body.ok_or_else(too_many)
    })
}

/// What is refused when a map has too many features.
pub(super) fn too_many() -> Error {
    let detail =
        format!("There are more than {MOST_FEATURES} features: ask with a smaller `bbox`.");
    Error::invalid("bbox-too-large", detail)
}

/// List the sites
///
/// Places with a checklist 测评点位 as a GeoJSON FeatureCollection; each feature has `code`, `kind`,
/// `name` and the `area` it lies in.
#[utoipa::path(tag = "reference", operation_id = "list_sites",
    params(MapQuery, ("If-None-Match" = Option<String>, Header, description = "The ETag of what the client has.", example = "\"5e0c-7\"")),
    responses((status = 200, description = "GeoJSON.", body = Object, content_type = "application/geo+json",
        headers(("ETag" = String, description = "The version of the reference data, quoted.")),
        example = json!({"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"code": "S001", "kind": "main_road", "name": "人民路", "area": "429901005000"},
            "geometry": {"type": "LineString", "coordinates": [[113.16, 30.66], [113.17, 30.66]]}}]})),
        (status = 304, description = "The client has it."), MapProblems))]
#[get("/sites")]
pub async fn list_sites(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<MapQuery>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ListSites, &Subject::None)?;
    send(&app, &request, &query, LayerOf::Sites)
}

/// List the places
///
/// Back streets 背街小巷 and compounds 小区 as a GeoJSON FeatureCollection; each feature has `code`,
/// `kind`, `name` and `managed`.
#[utoipa::path(tag = "reference", operation_id = "list_places",
    params(MapQuery, ("If-None-Match" = Option<String>, Header, description = "The ETag of what the client has.", example = "\"5e0c-7\"")),
    responses((status = 200, description = "GeoJSON.", body = Object, content_type = "application/geo+json",
        headers(("ETag" = String, description = "The version of the reference data, quoted.")),
        example = json!({"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"code": "B001", "kind": "back_street", "name": "柳巷", "managed": null},
            "geometry": {"type": "LineString", "coordinates": [[113.16, 30.66], [113.17, 30.66]]}}]})),
        (status = 304, description = "The client has it."), MapProblems))]
#[get("/places")]
pub async fn list_places(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<MapQuery>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ListPlaces, &Subject::None)?;
    send(&app, &request, &query, LayerOf::Places)
}

/// List the facilities
///
/// Public toilets, litter bins, charging piles and the like 设施 as a GeoJSON FeatureCollection; each
/// feature has `code`, `kind`, `name`, `owner`, `categories` and `attributes`.
#[utoipa::path(tag = "reference", operation_id = "list_facilities",
    params(MapQuery, ("If-None-Match" = Option<String>, Header, description = "The ETag of what the client has.", example = "\"5e0c-7\"")),
    responses((status = 200, description = "GeoJSON.", body = Object, content_type = "application/geo+json",
        headers(("ETag" = String, description = "The version of the reference data, quoted.")),
        example = json!({"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"code": "F001", "kind": "public_toilet", "name": null, "owner": "huanwei",
                "categories": ["0108"], "attributes": {"accessible": true, "open": "06:00-22:00"}},
            "geometry": {"type": "Point", "coordinates": [113.1644, 30.6612]}}]})),
        (status = 304, description = "The client has it."), MapProblems))]
#[get("/facilities")]
pub async fn list_facilities(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<MapQuery>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ListFacilities, &Subject::None)?;
    send(&app, &request, &query, LayerOf::Facilities)
}

/// List the permitted zones
///
/// Where and when stalls are allowed 疏导点, as a GeoJSON FeatureCollection; each feature has `code`,
/// `name`, the `categories` it permits and its `hours` in the district's time zone.
#[utoipa::path(tag = "reference", operation_id = "list_permitted_zones",
    params(MapQuery, ("If-None-Match" = Option<String>, Header, description = "The ETag of what the client has.", example = "\"5e0c-7\"")),
    responses((status = 200, description = "GeoJSON.", body = Object, content_type = "application/geo+json",
        headers(("ETag" = String, description = "The version of the reference data, quoted.")),
        example = json!({"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"code": "Z1", "name": "东关夜市", "categories": ["0302"], "hours": ["fri 18:00-01:00"]},
            "geometry": {"type": "Polygon", "coordinates": [[[113.16, 30.66], [113.17, 30.66], [113.17, 30.67], [113.16, 30.66]]]}}]})),
        (status = 304, description = "The client has it."), MapProblems))]
#[get("/permitted-zones")]
pub async fn list_permitted_zones(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<MapQuery>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ListPermittedZones, &Subject::None)?;
    send(&app, &request, &query, LayerOf::PermittedZones)
}

/// List the cameras
///
/// Cameras that can be a source 视频点位, as a GeoJSON FeatureCollection; each feature has `code`,
/// `name` and `bureau`. For the office, supervisors and administrators.
#[utoipa::path(tag = "reference", operation_id = "list_cameras",
    params(MapQuery, ("If-None-Match" = Option<String>, Header, description = "The ETag of what the client has.", example = "\"5e0c-7\"")),
    responses((status = 200, description = "GeoJSON.", body = Object, content_type = "application/geo+json",
        headers(("ETag" = String, description = "The version of the reference data, quoted.")),
        example = json!({"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"code": "V001", "name": "东关路口", "bureau": "gongan"},
            "geometry": {"type": "Point", "coordinates": [113.1644, 30.6612]}}]})),
        (status = 304, description = "The client has it."), MapProblems))]
#[get("/cameras")]
pub async fn list_cameras(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<MapQuery>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::ListCameras, &Subject::None)?;
    send(&app, &request, &query, LayerOf::Cameras)
}

/// List the duties
///
/// Who answers for what 包保, as a GeoJSON FeatureCollection; each feature has `code`, `title`, `unit`,
/// `person`, `from`, `until`, `level` (1 the innermost) and `covers`. The name of a person is null but
/// for the office, supervisors and administrators.
#[utoipa::path(tag = "reference", operation_id = "list_duties",
    params(MapQuery, ("If-None-Match" = Option<String>, Header, description = "The ETag of what the client has.", example = "\"5e0c-7\"")),
    responses((status = 200, description = "GeoJSON.", body = Object, content_type = "application/geo+json",
        headers(("ETag" = String, description = "The version of the reference data, quoted.")),
        example = json!({"type": "FeatureCollection", "features": [{"type": "Feature",
            "properties": {"code": "D1", "title": "lane_head", "unit": "xinhua", "person": null, "from": "2026-01-01",
                "until": null, "level": 2, "covers": [{"kind": "place", "code": "B001"}]},
            "geometry": {"type": "LineString", "coordinates": [[113.16, 30.66], [113.17, 30.66]]}}]})),
        (status = 304, description = "The client has it."), MapProblems))]
#[get("/duties")]
pub async fn list_duties(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    query: Query<MapQuery>,
) -> Result<HttpResponse, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListDuties, &Subject::None)?;
    let persons = sees_persons_on_duty(&actor);
    let of = if persons { LayerOf::DutiesWithPersons } else { LayerOf::Duties };
    send(&app, &request, &query, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_four_numbers_in_order() {
        let read = |text| bounds(text).ok();
        let found = Bounds { west: 113.1, south: 30.6, east: 113.2, north: 30.6 };
        assert_eq!(read("113.1, 30.6,113.2,30.6"), Some(found));
        for wrong in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "a,2,3,4",
            "NaN,2,3,4",
            "113.2,30.6,113.1,30.7",
            "113.1,30.7,113.2,30.6",
            "-181,0,1,1",
            "1,2,3,1e300",
            "1,2,inf,4",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
