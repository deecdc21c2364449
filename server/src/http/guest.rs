//! `/guest`: what the holder of a link 链接 sees and sends, without an account.

use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::web::{Data, Json, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::links::{self, NewDraft, max_photo_bytes};
use crate::actions::store_photo::store_draft_photo;
use crate::app::App;
use crate::http::documented::{
    GuestDraftProblems, GuestIssueProblems, GuestPhotoProblems, GuestPictureProblems,
};
use crate::http::photos::{rendition, take};
use crate::intake::ManifestPhoto;
use crate::photos::Size;
use crate::problem::Error;

mod holder;
mod view;

pub use holder::Holder;
pub use view::{GuestIssue, SentDraft, SentPhoto};

/// What is shown to whoever has a link is kept nowhere on the way.
const NO_STORE: (actix_web::http::header::HeaderName, HeaderValue) =
    (CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// A draft 草稿 as it is sent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "已清运，地面已冲洗", "photos": [{
    "photo_id": "0198f3a0-0000-7000-8000-00000000001e",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "bytes": 183_422, "media_type": "image/jpeg", "captured_at": "2026-11-20T01:12:03Z",
    "position": {"lat": 30.6612, "lon": 113.1644, "datum": "wgs84", "accuracy_m": 12.0}}]}))]
pub struct DraftSubmission {
    /// In words; needed where there is no photo.
    #[serde(default)]
    #[schema(max_length = 2_000)]
    pub note: String,
    /// The photos that follow, each with PUT /guest/drafts/{id}/photos/{sha256}.
    #[serde(default)]
    pub photos: Vec<ManifestPhoto>,
}

/// A photo of a draft that is here.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "bytes": 183_422}))]
pub struct GuestPhoto {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its length.
    pub bytes: i64,
}

/// Look at the issue of a link
///
/// What is wrong, where, what is to be done and until when, photos of the problem, and what was sent by this
/// link. Nobody's name but the bureau's, no other issue, and the place to about ten metres.
#[utoipa::path(
    tag = "guest",
    operation_id = "get_guest_issue",
    responses((status = 200, description = "The issue.", body = GuestIssue), GuestIssueProblems),
    security(("link" = []))
)]
#[get("/guest/issue")]
pub async fn get_guest_issue(app: Data<App>, holder: Holder) -> Result<HttpResponse, Error> {
    let opened = links::open(&app, holder.token).await?;
    let view = GuestIssue::new(&opened, &app.gazetteer(), &app.config.links);
    Ok(HttpResponse::Ok().insert_header(NO_STORE).json(view))
}

/// Look at a photo of a link
///
/// A picture of the problem, or one that was sent by this link: JPEG, upright, without metadata.
#[utoipa::path(
    tag = "guest",
    operation_id = "get_guest_photo",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the photo's bytes, lower-case hexadecimal.",
            example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        ("size" = String, Path, description = "`large` or `thumbnail`.", example = "thumbnail"),
    ),
    responses(
        (status = 200, description = "The picture.", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 206, description = "The part that was asked for.", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 304, description = "As in If-None-Match."),
        GuestPictureProblems,
    ),
    security(("link" = []))
)]
#[get("/guest/photos/{sha256}/{size}")]
pub async fn get_guest_photo(
    app: Data<App>,
    holder: Holder,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (sha256, size) = path.into_inner();
    let size = [Size::Large, Size::Thumbnail].into_iter().find(|known| known.word() == size);
    let size = size.ok_or(Error::NotFound)?;
    let file = links::find_picture(&app, holder.token, &sha256).await?;
    rendition(&app, &file, (sha256, size), &request).await
}

/// Send a draft by a link
///
/// Photos and words that are the bureau's: it takes them over into what it says itself, or throws them away. The
/// id is made on the device; sent again, it changes nothing.
#[utoipa::path(
    tag = "guest",
    operation_id = "put_guest_draft",
    params(("id" = Uuid, Path, description = "Made on the device.", example = "0198f3a0-0000-7000-8000-00000000001d")),
    request_body = DraftSubmission,
    responses(
        (status = 201, description = "It is here; its photos are still to come.", body = SentDraft),
        (status = 200, description = "It was here already.", body = SentDraft),
        GuestDraftProblems,
    ),
    security(("link" = []))
)]
#[put("/guest/drafts/{id}")]
pub async fn put_guest_draft(
    app: Data<App>,
    holder: Holder,
    id: Path<Uuid>,
    body: Json<DraftSubmission>,
) -> Result<HttpResponse, Error> {
    let DraftSubmission { note, photos } = body.into_inner();
    let new = NewDraft { id: *id, note, photos };
    let announced = view::announced(&new.photos);
    let (draft, is_new) = links::send_draft(&app, holder.token, new).await?;
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer
        .insert_header(NO_STORE)
        .json(SentDraft { photos: announced, ..SentDraft::of(&draft) }))
}

/// Send a photo of a draft
///
/// It must be announced in the draft, and be what that says: length, SHA-256, type and size are checked before the
/// answer, which comes only once the bytes are durable. Sending them again is harmless.
#[utoipa::path(
    tag = "guest",
    operation_id = "put_guest_photo",
    params(
        ("id" = Uuid, Path, description = "The draft's id.", example = "0198f3a0-0000-7000-8000-00000000001d"),
        ("sha256" = String, Path, description = "SHA-256 of the bytes, lower-case hexadecimal.",
            example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ),
    request_body(content = Vec<u8>, content_type = "image/jpeg", description = "The bytes; also image/png, image/webp, image/heic."),
    responses(
        (status = 201, description = "It is here.", body = GuestPhoto),
        (status = 200, description = "It was here already.", body = GuestPhoto),
        GuestPhotoProblems,
    ),
    security(("link" = []))
)]
#[put("/guest/drafts/{id}/photos/{sha256}")]
pub async fn put_guest_photo(
    app: Data<App>,
    holder: Holder,
    path: Path<(Uuid, String)>,
    body: Payload,
) -> Result<HttpResponse, Error> {
    let (draft, sha256) = path.into_inner();
    let line = links::announced(&app, holder.token, draft, &sha256).await?;
    let told = GuestPhoto { sha256, bytes: line.bytes };
    let mut incoming = app.photos.receive().await?;
    if let Err(error) = take(&mut incoming, body, max_photo_bytes(&app)).await {
        incoming.discard().await;
        return Err(error);
    }
    let is_new = store_draft_photo(&app, &line, incoming).await?;
    app.metrics.photo(if is_new { "stored" } else { "known" });
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(told))
}
