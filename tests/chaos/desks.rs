//! Bureaus that pull, accept and rectify, and the office that verifies and sends elsewhere.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::Outcome;
use super::world::World;
use crate::phone::folder::Fuse;
use crate::phone::{Desk, DeviceClock, Folder, Miss};
use crate::random::Random;

/// Who sits at a desk: the bureaus that most reports go to, one that the office sends some to, and the
/// office.
pub const ALL: [&str; 4] = ["huanwei", "xinhua", "zhifa", "office"];

/// Decisions of one look at everything held.
const AT_ONCE: usize = 4;

/// One desk's day, restart after restart; what it came to hold stays in its folder.
pub async fn day(world: Arc<World>, login: &'static str) -> Outcome<()> {
    for life in 0.. {
        let place = ALL.iter().position(|one| *one == login).unwrap_or_default();
        let mut chance = world.plan.chance("desk", place * 1_000 + life);
        let lasts = Duration::from_millis(4_000 + chance.below(8_000) as u64);
        let lived = if world.is_evening() {
            Some(live(&world, login, chance).await)
        } else {
            tokio::time::timeout(lasts, live(&world, login, chance)).await.ok()
        };
        match lived {
            Some(Ok(())) => return Ok(()),
            Some(Err(miss)) => return Err(format!("desk {login}: {miss:?}").into()),
            None => world.counted(|counted| counted.deaths += 1),
        }
    }
    Err("a desk without an evening".into())
}

/// Where a desk keeps what it holds.
pub fn folder(world: &World, login: &str) -> PathBuf {
    world.device(&format!("desk-{login}"))
}

async fn live(world: &World, login: &str, mut chance: Random) -> Result<(), Miss> {
    let folder = Folder::wait_for(&folder(world, login), Fuse::none()).await?;
    let http = world.http().map_err(|error| Miss::Own(error.to_string()))?;
    let clock = DeviceClock::showing(world.now());
    let mut desk = Desk::open(folder, clock, http, World::backoff(chance.any()))?;
    let mut waiting = 0;
    loop {
        let was_evening = world.is_evening();
        if !desk.is_signed_in() {
            let _ = desk.sign_in(&World::account(login)).await;
        }
        let pulled = desk.pull().await;
        if pulled.is_ok() && !was_evening {
            decide(world, login, &mut desk, &mut chance)?;
        }
        let went = desk.round().await;
        match (pulled.err(), went) {
            (Some(Miss::Own(why)), _) | (_, Err(Miss::Own(why))) => return Err(Miss::Own(why)),
            (Some(miss), _) | (_, Err(miss)) if miss.is(401) => {
                let _ = desk.sign_in(&World::account(login)).await;
                waiting = 1;
            }
            (missed, Ok(left)) => waiting = left + usize::from(missed.is_some()),
            _ => waiting = waiting.max(1),
        }
        if was_evening && waiting == 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(150 + chance.below(400) as u64)).await;
    }
}

/// Looks at what is held and decides some of it.
fn decide(world: &World, login: &str, desk: &mut Desk, chance: &mut Random) -> Result<(), Miss> {
    let held: Vec<(i64, Value)> = desk.puller.issues().map(|(id, is)| (id, is.clone())).collect();
    let mut decided = 0;
    let first = chance.below(held.len());
    for (id, issue) in held.iter().cycle().skip(first).take(held.len()) {
        if decided >= AT_ONCE || desk.is_busy_with(*id) {
            continue;
        }
        let stage = issue["stage"].as_str().unwrap_or_default();
        let leads = issue["lead"] == login;
        match (login, stage) {
            ("office", "rectified") => {
                let passed = chance.below(4) > 0;
                desk.decide(*id, "verify", json!({"passed": passed, "note": "looked"}))?;
            }
            ("office", "dispatched" | "filed") if chance.below(6) == 0 => {
                let to = if issue["lead"] == "zhifa" { "huanwei" } else { "zhifa" };
                desk.decide(*id, "dispatch", json!({"lead": to, "reason": "theirs"}))?;
            }
            ("office", "reported") if chance.below(2) == 0 => {
                let body = json!({"category": "0101", "condition": "0101B"});
                desk.decide(*id, "file", body)?;
            }
            (_, "dispatched" | "reopened") if leads => desk.decide(*id, "accept", json!({}))?,
            (_, "accepted") if leads => desk.rectify(*id, &world.picture(chance.below(4)))?,
            _ => continue,
        }
        decided += 1;
    }
    Ok(())
}
