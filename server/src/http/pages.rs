//! The pages, built into the program.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;

use crate::actions::record::hex;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/web/dist"]
#[allow_missing = true]
struct Built;

/// The page every address of the pages starts from.
const INDEX: &str = "index.html";

/// What is shown when the program was built without its pages.
const NOT_BUILT: &str = "The pages were not built into this program. Run `make web` and build again; \
                         the API is at /api/v1, its description at /api/v1/docs/.\n";

/// Serves a built file, or the start page for every address that names none: the pages find their
/// own way from there.
pub async fn page(request: HttpRequest) -> HttpResponse {
    let asked = request.path().trim_start_matches('/');
    let name = if Built::get(asked).is_some() { asked } else { INDEX };
    let is_missing_file = name == INDEX && asked.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if is_missing_file && asked != INDEX {
        return HttpResponse::NotFound().finish();
    }
    let Some(file) = Built::get(name) else {
        return HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body(NOT_BUILT);
    };
    let etag = format!("\"{}\"", hex(&file.metadata.sha256_hash()[..16]));
    if request.headers().get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return HttpResponse::NotModified().insert_header((ETAG, etag)).finish();
    }
    // Names under assets/ carry a hash of their content.
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, mime_guess::from_path(name).first_or_octet_stream().to_string()))
        .insert_header((CACHE_CONTROL, cache))
        .insert_header((ETAG, etag))
        .body(file.data.into_owned())
}
