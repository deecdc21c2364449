//! The server: binds an address, serves the API, its description and the pages, and drains.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::web::{self, Data, JsonConfig, PathConfig, QueryConfig};
use actix_web::{App as Actix, HttpServer};
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::UtoipaApp;
use utoipa_swagger_ui::SwaggerUi;

use crate::app::App;
use crate::http::{caller, hang_up, pages};
use crate::metrics::requests;
use crate::problem::Error;
use crate::routes::{self, API};

/// What the pages may load: themselves, and tiles from the `origins` of the operator's base map. Photos
/// come as blobs, the map's worker too.
fn content_security_policy(origins: &[String]) -> String {
    let tiles = origins.iter().fold(String::new(), |all, origin| all + " " + origin);
    format!(
        "default-src 'self'; img-src 'self' blob: data:{tiles}; style-src 'self'; \
         worker-src 'self' blob:; connect-src 'self' blob:{tiles}; object-src 'none'; \
         base-uri 'self'; frame-ancestors 'self'"
    )
}

/// How long requests may go on after a stop was asked for, seconds.
const DRAIN_S: u64 = 30;
/// How long a connection is read on whose request was answered before its body had come: its client is
/// still sending, and would miss the answer if it were closed at once.
const LINGER: Duration = Duration::from_secs(5);
/// How often a server looks whether another process replaced the reference data or the keys.
const LOOK_EVERY: Duration = Duration::from_secs(3);

mod drain;
mod open_files;

pub use drain::run;

/// Starts a server on an address that is bound already, and gives where it listens.
pub fn start(
    app: Arc<App>,
    listener: TcpListener,
    threads: usize,
) -> std::io::Result<(Server, SocketAddr)> {
    let address = listener.local_addr()?;
    app.heard.listen(&app.db).map_err(std::io::Error::other)?;
    let max_json = app.config.max_json_bytes;
    let policy = content_security_policy(&app.config.base_map.origins());
    let data = Data::from(app);
    let server = HttpServer::new(move || {
        let swagger = SwaggerUi::new(format!("{API}/docs/{{_:.*}}"))
            .url(format!("{API}/openapi.json"), routes::document::document());
        let app = Actix::new()
            .app_data(data.clone())
            .app_data(json(max_json))
            .app_data(PathConfig::default().error_handler(|error, _| malformed(&error)))
            .app_data(QueryConfig::default().error_handler(|error, _| malformed(&error)))
            .wrap(Compress::default())
            .wrap(from_fn(caller::tell))
            .wrap(from_fn(requests::count))
            .wrap(TracingLogger::<crate::logs::Quiet>::new())
            .wrap(
                DefaultHeaders::new()
                    .add(("Content-Security-Policy", policy.as_str()))
                    .add(("X-Content-Type-Options", "nosniff"))
                    .add(("Referrer-Policy", "no-referrer")),
            );
        // The description first: it stands below the API's own prefix.
        UtoipaApp::from(app.service(swagger))
            .service(routes::api())
            .into_app()
            .default_service(web::get().to(pages::page))
    })
    .workers(threads)
    .on_connect(hang_up::remember)
    // Whoever runs it decides what a signal means.
    .disable_signals()
    .shutdown_timeout(DRAIN_S)
    .client_disconnect_timeout(LINGER)
    .listen(listener)?
    .run();
    Ok((server, address))
}

fn json(limit: usize) -> JsonConfig {
    JsonConfig::default().limit(limit).error_handler(move |error, _| {
        use actix_web::error::JsonPayloadError as Json;
        match error {
            Json::Overflow { limit } | Json::OverflowKnownLength { limit, .. } => {
                Error::TooLarge { limit: limit as u64 }.into()
            }
            Json::Payload(error) => Error::BodyBrokenOff(error.to_string()).into(),
            other => malformed(&other),
        }
    })
}

fn malformed(error: &dyn std::fmt::Display) -> actix_web::Error {
    Error::Malformed(error.to_string()).into()
}

/// Takes keys over that another process rotated or withdrew; runs until it is dropped.
pub async fn follow_keys(app: Arc<App>) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        let own = Arc::clone(&app);
        match tokio::task::spawn_blocking(move || own.keys.follow()).await {
            Ok(Ok(true)) => tracing::info!(keys = ?app.keys, "keys taken over"),
            Ok(Ok(false)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "keys could not be read"),
            Err(error) => tracing::warn!(%error, "keys could not be read"),
        }
    }
}

/// Takes newer reference data over when another process (an import) wrote it; runs until it is
/// dropped.
pub async fn follow_reference_data(app: Arc<App>) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tick.tick().await;
        if let Err(error) = app.reload_gazetteer().await {
            tracing::warn!(%error, "reference data could not be read");
        }
    }
}
