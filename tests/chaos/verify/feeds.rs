//! What each desk came to hold beside what a fresh pull gives.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::chaos::desks;
use crate::chaos::world::World;
use crate::chaos::{Outcome, Summary};
use crate::phone::folder::Fuse;
use crate::phone::{Desk, DeviceClock, Folder, Miss};

/// Photos that are still looked at may change an issue between two pulls: so often both are pulled again.
const ATTEMPTS: usize = 40;

/// Compares every desk with somebody who begins at the beginning.
pub async fn compare(world: &World, summary: &mut Summary) -> Outcome<()> {
    for login in desks::ALL {
        let mut differs = Vec::new();
        for attempt in 0..ATTEMPTS {
            let old = held(world, &desks::folder(world, login), login).await?;
            let anew = world.device(&format!("fresh-{login}-{attempt}"));
            let new = held(world, &anew, login).await?;
            differs = differences(&old, &new);
            if differs.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        summary.diverged.extend(differs.into_iter().map(|what| format!("{login}: {what}")));
    }
    Ok(())
}

/// What is held in a folder after one more pull.
async fn held(world: &World, folder: &Path, login: &str) -> Outcome<BTreeMap<i64, Value>> {
    let clock = DeviceClock::showing(world.now());
    let fail = |miss: Miss| format!("{login}: {miss:?}");
    let folder = Folder::wait_for(folder, Fuse::none()).await?;
    let mut desk = Desk::open(folder, clock, world.http()?, World::backoff(1)).map_err(fail)?;
    desk.sign_in(&World::account(login)).await.map_err(fail)?;
    desk.pull().await.map_err(fail)?;
    Ok(desk.puller.issues().map(|(id, issue)| (id, issue.clone())).collect())
}

fn differences(old: &BTreeMap<i64, Value>, new: &BTreeMap<i64, Value>) -> Vec<String> {
    let mut differs = Vec::new();
    for id in old.keys().chain(new.keys().filter(|id| !old.contains_key(id))) {
        let version = |held: &BTreeMap<i64, Value>| {
            held.get(id).map_or("nothing".to_owned(), |issue| issue["version"].to_string())
        };
        if old.get(id) != new.get(id) {
            differs.push(format!("issue {id}: holds {}, is {}", version(old), version(new)));
        }
    }
    differs
}
