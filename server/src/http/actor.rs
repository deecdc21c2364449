//! Who is asking: the extractors that every handler names that needs somebody signed in.

use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use domain::access::Actor;
use uuid::Uuid;

use crate::accounts::{self, must};
use crate::app::App;
use crate::problem::Error;
use crate::store::accounts::Account;

/// Somebody who showed a good access token, and has done what they must do first.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Their account, as it was at most [`accounts::BELIEVED`] ago.
    pub account: Arc<Account>,
    /// The session they are signed in with.
    pub session: Uuid,
}

impl SignedIn {
    /// Who they are to the rules; an area they are assigned to stands for every area in it.
    pub fn actor(&self, app: &App) -> Actor {
        actor(&self.account, app)
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
}

impl Identified {
    /// As [`SignedIn::actor`].
    pub fn actor(&self, app: &App) -> Actor {
        actor(&self.account, app)
    }
}

fn actor(account: &Account, app: &App) -> Actor {
    let assigned = account.actor();
    Actor { duty_areas: app.gazetteer().expand(&assigned.duty_areas), ..assigned }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (app, token) = asked(request);
        Box::pin(async move {
            let (app, Identified { account, session }) = identify(app, token).await?;
            match must(&account, &app.config.sign_in, app.clock.now()).first() {
                Some(first) => Err(first.refusal()),
                None => Ok(Self { account, session }),
            }
        })
    }
}

impl FromRequest for Identified {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (app, token) = asked(request);
        Box::pin(async move { Ok(identify(app, token).await?.1) })
    }
}

type AppData = web::Data<App>;

fn asked(request: &HttpRequest) -> (Option<AppData>, Option<String>) {
    (request.app_data::<AppData>().cloned(), bearer(request).map(str::to_owned))
}

async fn identify(
    app: Option<AppData>,
    token: Option<String>,
) -> Result<(AppData, Identified), Error> {
    let app = app.ok_or_else(|| Error::Internal("no App in the request".to_owned()))?;
    let token = token.ok_or(Error::Unauthenticated)?;
    let claims = app.keys.verify(&token, app.clock.now())?;
    let account = accounts::actor(&app, claims.sid, claims.sub).await?;
    Ok((app, Identified { account, session: claims.sid }))
}

/// The token of `Authorization: Bearer <token>` (RFC 6750; the scheme in any case, RFC 9110 11.1).
fn bearer(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
