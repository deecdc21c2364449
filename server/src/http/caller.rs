//! Whoever asks without an access token: counted by address.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use crate::app::App;
use crate::problem::Error;
use crate::rates::{Rates, Standing, address};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// Somebody who shows what might be guessed: a password, a secret, a short code. A handler that names
/// this counts their attempts.
#[derive(Debug, Clone, Copy)]
pub struct Caller;

/// Somebody who stays signed in. What they show cannot be guessed, so they are counted apart: whoever
/// guesses passwords behind the same address keeps nobody from going on.
#[derive(Debug, Clone, Copy)]
pub struct Returning;

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(by_address(request, Rates::by_address).map(|()| Self))
    }
}

impl FromRequest for Returning {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(by_address(request, Rates::of_refreshes).map(|()| Self))
    }
}

pub(super) fn by_address(
    request: &HttpRequest,
    count: impl Fn(&Rates, IpAddr) -> Option<Standing>,
) -> Result<(), Error> {
    let app = request.app_data::<web::Data<App>>();
    let app = app.ok_or_else(|| Error::Internal("no App in the request".to_owned()))?;
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    // A line that cannot be read is nobody's address; what stands before it must not count instead.
    let lines = request.headers().get_all(X_FORWARDED_FOR);
    let lines: Vec<&str> = lines.map(|line| line.to_str().unwrap_or("")).collect();
    let address = address(peer, lines.into_iter(), &app.config.rates.trusted_proxies);
    counted(request, count(&app.rates, address))
}

/// Leaves where somebody stands for [`tell`], and refuses whoever asks too often.
pub(super) fn counted(request: &HttpRequest, standing: Option<Standing>) -> Result<(), Error> {
    let Some(standing) = standing else { return Ok(()) };
    request.extensions_mut().insert(standing);
    match standing.refused_for_s {
        Some(wait_s) => Err(Error::TooManyRequests { policy: standing.policy, wait_s }),
        None => Ok(()),
    }
}

/// Tells on every answer that was counted how many requests may follow, in the fields `RateLimit-Policy`
/// and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-11).
pub async fn tell(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let standing = response.request().extensions().get::<Standing>().copied();
    if let Some(standing) = standing {
        insert(response.headers_mut(), &standing);
    }
    Ok(response)
}

fn insert(headers: &mut HeaderMap, standing: &Standing) {
    let Standing { policy, quota, window_s, left, full_in_s, .. } = standing;
    let policy_text = format!("\"{policy}\";q={quota};w={window_s}");
    let left_text = format!("\"{policy}\";r={left};t={full_in_s}");
    for (name, text) in [(POLICY, policy_text), (LEFT, left_text)] {
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(name, value);
        }
    }
}
