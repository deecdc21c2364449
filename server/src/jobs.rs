//! Work that nobody waits for: durable, and the same when it is done twice.

pub mod claims;
pub mod compact_feed;
pub mod deliver;
pub mod forget_notices;
pub mod forget_sign_ins;
pub mod gather;
pub mod likeness;
pub mod orphans;
pub mod photos;
pub mod reassign;
pub mod resume;
pub mod sweep;
pub mod tell;
pub mod uploads;
