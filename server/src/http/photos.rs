//! `/photos`: the bytes.

use actix_files::NamedFile;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, HeaderValue};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, put};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::store_photo;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::{PhotoProblems, ReadProblems};
use crate::problem::Error;
use crate::store::photos::Photo;

/// A photo that is here, and what it belongs to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "bytes": 183_422,
    "media_type": "image/jpeg",
    "bound": [{"issue": 412, "subject": "0198f3a0-0000-7000-8000-00000000000a",
        "photo_id": "0198f3a0-0000-7000-8000-000000000001", "part": "before"}]
}))]
pub struct StoredPhoto {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its length.
    pub bytes: i64,
    /// Its media type.
    pub media_type: String,
    /// Every manifest of yours that announces it.
    pub bound: Vec<Binding>,
}

/// A manifest line that a photo fulfils.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Binding {
    /// The issue.
    pub issue: i64,
    /// The report or command that announced it.
    pub subject: Uuid,
    /// Its id in that manifest.
    pub photo_id: Uuid,
    /// `before`, `after` or `check`.
    pub part: String,
}

/// Send a photo's bytes
///
/// They must be announced in a manifest of yours, and be what it says: length, SHA-256 and type are
/// checked before the answer. Answered only once they are durable; sending them again is harmless.
#[utoipa::path(
    tag = "photos",
    operation_id = "put_photo",
    params(("sha256" = String, Path, description = "SHA-256 of the bytes, lower-case hexadecimal.",
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
    request_body(content = Vec<u8>, content_type = "image/jpeg", description = "The bytes; also image/png, image/webp, image/heic."),
    responses(
        (status = 201, description = "They are here.", body = StoredPhoto),
        (status = 200, description = "They were here already.", body = StoredPhoto),
        PhotoProblems,
    )
)]
#[put("/photos/{sha256}")]
pub async fn put_photo(
    app: Data<App>,
    who: SignedIn,
    sha256: Path<String>,
    mut body: Payload,
) -> Result<HttpResponse, Error> {
    let (actor, sha256) = (who.actor(&app), sha256.into_inner());
    let announced = store_photo::announced(&app, &actor, &sha256).await?;
    let limit = app.config.max_photo_bytes;
    let mut incoming = app.photos.receive().await?;
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| Error::Malformed(format!("the body broke off: {error}")))?;
        incoming.write(&piece).await?;
        if incoming.length > limit {
            return Err(Error::TooLarge { limit });
        }
    }
    let (bound, is_new) =
        store_photo::store_photo(&app, actor, &sha256, &announced, incoming).await?;
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(stored(sha256, &bound)))
}

fn stored(sha256: String, bound: &[Photo]) -> StoredPhoto {
    let first = bound.first();
    StoredPhoto {
        sha256,
        bytes: first.map_or(0, |photo| photo.bytes),
        media_type: first.map(|photo| photo.media_type.clone()).unwrap_or_default(),
        bound: bound
            .iter()
            .map(|photo| Binding {
                issue: photo.issue_id,
                subject: photo.subject.0,
                photo_id: photo.photo_id.0,
                part: photo.part.clone(),
            })
            .collect(),
    }
}

/// Read a photo's bytes
///
/// For whoever may see an issue that has it. Ranges and ETags are honoured; what a digest names
/// never changes.
#[utoipa::path(
    tag = "photos",
    operation_id = "get_photo",
    params(("sha256" = String, Path, description = "SHA-256 of the bytes, lower-case hexadecimal.",
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
    responses(
        (status = 200, description = "The bytes.", body = Vec<u8>, content_type = "image/jpeg"),
        ReadProblems,
    )
)]
#[get("/photos/{sha256}")]
pub async fn get_photo(
    app: Data<App>,
    who: SignedIn,
    sha256: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let sha256 = sha256.into_inner();
    let media_type = store_photo::find_photo(&app, who.actor(&app), &sha256).await?;
    let path = app.photos.path(&sha256);
    let opened = actix_web::rt::task::spawn_blocking(move || NamedFile::open(path)).await;
    let file = opened.map_err(|error| Error::Internal(error.to_string()))??;
    let mut response = file.use_etag(false).disable_content_disposition().into_response(&request);
    let headers = response.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).map_err(|e| Error::Internal(e.to_string()));
    headers.insert(CONTENT_TYPE, value(&media_type)?);
    headers.insert(ETAG, value(&format!("\"{sha256}\""))?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    Ok(response)
}
