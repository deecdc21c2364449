//! A part of a photo.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, patch};
use domain::access::Action;

use super::documented::SendUploadProblems;
use super::read::address;
use super::{answer, body, headers};
use crate::actions::upload_photo::Request;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::problem::{Error, UploadRefusal};

/// Send a part of a photo
///
/// From `Upload-Offset` on, any number of bytes up to the photo's end. Answered once they are durable.
/// Where the body breaks off, what came is kept: ask with HEAD and go on there. With `Upload-Checksum`
/// all of the body is kept or nothing. With the last byte the photo's SHA-256, type and header are checked,
/// and it is bound to its manifest line before the answer; one that is not what was announced is refused,
/// and `upload_url` says where to send it anew.
#[utoipa::path(
    tag = "uploads",
    operation_id = "send_upload",
    params(
        ("id" = String, Path, description = "The last part of `upload_url`.",
            example = "0198f3a0-0000-7000-8000-00000000000a.0198f3a0-0000-7000-8000-000000000001.1"),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`.", example = "1.0.0"),
        ("Upload-Offset" = i64, Header, description = "Where the body's bytes go on.", example = 0),
        ("Upload-Checksum" = Option<String>, Header,
            description = "`sha1` or `sha256`, a space, and the digest of the body in base64.",
            example = "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=")
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream", description = "The bytes."),
    responses(
        (status = 204, description = "They are durable.", headers(
            ("Tus-Resumable" = String, description = "`1.0.0`."),
            ("Upload-Offset" = i64, description = "Bytes that are durable now."),
            ("Upload-Expires" = String, description = "When what came is forgotten if nothing more comes.")
        )),
        SendUploadProblems,
    )
)]
#[patch("/{id}")]
pub async fn send_upload(
    app: Data<App>,
    who: SignedIn,
    id: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    let said = request.headers();
    if !headers::is_part(said) {
        return Err(UploadRefusal::Type.into());
    }
    let sent = Request {
        id: address(&id)?,
        offset: headers::offset(said)?,
        length: headers::length(said),
        sum: headers::sum(said)?,
    };
    let found = body::receive(&app, who.actor(&app), Action::SendUpload, sent, payload).await?;
    let mut response = HttpResponse::NoContent();
    answer::stand(&mut response, &app, &found);
    Ok(response.finish())
}
