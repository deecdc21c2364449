//! SQLite's single writer.
//!
//! One thread owns the writing connection. It takes whatever waits, up to a configured number, runs
//! each piece of work in a savepoint of one transaction, commits once, and only then answers: one
//! fsync serves the whole group, and nobody is told "kept" before it is.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::{mpsc, oneshot};

use super::StorageFailure;
use super::checkpoint::Checkpoints;
use super::counted::Commits;
use crate::news::{self, Ears};
use crate::{Conn, DbError, DbUrl};

/// Work that waits for its turn; writes beyond this many wait in their callers.
const QUEUE: usize = 1_024;

/// The waiting end of a write that was handed over.
type Answer<T, E> = oneshot::Receiver<Result<T, E>>;
/// Tells the caller how the commit of its group went.
type Settle = Box<dyn FnOnce(Result<(), &DbError>) + Send>;
/// Runs in a savepoint; an error means the whole transaction is gone.
type Job = Box<dyn FnOnce(&mut Conn) -> Result<Settle, (Settle, DbError)> + Send>;

#[derive(Clone)]
pub(crate) struct GroupWriter {
    jobs: mpsc::Sender<Job>,
}

/// Who is to know of a commit.
pub(crate) struct Committed {
    pub(crate) commits: Commits,
    pub(crate) ears: Ears,
}

impl Committed {
    fn tell(&self) {
        self.commits.add();
        if let (Some(news), Some(ear)) = (news::take(), self.ears.get()) {
            ear(news);
        }
    }
}

impl GroupWriter {
    pub(crate) fn open(url: &DbUrl, group: usize, after: Committed) -> Result<Self, DbError> {
        let mut conn = Conn::open(url)?;
        let checkpoints = Checkpoints::take_over(&mut conn, url)?;
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let committed = move || {
            after.tell();
            checkpoints.committed();
        };
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || write_groups(conn, waiting, group.max(1), committed))
            .map_err(|error| DbError::Connect(error.to_string()))?;
        Ok(Self { jobs })
    }

    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnMut(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: StorageFailure,
    {
        let (job, answer) = job(work);
        self.jobs.send(job).await.map_err(|_stopped| E::from(DbError::Unavailable))?;
        answer.await.unwrap_or_else(|_lost| Err(E::from(DbError::Unavailable)))
    }
}

fn write_groups(
    mut conn: Conn,
    mut waiting: mpsc::Receiver<Job>,
    group: usize,
    committed: impl Fn(),
) {
    news::begin();
    while let Some(first) = waiting.blocking_recv() {
        // Write transactions begin as such: upgrading a read lock later could fail halfway.
        if let Err(error) = conn.batch("BEGIN IMMEDIATE") {
            refuse(first, &error);
            continue;
        }
        let mut settles = Vec::new();
        let mut next = Some(first);
        let outcome = loop {
            let Some(job) = next.take() else { break commit(&mut conn) };
            match job(&mut conn) {
                Ok(settle) => settles.push(settle),
                Err((settle, error)) => {
                    settles.push(settle);
                    break Err(error);
                }
            }
            if settles.len() < group {
                next = waiting.try_recv().ok();
            }
        };
        if outcome.is_err() {
            // Nothing to roll back when the database did so by itself; then this says so, and that is fine.
            drop(conn.batch("ROLLBACK"));
            drop(news::take());
        } else {
            // Told before its writers are answered: whoever asks next finds it heard.
            committed();
        }
        for settle in settles {
            settle(outcome.as_ref().copied());
        }
    }
}

fn commit(conn: &mut Conn) -> Result<(), DbError> {
    conn.batch("COMMIT").map_err(|error| DbError::GroupLost(error.to_string()))
}

/// Answers a job that never ran because no transaction could begin.
fn refuse(job: Job, error: &diesel::result::Error) {
    tracing::error!(%error, "no write transaction could begin");
    // Dropping the job drops its answer, which its caller hears as unavailable.
    drop(job);
}

fn job<T, E>(
    mut work: impl FnMut(&mut Conn) -> Result<T, E> + Send + 'static,
) -> (Job, Answer<T, E>)
where
    T: Send + 'static,
    E: StorageFailure,
{
    let (sender, answer) = oneshot::channel();
    let job: Job = Box::new(move |conn| {
        let result = in_savepoint(conn, &mut work);
        let lost = match &result {
            Err(Lost::Group(reason)) => Some(DbError::GroupLost(reason.clone())),
            _ => None,
        };
        let settle: Settle = Box::new(move |committed| {
            let said = match (result, committed) {
                (Ok(value), Ok(())) => Ok(value),
                (Err(Lost::Work(error)), _) => Err(error),
                (Err(Lost::Group(reason)), _) => Err(E::from(DbError::GroupLost(reason))),
                (Ok(_), Err(error)) => Err(E::from(DbError::GroupLost(error.to_string()))),
            };
            // A caller that hung up no longer wants to know.
            drop(sender.send(said));
        });
        match lost {
            None => Ok(settle),
            Some(error) => Err((settle, error)),
        }
    });
    (job, answer)
}

enum Lost<E> {
    /// Only this piece of work was rolled back.
    Work(E),
    /// The savepoint itself is gone: SQLite rolled the whole transaction back (FULL, IOERR, NOMEM).
    Group(String),
}

fn in_savepoint<T, E: StorageFailure>(
    conn: &mut Conn,
    work: &mut impl FnMut(&mut Conn) -> Result<T, E>,
) -> Result<T, Lost<E>> {
    let gone = |error: diesel::result::Error| Lost::Group(error.to_string());
    conn.batch("SAVEPOINT work").map_err(gone)?;
    let told = news::count();
    let result = catch_unwind(AssertUnwindSafe(|| work(conn)))
        .unwrap_or_else(|_panic| Err(E::from(DbError::Panicked)));
    match result {
        Ok(value) => conn.batch("RELEASE work").map(|()| value).map_err(gone),
        Err(error) => {
            news::forget_after(told);
            conn.batch("ROLLBACK TO work; RELEASE work").map_err(gone)?;
            Err(Lost::Work(error))
        }
    }
}
