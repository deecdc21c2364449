//! The kills of servers, one after the other.

use std::time::Duration;

use super::Outcome;
use super::world::World;

/// How long a server stays away, at most.
const AWAY: Duration = Duration::from_millis(400);

/// Kills so often as planned.
pub async fn all(world: &World) -> Outcome<()> {
    let plan = &world.plan;
    for number in 0..plan.kills {
        let mut chance = plan.chance("kill", number);
        let which = chance.below(world.servers.count());
        tokio::time::sleep(plan.between_kills.mul_f64(0.1 + 0.9 * chance.share())).await;
        world.servers.kill(which).await?;
        tokio::time::sleep(AWAY.mul_f64(chance.share())).await;
        world.servers.start(which).await?;
        world.counted(|counted| counted.kills += 1);
    }
    Ok(())
}
