//! Somebody signs in on a device.

use jiff::Timestamp;
use schema::Conn;
use uuid::Uuid;

use crate::accounts::{self, Must, must};
use crate::actions::second_factor;
use crate::app::App;
use crate::lockout::Attempt;
use crate::passwords;
use crate::problem::Error;
use crate::second_factor::Vault;
use crate::store;
use crate::store::accounts::Account;
use crate::store::sessions::NewSession;
use crate::tokens::{Claims, REFRESH_LIFE, RefreshToken};

/// Devices that somebody is signed in on, at most: one more ends the oldest.
const DEVICES: i64 = 100;

/// What somebody signs in with.
#[allow(missing_debug_implementations)]
pub struct Credentials {
    /// In any case.
    pub login: String,
    /// In the clear.
    pub password: String,
    /// Of the second factor: the app's six digits or a recovery code.
    pub code: Option<String>,
    /// What the client calls the device.
    pub device: Option<String>,
}

#[cfg(test)]
impl Credentials {
    /// Login and password alone.
    pub(crate) fn of(login: &str, password: &str) -> Self {
        Self { login: login.to_owned(), password: password.to_owned(), code: None, device: None }
    }
}

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
    /// What they must do before anything else.
    pub must: Vec<Must>,
}

impl Grant {
    /// The access token that goes with a refresh token.
    pub(super) fn new(app: &App, refresh: RefreshToken, account: Account) -> Result<Self, Error> {
        let now = app.clock.now();
        let claims = Claims::new(account.id, refresh.session, account.role, now);
        let must = must(&account, &app.config.sign_in, now);
        let access_token = app.keys.issue(&claims)?;
        Ok(Self { access_token, refresh_token: refresh, account, must })
    }
}

/// Opens a session.
///
/// [`Error::CredentialsInvalid`] for an unknown login, a wrong password and a closed account alike,
/// each after about the same time; [`Error::SignInLocked`] after too many of them, for logins that
/// nobody has as well. Whoever knows the password and has a second factor hears
/// [`Error::SecondFactorRequired`] without a code and [`Error::SecondFactorInvalid`] with a wrong one.
pub async fn sign_in(app: &App, credentials: Credentials) -> Result<Grant, Error> {
    let Credentials { login, password, code, device } = credentials;
    let device = device.map(accounts::device).transpose()?;
    let attempt = Attempt::begin(app, &login).await?;
    let (login, hash) = check(app, &login, password).await?;
    let refresh = RefreshToken::random(Uuid::new_v4())?;
    let (session, refresh_hash, now) = (refresh.session, refresh.digest(), app.clock.now());
    let shown = Shown { login, hash, code, attempt, vault: app.vault.clone() };
    let opened = app
        .db
        .write(move |conn| open(conn, &shown, (session, &refresh_hash, device.clone()), now))
        .await?;
    match opened {
        Some(account) => Grant::new(app, refresh, account),
        None => Err(Error::SecondFactorRequired),
    }
}

/// The login as it is kept and the hash that the password fits.
async fn check(app: &App, login: &str, password: String) -> Result<(String, String), Error> {
    let found = match accounts::login(login) {
        Ok(login) => app.db.read(move |conn| store::accounts::find_by_login(conn, &login)).await?,
        // Nobody has such a login, and asking the database could fail on its characters.
        Err(_) => None,
    };
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let fits = passwords::fits(password, hash, &app.metrics).await?;
    match found {
        Some((account, hash)) if fits => Ok((account.login, hash)),
        _ => Err(Error::CredentialsInvalid),
    }
}

/// What was shown: a login, the hash that the password fitted, and perhaps a code.
struct Shown {
    login: String,
    hash: String,
    code: Option<String>,
    attempt: Attempt,
    vault: Vault,
}

/// None when a code is missing: then nothing is opened, and the attempt does not count.
fn open(
    conn: &mut Conn,
    shown: &Shown,
    (id, refresh_hash, device): (Uuid, &[u8], Option<String>),
    now: Timestamp,
) -> Result<Option<Account>, Error> {
    // The account may have been closed or given another password while the hash was computed. Held,
    // so that whoever does it now ends this session too, and so that no code is used twice.
    let found = store::accounts::find_by_login_held(conn, &shown.login)?;
    let (account, _) = found
        .filter(|(account, hash)| account.is_open(now) && *hash == shown.hash)
        .ok_or(Error::CredentialsInvalid)?;
    if account.credentials.second_factor {
        let Some(code) = &shown.code else {
            shown.attempt.take_back(conn, now)?;
            return Ok(None);
        };
        if !second_factor::use_code(conn, &shown.vault, account.id, code, now)? {
            return Err(Error::SecondFactorInvalid);
        }
    }
    shown.attempt.succeeded(conn)?;
    open_session(conn, account.id, (id, refresh_hash, device), now)?;
    Ok(Some(account))
}

/// Opens a session for somebody who may.
pub(super) fn open_session(
    conn: &mut Conn,
    account: i64,
    (id, refresh_hash, device): (Uuid, &[u8], Option<String>),
    now: Timestamp,
) -> Result<(), Error> {
    let (refresh_hash, expires_at) = (refresh_hash.to_vec(), now + REFRESH_LIFE);
    let new = NewSession { id, account, device, refresh_hash, expires_at, secret: None };
    store::sessions::remove_ended(conn, account, now)?;
    store::sessions::insert(conn, &new, now)?;
    store::sessions::remove_all_but_newest(conn, account, DEVICES)
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
            let refused = town.signs_in_with(login, &password, None).await;
            assert!(matches!(refused, Err(Error::CredentialsInvalid)), "{login}");
        }
    }

    #[actix_web::test]
    async fn a_password_changed_meanwhile_does_not_open_a_session() {
        let town = Town::new().await;
        let now = town.app.clock.now();
        let shown = Shown {
            login: "ana".to_owned(),
            hash: "the hash before".to_owned(),
            code: None,
            attempt: Attempt::begin(&town.app, "ana").await.unwrap(),
            vault: town.app.vault.clone(),
        };
        let session = Uuid::new_v4();
        let open = move |conn: &mut Conn| open(conn, &shown, (session, &[0; 32], None), now);
        let opened = town.app.db.write(open).await;
        assert!(matches!(opened, Err(Error::CredentialsInvalid)));
    }

    #[actix_web::test]
    async fn whether_it_is_locked_does_not_tell_who_exists() {
        let town = Town::new().await;
        for login in ["ana", "nobody", "n\0body", ""] {
            for _ in 0..5 {
                let refused = town.signs_in_with(login, "wrong", None).await;
                assert!(matches!(refused, Err(Error::CredentialsInvalid)), "{login:?}");
            }
            let refused = town.signs_in_with(login, PASSWORD, None).await;
            assert!(matches!(refused, Err(Error::SignInLocked { seconds: 900 })), "{login:?}");
        }
        town.app.clock.advance(jiff::SignedDuration::from_mins(15));
        assert!(town.signs_in("ana").await.is_ok());
        assert!(matches!(
            town.signs_in_with("ana", "wrong", None).await,
            Err(Error::CredentialsInvalid)
        ));
        assert!(town.signs_in("ana").await.is_ok(), "a success forgets the failures");
    }

    #[actix_web::test]
    async fn a_device_label_is_a_line() {
        let town = Town::new().await;
        let label = Some("phone\0".to_owned());
        let credentials = Credentials {
            login: "ana".to_owned(),
            password: PASSWORD.to_owned(),
            code: None,
            device: label,
        };
        let refused = sign_in(&town.app, credentials).await;
        assert!(matches!(refused, Err(Error::Invalid { code: "device-invalid", .. })));
    }
}
