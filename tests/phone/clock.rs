//! The phone's two clocks: one that its owner sets, and one that nobody can.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use uuid::{NoContext, Uuid};

/// What a phone believes of the time.
#[derive(Debug)]
pub struct DeviceClock {
    booted: Instant,
    /// What it showed when it was last set, and how long it had been on then.
    set: Mutex<(Timestamp, Duration)>,
}

impl DeviceClock {
    /// A phone that was switched on just now, and shows this.
    pub fn showing(now: Timestamp) -> Self {
        Self { booted: Instant::now(), set: Mutex::new((now, Duration::ZERO)) }
    }

    /// Somebody sets it.
    pub fn set(&self, now: Timestamp) {
        *self.set.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = (now, self.uptime());
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        let (shown, at) = *self.set.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let since = SignedDuration::try_from(self.uptime().saturating_sub(at)).unwrap_or_default();
        shown.saturating_add(since).unwrap_or(shown)
    }

    /// How long it has been on: goes forward whatever anybody sets, and begins anew at a restart.
    pub fn uptime(&self) -> Duration {
        self.booted.elapsed()
    }

    /// An id as RFC 9562 has it (version 7): this clock's milliseconds and 74 bits of chance, which
    /// alone keep two apart where clocks lie.
    pub fn id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
        Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanos))
    }
}
