//! Hears what PostgreSQL passes on, from this process and every other.
//!
//! diesel gives no access to the connection's socket, so a thread looks at it from time to time: often
//! while somebody waits, now and then while nobody does, since what is not fetched piles up in the
//! database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Thread;
use std::time::Duration;

use diesel::PgConnection;

use super::{Ear, News};
use crate::{Conn, DbError, DbUrl};

/// What the news is sent under.
pub(crate) const CHANNEL: &str = "zhoubian_news";
/// How often the thread looks while somebody waits: no wait gets longer than by this.
const AWAITED: Duration = Duration::from_millis(10);
/// How often it looks while nobody does.
const OTHERWISE: Duration = Duration::from_secs(1);
/// How long it waits before it connects again; twice as long each time, up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(15);

/// The thread, which ends when this is dropped.
pub(crate) struct Listener {
    ended: Arc<AtomicBool>,
    thread: Thread,
}

impl Listener {
    /// Starts the thread. `awaited` says whether anybody waits for news.
    pub(crate) fn start(
        url: DbUrl,
        ear: Ear,
        awaited: impl Fn() -> bool + Send + 'static,
    ) -> Result<Self, DbError> {
        let ended = Arc::new(AtomicBool::new(false));
        let ears = Ears { url, ear, awaited, ended: Arc::clone(&ended) };
        let started = std::thread::Builder::new().name("listener".to_owned());
        let thread = started.spawn(move || ears.listen());
        let thread = thread.map_err(|error| DbError::Connect(error.to_string()))?;
        Ok(Self { ended, thread: thread.thread().clone() })
    }

    pub(crate) fn hurry(&self) {
        self.thread.unpark();
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

struct Ears<F> {
    url: DbUrl,
    ear: Ear,
    awaited: F,
    ended: Arc<AtomicBool>,
}

impl<F: Fn() -> bool> Ears<F> {
    fn listen(self) {
        let mut pause = FIRST;
        while !self.ended.load(Ordering::Acquire) {
            let lost = match connected(&self.url) {
                Ok(mut conn) => {
                    pause = FIRST;
                    // Whatever was told while nobody listened was missed.
                    (self.ear)(News::for_anybody());
                    self.follow(&mut conn)
                }
                Err(error) => Err(error),
            };
            if let Err(error) = lost {
                tracing::warn!(%error, "news of changes are not heard; connecting again");
                self.rest(pause);
                pause = LONGEST.min(pause * 2);
            }
        }
    }

    /// Hears until it is over or the connection is lost.
    fn follow(&self, conn: &mut PgConnection) -> Result<(), DbError> {
        while !self.ended.load(Ordering::Acquire) {
            for heard in conn.notifications_iter() {
                (self.ear)(News::read(&heard?.payload));
            }
            std::thread::park_timeout(if (self.awaited)() { AWAITED } else { OTHERWISE });
        }
        Ok(())
    }

    /// Sleeps, whoever hurries it, unless it is over.
    fn rest(&self, pause: Duration) {
        let mut left = pause;
        while !left.is_zero() && !self.ended.load(Ordering::Acquire) {
            let step = left.min(FIRST);
            std::thread::sleep(step);
            left -= step;
        }
    }
}

fn connected(url: &DbUrl) -> Result<PgConnection, DbError> {
    match Conn::open(url)? {
        Conn::Postgres(mut conn) => {
            use diesel::connection::SimpleConnection;
            conn.batch_execute(&format!("LISTEN {CHANNEL}"))?;
            Ok(conn)
        }
        #[cfg(feature = "sqlite")]
        Conn::Sqlite(_) => Err(DbError::Url("only PostgreSQL passes news on".to_owned())),
    }
}
