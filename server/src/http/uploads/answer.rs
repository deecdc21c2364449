//! How an upload stands, in headers.

use actix_web::HttpResponseBuilder;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::actions::record::hex;
use crate::actions::upload_photo::{Standing, expires_at};
use crate::app::App;
use crate::store::photos::Part;

/// Adds offset and, while more may come, until when.
pub(super) fn stand(response: &mut HttpResponseBuilder, app: &App, found: &Standing) {
    response.insert_header(("Upload-Offset", found.offset()));
    response.insert_header((CACHE_CONTROL, "no-store"));
    if found.is_done() || found.offset() == found.line.bytes {
        return;
    }
    // One of which nothing was kept yet cannot run out.
    let none = found.upload.generation == 0;
    let until = if none { expires_at(app, app.clock.now()) } else { found.upload.expires_at };
    if let Some(until) = date(until) {
        response.insert_header(("Upload-Expires", until));
    }
}

/// As HTTP writes dates (RFC 9110, 5.6.7).
fn date(at: Timestamp) -> Option<String> {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()
}

/// `Upload-Metadata` as the client sent it, or what the manifest says in the same form.
pub(super) fn metadata(found: &Standing) -> Option<HeaderValue> {
    let said = found.upload.metadata.clone().unwrap_or_else(|| {
        let line = &found.line;
        let subject = if line.part == Part::Before.word() { "report" } else { "command" };
        let pair = |key: &str, value: &str| format!("{key} {}", STANDARD.encode(value));
        let pairs = [
            pair("photo_id", &line.photo_id.0.to_string()),
            pair("sha256", &hex(&line.sha256)),
            pair(subject, &line.subject.0.to_string()),
            pair("filetype", &line.media_type),
        ];
        pairs.join(",")
    });
    HeaderValue::try_from(said).ok()
}
