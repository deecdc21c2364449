//! How much of everything, and what is drawn from the seed.

use std::time::Duration;

use crate::faults::Mix;
use crate::random::Random;

/// A run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Everything drawn comes from it.
    pub seed: u64,
    /// Phones.
    pub phones: usize,
    /// Kills of servers.
    pub kills: usize,
    /// Reports of a phone, at most.
    pub reports: usize,
    /// Requests that are disturbed, in a hundred, and how long pauses are.
    pub mix: Mix,
    /// Pause between two kills, at most.
    pub between_kills: Duration,
    /// By then everything must be at rest.
    pub bound: Duration,
    /// Whether promises that nobody made are added at the end: a run that does not find them proves
    /// nothing.
    pub is_lied_to: bool,
}

impl Plan {
    /// The long run.
    pub fn long(seed: u64) -> Self {
        Self {
            seed,
            phones: 20,
            kills: 50,
            reports: 60,
            mix: Mix { percent: 12, longest: Duration::from_millis(1_500) },
            between_kills: Duration::from_millis(2_500),
            bound: Duration::from_mins(15),
            is_lied_to: false,
        }
    }

    /// What every test run does.
    pub fn short(seed: u64) -> Self {
        Self {
            phones: 8,
            kills: 5,
            reports: 12,
            mix: Mix { percent: 15, longest: Duration::from_millis(500) },
            between_kills: Duration::from_millis(1_500),
            bound: Duration::from_mins(3),
            ..Self::long(seed)
        }
    }

    /// The numbers of one part of the run: the same part draws the same ones in every run.
    pub fn chance(&self, part: &str, number: usize) -> Random {
        let name = part
            .bytes()
            .fold(self.seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Random::of_part(name, number as u64)
    }
}
