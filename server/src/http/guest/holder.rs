//! Whoever holds a link.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};

use crate::app::App;
use crate::http::caller::{by_address, counted};
use crate::problem::{Error, LinkRefusal};
use crate::rates::Rates;
use crate::tokens::LinkToken;

/// Somebody who showed the token of a link that one of our keys signed and that is not over by itself. Whether it
/// was taken back, and what it opens, the database says.
#[derive(Debug, Clone, Copy)]
pub struct Holder {
    /// What the token says.
    pub token: LinkToken,
}

impl FromRequest for Holder {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(held(request))
    }
}

/// Counted by address before anything is looked at, then by link: who tries tokens out is held back, and so is
/// who passes a link on to everybody.
fn held(request: &HttpRequest) -> Result<Holder, Error> {
    by_address(request, Rates::of_guests)?;
    let app = request.app_data::<web::Data<App>>();
    let app = app.ok_or_else(|| Error::Internal("no App in the request".to_owned()))?;
    let token = shown(request).and_then(|token| app.link_key.verify(token));
    let token = token.ok_or(LinkRefusal::Invalid)?;
    if app.clock.now() >= token.expires_at {
        return Err(LinkRefusal::Expired.into());
    }
    counted(request, app.rates.by_link(token.link))?;
    Ok(Holder { token })
}

/// The token of `Authorization: Link <token>` (the scheme in any case, RFC 9110 11.1).
fn shown(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("link").then(|| token.trim())
}
