//! Reads a photo with its watermark, drawn when it is asked for.

use actix_web::http::header::ContentType;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::read::{is_known, is_ready, make_again, mark};
use crate::actions::record::hex;
use crate::actions::watermark::{self, Marked};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::WatermarkProblems;
use crate::photos::Size;
use crate::problem::Error;

/// What is drawn on it may change with a name in the reference data: asked for each time, and sent
/// only when it did.
const ASKED_FOR: &str = "private, no-cache";

/// Read a photo with its watermark
///
/// 水印: the large rendition with the time, the place, the coordinates, who took it and the number
/// drawn on it in Chinese. For photos of reports and for those of commands (a rectification's, a
/// verification's), by the id of either; for whoever may see the issue.
#[utoipa::path(
    tag = "photos",
    operation_id = "get_watermarked_photo",
    params(
        ("subject" = Uuid, Path, description = "The report, or the command, that announced it.",
            example = "0198f3a0-0000-7000-8000-00000000000a"),
        ("photo_id" = Uuid, Path, description = "Its id in that manifest.",
            example = "0198f3a0-0000-7000-8000-000000000001"),
    ),
    responses(
        (status = 200, description = "The picture.", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 304, description = "As in If-None-Match."),
        WatermarkProblems,
    )
)]
#[get("/reports/{subject}/photos/{photo_id}/watermarked")]
pub async fn get_watermarked_photo(
    app: Data<App>,
    who: SignedIn,
    path: Path<(Uuid, Uuid)>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (subject, photo_id) = path.into_inner();
    let marked = watermark::find(&app, who.actor(&app), subject, photo_id).await?;
    is_ready(&marked.file)?;
    let etag = etag(&marked);
    let mut response = if is_known(&request, &etag) {
        HttpResponse::NotModified().finish()
    } else {
        HttpResponse::Ok().content_type(ContentType::jpeg()).body(draw(&app, marked).await?)
    };
    mark(response.headers_mut(), &etag, ASKED_FOR)?;
    Ok(response)
}

/// Over the lines and the digest: what is drawn follows from both.
fn etag(marked: &Marked) -> String {
    let mut hash = Sha256::new();
    for line in &marked.lines {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hash.update(&marked.file.sha256);
    hex(&hash.finalize()[..16])
}

async fn draw(app: &App, marked: Marked) -> Result<Vec<u8>, Error> {
    let drawing = app.looking.drawing.acquire().await;
    let _drawing = drawing.map_err(|closed| Error::Internal(closed.to_string()))?;
    let font = app.looking.font.read().await?;
    let path = app.photos.rendition(&hex(&marked.file.sha256), Size::Large);
    let lines = marked.lines;
    let drawn = move || {
        let large = std::fs::read(path)?;
        imaging::watermark(&large, &lines, &font)
            .map_err(|problem| Error::Internal(format!("a watermark: {problem}")))
    };
    let drawn = tokio::task::spawn_blocking(drawn).await;
    match drawn.map_err(|broken| Error::Internal(broken.to_string()))? {
        Err(Error::File(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(make_again(app, &marked.file).await?)
        }
        drawn => drawn,
    }
}
