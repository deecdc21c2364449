//! `/changes/stream`: hints that something changed, as server-sent events.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, HeaderName};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get};
use domain::access::{Action, Subject, may};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cursor;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::StreamProblems;
use crate::http::hang_up::hung_up;
use crate::metrics::requests::Held;
use crate::problem::Error;
use crate::pull::{Hint, hints};

const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The data of an event `changed`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"after": "0123456789ab.9913.q1b2c3d4e5f6"}))]
pub struct Changed {
    /// The feed's cursor at that change. A client that has pulled up to it has everything; another one
    /// pulls from where it is itself.
    pub after: String,
}

/// Hear that something changed
///
/// Server-sent events: `changed` at once and whenever something changes for the reader, at most about
/// twice a second; a comment every 25 seconds without one. An event carries no issue: pull with `GET
/// /changes` from the cursor at hand. The stream ends with the access token; open another then. It
/// takes one of the places that held polls take.
#[utoipa::path(
    tag = "changes",
    operation_id = "stream_changes",
    responses(
        (status = 200, description = "Events, until the access token ends.", content_type = "text/event-stream",
            body = String,
            headers(
                ("Cache-Control" = String, description = "`no-store`."),
                ("X-Accel-Buffering" = String, description = "`no`: proxies pass events on as they come."),
            ),
            example = "event: changed\nid: 0123456789ab.9913.q1b2c3d4e5f6\ndata: {\"after\":\"0123456789ab.9913.q1b2c3d4e5f6\"}\n\n:\n\n"),
        StreamProblems
    )
)]
#[get("/changes/stream")]
pub async fn stream_changes(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::StreamChanges, &Subject::None)?;
    let reader = who.reader(&app);
    request.extensions_mut().insert(Held);
    let told = hints(app.clone().into_inner(), reader.clone()).await?;
    let events = told.map(move |hint| Ok::<_, Error>(Bytes::from(event(&app, &reader, hint)?)));
    let events = events.take_until(async move { hung_up(&request).await });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        // Compressed, an event would wait for others.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header((X_ACCEL_BUFFERING, "no"))
        .streaming(Box::pin(events)))
}

/// An event as the WHATWG's HTML standard has it (9.2.6).
fn event(app: &App, reader: &crate::pull::Reader, hint: Hint) -> Result<String, Error> {
    let Hint::Changed(seq) = hint else { return Ok(":\n\n".to_owned()) };
    let after = cursor(app, reader, seq)?.text();
    let data = serde_json::to_string(&Changed { after: after.clone() })?;
    Ok(format!("event: changed\nid: {after}\ndata: {data}\n\n"))
}
