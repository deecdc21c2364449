//! Forgets what is left over from signing in: sessions that ended, failures long past, codes that
//! nobody used.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use schema::Conn;

use crate::app::App;
use crate::lockout::FORGOTTEN;
use crate::problem::Error;
use crate::store::{handovers, sessions, sign_in_failures};

/// How often it is done.
const EVERY: Duration = Duration::from_hours(1);
/// How long a code is kept after its end.
const CODES: SignedDuration = SignedDuration::from_hours(24);
/// How long a session is kept after its end.
const SESSIONS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Forgets what is left over now.
pub async fn forget(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    let forget = move |conn: &mut Conn| {
        sign_in_failures::remove_old(conn, now - FORGOTTEN)?;
        handovers::remove_old(conn, now - CODES)?;
        sessions::remove_all_ended(conn, now - SESSIONS)
    };
    app.db.write(forget).await
}

/// Forgets once an hour; runs until it is dropped.
pub async fn keep_forgetting(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        if let Err(error) = forget(&app).await {
            tracing::warn!(%error, "what is left over from signing in could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::tests::Town;
    use crate::actions::hand_over::offer;
    use crate::lockout::{Attempt, login_hash};

    #[actix_web::test]
    async fn what_is_over_goes_and_what_is_not_stays() {
        let town = Town::that_never_idles().await;
        let grant = town.signs_in("ana").await.unwrap();
        let session = grant.refresh_token.session;
        offer(&town.app, &grant.account, session, false).await.unwrap();
        Attempt::begin(&town.app, "bo").await.unwrap();
        let counted = async || {
            let now = town.app.clock.now();
            let count = move |conn: &mut Conn| {
                let bo = login_hash("bo");
                let known = sign_in_failures::find_held(conn, &bo, now)?.count;
                Ok::<_, Error>((known, sessions::find_with_account(conn, session)?.is_some()))
            };
            town.app.db.write(count).await.unwrap()
        };
        forget(&town.app).await.unwrap();
        assert_eq!(counted().await, (1, true));
        town.app.clock.advance(FORGOTTEN + SignedDuration::from_secs(1));
        forget(&town.app).await.unwrap();
        assert_eq!(counted().await, (0, true));
        town.app.clock.advance(crate::tokens::REFRESH_LIFE + SESSIONS);
        forget(&town.app).await.unwrap();
        assert_eq!(counted().await, (0, false));
    }
}
