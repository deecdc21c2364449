//! A proxy that does to requests what streets, basements, hotels and proxies do to them.
//!
//! It stands between clients and one or more servers on this machine. What it does to the m-th
//! request of the n-th connection depends on its seed, n and m alone; which request that is, is up to the
//! clients and the scheduler.

mod act;
mod count;
mod fault;
mod message;
mod proxy;
mod wire;

pub use count::Counts;
pub use fault::{Cut, Ending, Fault, Mix, Place};
pub use proxy::Proxy;
