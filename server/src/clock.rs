//! The only place that reads the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// Tells the time: the machine's, or one that is set by hand (demo stories, tests).
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    /// Since when it has been read, for what must not run backwards.
    Machine(Instant),
    /// Microseconds since 1970.
    ByHand(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn machine() -> Self {
        Self(Source::Machine(Instant::now()))
    }

    /// A clock that stands at `start` until it is set.
    pub fn by_hand(start: Timestamp) -> Self {
        Self(Source::ByHand(Arc::new(AtomicI64::new(start.as_microsecond()))))
    }

    /// Now, to the microsecond: what the databases keep.
    #[allow(clippy::disallowed_methods)]
    pub fn now(&self) -> Timestamp {
        let micros = match &self.0 {
            Source::Machine(_) => Timestamp::now().as_microsecond(),
            Source::ByHand(at) => at.load(Ordering::Relaxed),
        };
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
    }

    /// How much time has gone by since some instant: of the machine's clock it never decreases,
    /// whatever that is set to.
    pub fn elapsed(&self) -> Duration {
        match &self.0 {
            Source::Machine(since) => since.elapsed(),
            Source::ByHand(at) => {
                Duration::from_micros(at.load(Ordering::Relaxed).try_into().unwrap_or(0))
            }
        }
    }

    /// Sets a clock made by [`Clock::by_hand`]; the machine's is left alone.
    pub fn set(&self, now: Timestamp) {
        if let Source::ByHand(at) = &self.0 {
            at.store(now.as_microsecond(), Ordering::Relaxed);
        }
    }

    /// Moves a clock made by [`Clock::by_hand`] on.
    pub fn advance(&self, by: SignedDuration) {
        self.set(self.now() + by);
    }
}
