//! Afterwards: is everything there that was promised, once, and as it was?

mod chains;
mod feeds;
mod reader;
mod reports;

use super::world::World;
use super::{Outcome, Summary};
use reader::Reader;

/// Looks at everything.
pub async fn all(world: &World, summary: &mut Summary) -> Outcome<()> {
    feeds::compare(world, summary).await?;
    let mut reader = Reader::open(world, "office").await?;
    let log = chains::read(&mut reader, summary).await?;
    reports::compare(world, &mut reader, &log, summary).await?;
    let (is_well, said) = world.servers.run(&["check", "--photos", "all"]).await?;
    if !is_well {
        summary.wrong.push(format!("zhoubian check: {said}"));
    }
    Ok(())
}
