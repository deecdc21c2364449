//! A login that was locked is unlocked before its time.

use domain::access::Action;
use schema::Conn;

use crate::accounts;
use crate::actions::create_account::acting_admin;
use crate::app::App;
use crate::lockout::login_hash;
use crate::problem::Error;
use crate::store;

/// Forgets an account's failed attempts for the admin `acting`.
///
/// [`Error::NotFound`] when there is no such account; one that is not locked is as good.
pub async fn unlock_account(app: &App, acting: i64, account: i64) -> Result<(), Error> {
    let now = app.clock.now();
    let unlock = move |conn: &mut Conn| {
        acting_admin(conn, acting, Action::UnlockAccount, now)?;
        let account = store::accounts::find(conn, account)?.ok_or(Error::NotFound)?;
        store::sign_in_failures::remove(conn, &login_hash(&account.login))
    };
    app.db.write(unlock).await
}

/// Forgets the failed attempts with a login, for the command line.
///
/// [`Error::NotFound`] when nobody has the login; `login-invalid` when nobody can.
pub async fn unlock_login(app: &App, login: &str) -> Result<(), Error> {
    let login = accounts::login(login)?;
    let unlock = move |conn: &mut Conn| {
        store::accounts::find_by_login(conn, &login)?.ok_or(Error::NotFound)?;
        store::sign_in_failures::remove(conn, &login_hash(&login))
    };
    app.db.write(unlock).await
}
