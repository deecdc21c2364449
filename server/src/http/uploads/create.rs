//! Creation, for clients that begin with it.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use domain::access::Action;

use super::documented::CreateUploadProblems;
use super::{answer, body, headers};
use crate::actions::upload_photo::{self, Request};
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::problem::Error;
use crate::uploads::UploadId;

/// Begin to send a photo in parts
///
/// Not needed by whoever has an `upload_url` from a receipt: that is the same address. The photo must be
/// announced in a manifest of the sender's. The same photo again is answered with the same address and how
/// far it is by now; after an attempt that was refused, ended or expired, with a fresh one. The first bytes
/// may come along (`Content-Type: application/offset+octet-stream`); where the upload has some already, they
/// are not taken. A length of 0 is refused: a photo is never empty.
#[utoipa::path(
    tag = "uploads",
    operation_id = "create_upload",
    params(
        ("Tus-Resumable" = String, Header, description = "`1.0.0`.", example = "1.0.0"),
        ("Upload-Length" = i64, Header, description = "Bytes of the photo, as its manifest line states them.", example = 183_422),
        ("Upload-Metadata" = String, Header,
            description = "Keys with values in base64, separated by commas: `photo_id` and `sha256` (hexadecimal); `report` or \
                `command`, where the photo's id is not the sender's only one. Others are kept and given back.",
            example = "photo_id MDE5OGYzYTAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAx,sha256 OWY4NmQwODE4ODRjN2Q2NTlhMmZlYWEwYzU1YWQwMTVhM2JmNGYxYjJiMGI4MjJjZDE1ZDZjMTViMGYwMGEwOA=="),
        ("Upload-Checksum" = Option<String>, Header,
            description = "As with PATCH, of the bytes that come along.",
            example = "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=")
    ),
    request_body(content = Option<Vec<u8>>, content_type = "application/offset+octet-stream", description = "The first bytes."),
    responses(
        (status = 201, description = "It stands at this address.", headers(
            ("Tus-Resumable" = String, description = "`1.0.0`."),
            ("Location" = String, description = "The upload's address, absolute."),
            ("Upload-Offset" = i64, description = "Bytes that are durable."),
            ("Upload-Expires" = String, description = "When what came is forgotten if nothing more comes.")
        )),
        CreateUploadProblems,
    )
)]
#[post("")]
pub async fn create_upload(
    app: Data<App>,
    who: SignedIn,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    let (actor, said) = (who.actor(&app), request.headers());
    let asked = headers::asked(said, app.config.max_photo_bytes)?;
    let (sum, length) = (headers::sum(said)?, headers::length(said));
    let mut found = upload_photo::create(&app, &actor, asked).await?;
    let id = UploadId::from(found.upload.key);
    if headers::is_part(said) && length != Some(0) {
        if found.offset() == 0 {
            let sent = Request { id, offset: 0, length, sum };
            found = body::receive(&app, actor, Action::CreateUpload, sent, payload).await?;
        } else {
            body::pass_over(payload).await;
        }
    }
    let mut response = HttpResponse::Created();
    response.insert_header((LOCATION, id.url(&app.config.public_url)));
    answer::stand(&mut response, &app, &found);
    Ok(response.finish())
}
