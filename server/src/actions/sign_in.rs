//! Somebody signs in on a device.

use jiff::Timestamp;
use schema::Conn;
use uuid::Uuid;

use crate::accounts;
use crate::app::App;
use crate::passwords;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::Account;
use crate::store::sessions::NewSession;
use crate::tokens::{Claims, REFRESH_LIFE, RefreshToken};

/// What signing in, or staying signed in, gives.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Grant {
    /// Shown with each request, for [`crate::tokens::ACCESS_LIFE_S`].
    pub access_token: String,
    /// Exchanged for the next grant.
    pub refresh_token: RefreshToken,
    /// Who signed in.
    pub account: Account,
}

impl Grant {
    /// The access token that goes with a refresh token.
    pub(super) fn new(app: &App, refresh: RefreshToken, account: Account) -> Result<Self, Error> {
        let claims = Claims::new(account.id, refresh.session, account.role, app.clock.now());
        Ok(Self { access_token: app.keys.issue(&claims)?, refresh_token: refresh, account })
    }
}

/// Opens a session.
///
/// [`Error::CredentialsInvalid`] for an unknown login, a wrong password and a closed account alike,
/// each after about the same time.
pub async fn sign_in(
    app: &App,
    login: &str,
    password: String,
    device: Option<String>,
) -> Result<Grant, Error> {
    let device = device.map(accounts::device).transpose()?;
    let (login, hash) = check(app, login, password).await?;
    let refresh = RefreshToken::random(Uuid::new_v4())?;
    let now = app.clock.now();
    let session = (refresh.session, refresh.digest(), device);
    let opened = app.db.write(move |conn| open(conn, &login, &hash, session.clone(), now)).await?;
    Grant::new(app, refresh, opened)
}

/// The login as it is kept and the hash that the password fits.
async fn check(app: &App, login: &str, password: String) -> Result<(String, String), Error> {
    let found = match accounts::login(login) {
        Ok(login) => app.db.read(move |conn| store::accounts::find_by_login(conn, &login)).await?,
        // Nobody has such a login, and asking the database could fail on its characters.
        Err(_) => None,
    };
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let fits = passwords::fits(password, hash).await?;
    match found {
        Some((account, hash)) if fits => Ok((account.login, hash)),
        _ => Err(Error::CredentialsInvalid),
    }
}

fn open(
    conn: &mut Conn,
    login: &str,
    checked: &str,
    (id, refresh_hash, device): (Uuid, Vec<u8>, Option<String>),
    now: Timestamp,
) -> Result<Account, Error> {
    // The account may have been closed or given another password while the hash was computed. Held,
    // so that whoever does it now ends this session too.
    let found = store::accounts::find_by_login_held(conn, login)?;
    let (account, _) = found
        .filter(|(account, hash)| account.is_open(now) && hash == checked)
        .ok_or(Error::CredentialsInvalid)?;
    store::sessions::remove_ended(conn, account.id, now)?;
    let expires_at = now + REFRESH_LIFE;
    let new =
        NewSession { id, account: account.id, device, refresh_hash, expires_at, secret: None };
    store::sessions::insert(conn, &new, now)?;
    Ok(account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::tests::{PASSWORD, Town};

    #[actix_web::test]
    async fn the_login_may_be_typed_with_capitals() {
        let town = Town::new().await;
        let grant = town.signs_in(" Ana ").await.unwrap();
        assert_eq!(grant.account.login, "ana");
        let claims = town.app.keys.verify(&grant.access_token, town.app.clock.now()).unwrap();
        assert_eq!((claims.sub, claims.sid), (grant.account.id, grant.refresh_token.session));
    }

    #[actix_web::test]
    async fn every_refusal_is_the_same() {
        let town = Town::new().await;
        town.closes("bo").await;
        let wrong = "wrong password".to_owned();
        let cases = [
            ("ana", wrong),
            ("bo", PASSWORD.into()),
            ("nobody", PASSWORD.into()),
            ("n\0body", PASSWORD.into()),
            ("", String::new()),
        ];
        for (login, password) in cases {
            let refused = sign_in(&town.app, login, password, None).await;
            assert!(matches!(refused, Err(Error::CredentialsInvalid)), "{login}");
        }
    }

    #[actix_web::test]
    async fn a_password_changed_meanwhile_does_not_open_a_session() {
        let town = Town::new().await;
        let now = town.app.clock.now();
        let session = (Uuid::new_v4(), vec![0; 32], None);
        let opened = town
            .app
            .db
            .write(move |conn| open(conn, "ana", "the hash before", session.clone(), now))
            .await;
        assert!(matches!(opened, Err(Error::CredentialsInvalid)));
    }

    #[actix_web::test]
    async fn a_device_label_is_a_line() {
        let town = Town::new().await;
        let label = Some("phone\0".to_owned());
        let refused = sign_in(&town.app, "ana", PASSWORD.to_owned(), label).await;
        assert!(matches!(refused, Err(Error::Invalid { code: "device-invalid", .. })));
    }
}
