//! The pages, built into the program.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;

use crate::actions::record::hex;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/web/dist"]
#[allow_missing = true]
struct Built;

/// The page that every address of the console starts from.
const CONSOLE: &str = "index.html";

/// The page that every address of the handheld starts from.
const HANDHELD: &str = "m/index.html";

/// The page that a link 链接 opens for somebody without an account.
const GUEST: &str = "l/index.html";

/// What is shown when the program was built without its pages.
const NOT_BUILT: &str = "The pages were not built into this program. Run `make web` and build again; \
                         the API is at /api/v1, its description at /api/v1/docs/.\n";

/// Serves a built file, or the start page for every address that names none: the pages find their
/// own way from there.
pub async fn page(request: HttpRequest) -> HttpResponse {
    let asked = request.path().trim_start_matches('/');
    let Some(name) = file_for(asked, |name| Built::get(name).is_some()) else {
        return HttpResponse::NotFound().finish();
    };
    let Some(file) = Built::get(name) else {
        return HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body(NOT_BUILT);
    };
    let etag = EntityTag::new_strong(hex(&file.metadata.sha256_hash()[..16]));
    if is_known(&request, &etag) {
        return HttpResponse::NotModified().insert_header((ETAG, etag.to_string())).finish();
    }
    // Names under assets/ carry a hash of their content. All others are asked for each time: a stale
    // m/sw.js would keep a phone on the pages of yesterday.
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

/// The file that answers for an address; none where the address names a file that is not there.
fn file_for(asked: &str, is_built: impl Fn(&str) -> bool) -> Option<&str> {
    let names_file = asked.rsplit('/').next().is_some_and(|last| last.contains('.'));
    match asked {
        _ if is_built(asked) => Some(asked),
        CONSOLE | HANDHELD | GUEST => Some(asked),
        _ if names_file => None,
        _ if asked == "m" || asked.starts_with("m/") => Some(HANDHELD),
        "l" | "l/" => Some(GUEST),
        _ => Some(CONSOLE),
    }
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
    fn each_face_starts_from_its_own_page() {
        let is_built = |name: &str| matches!(name, "index.html" | "m/index.html" | "m/sw.js");
        let file = |asked| file_for(asked, is_built);
        for address in ["", "issues", "issues/12", "morning", "mm"] {
            assert_eq!(file(address), Some(CONSOLE), "{address}");
        }
        for address in ["m", "m/", "m/report/0192", "m/tasks"] {
            assert_eq!(file(address), Some(HANDHELD), "{address}");
        }
        assert_eq!([file("l"), file("l/")], [Some(GUEST); 2]);
        assert_eq!(file("list"), Some(CONSOLE));
        assert_eq!(file("m/sw.js"), Some("m/sw.js"));
        assert_eq!(file("m/old.js").or(file("assets/index-5f8d.css")), None);
        assert_eq!(file_for("m/tasks", |_| false), Some(HANDHELD));
    }

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
