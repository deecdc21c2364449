//! Reads a photo: its bytes as they came, and the pictures made of them.

use std::path::PathBuf;

use actix_files::NamedFile;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, EntityTag, Header as _, HeaderMap, HeaderName, HeaderValue,
    IfNoneMatch, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use domain::access::Action;

use crate::actions::find_photo::find_photo;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::{ReadProblems, RenditionProblems};
use crate::photos::{Size, blocking};
use crate::problem::{Error, Problem};
use crate::store::photo_files::{self, FileState, PhotoFile};

/// What a digest names never changes.
const FOR_GOOD: &str = "private, max-age=31536000, immutable";

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
        (status = 206, description = "The part that was asked for.", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 304, description = "As in If-None-Match."),
        (status = 416, description = "A problem: range-unsatisfiable.", body = Problem, content_type = "application/problem+json"),
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
    let file = find_photo(&app, who.actor(&app), Action::GetPhoto, &sha256).await?;
    let sent = Sent {
        path: app.photos.path(&sha256),
        media_type: &file.media_type,
        etag: sha256.into_inner(),
    };
    sent.answer(&request).await
}

/// Read a photo's large rendition
///
/// JPEG, upright, its longest side at most 1600 pixels, without metadata. For whoever may see an
/// issue that has the photo; it is made soon after the photo arrived.
#[utoipa::path(
    tag = "photos",
    operation_id = "get_photo_large",
    params(("sha256" = String, Path, description = "SHA-256 of the photo's bytes, lower-case hexadecimal.",
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
    responses(
        (status = 200, description = "The picture.", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 206, description = "The part that was asked for.", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 304, description = "As in If-None-Match."),
        (status = 416, description = "A problem: range-unsatisfiable.", body = Problem, content_type = "application/problem+json"),
        RenditionProblems,
    )
)]
#[get("/photos/{sha256}/large")]
pub async fn get_photo_large(
    app: Data<App>,
    who: SignedIn,
    sha256: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let file = find_photo(&app, who.actor(&app), Action::GetPhotoLarge, &sha256).await?;
    rendition(&app, &file, (sha256.into_inner(), Size::Large), &request).await
}

/// Read a photo's thumbnail
///
/// JPEG, upright, its longest side at most 320 pixels, without metadata. For whoever may see an
/// issue that has the photo; it is made soon after the photo arrived.
#[utoipa::path(
    tag = "photos",
    operation_id = "get_photo_thumbnail",
    params(("sha256" = String, Path, description = "SHA-256 of the photo's bytes, lower-case hexadecimal.",
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
    responses(
        (status = 200, description = "The picture.", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 206, description = "The part that was asked for.", body = Vec<u8>, content_type = "image/jpeg"),
        (status = 304, description = "As in If-None-Match."),
        (status = 416, description = "A problem: range-unsatisfiable.", body = Problem, content_type = "application/problem+json"),
        RenditionProblems,
    )
)]
#[get("/photos/{sha256}/thumbnail")]
pub async fn get_photo_thumbnail(
    app: Data<App>,
    who: SignedIn,
    sha256: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let file = find_photo(&app, who.actor(&app), Action::GetPhotoThumbnail, &sha256).await?;
    rendition(&app, &file, (sha256.into_inner(), Size::Thumbnail), &request).await
}

/// A picture of a photo that its reader may see.
pub(in crate::http) async fn rendition(
    app: &App,
    file: &PhotoFile,
    (sha256, size): (String, Size),
    request: &HttpRequest,
) -> Result<HttpResponse, Error> {
    is_ready(file)?;
    let path = app.photos.rendition(&sha256, size);
    let etag = format!("{sha256}-{}", size.word());
    let sent = Sent { path, media_type: "image/jpeg", etag };
    match sent.answer(request).await {
        Err(Error::File(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(make_again(app, file).await?)
        }
        answer => answer,
    }
}

/// Whether there are renditions, or why there are none.
pub(super) fn is_ready(file: &PhotoFile) -> Result<(), Error> {
    match file.state {
        FileState::Ready => Ok(()),
        FileState::Waiting => Err(Error::RenditionPending),
        FileState::Kept => Err(Error::RenditionUnsupported),
        FileState::Unreadable => {
            Err(Error::PhotoUnreadable { problem: file.problem.clone().unwrap_or_default() })
        }
    }
}

/// Has lost renditions made again, such as those that a restored backup did not hold; gives what to
/// tell whoever asked for one.
pub(super) async fn make_again(app: &App, file: &PhotoFile) -> Result<Error, Error> {
    let (sha256, now) = (file.sha256.clone(), app.clock.now());
    app.db.write(move |conn| photo_files::save_waiting(conn, &sha256, now)).await?;
    app.looking.arrived.notify_one();
    Ok(Error::RenditionPending)
}

/// A file that is sent.
struct Sent<'a> {
    path: PathBuf,
    media_type: &'a str,
    etag: String,
}

impl Sent<'_> {
    async fn answer(self, request: &HttpRequest) -> Result<HttpResponse, Error> {
        if is_known(request, &self.etag) {
            let mut response = HttpResponse::NotModified().finish();
            mark(response.headers_mut(), &self.etag, FOR_GOOD)?;
            return Ok(response);
        }
        let path = self.path;
        let file = blocking(move || NamedFile::open(path)).await?;
        // The file's own time of writing says nothing of what a digest names.
        let file = file.use_etag(false).use_last_modified(false).disable_content_disposition();
        let length = file.metadata().len();
        let mut response = file.into_response(request);
        if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
            return Err(Error::RangeUnsatisfiable { length });
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, value(self.media_type)?);
        mark(headers, &self.etag, FOR_GOOD)?;
        Ok(response)
    }
}

/// Whether the reader holds what has this ETag.
pub(super) fn is_known(request: &HttpRequest, etag: &str) -> bool {
    let own = EntityTag::new_strong(etag.to_owned());
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key(IfNoneMatch::name()),
        Ok(IfNoneMatch::Items(held)) => held.iter().any(|held| held.weak_eq(&own)),
        Err(_none_or_unreadable) => false,
    }
}

/// What every picture is sent with.
pub(super) fn mark(headers: &mut HeaderMap, etag: &str, cached: &'static str) -> Result<(), Error> {
    headers.insert(ETAG, value(&format!("\"{etag}\""))?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cached));
    let name: HeaderName = X_CONTENT_TYPE_OPTIONS;
    headers.insert(name, HeaderValue::from_static("nosniff"));
    Ok(())
}

fn value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|error| Error::Internal(error.to_string()))
}
