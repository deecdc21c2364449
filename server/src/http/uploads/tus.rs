//! What holds for every request and every answer under `/uploads`.

use actix_web::ResponseError;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;

use crate::problem::{Error, TUS_VERSION, UploadRefusal};

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// Takes a method that a proxy would not let through from `X-HTTP-Method-Override`, and an address with a
/// slash at its end as the one without; refuses whoever speaks another version; says on every answer which
/// is spoken.
pub(super) async fn speak<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    override_method(&mut request);
    strip_slash(&mut request);
    let speaks = request.headers().get(TUS_RESUMABLE).is_some_and(|said| said == TUS_VERSION);
    let mut response = if speaks || request.method() == Method::OPTIONS {
        next.call(request).await?.map_into_left_body()
    } else {
        let refused = Error::from(UploadRefusal::Version).error_response();
        request.into_response(refused).map_into_right_body()
    };
    response.headers_mut().insert(TUS_RESUMABLE, HeaderValue::from_static(TUS_VERSION));
    Ok(response)
}

fn override_method(request: &mut ServiceRequest) {
    if request.method() != Method::POST {
        return;
    }
    let meant = request.headers().get(OVERRIDE).map(HeaderValue::as_bytes);
    if let Some(Ok(method)) = meant.map(Method::from_bytes) {
        request.head_mut().method = method;
    }
}

fn strip_slash(request: &mut ServiceRequest) {
    let uri = request.uri();
    let Some(path) = uri.path().strip_suffix('/') else { return };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let Ok(uri) = format!("{path}{query}").parse::<Uri>() else { return };
    request.match_info_mut().get_mut().update(&uri);
    request.head_mut().uri = uri;
}
