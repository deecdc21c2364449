//! When to try again.

use std::time::{Duration, Instant};

use crate::random::Random;

/// Pauses that grow, with chance in them, so that fifty phones that lost the same server do not come
/// back in the same second ("full jitter": anything between half the pause and all of it).
#[derive(Debug, Clone)]
pub struct Backoff {
    first: Duration,
    most: Duration,
    chance: Random,
}

/// When something may be tried again, and how often it was in vain.
#[derive(Debug, Clone, Copy, Default)]
pub struct Waiting {
    /// Attempts in vain since the last success.
    pub attempts: u32,
    until: Option<Instant>,
}

impl Waiting {
    /// How long it has still to wait.
    pub fn left(&self) -> Duration {
        self.until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }
}

impl Backoff {
    /// From `first` on, doubled each time, `most` at most.
    pub fn new(first: Duration, most: Duration, seed: u64) -> Self {
        Self { first, most, chance: Random::new(seed) }
    }

    /// After an attempt in vain. What the server asked for is the least; chance is added to it, since
    /// it asked all the others for the same.
    pub fn after(&mut self, waiting: Waiting, asked: Option<Duration>) -> Waiting {
        let attempts = waiting.attempts + 1;
        let doubled = self.first.saturating_mul(1 << (attempts - 1).min(16)).min(self.most);
        let pause = doubled.mul_f64(self.chance.between(0.5, 1.0));
        let pause = asked.map_or(pause, |asked| asked + pause.min(asked));
        Waiting { attempts, until: Some(Instant::now() + pause) }
    }
}
