//! What is done with accounts that are there. Running servers follow within
//! [`crate::accounts::BELIEVED`].

use jiff::Timestamp;
use schema::Conn;

use crate::accounts;
use crate::app::App;
use crate::passwords;
use crate::problem::Error;
use crate::store::accounts::{self as kept, Account};
use crate::store::sessions;

/// Accounts read at once.
const PAGE: i64 = 500;

/// A line for each person's account, closed ones too.
pub(super) async fn list(app: &App) -> Result<Vec<String>, Error> {
    let now = app.clock.now();
    let (mut lines, mut after) = (Vec::new(), 0);
    loop {
        let page = app.db.read(move |conn| kept::list(conn, after, PAGE)).await?;
        let Some(last) = page.last() else { return Ok(lines) };
        after = last.id;
        lines.extend(page.iter().map(|account| line(account, now)));
    }
}

fn line(account: &Account, now: Timestamp) -> String {
    let role = serde_json::to_value(account.role).unwrap_or_default();
    let role = role.as_str().unwrap_or_default();
    let bureau = account.bureau.as_deref().unwrap_or("-");
    let standing = match (account.is_open(now), account.active, account.ends_at) {
        (true, _, Some(end)) => format!("until {end:.0}"),
        (true, ..) => "open".to_owned(),
        (false, true, _) => "ended".to_owned(),
        (false, false, _) => "closed".to_owned(),
    };
    format!(
        "{:>5}  {:<24} {role:<10} {bureau:<16} {standing:<8} {}",
        account.id, account.login, account.name
    )
}

/// Closes an account, which ends its sessions, or opens it again.
pub(super) async fn set_active(app: &App, login: &str, active: bool) -> Result<String, Error> {
    let (login, now) = (accounts::login(login)?, app.clock.now());
    let changed = app
        .db
        .write(move |conn| {
            let account = Account { active, ..held(conn, &login)? };
            kept::save(conn, &account)?;
            if !active {
                sessions::save_all_revoked(conn, account.id, now)?;
            }
            Ok::<_, Error>(account)
        })
        .await?;
    let done = if active { "opened" } else { "closed, and signed out everywhere" };
    Ok(format!("account {} {done}: {}", changed.id, changed.login))
}

/// Gives an account another password, which ends its sessions; a temporary one must be changed first.
pub(super) async fn set_password(
    app: &App,
    login: &str,
    password: &str,
    temporary: bool,
) -> Result<String, Error> {
    let (login, now) = (accounts::login(login)?, app.clock.now());
    let asked = login.clone();
    let name = app.db.read(move |conn| find(conn, &asked)).await?.name;
    let least = app.config.sign_in.password_score;
    passwords::checked_new(password.to_owned(), login.clone(), name, least).await?;
    let hash = passwords::hashed(password.to_owned()).await?;
    let changed = app
        .db
        .write(move |conn| {
            let account = held(conn, &login)?;
            kept::save_password(conn, account.id, &hash, (now, temporary))?;
            sessions::save_all_revoked(conn, account.id, now)?;
            Ok::<_, Error>(account)
        })
        .await?;
    Ok(format!("account {} has another password, and is signed out: {}", changed.id, changed.login))
}

fn find(conn: &mut Conn, login: &str) -> Result<Account, Error> {
    let found = kept::find_any_by_login(conn, login)?.filter(|one| one.errands.is_none());
    found.ok_or_else(|| Error::invalid("login-unknown", format!("Nobody has the login {login}.")))
}

/// [`find`], and nobody else can change it before this transaction ends.
fn held(conn: &mut Conn, login: &str) -> Result<Account, Error> {
    let id = find(conn, login)?.id;
    kept::find_to_save(conn, id)?.ok_or(Error::NotFound)
}
