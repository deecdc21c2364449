//! Devices sign out, by themselves or by somebody else.

use domain::access::Action;
use schema::Conn;
use uuid::Uuid;

use crate::actions::create_account::acting_admin;
use crate::app::App;
use crate::problem::Error;
use crate::store;

/// Ends a session: its refresh token at once, its access tokens at once here and within
/// [`crate::accounts::BELIEVED`] on other server nodes.
pub async fn end_session(app: &App, session: Uuid) -> Result<(), Error> {
    let now = app.clock.now();
    app.db.write(move |conn| store::sessions::save_revoked(conn, session, now)).await?;
    app.accounts.forget_session(session);
    Ok(())
}

/// Ends another session of one's own; [`Error::NotFound`] when it is over, or not one's own.
pub async fn end_own(app: &App, account: i64, session: Uuid) -> Result<(), Error> {
    let now = app.clock.now();
    let end = move |conn: &mut Conn| store::sessions::save_own_revoked(conn, account, session, now);
    let ended = app.db.write(end).await?;
    app.accounts.forget_session(session);
    if ended { Ok(()) } else { Err(Error::NotFound) }
}

/// Ends every session of an account but the one that asks, and codes for handing one over.
pub async fn end_others(app: &App, account: i64, asking: Uuid) -> Result<(), Error> {
    let now = app.clock.now();
    let end = move |conn: &mut Conn| {
        store::handovers::remove_all(conn, account)?;
        store::sessions::save_others_revoked(conn, account, asking, now)
    };
    app.db.write(end).await?;
    app.accounts.forget_account(account);
    Ok(())
}

/// Ends every session of an account for the admin `acting`: a phone is lost.
///
/// [`Error::NotFound`] when there is no such account.
pub async fn end_all(app: &App, acting: i64, account: i64) -> Result<(), Error> {
    let now = app.clock.now();
    let end = move |conn: &mut Conn| {
        acting_admin(conn, acting, Action::EndAccountSessions, now)?;
        store::accounts::find(conn, account)?.ok_or(Error::NotFound)?;
        store::sessions::save_all_revoked(conn, account, now)
    };
    app.db.write(end).await?;
    app.accounts.forget_account(account);
    Ok(())
}
