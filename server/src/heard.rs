//! Who waits to hear of changes, and who hears of them: the polls and streams that this process holds
//! open. Whoever waits holds no thread and no connection of the database.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use schema::Db;
use schema::news::{Listening, News};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::config::ChangeSettings;
use crate::problem::Error;

#[cfg(test)]
mod tests;

/// Who waits.
#[derive(Default)]
#[allow(missing_debug_implementations)]
pub struct Heard {
    waiting: Mutex<Waiting>,
    settings: ChangeSettings,
    wakes: AtomicU64,
    /// What brings the news; goes when this does.
    listening: OnceLock<Listening>,
}

#[derive(Default)]
struct Waiting {
    last: u64,
    waiters: HashMap<u64, Arc<Waiter>>,
    by_audience: HashMap<String, HashSet<u64>>,
}

struct Waiter {
    account: i64,
    session: Uuid,
    audiences: Vec<String>,
    wake: Notify,
    /// There is news, up to this feed number; 0 where it is not known.
    is_told: AtomicBool,
    seq: AtomicI64,
    /// The account or the session is no longer what it was.
    is_changed: AtomicBool,
}

/// Why somebody who waits is woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// Something changed for one of their audiences; the last feed number, if it is known.
    News(Option<i64>),
    /// Their account or session is no longer what it was.
    Account,
}

/// A place among those who wait; free again when it is dropped.
#[must_use]
#[allow(missing_debug_implementations)]
pub struct Place {
    heard: Arc<Heard>,
    number: u64,
    waiter: Arc<Waiter>,
}

impl Heard {
    /// As the settings say.
    pub fn new(settings: &ChangeSettings) -> Self {
        Self { settings: settings.clone(), ..Self::default() }
    }

    /// Listens to what commits tell, from now on.
    pub fn listen(self: &Arc<Self>, db: &Db) -> Result<(), Error> {
        if self.listening.get().is_some() {
            return Ok(());
        }
        // Not more than a weak hold: whoever listens is itself held here.
        let (hears, waits) = (Arc::downgrade(self), Arc::downgrade(self));
        let ear = move |news| {
            if let Some(heard) = hears.upgrade() {
                heard.hear(&news);
            }
        };
        let awaited = move || waits.upgrade().is_some_and(|heard| heard.count() > 0);
        let listening = db.listen(Arc::new(ear), awaited)?;
        drop(self.listening.set(listening));
        Ok(())
    }

    /// Takes a place for somebody to hear what is for these audiences from now on.
    ///
    /// [`Error::WaitingFull`] or [`Error::WaitingTooMany`] where there is none.
    pub fn wait(
        self: &Arc<Self>,
        account: i64,
        session: Uuid,
        audiences: Vec<String>,
    ) -> Result<Place, Error> {
        let mut waiting = self.lock();
        if waiting.waiters.len() >= self.settings.max_waiting {
            return Err(Error::WaitingFull);
        }
        let most = self.settings.max_waiting_per_account;
        if waiting.waiters.values().filter(|waiter| waiter.account == account).count() >= most {
            return Err(Error::WaitingTooMany { most });
        }
        let waiter = Arc::new(Waiter {
            account,
            session,
            audiences,
            wake: Notify::new(),
            is_told: AtomicBool::new(false),
            seq: AtomicI64::new(0),
            is_changed: AtomicBool::new(false),
        });
        waiting.last += 1;
        let number = waiting.last;
        for audience in &waiter.audiences {
            waiting.by_audience.entry(audience.clone()).or_default().insert(number);
        }
        waiting.waiters.insert(number, Arc::clone(&waiter));
        drop(waiting);
        if let Some(listening) = self.listening.get() {
            listening.hurry();
        }
        Ok(Place { heard: Arc::clone(self), number, waiter })
    }

    /// Wakes whoever the news is for.
    fn hear(&self, news: &News) {
        let waiting = self.lock();
        let of = |audience: &String| waiting.by_audience.get(audience).into_iter().flatten();
        let woken: HashSet<&u64> = match &news.to {
            Some(audiences) => audiences.iter().flat_map(of).collect(),
            None => waiting.waiters.keys().collect(),
        };
        for waiter in woken.iter().filter_map(|number| waiting.waiters.get(number)) {
            waiter.seq.fetch_max(news.seq, Ordering::AcqRel);
            waiter.is_told.store(true, Ordering::Release);
            waiter.wake.notify_one();
        }
        self.wakes.fetch_add(woken.len() as u64, Ordering::Relaxed);
    }

    /// Wakes whoever waits with this account: it is no longer what it was.
    pub fn account_changed(&self, account: i64) {
        self.changed(|waiter| waiter.account == account);
    }

    /// Wakes whoever waits in this session: it is no longer what it was.
    pub fn session_changed(&self, session: Uuid) {
        self.changed(|waiter| waiter.session == session);
    }

    fn changed(&self, whose: impl Fn(&Waiter) -> bool) {
        for waiter in self.lock().waiters.values().filter(|waiter| whose(waiter)) {
            waiter.is_changed.store(true, Ordering::Release);
            waiter.wake.notify_one();
        }
    }

    /// How many wait.
    pub fn count(&self) -> usize {
        self.lock().waiters.len()
    }

    /// How often somebody was woken by news.
    pub fn wakes(&self) -> u64 {
        self.wakes.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Waits until there is a reason to look; at once where there was one since the last time.
    pub async fn woken(&self) -> Wake {
        let waiter = &self.waiter;
        loop {
            if waiter.is_changed.swap(false, Ordering::AcqRel) {
                return Wake::Account;
            }
            if waiter.is_told.swap(false, Ordering::AcqRel) {
                let seq = waiter.seq.load(Ordering::Acquire);
                return Wake::News((seq > 0).then_some(seq));
            }
            waiter.wake.notified().await;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.heard.lock();
        waiting.waiters.remove(&self.number);
        for audience in &self.waiter.audiences {
            if let Some(numbers) = waiting.by_audience.get_mut(audience) {
                numbers.remove(&self.number);
                if numbers.is_empty() {
                    waiting.by_audience.remove(audience);
                }
            }
        }
    }
}
