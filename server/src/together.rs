//! Does together what several callers ask for at once, so that they share transactions and
//! statements.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use schema::DbError;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, oneshot};

use crate::problem::Error;

/// Something that waits, and where its answer goes.
type Waiting<I, O> = (I, oneshot::Sender<O>);

/// What waits to be done together. Nobody waits for others to come: what comes while some is being
/// done is done next, at once.
#[derive(Debug)]
pub struct Together<I, O> {
    waiting: Mutex<VecDeque<Waiting<I, O>>>,
    free: Semaphore,
    turns: usize,
    most: usize,
    room: usize,
    /// Where the work is done: it must not end with the thread that took somebody's request.
    runtime: Option<Handle>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// Too much waits already; nothing was begun.
    Full,
    /// The work broke off; whether it was done is not known.
    BrokenOff,
}

impl From<Unanswered> for Error {
    fn from(why: Unanswered) -> Self {
        Self::Storage(match why {
            Unanswered::Full => DbError::Unavailable,
            Unanswered::BrokenOff => DbError::Panicked,
        })
    }
}

/// How busy it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    /// Groups that are being worked on.
    pub groups: usize,
    /// Items that wait for a turn.
    pub waiting: usize,
}

impl<I: Send + 'static, O: Send + 'static> Together<I, O> {
    /// `turns` groups are worked on at a time, each of `most` items at most; `room` more may wait.
    ///
    /// Work is done on the runtime this is called on, if on any.
    pub fn new(turns: usize, most: usize, room: usize) -> Self {
        let runtime = Handle::try_current().ok();
        let (waiting, free) = (Mutex::default(), Semaphore::new(turns));
        Self { waiting, free, turns, most, room, runtime }
    }

    /// How busy it is at this moment.
    pub fn busy(&self) -> Busy {
        let groups = self.turns - self.free.available_permits();
        Busy { groups, waiting: self.lock().len() }
    }

    /// Has `item` done by `work`, with whatever else waits.
    ///
    /// `work` gives an answer for each item, in their order. Once begun it goes on when the caller is
    /// dropped; an item whose caller is dropped before is not done.
    pub async fn with<F, Work>(self: &Arc<Self>, item: I, work: F) -> Result<O, Unanswered>
    where
        F: FnOnce(Vec<I>) -> Work + Send + 'static,
        Work: Future<Output = Vec<O>> + Send,
    {
        let (sender, answer) = oneshot::channel();
        self.wait(item, sender)?;
        let together = Arc::clone(self);
        let turn = async move { together.turn(work).await };
        match &self.runtime {
            Some(runtime) => runtime.spawn(turn),
            None => tokio::spawn(turn),
        };
        answer.await.map_err(|_dropped| Unanswered::BrokenOff)
    }

    fn wait(&self, item: I, sender: oneshot::Sender<O>) -> Result<(), Unanswered> {
        let mut waiting = self.lock();
        if waiting.len() >= self.room {
            waiting.retain(|(_, sender)| !sender.is_closed());
        }
        if waiting.len() >= self.room {
            return Err(Unanswered::Full);
        }
        waiting.push_back((item, sender));
        Ok(())
    }

    /// Does what waits, if somebody else's turn has not done it.
    async fn turn<F, Work>(&self, work: F)
    where
        F: FnOnce(Vec<I>) -> Work,
        Work: Future<Output = Vec<O>>,
    {
        // Only closing it would fail, and nobody does.
        let Ok(_turn) = self.free.acquire().await else { return };
        let (items, senders): (Vec<I>, Vec<oneshot::Sender<O>>) = self.next().into_iter().unzip();
        if items.is_empty() {
            return;
        }
        for (sender, answer) in senders.into_iter().zip(work(items).await) {
            // A caller that hung up no longer wants to know.
            drop(sender.send(answer));
        }
    }

    fn next(&self) -> Vec<Waiting<I, O>> {
        let mut waiting = self.lock();
        // A caller that hung up will ask again: done twice, it would only take longer.
        waiting.retain(|(_, sender)| !sender.is_closed());
        let count = waiting.len().min(self.most);
        waiting.drain(..count).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Waiting<I, O>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Notify;
    use tokio::task::JoinHandle;

    use super::*;

    fn doubled(items: Vec<u32>) -> std::future::Ready<Vec<(u32, usize)>> {
        let size = items.len();
        std::future::ready(items.into_iter().map(|item| (item * 2, size)).collect())
    }

    type Answer = Result<(u32, usize), Unanswered>;

    /// Takes a turn with 0, and keeps it until it is told to go on.
    async fn held_up(
        together: &Arc<Together<u32, (u32, usize)>>,
    ) -> (JoinHandle<Answer>, Arc<Notify>) {
        let (own, go_on) = (Arc::clone(together), Arc::new(Notify::new()));
        let held = Arc::clone(&go_on);
        let asked = tokio::spawn(async move {
            let work = |items: Vec<u32>| async move {
                held.notified().await;
                doubled(items).await
            };
            own.with(0, work).await
        });
        tokio::task::yield_now().await;
        (asked, go_on)
    }

    #[tokio::test]
    async fn everybody_gets_their_own_answer() {
        let together = Arc::new(Together::new(2, 8, 200));
        let asked = (0..100).map(|item| {
            let together = Arc::clone(&together);
            tokio::spawn(async move { (item, together.with(item, doubled).await) })
        });
        for asked in asked.collect::<Vec<_>>() {
            let (item, answer) = asked.await.unwrap();
            let (answer, size) = answer.unwrap();
            assert_eq!(answer, item * 2);
            assert!(size <= 8);
        }
    }

    #[tokio::test]
    async fn what_comes_during_a_turn_is_done_in_the_next_one() {
        let together = Arc::new(Together::new(1, 8, 200));
        let (first, go_on) = held_up(&together).await;
        let others: Vec<_> = (1..=5)
            .map(|item| {
                let together = Arc::clone(&together);
                tokio::spawn(async move { together.with(item, doubled).await })
            })
            .collect();
        tokio::task::yield_now().await;
        go_on.notify_one();
        assert_eq!(first.await.unwrap(), Ok((0, 1)));
        for other in others {
            assert_eq!(other.await.unwrap().unwrap().1, 5);
        }
    }

    #[tokio::test]
    async fn a_caller_that_hangs_up_does_not_stop_the_work() {
        let (together, done) = (Arc::new(Together::new(1, 8, 200)), Arc::new(AtomicUsize::new(0)));
        let (own, count) = (Arc::clone(&together), Arc::clone(&done));
        let work = |items: Vec<u32>| async move {
            tokio::task::yield_now().await;
            count.fetch_add(items.len(), Ordering::Relaxed);
            doubled(items).await
        };
        let hung_up = tokio::spawn(async move { own.with(2, work).await });
        tokio::task::yield_now().await;
        hung_up.abort();
        assert_eq!(together.with(3, doubled).await, Ok((6, 1)));
        assert_eq!(done.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn who_hangs_up_before_their_turn_makes_room() {
        let together = Arc::new(Together::new(1, 8, 1));
        let (first, go_on) = held_up(&together).await;
        assert_eq!(together.busy(), Busy { groups: 1, waiting: 0 });
        let own = Arc::clone(&together);
        let second = tokio::spawn(async move { own.with(1, doubled).await });
        tokio::task::yield_now().await;
        assert_eq!(together.with(2, doubled).await, Err(Unanswered::Full));
        second.abort();
        assert!(second.await.is_err());
        let own = Arc::clone(&together);
        let third = tokio::spawn(async move { own.with(3, doubled).await });
        tokio::task::yield_now().await;
        go_on.notify_one();
        assert_eq!(first.await.unwrap(), Ok((0, 1)));
        assert_eq!(third.await.unwrap(), Ok((6, 1)), "the second was not done with it");
    }

    #[tokio::test]
    async fn work_that_breaks_off_leaves_no_one_waiting() {
        let together: Arc<Together<u32, (u32, usize)>> = Arc::new(Together::new(1, 8, 200));
        let broken = |_items: Vec<u32>| async { Vec::new() };
        assert_eq!(together.with(1, broken).await, Err(Unanswered::BrokenOff));
        assert_eq!(together.with(2, doubled).await, Ok((4, 1)));
    }
}
