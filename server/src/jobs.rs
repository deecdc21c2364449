//! Work that nobody waits for: durable, and the same when it is done twice.

pub mod reassign;
