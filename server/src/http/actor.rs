//! Who is asking: the extractors that every handler names that needs somebody signed in.

use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use domain::access::{Actor, Errands};
use jiff::Timestamp;
use uuid::Uuid;

use super::caller::counted;
use crate::accounts::{self, must};
use crate::app::App;
use crate::problem::Error;
use crate::pull::{Reader, acting};
use crate::store::accounts::Account;

/// Somebody who showed a good access token, and has done what they must do first.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Their account, as it was at most [`accounts::BELIEVED`] ago.
    pub account: Arc<Account>,
    /// The session they are signed in with.
    pub session: Uuid,
    /// What a machine's token was given for, of what its account may; none for a person.
    pub errands: Option<Errands>,
    /// When the token they showed ends.
    pub until: Timestamp,
}

impl SignedIn {
    /// Who they are to the rules; an area they are assigned to stands for every area in it.
    pub fn actor(&self, app: &App) -> Actor {
        acting(app, &self.account, self.errands.as_ref())
    }

    /// Who they are to the feed.
    pub fn reader(&self, app: &App) -> Reader {
        let Self { account, session, errands, until } = self.clone();
        Reader::new(app, account, session, errands, until)
    }
}

/// Somebody who showed a good access token, whatever they must do first: for the few operations with
/// which they do it, look at themselves, or leave.
#[derive(Debug, Clone)]
pub struct Identified {
    /// As [`SignedIn::account`].
    pub account: Arc<Account>,
    /// The session they are signed in with.
    pub session: Uuid,
    /// As [`SignedIn::errands`].
    pub errands: Option<Errands>,
    /// As [`SignedIn::until`].
    pub until: Timestamp,
}

impl Identified {
    /// As [`SignedIn::actor`].
    pub fn actor(&self, app: &App) -> Actor {
        acting(app, &self.account, self.errands.as_ref())
    }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (app, Identified { account, session, errands, until }) = identify(&request).await?;
            match must(&account, &app.config.sign_in, app.clock.now()).first() {
                Some(first) => Err(first.refusal()),
                None => Ok(Self { account, session, errands, until }),
            }
        })
    }
}

impl FromRequest for Identified {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(identify(&request).await?.1) })
    }
}

async fn identify(request: &HttpRequest) -> Result<(web::Data<App>, Identified), Error> {
    let app = request.app_data::<web::Data<App>>().cloned();
    let app = app.ok_or_else(|| Error::Internal("no App in the request".to_owned()))?;
    let token = bearer(request).ok_or(Error::Unauthenticated)?;
    let claims = app.keys.verify(token, app.clock.now())?;
    // Before the database is asked.
    counted(request, app.rates.by_account(claims.sub))?;
    let account = accounts::actor(&app, claims.sid, claims.sub).await?;
    let errands = account.errands.as_ref().map(|may| may & &claims.errands());
    let until = Timestamp::from_second(claims.exp).unwrap_or(Timestamp::MIN);
    Ok((app, Identified { account, session: claims.sid, errands, until }))
}

/// The token of `Authorization: Bearer <token>` (RFC 6750; the scheme in any case, RFC 9110 11.1).
fn bearer(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
