//! Who is asking: the extractor that every handler names that needs somebody signed in.

use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use domain::access::{Actor, Errands};
use uuid::Uuid;

use super::caller::counted;
use crate::accounts;
use crate::app::App;
use crate::problem::Error;
use crate::store::accounts::Account;

/// Somebody who showed a good access token.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Their account, as it was at most [`accounts::BELIEVED`] ago.
    pub account: Arc<Account>,
    /// The session they are signed in with.
    pub session: Uuid,
    /// What a machine's token was given for, of what its account may; none for a person.
    pub errands: Option<Errands>,
}

impl SignedIn {
    /// Who they are to the rules; an area they are assigned to stands for every area in it.
    pub fn actor(&self, app: &App) -> Actor {
        let assigned = self.account.actor();
        Actor {
            duty_areas: app.gazetteer().expand(&assigned.duty_areas),
            errands: self.errands.clone(),
            ..assigned
        }
    }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request.app_data::<web::Data<App>>().cloned();
        let token = bearer(request).map(str::to_owned);
        let request = request.clone();
        Box::pin(async move {
            let app = app.ok_or_else(|| Error::Internal("no App in the request".to_owned()))?;
            let token = token.ok_or(Error::Unauthenticated)?;
            let claims = app.keys.verify(&token, app.clock.now())?;
            // Before the database is asked.
            counted(&request, app.rates.by_account(claims.sub))?;
            let account = accounts::actor(&app, claims.sid, claims.sub).await?;
            let errands = account.errands.as_ref().map(|may| may & &claims.errands());
            Ok(Self { account, session: claims.sid, errands })
        })
    }
}

/// The token of `Authorization: Bearer <token>` (RFC 6750; the scheme in any case, RFC 9110 11.1).
fn bearer(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
