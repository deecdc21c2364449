//! The OpenAPI document, from the handlers themselves.

use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_actix_web::UtoipaApp;

use super::{API, api};
use crate::problem::Problem;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "zhoubian",
        description = "Field-survey sync for civilized-city creation: inspectors send what they see, bureaus \
                       pull what is theirs, the creation office follows it to the end. Nothing acknowledged is \
                       lost, nothing is doubled, nothing is closed unseen.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(name = "zhoubian")
    ),
    servers((url = "/api/v1", description = "This server")),
    security(("access_token" = [])),
    components(schemas(Problem)),
    modifiers(&AccessToken),
    tags(
        (name = "sessions", description = "Signing in, and staying signed in."),
        (name = "accounts", description = "People and what they may act as."),
        (name = "machines", description = "Accounts of other systems, their secrets and tokens."),
        (name = "reports", description = "What inspectors send."),
        (name = "counts", description = "What was counted as it went by: of n seen, k were right."),
        (name = "suggestions", description = "Complaints and suggestions 投诉建议 of whoever works with the system, and the office's answers."),
        (name = "cards", description = "Supervision cards 督办卡 and letters 协调函: what drafts them, and what becomes of them."),
        (name = "photos", description = "The bytes of photos."),
        (name = "uploads", description = "The bytes of photos in parts, by tus 1.0: after a broken connection they go on where they were."),
        (name = "issues", description = "What is wrong, and what became of it."),
        (name = "commands", description = "The steps of an issue's life. Each is idempotent by its command id and needs If-Match."),
        (name = "links", description = "Links 链接 to one issue for people without an account, and the drafts that came by them: the bureau's side."),
        (name = "guest", description = "What the holder of a link sees and sends."),
        (name = "changes", description = "Pulling what changed."),
        (name = "points", description = "Fixed points and what lies around them."),
        (name = "figures", description = "Closure rates."),
        (name = "routing", description = "The division of work as rules, and drafts of it."),
        (name = "notices", description = "What has happened that is a bureau's or the office's news, and where that goes beside the pages."),
        (name = "reference", description = "Areas, sites, facilities, bureaus, the taxonomy and whatever else is imported."),
        (name = "health", description = "For whoever keeps the server running."),
    )
)]
struct Base;

struct AccessToken;

impl Modify for AccessToken {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some(
                "The access token of POST /sessions or, for machines, of POST /tokens; good for 15 minutes.",
            ))
            .build();
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("access_token", SecurityScheme::Http(scheme));
            let basic = HttpBuilder::new()
                .scheme(HttpAuthScheme::Basic)
                .description(Some("A machine's client id and secret."))
                .build();
            let link = ApiKeyValue::with_description(
                "Authorization",
                "`Link` and what stands behind `#` in the link's address.",
            );
            components.add_security_scheme("link", SecurityScheme::ApiKey(ApiKey::Header(link)));
            components.add_security_scheme("client_credentials", SecurityScheme::Http(basic));
        }
    }
}

/// The OpenAPI 3.1 document of the API.
pub fn document() -> Document {
    let app = UtoipaApp::from(actix_web::App::new()).openapi(Base::openapi()).service(api());
    let (_, mut document) = app.split_for_parts();
    // The server's address carries the prefix, so the paths need not.
    let paths = std::mem::take(&mut document.paths.paths);
    let bare = |path: String| path.strip_prefix(API).map(str::to_owned).unwrap_or(path);
    document.paths.paths = paths.into_iter().map(|(path, item)| (bare(path), item)).collect();
    document
}

/// The document as it is checked in: pretty JSON with a line end.
pub fn text() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&document())? + "\n")
}
