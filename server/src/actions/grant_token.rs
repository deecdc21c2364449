//! A machine shows its secret and gets an access token (RFC 6749, 4.4).

use domain::access::{Errand, Errands};
use jiff::{SignedDuration, Timestamp};
use schema::Conn;
use uuid::Uuid;

use crate::accounts;
use crate::app::App;
use crate::problem::{Error, TokenRefusal};
use crate::store::accounts::Account;
use crate::store::machine_secrets::{self, Secret};
use crate::store::sessions::{self, NewSession};
use crate::tokens::{ACCESS_LIFE_S, Claims, ClientSecret};

/// Tokens of one machine that are good at once, at most: one more ends the oldest.
pub const TOKENS: i64 = 50;

/// A machine's access token.
#[allow(missing_debug_implementations)]
pub struct MachineToken {
    /// Shown with each request, for [`ACCESS_LIFE_S`].
    pub access_token: String,
    /// What it was given for.
    pub errands: Errands,
}

/// Gives a token for `scope` (words with blanks between; none: everything the machine may).
///
/// [`Error::NoToken`] with [`TokenRefusal::Client`] for an unknown client, a wrong, revoked or
/// expired secret and a closed account alike, with [`TokenRefusal::Scope`] for a scope it has not.
pub async fn grant_token(
    app: &App,
    client_id: &str,
    secret: &str,
    scope: Option<String>,
) -> Result<MachineToken, Error> {
    // Asking the database for what cannot be a login could fail on its characters.
    let login = accounts::login(client_id).map_err(|_never| TokenRefusal::Client)?;
    let shown = ClientSecret::parse(secret).ok_or(TokenRefusal::Client)?.digest();
    let (now, session) = (app.clock.now(), Uuid::new_v4());
    let (machine, errands) = app
        .db
        .write(move |conn| open(conn, &login, &shown, scope.as_deref(), session, now))
        .await?;
    let claims = Claims::new(machine.id, session, machine.role, now).of_machine(&errands);
    Ok(MachineToken { access_token: app.keys.issue(&claims)?, errands })
}

fn open(
    conn: &mut Conn,
    login: &str,
    shown: &[u8],
    scope: Option<&str>,
    session: Uuid,
    now: Timestamp,
) -> Result<(Account, Errands), Error> {
    let (machine, secret) = known(conn, login, shown, now)?;
    let errands = wanted(&machine, scope)?;
    sessions::remove_ended(conn, machine.id, now)?;
    let full_life = now + SignedDuration::from_secs(ACCESS_LIFE_S);
    let new = NewSession {
        id: session,
        account: machine.id,
        device: None,
        // There is no refresh token: no digest is empty.
        refresh_hash: Vec::new(),
        // No token outlives the secret it was given for.
        expires_at: secret.expires_at.map_or(full_life, |end| end.min(full_life)),
        secret: Some(secret.id),
    };
    sessions::insert(conn, &new, now)?;
    sessions::remove_all_but_newest(conn, machine.id, TOKENS)?;
    machine_secrets::save_used(conn, &secret, now)?;
    Ok((machine, errands))
}

fn known(
    conn: &mut Conn,
    login: &str,
    shown: &[u8],
    now: Timestamp,
) -> Result<(Account, Secret), Error> {
    let found = machine_secrets::find_with_account(conn, login)?;
    let (machine, secrets) = found.ok_or(TokenRefusal::Client)?;
    let fits = |secret: &Secret| secret.is_good(now) && secret.digest == shown;
    let secret = secrets.into_iter().find(fits).filter(|_| machine.is_open(now));
    Ok((machine, secret.ok_or(TokenRefusal::Client)?))
}

/// What a token is asked for, of what the machine may.
fn wanted(machine: &Account, scope: Option<&str>) -> Result<Errands, Error> {
    let may = machine.errands.clone().unwrap_or_default();
    let Some(scope) = scope else { return Ok(may) };
    let words = scope.split(' ').filter(|word| !word.is_empty());
    let read = |word: &str| {
        let errand = word.parse::<Errand>().ok().filter(|errand| may.contains(errand));
        errand.ok_or_else(|| Error::from(TokenRefusal::Scope(word.chars().take(60).collect())))
    };
    let wanted = words.map(read).collect::<Result<Errands, _>>()?;
    if wanted.is_empty() { Ok(may) } else { Ok(wanted) }
}
