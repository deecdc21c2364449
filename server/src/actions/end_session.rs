//! A device signs out.

use uuid::Uuid;

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
