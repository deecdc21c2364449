//! The chaos run: phones and desks at work over bad lines, while servers are killed and phones die.
//!
//! An oracle that nobody kills keeps every acknowledgement. When everything is quiet again, everything
//! acknowledged must be there, once, byte for byte, whoever pulls must hold what a fresh pull gives,
//! and every event chain must verify.
//!
//! **What a seed determines**: the n-th report of each phone (where, what, which photos), how long each
//! life of a phone lasts and how it dies, what happens to the m-th request of the n-th connection through
//! the proxy, and the k-th kill: which server, how long after the kill before, how long it stays away.
//! **What it does not**: which request that is, and which instruction a server is at when it is killed;
//! those are the scheduler's. A failure may therefore need several runs of its seed to return.

mod desks;
mod kills;
mod oracle;
mod phones;
mod plan;
mod server;
mod summary;
mod verify;
mod world;

use std::time::Instant;

pub use plan::Plan;
pub use summary::Summary;

use crate::Program;

/// What went wrong with the run itself.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
/// A part of the run.
pub type Outcome<T> = Result<T, Failure>;

/// Runs it, on the database that `ZHOUBIAN_TEST_DB` names.
///
/// # Errors
/// Where the run could not be made, or did not come to rest in its time. What it found is in the
/// summary.
pub async fn run(plan: &Plan, program: &Program) -> Outcome<Summary> {
    let began = Instant::now();
    let world = world::World::make(plan, program).await?;
    let died = tokio::time::timeout(plan.bound, world::live(&world)).await;
    let phones = match died {
        Ok(lived) => lived?,
        Err(_late) => return Err(format!("not at rest after {:?}", plan.bound).into()),
    };
    if plan.is_lied_to {
        world.oracle.lie();
    }
    world.servers.restart_for_reading().await?;
    let mut summary = Summary::new(&world, &phones);
    verify::all(&world, &mut summary).await?;
    summary.seconds = began.elapsed().as_secs_f64();
    Ok(summary)
}
