//! How far an upload is, and its end.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, delete, head};
use domain::access::Action;

use super::answer;
use super::documented::{EndUploadProblems, GetUploadProblems};
use crate::actions::upload_photo;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::problem::Error;
use crate::uploads::UploadId;

/// An upload's address; what is none is found nowhere.
pub(super) fn address(id: &str) -> Result<UploadId, Error> {
    id.parse().map_err(|()| Error::NotFound)
}

/// How far an upload is
///
/// `Upload-Offset` is durable. Asking ends a request that still writes the same upload, so that a phone
/// whose connection broke half can go on at once; what that one sent is counted. A photo that is here has
/// its whole length as the offset, for weeks.
#[utoipa::path(
    tag = "uploads",
    operation_id = "get_upload",
    params(
        ("id" = String, Path, description = "The last part of `upload_url`.",
            example = "0198f3a0-0000-7000-8000-00000000000a.0198f3a0-0000-7000-8000-000000000001.1"),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`.", example = "1.0.0")
    ),
    responses(
        (status = 200, description = "In the headers.", headers(
            ("Tus-Resumable" = String, description = "`1.0.0`."),
            ("Upload-Offset" = i64, description = "Bytes that are durable."),
            ("Upload-Length" = i64, description = "Bytes of the photo."),
            ("Upload-Metadata" = String, description = "As it was sent with POST, or what the manifest says in the same form."),
            ("Upload-Expires" = String, description = "When what came is forgotten if nothing more comes."),
            ("Cache-Control" = String, description = "`no-store`.")
        )),
        GetUploadProblems,
    )
)]
#[head("/{id}")]
pub async fn get_upload(
    app: Data<App>,
    who: SignedIn,
    id: Path<String>,
) -> Result<HttpResponse, Error> {
    let actor = who.actor(&app);
    let found = upload_photo::look(&app, &actor, Action::GetUpload, address(&id)?).await?;
    let mut response = HttpResponse::Ok();
    answer::stand(&mut response, &app, &found);
    response.insert_header(("Upload-Length", found.line.bytes));
    if let Some(metadata) = answer::metadata(&found) {
        response.insert_header(("Upload-Metadata", metadata));
    }
    Ok(response.finish())
}

/// End an upload
///
/// What came is forgotten, and the address is over (410). The manifest line stays; the photo can be sent
/// anew. One that is here already stays: 409.
#[utoipa::path(
    tag = "uploads",
    operation_id = "end_upload",
    params(
        ("id" = String, Path, description = "The last part of `upload_url`.",
            example = "0198f3a0-0000-7000-8000-00000000000a.0198f3a0-0000-7000-8000-000000000001.1"),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`.", example = "1.0.0")
    ),
    responses(
        (status = 204, description = "It is over.", headers(("Tus-Resumable" = String, description = "`1.0.0`."))),
        EndUploadProblems,
    )
)]
#[delete("/{id}")]
pub async fn end_upload(
    app: Data<App>,
    who: SignedIn,
    id: Path<String>,
) -> Result<HttpResponse, Error> {
    upload_photo::end(&app, &who.actor(&app), Action::EndUpload, address(&id)?).await?;
    app.metrics.upload("ended");
    Ok(HttpResponse::NoContent().finish())
}
