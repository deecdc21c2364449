//! `/photos`: the bytes.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpResponse, put};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::store_photo;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::PhotoProblems;
use crate::photos::Incoming;
use crate::problem::Error;
use crate::store::photos::Photo;

mod read;
mod view;
mod watermarked;

pub(super) use read::rendition;
pub use read::{
    __path_get_photo, __path_get_photo_large, __path_get_photo_thumbnail, get_photo,
    get_photo_large, get_photo_thumbnail,
};
pub use view::{PhotoState, Taken, state, taken};
pub use watermarked::{__path_get_watermarked_photo, get_watermarked_photo};

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
/// They must be announced in a manifest of yours, and be what it says: length, SHA-256, type and the
/// size that the header states are checked before the answer. Answered only once they are durable;
/// sending them again is harmless. Pictures are made of them soon after: an issue shows how far that
/// is, and what was found.
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
    body: Payload,
) -> Result<HttpResponse, Error> {
    let (actor, sha256) = (who.actor(&app), sha256.into_inner());
    let announced = store_photo::announced(&app, &actor, &sha256).await?;
    let mut incoming = app.photos.receive().await?;
    if let Err(error) = take(&mut incoming, body, app.config.max_photo_bytes).await {
        incoming.discard().await;
        return Err(error);
    }
    let (bound, is_new) =
        store_photo::store_photo(&app, actor, &sha256, &announced, incoming).await?;
    app.metrics.photo(if is_new { "stored" } else { "known" });
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(stored(sha256, &bound)))
}

pub(super) async fn take(
    incoming: &mut Incoming,
    mut body: Payload,
    limit: u64,
) -> Result<(), Error> {
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| Error::BodyBrokenOff(error.to_string()))?;
        incoming.write(piece).await?;
        if incoming.length > limit {
            return Err(Error::TooLarge { limit });
        }
    }
    Ok(())
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
