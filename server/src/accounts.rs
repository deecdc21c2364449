//! Who is asking: accounts lately seen, kept for a moment so that not every request reads them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::app::App;
use crate::heard::Heard;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::Account;

mod last_seen;
mod must;
mod rules;
#[cfg(test)]
pub(crate) mod tests;

pub use last_seen::is_idle;
pub use must::{Must, must};
pub use rules::{Ending, check_end, check_errands, check_own, check_place, device, login, name};

/// How long an account is believed without reading it again: a session that another server node
/// ended is refused here after this long.
pub const BELIEVED: SignedDuration = SignedDuration::from_secs(5);

/// Sessions kept, at most.
const ROOM: usize = 10_000;

/// Accounts lately seen, by session.
#[derive(Default)]
#[allow(missing_debug_implementations)]
pub struct Accounts {
    seen: Mutex<Seen>,
    /// Who waits learns of what is forgotten here.
    heard: Arc<Heard>,
    uses: last_seen::Uses,
}

#[derive(Debug, Default)]
struct Seen {
    sessions: HashMap<Uuid, Entry>,
    /// How often something was forgotten: what was read before must not be kept after.
    forgotten: u64,
}

#[derive(Debug)]
struct Entry {
    account: Arc<Account>,
    read_at: Timestamp,
}

impl Entry {
    fn is_fresh(&self, now: Timestamp) -> bool {
        // A clock set back makes everything stale.
        let age = now.duration_since(self.read_at);
        !age.is_negative() && age < BELIEVED
    }
}

impl Accounts {
    /// None seen yet; whoever waits there is woken when theirs is forgotten.
    pub fn telling(heard: Arc<Heard>) -> Self {
        Self { heard, ..Self::default() }
    }

    /// Forgets a session that ended.
    pub fn forget_session(&self, session: Uuid) {
        let mut seen = self.seen();
        seen.forgotten += 1;
        seen.sessions.remove(&session);
        drop(seen);
        self.heard.session_changed(session);
    }

    /// Forgets every session of an account that changed.
    pub fn forget_account(&self, account: i64) {
        let mut seen = self.seen();
        seen.forgotten += 1;
        seen.sessions.retain(|_, entry| entry.account.id != account);
        drop(seen);
        self.heard.account_changed(account);
    }

    /// The account, if it is fresh, and how often something was forgotten.
    fn look(&self, session: Uuid, now: Timestamp) -> (Option<Arc<Account>>, u64) {
        let seen = self.seen();
        let entry = seen.sessions.get(&session).filter(|entry| entry.is_fresh(now));
        (entry.map(|entry| Arc::clone(&entry.account)), seen.forgotten)
    }

    /// Keeps what was read at `now`, unless something was forgotten since `forgotten`.
    fn keep(&self, session: Uuid, account: &Arc<Account>, now: Timestamp, forgotten: u64) {
        let mut seen = self.seen();
        if seen.forgotten != forgotten {
            return;
        }
        if seen.sessions.len() >= ROOM {
            seen.sessions.retain(|_, entry| entry.is_fresh(now));
        }
        if seen.sessions.len() >= ROOM {
            seen.sessions.clear();
        }
        seen.sessions.insert(session, Entry { account: Arc::clone(account), read_at: now });
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The account behind a session, as it was at most [`BELIEVED`] ago.
///
/// [`Error::Unauthenticated`] when the session is over or not this account's, or the account is
/// closed.
pub async fn actor(app: &App, session: Uuid, account: i64) -> Result<Arc<Account>, Error> {
    let now = app.clock.now();
    let found = match app.accounts.look(session, now) {
        (Some(account), _) => account,
        (None, forgotten) => {
            let read = Arc::new(read(app, session, now).await?);
            app.accounts.keep(session, &read, now, forgotten);
            read
        }
    };
    // What was read a moment ago may have come to its end since.
    if found.id == account && found.is_open(now) { Ok(found) } else { Err(Error::Unauthenticated) }
}

async fn read(app: &App, session: Uuid, now: Timestamp) -> Result<Account, Error> {
    let used_here = app.accounts.uses.unwritten(session);
    let find = move |conn: &mut schema::Conn| store::sessions::find_with_account(conn, session);
    let (mut session, account) = app.db.read(find).await?.ok_or(Error::Unauthenticated)?;
    session.last_seen_at = used_here.unwrap_or(session.last_seen_at).max(session.last_seen_at);
    let idle = is_idle(&session, &account, &app.config.sign_in, now);
    if !session.is_open(now) || !account.is_open(now) || idle {
        return Err(Error::Unauthenticated);
    }
    app.accounts.uses.note(app, &session, now);
    Ok(account)
}
