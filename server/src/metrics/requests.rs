//! Counts requests, and serves the page.

use std::sync::Arc;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::{self, Data};
use actix_web::{App as Actix, HttpMessage, HttpResponse, HttpServer};

use crate::app::App;
use crate::problem::Error;
use crate::rates::Standing;

/// Left with a request whose answer is held until there is something to say: how long that took says
/// nothing of the server.
#[derive(Debug, Clone, Copy)]
pub struct Held;

/// Where people sign in.
const SIGN_IN: &str = "/api/v1/sessions";

/// A method's name; those that nobody serves share one, since anything can be sent as a method.
pub(super) fn known(method: &str) -> String {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" => method.to_owned(),
        _ => "other".to_owned(),
    }
}

/// Counts every request, by the pattern of its route.
pub async fn count(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let app = request.app_data::<Data<App>>().cloned();
    let method = request.method().clone();
    let route = request.match_pattern().unwrap_or_else(|| "-".to_owned());
    let began = Instant::now();
    let answered = next.call(request).await;
    let (status, standing, is_held) = match &answered {
        Ok(response) => {
            let left = response.request().extensions();
            (response.status(), left.get::<Standing>().copied(), left.contains::<Held>())
        }
        Err(error) => (error.as_response_error().status_code(), None, false),
    };
    if let Some(app) = app {
        let took = (!is_held).then(|| began.elapsed());
        app.metrics.answered(method.as_str(), &route, status.as_u16(), took);
        if method == "POST" && route == SIGN_IN {
            app.metrics.signed_in(match status.as_u16() {
                201 => "accepted",
                429 => "locked",
                400..=499 => "refused",
                _ => "failed",
            });
        }
        if let Some(standing) = standing.filter(|standing| standing.refused_for_s.is_some()) {
            app.metrics.limited(standing.policy);
        }
    }
    answered
}

/// Serves the page on an address of its own.
pub fn serve(app: Arc<App>, listener: std::net::TcpListener) -> std::io::Result<Server> {
    let data = Data::from(app);
    let server = HttpServer::new(move || {
        Actix::new().app_data(data.clone()).route("/metrics", web::get().to(page))
    });
    Ok(server.workers(1).disable_signals().shutdown_timeout(1).listen(listener)?.run())
}

async fn page(app: Data<App>) -> Result<HttpResponse, Error> {
    let page = app.metrics.page(&app).await?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_TYPE, kind)).body(page))
}
