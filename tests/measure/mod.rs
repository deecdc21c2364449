//! What the measuring programs share: a thin client, databases of their own, real places, and how
//! long things took.

pub mod beijing;
pub mod client;
pub mod database;
pub mod latency;
pub mod process;
pub mod random;

/// A measuring program stops at the first thing that should not have happened, and says what.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
