//! `/health` and `/readiness`: for whoever keeps the server running.

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::documented::ReadinessProblems;
use crate::problem::Error;
use crate::store::feed;

/// The server answers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"status": "ok", "version": "0.1.0"}))]
pub struct Health {
    /// `ok`.
    pub status: String,
    /// The program's version.
    pub version: String,
}

fn ok() -> Health {
    Health { status: "ok".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// Ask whether the server is alive
///
/// It answers, whatever the state of the database.
#[utoipa::path(tag = "health", operation_id = "get_health", security(()),
    responses((status = 200, description = "It is.", body = Health)))]
#[get("/health")]
pub async fn get_health() -> Json<Health> {
    Json(ok())
}

/// Ask whether the server can work
///
/// It reads from the database; 503 when that fails.
#[utoipa::path(tag = "health", operation_id = "get_readiness", security(()),
    responses((status = 200, description = "It can.", body = Health), ReadinessProblems))]
#[get("/readiness")]
pub async fn get_readiness(app: Data<App>) -> Result<Json<Health>, Error> {
    app.db.read(feed::head).await?;
    Ok(Json(ok()))
}
