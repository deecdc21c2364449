//! `/health` and `/readiness`: for whoever keeps the server running.

use std::path::Path;

use actix_web::get;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::documented::ReadinessProblems;
use crate::problem::Error;

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

/// Why a server is not ready: it is about to end.
pub(super) const DRAINING: &str = "it is about to end";
/// Why a server is not ready: the database does not answer.
pub(super) const NO_DATABASE: &str = "the database does not answer";
/// Why a server is not ready: another version has changed the tables.
const OTHER_TABLES: &str = "the database is of another version of the program";
/// Why a server is not ready: photos cannot be written.
const NO_WRITING: &str = "the data folder cannot be written to";
/// Why a server is not ready: the disk is full, or nearly.
pub(super) const NO_ROOM: &str = "the data folder's disk has too little room";

/// Ask whether the server can work
///
/// It can when the database answers and is up to date, and the data folder can be written to and has
/// room; 503 otherwise, and from the moment on that the server was told to end.
#[utoipa::path(tag = "health", operation_id = "get_readiness", security(()),
    responses((status = 200, description = "It can.", body = Health), ReadinessProblems))]
#[get("/readiness")]
pub async fn get_readiness(app: Data<App>) -> Result<Json<Health>, Error> {
    if app.lifecycle.is_draining() {
        return Err(Error::NotReady(DRAINING));
    }
    let tables = app.db.read(|conn| Ok::<_, Error>(schema::migrations(conn)?)).await;
    match tables {
        Err(_) => return Err(Error::NotReady(NO_DATABASE)),
        Ok((own, ran)) if own != ran => return Err(Error::NotReady(OTHER_TABLES)),
        Ok(_) => {}
    }
    let (data, least) = (app.config.data.clone(), app.config.operations.min_free_mib);
    let looked = tokio::task::spawn_blocking(move || folder(&data, least)).await;
    looked.map_err(|error| Error::Internal(error.to_string()))??;
    Ok(Json(ok()))
}

/// Whether the data folder can be written to, and its disk has so many MiB left.
fn folder(data: &Path, least: u64) -> Result<(), Error> {
    let probe = data.join(format!("readiness-{}", uuid::Uuid::new_v4().simple()));
    let written = std::fs::write(&probe, b"ready?");
    let removed = std::fs::remove_file(&probe);
    written.and(removed).map_err(|_| Error::NotReady(NO_WRITING))?;
    #[cfg(unix)]
    if let Ok(disk) = rustix::fs::statvfs(data)
        && disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024) < least
    {
        return Err(Error::NotReady(NO_ROOM));
    }
    Ok(())
}
