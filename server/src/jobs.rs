//! Work that nobody waits for: durable, and the same when it is done twice.

pub mod orphans;
pub mod photos;
pub mod reassign;
