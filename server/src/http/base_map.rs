//! `/base-map`: what the operator wants drawn under the district's own map.

use actix_web::get;
use actix_web::web::{Data, Json};
use domain::access::{Action, Subject, may};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::ListProblems;
use crate::problem::Error;

/// A base map 底图, drawn under the district's own areas, streets and points.
#[derive(Debug, Serialize, ToSchema)]
pub struct BaseMap {
    /// Addresses of its layers, the lowest first, with `{z}`, `{x}` and `{y}` for a tile of 256 pixels
    /// in Web Mercator; empty where the district's own map is all there is.
    #[schema(example = json!(["https://tiles.example.cn/{z}/{x}/{y}.png"]))]
    pub tiles: Vec<String>,
    /// Whose map it is, to be shown on it; empty for nobody's.
    #[schema(example = "审图号 GS(2026)0001号")]
    pub attribution: String,
}

/// Get the base map
///
/// Which tiles of which map service are drawn under the district's own map; the operator sets it, and
/// it is empty where they did not.
#[utoipa::path(tag = "reference", operation_id = "get_base_map",
    responses((status = 200, description = "The base map.", body = BaseMap), ListProblems))]
#[get("/base-map")]
pub async fn get_base_map(app: Data<App>, who: SignedIn) -> Result<Json<BaseMap>, Error> {
    may(Some(&who.actor(&app)), Action::GetBaseMap, &Subject::None)?;
    let base_map = &app.config.base_map;
    Ok(Json(BaseMap { tiles: base_map.tiles.clone(), attribution: base_map.attribution.clone() }))
}
