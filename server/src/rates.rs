//! How much one account and one address may ask: the generic cell rate algorithm (ITU-T I.371, as in
//! the crate governor), in memory of a bounded size.
//!
//! Each server node counts for itself.

use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::Clock as Ticks;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use uuid::Uuid;

use crate::clock::Clock;
use crate::config::RateSettings;

mod address;
#[cfg(test)]
mod tests;

pub use address::{address, block};

/// The limit on what an account asks.
pub const ACCOUNT: &str = "account";
/// The limit on attempts to sign in from an address.
pub const SIGN_INS: &str = "sign-ins";
/// The limit on exchanges of refresh tokens from an address.
pub const REFRESHES: &str = "refreshes";

/// The limit on what a link for people without an account asks.
pub const LINKS: &str = "links";
/// The limit on what an address asks by such links.
pub const GUESTS: &str = "guests";

/// Accounts or addresses counted by themselves, at most. Those that come beside them share
/// a few counts: a flood of addresses can take no more memory than this.
pub const ROOM: usize = 50_000;
const SHARED: u64 = 256;
/// How often whoever has been quiet is forgotten.
const SWEEP_EVERY: Duration = Duration::from_secs(10);

/// Counts what accounts and addresses ask.
#[allow(missing_debug_implementations)]
pub struct Rates {
    accounts: Option<Limit<i64>>,
    sign_ins: Option<Limit<IpAddr>>,
    refreshes: Option<Limit<IpAddr>>,
    links: Option<Limit<Uuid>>,
    guests: Option<Limit<IpAddr>>,
}

impl Rates {
    /// As the settings say.
    pub fn new(settings: &RateSettings, clock: &Clock) -> Self {
        let per_second = NonZeroU32::new(settings.account_per_second);
        let burst = NonZeroU32::new(settings.account_burst);
        let accounts = per_second.map(Quota::per_second);
        let accounts = accounts.map(|quota| burst.map_or(quota, |burst| quota.allow_burst(burst)));
        let a_minute = |count| NonZeroU32::new(count).map(Quota::per_minute);
        let by_address = |name, count| Some(Limit::new(name, a_minute(count)?, clock));
        let by_link = a_minute(settings.links_per_minute);
        Self {
            accounts: accounts.map(|quota| Limit::new(ACCOUNT, quota, clock)),
            sign_ins: by_address(SIGN_INS, settings.sign_ins_per_minute),
            refreshes: by_address(REFRESHES, settings.refreshes_per_minute),
            links: by_link.map(|quota| Limit::new(LINKS, quota, clock)),
            guests: by_address(GUESTS, settings.guests_per_minute),
        }
    }

    /// Counts a request of an account; none where there is no limit.
    pub fn by_account(&self, account: i64) -> Option<Standing> {
        self.accounts.as_ref().map(|limit| limit.count(account))
    }

    /// Counts an attempt to sign in from an address; none where there is no limit.
    pub fn by_address(&self, address: IpAddr) -> Option<Standing> {
        self.sign_ins.as_ref().map(|limit| limit.count(block(address)))
    }

    /// Counts an exchange of a refresh token from an address; none where there is no limit.
    pub fn of_refreshes(&self, address: IpAddr) -> Option<Standing> {
        self.refreshes.as_ref().map(|limit| limit.count(block(address)))
    }

    /// Counts a request by a link; none where there is no limit.
    pub fn by_link(&self, link: Uuid) -> Option<Standing> {
        self.links.as_ref().map(|limit| limit.count(link))
    }

    /// Counts a request by any link from an address; none where there is no limit.
    pub fn of_guests(&self, address: IpAddr) -> Option<Standing> {
        self.guests.as_ref().map(|limit| limit.count(block(address)))
    }
}

/// Where somebody stands with a limit after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The limit's name.
    pub policy: &'static str,
    /// Requests it allows in its window.
    pub quota: u32,
    /// Its window, seconds.
    pub window_s: u64,
    /// Requests that may still follow at once.
    pub left: u32,
    /// Seconds until all of them may, if none comes before.
    pub full_in_s: u64,
    /// Seconds until the next request is taken, where this one is not.
    pub refused_for_s: Option<u64>,
}

struct Limit<K: Hash + Eq + Clone> {
    name: &'static str,
    limiter: RateLimiter<Slot<K>, HashMapStateStore<Slot<K>>, Elapsed, StateInformationMiddleware>,
    quota: Quota,
    clock: Elapsed,
    hasher: RandomState,
    swept_at_s: AtomicU64,
}

/// What is counted under: a key by itself, or one of those that latecomers share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Slot<K> {
    Own(K),
    Shared(u64),
}

/// The clock as governor reads it: never set back, however the machine's is.
#[derive(Debug, Clone)]
struct Elapsed(Clock);

impl Ticks for Elapsed {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl<K: Hash + Eq + Clone> Limit<K> {
    fn new(name: &'static str, quota: Quota, clock: &Clock) -> Self {
        let clock = Elapsed(clock.clone());
        Self {
            name,
            limiter: RateLimiter::new(quota, HashMapStateStore::default(), clock.clone()),
            quota,
            swept_at_s: AtomicU64::new(clock.now().as_secs()),
            clock,
            hasher: RandomState::new(),
        }
    }

    fn count(&self, key: K) -> Standing {
        let now = self.clock.now();
        self.sweep(now);
        let slot = if self.limiter.len() < ROOM {
            Slot::Own(key)
        } else {
            Slot::Shared(self.hasher.hash_one(key) % SHARED)
        };
        match self.limiter.check_key(&slot) {
            Ok(state) => self.standing(state.remaining_burst_capacity(), None),
            Err(not_until) => {
                let wait = ceil(not_until.wait_time_from(now)).max(1);
                self.standing(0, Some(wait))
            }
        }
    }

    fn standing(&self, left: u32, refused_for_s: Option<u64>) -> Standing {
        let quota = self.quota.burst_size().get();
        let one = self.quota.replenish_interval();
        Standing {
            policy: self.name,
            quota,
            window_s: ceil(one * quota),
            left,
            full_in_s: ceil(one * (quota - left.min(quota))),
            refused_for_s,
        }
    }

    /// Forgets whoever has been quiet for so long that nothing is counted against them, now and then.
    fn sweep(&self, now: Duration) {
        let (now, swept) = (now.as_secs(), self.swept_at_s.load(Ordering::Relaxed));
        if now < swept + SWEEP_EVERY.as_secs() {
            return;
        }
        let turn =
            self.swept_at_s.compare_exchange(swept, now, Ordering::Relaxed, Ordering::Relaxed);
        if turn.is_ok() {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
    }
}

fn ceil(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
