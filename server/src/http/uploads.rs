//! `/uploads`: photos in parts, by tus 1.0 (<https://tus.io/protocols/resumable-upload>).

use actix_web::HttpResponse;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{options, web};
use utoipa_actix_web::scope::{Scope, scope};

use crate::app::App;
use crate::problem::{Error, TUS_VERSION};
use crate::uploads::Sum;

mod answer;
mod body;
mod create;
mod documented;
mod headers;
mod read;
mod send;
mod tus;

pub use create::{__path_create_upload, create_upload};
pub use read::{__path_end_upload, __path_get_upload, end_upload, get_upload};
pub use send::{__path_send_upload, send_upload};

/// The extensions of tus that are offered.
const EXTENSIONS: &str = "creation,creation-with-upload,checksum,expiration,termination";

/// Every operation under `/uploads`.
pub fn uploads() -> Scope<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl actix_web::body::MessageBody + use<>>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    scope("/uploads")
        .service(get_upload_options)
        .service(create_upload)
        .service(get_upload)
        .service(send_upload)
        .service(end_upload)
        .route("/{id}", web::method(actix_web::http::Method::OPTIONS).to(told))
        .default_service(web::to(nothing_here))
        .wrap(from_fn(tus::speak))
}

/// What is offered
///
/// Which version of tus is spoken, which extensions, up to which size. Asked by clients before anything
/// else; nobody needs to be signed in. The same for any upload.
#[utoipa::path(
    tag = "uploads",
    operation_id = "get_upload_options",
    security(()),
    responses((
        status = 204,
        description = "In the headers.",
        headers(
            ("Tus-Resumable" = String, description = "`1.0.0`."),
            ("Tus-Version" = String, description = "`1.0.0`."),
            ("Tus-Extension" = String, description = "`creation,creation-with-upload,checksum,expiration,termination`."),
            ("Tus-Max-Size" = i64, description = "The largest photo taken, bytes."),
            ("Tus-Checksum-Algorithm" = String, description = "`sha1,sha256`.")
        )
    ))
)]
#[options("")]
pub async fn get_upload_options(app: web::Data<App>) -> HttpResponse {
    told(app).await
}

async fn told(app: web::Data<App>) -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header(("Tus-Version", TUS_VERSION))
        .insert_header(("Tus-Extension", EXTENSIONS))
        .insert_header(("Tus-Max-Size", app.config.max_photo_bytes.to_string()))
        .insert_header(("Tus-Checksum-Algorithm", Sum::ALGORITHMS))
        .finish()
}

async fn nothing_here() -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}
