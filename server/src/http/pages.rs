//! The pages, built into the program.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, EntityTag, Header, IfNoneMatch};
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
    let is_missing_file =
        name == INDEX && asked.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if is_missing_file && asked != INDEX {
        return HttpResponse::NotFound().finish();
    }
    let Some(file) = Built::get(name) else {
        return HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body(NOT_BUILT);
    };
    let etag = EntityTag::new_strong(hex(&file.metadata.sha256_hash()[..16]));
    if is_known(&request, &etag) {
        return HttpResponse::NotModified().insert_header((ETAG, etag.to_string())).finish();
    }
    // Names under assets/ carry a hash of their content.
    let cache = if name.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    HttpResponse::Ok()
        .insert_header((
            CONTENT_TYPE,
            mime_guess::from_path(name).first_or_octet_stream().to_string(),
        ))
        .insert_header((CACHE_CONTROL, cache))
        .insert_header((ETAG, etag.to_string()))
        .body(file.data.into_owned())
}

/// Whether the client holds this file already. Compared weakly (RFC 9110, 13.1.2): a proxy that
/// compresses what it passes on marks the tag as weak.
pub(super) fn is_known(request: &HttpRequest, etag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|tag| tag.weak_eq(etag)),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::IF_NONE_MATCH;
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_tag_is_known_though_a_proxy_made_it_weak() {
        let etag = EntityTag::new_strong("5f8d".to_owned());
        let known = |sent: &str| {
            let request = TestRequest::default().insert_header((IF_NONE_MATCH, sent));
            is_known(&request.to_http_request(), &etag)
        };
        assert!(
            known("\"5f8d\"") && known("W/\"5f8d\"") && known("\"a\", W/\"5f8d\"") && known("*")
        );
        assert!(!known("\"5f8e\"") && !known("5f8d"));
        assert!(!is_known(&TestRequest::default().to_http_request(), &etag));
    }
}
