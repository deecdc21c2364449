//! One writer per upload: whoever comes takes over from whoever was there.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinHandle;

use crate::photos::Hashed;
use crate::problem::{Error, UploadRefusal};
use crate::store::uploads::UploadKey;

/// How long whoever comes waits for whoever was there to end.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);
/// Uploads of which it is remembered how their bytes hash so far, at most. Others are read again.
const REMEMBERED: usize = 1_024;

/// The uploads of this process that are being written.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct Uploads(Arc<Inner>);

struct Inner {
    slots: Mutex<HashMap<UploadKey, Arc<Slot>>>,
    known: Mutex<Known>,
    room: Arc<Semaphore>,
    most: usize,
    /// Where uploads are written: that must not end with the thread that took somebody's request.
    runtime: Option<Handle>,
}

/// One upload that somebody writes or wants to.
struct Slot {
    /// Counts those who came.
    newest: watch::Sender<u64>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// How uploads hash so far, the one that was written longest ago first.
#[derive(Default)]
struct Known {
    by_key: HashMap<UploadKey, (i64, Hashed)>,
    order: VecDeque<UploadKey>,
}

/// The right to write one upload, until it is dropped.
#[allow(missing_debug_implementations)]
pub struct Turn {
    /// Which.
    pub key: UploadKey,
    uploads: Uploads,
    slot: Option<Arc<Slot>>,
    held: Option<OwnedMutexGuard<()>>,
    number: u64,
    newest: watch::Receiver<u64>,
}

impl Uploads {
    /// So many may be written at once.
    ///
    /// They are written on the runtime this is called on, if on any.
    pub fn new(most: usize) -> Self {
        let most = most.clamp(1, Semaphore::MAX_PERMITS);
        Self(Arc::new(Inner {
            slots: Mutex::default(),
            known: Mutex::default(),
            room: Arc::new(Semaphore::new(most)),
            most,
            runtime: Handle::try_current().ok(),
        }))
    }

    /// Counts one more that is written; refused where there are as many as may be.
    pub fn enter(&self) -> Result<OwnedSemaphorePermit, Error> {
        let room = Arc::clone(&self.0.room).try_acquire_owned();
        room.map_err(|_full| UploadRefusal::TooMany.into())
    }

    /// How many are being written.
    pub fn under_way(&self) -> usize {
        self.0.most - self.0.room.available_permits()
    }

    /// Waits until nothing is being written.
    pub async fn settled(&self) {
        let all = u32::try_from(self.0.most).unwrap_or(u32::MAX);
        drop(self.0.room.acquire_many(all).await);
    }

    /// Runs what must go on when the request that began it is dropped.
    pub fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        match &self.0.runtime {
            Some(runtime) => runtime.spawn(work),
            None => tokio::spawn(work),
        }
    }

    /// Whether somebody in this process writes this upload.
    pub fn is_being_written(&self, key: UploadKey) -> bool {
        self.slots().contains_key(&key)
    }

    /// Has whoever writes this upload end, and takes their place. They keep what came.
    pub async fn take(&self, key: UploadKey) -> Result<Turn, Error> {
        let slot = Arc::clone(self.slots().entry(key).or_insert_with(|| {
            let turn = Arc::default();
            Arc::new(Slot { newest: watch::Sender::new(0), turn })
        }));
        let mut number = 0;
        slot.newest.send_modify(|newest| {
            *newest += 1;
            number = *newest;
        });
        let newest = slot.newest.subscribe();
        let waiting = Arc::clone(&slot.turn).lock_owned();
        let mut own =
            Turn { key, uploads: self.clone(), slot: Some(slot), held: None, number, newest };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(turn) => {
                own.held = Some(turn);
                Ok(own)
            }
            Err(_still_there) => Err(UploadRefusal::Busy.into()),
        }
    }

    /// Remembers how an upload hashes in this generation.
    pub fn remember(&self, key: UploadKey, generation: i64, hashed: Option<Hashed>) {
        let Some(hashed) = hashed else { return };
        let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.by_key.insert(key, (generation, hashed)).is_none() {
            known.order.push_back(key);
        }
        while known.order.len() > REMEMBERED {
            let Some(oldest) = known.order.pop_front() else { break };
            known.by_key.remove(&oldest);
        }
    }

    /// Whether it is known how an upload hashes in some generation: it was last kept here, and is not over.
    pub fn remembers(&self, key: UploadKey) -> bool {
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner).by_key.contains_key(&key)
    }

    /// How it hashes in this generation, if that is still known; forgotten with that.
    pub fn recall(&self, key: UploadKey, generation: i64) -> Option<Hashed> {
        let mut known = self.0.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, hashed) = known.by_key.remove(&key)?;
        known.order.retain(|other| *other != key);
        (of == generation).then_some(hashed)
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<UploadKey, Arc<Slot>>> {
        self.0.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Tells when somebody newer wants this upload.
    pub fn newer(&self) -> impl Future<Output = ()> + Send + use<> {
        let (mut newest, number) = (self.newest.clone(), self.number);
        async move { drop(newest.wait_for(|newest| *newest > number).await) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        drop(self.held.take());
        let mut slots = self.uploads.slots();
        drop(self.slot.take());
        // The map's own is the last one.
        if slots.get(&self.key).is_some_and(|slot| Arc::strong_count(slot) == 1) {
            slots.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn key(attempt: i32) -> UploadKey {
        UploadKey { owner: 1, subject: Uuid::nil(), photo_id: Uuid::nil(), attempt }
    }

    #[tokio::test]
    async fn whoever_comes_has_the_one_before_end() {
        let uploads = Uploads::new(8);
        let first = uploads.take(key(1)).await.unwrap();
        let other = uploads.take(key(2)).await.unwrap();
        let newer = tokio::spawn({
            let uploads = uploads.clone();
            async move { uploads.take(key(1)).await }
        });
        first.newer().await;
        assert!(!newer.is_finished(), "the first has not ended yet");
        drop(first);
        let second = newer.await.unwrap().unwrap();
        drop((second, other));
        assert!(uploads.slots().is_empty());
    }

    #[tokio::test]
    async fn whoever_waits_too_long_is_told_to_come_again() {
        let uploads = Uploads::new(8);
        let _first = uploads.take(key(1)).await.unwrap();
        let second = uploads.take(key(1)).await;
        assert!(
            matches!(second, Err(Error::Upload(refusal)) if matches!(*refusal, UploadRefusal::Busy))
        );
    }

    #[tokio::test]
    async fn only_so_many_are_written_at_once() {
        let uploads = Uploads::new(2);
        let (first, _second) = (uploads.enter().unwrap(), uploads.enter().unwrap());
        assert!(uploads.enter().is_err());
        assert_eq!(uploads.under_way(), 2);
        drop(first);
        assert!(uploads.enter().is_ok());
    }

    #[tokio::test]
    async fn a_hash_is_known_for_its_generation_alone_and_not_for_ever() {
        let uploads = Uploads::new(2);
        uploads.remember(key(1), 3, Some(Hashed::default()));
        assert!(uploads.remembers(key(1)) && !uploads.remembers(key(2)));
        assert!(uploads.recall(key(1), 4).is_none());
        assert!(!uploads.remembers(key(1)));
        assert!(uploads.recall(key(1), 3).is_none(), "it was given away");
        for attempt in 0..=i32::try_from(REMEMBERED).unwrap() {
            uploads.remember(key(attempt), 1, Some(Hashed::default()));
        }
        assert!(uploads.recall(key(0), 1).is_none());
        assert!(uploads.recall(key(1), 1).is_some());
    }
}
