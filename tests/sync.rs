//! Clients over bad lines: phones that die, queues, proxies that lie, servers that are killed. The cases
//! are those of the design's list.

mod answers;
mod cases;
mod chaos;
mod crowd;
mod desk;
mod device;
mod lines;
mod owners;
mod proxy;
mod queue;
mod reports;
mod session;
mod toy;
