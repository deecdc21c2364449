//! When each session was last used: written to the minute and off the request's way, and read to end
//! what nobody uses any more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use schema::{Conn, Db};
use uuid::Uuid;

use crate::app::App;
use crate::config::SignInSettings;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::Account;
use crate::store::sessions::Session;

/// How exactly it is known when a session was last used.
const TO_THE: SignedDuration = SignedDuration::from_mins(1);

/// Whether nobody used the session for so long that it is over. A machine's never idles.
pub fn is_idle(
    session: &Session,
    account: &Account,
    settings: &SignInSettings,
    now: Timestamp,
) -> bool {
    let limit = settings.idle(account.role).filter(|_| account.errands.is_none());
    limit.is_some_and(|limit| now.duration_since(session.last_seen_at) >= limit)
}

/// Uses that are being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Uses(Arc<Mutex<HashMap<Uuid, Timestamp>>>);

impl Uses {
    /// When the session was last used here, if that is not written yet. To be asked before the session
    /// is read: what is written by then is read.
    pub(super) fn unwritten(&self, session: Uuid) -> Option<Timestamp> {
        self.waiting().get(&session).copied()
    }

    /// Notes that the session is used now; nobody waits for it.
    pub(super) fn note(&self, app: &App, session: &Session, now: Timestamp) {
        if now.duration_since(session.last_seen_at) < TO_THE {
            return;
        }
        self.waiting().insert(session.id, now);
        tokio::spawn(self.clone().write(app.db.clone(), session.id, now));
    }

    async fn write(self, db: Db, session: Uuid, at: Timestamp) {
        let save = move |conn: &mut Conn| store::sessions::save_seen(conn, session, at);
        let saved: Result<(), Error> = db.write(save).await;
        if let Err(error) = saved {
            tracing::warn!(%error, "when a session was last used could not be written");
        }
        // A later use may have come while this one was written.
        let mut waiting = self.waiting();
        if waiting.get(&session) == Some(&at) {
            waiting.remove(&session);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<Uuid, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
