//! Inspectors with phones that die.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Outcome;
use super::world::World;
use crate::phone::folder::Fuse;
use crate::phone::{Capture, DeviceClock, Folder, Miss, Phone, Queue, Way};
use crate::random::Random;

/// A phone in the evening.
#[derive(Debug)]
pub struct InHand {
    /// Who carries it.
    pub login: String,
    /// What is left in its queue: report, and why.
    pub left: Vec<(uuid::Uuid, String)>,
}

/// One phone's day, life after life.
pub async fn day(world: Arc<World>, number: usize) -> Outcome<InHand> {
    let mut taken = 0;
    for life in 0.. {
        let mut chance = world.plan.chance("life", number * 1_000 + life);
        // Both ways to die: at any step on its disk, or while it waits for the network.
        let steps = if chance.below(3) == 0 { 20 + chance.below(400) } else { usize::MAX };
        let lasts = Duration::from_millis(1_500 + chance.below(6_000) as u64);
        let is_evening = world.is_evening();
        let fuse = if is_evening { Fuse::none() } else { Fuse::after(steps) };
        let living = Life { world: &world, number, fuse, chance: chance.clone() };
        let lived = if is_evening {
            Some(living.live(&mut taken).await)
        } else {
            tokio::time::timeout(lasts, living.live(&mut taken)).await.ok()
        };
        match lived {
            Some(Ok(left)) => return Ok(InHand { login: login(number), left }),
            Some(Err(Miss::Own(why))) if why.contains("power was cut") => {}
            Some(Err(miss)) => return Err(format!("phone {number}: {miss:?}").into()),
            None => {}
        }
        world.counted(|counted| counted.deaths += 1);
    }
    Err("a phone without an evening".into())
}

fn login(number: usize) -> String {
    format!("inspector{:02}", number % 26 + 1)
}

struct Life<'a> {
    world: &'a World,
    number: usize,
    fuse: Fuse,
    chance: Random,
}

impl Life<'_> {
    /// From switching it on to an empty queue in the evening; dropped anywhere in between.
    async fn live(mut self, taken: &mut usize) -> Result<Vec<(uuid::Uuid, String)>, Miss> {
        let mut phone = self.switch_on().await?;
        while phone.account().is_none() {
            // Whatever the network does, somebody who stands there tries again.
            match phone.sign_in(&World::account(&login(self.number))).await {
                Err(Miss::Own(why)) => return Err(Miss::Own(why)),
                Err(_miss) => tokio::time::sleep(Duration::from_millis(300)).await,
                Ok(_) => {}
            }
        }
        loop {
            let is_evening = self.world.is_evening();
            if !is_evening && *taken < self.world.plan.reports {
                self.take(&mut phone, taken)?;
            }
            let waiting = match phone.round().await {
                Ok(round) => round.waiting,
                Err(miss) if miss.is(401) => {
                    // What the next attempt brings shows there.
                    let _ = phone.sign_in(&World::account(&login(self.number))).await;
                    1
                }
                Err(miss) => return Err(miss),
            };
            if is_evening && waiting == 0 {
                let why = |item: &crate::phone::Item| (item.id, format!("{:?}", item.state));
                return Ok(phone.queue.items().map(why).collect());
            }
            let pause = 100 + self.chance.below(500) as u64;
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
    }

    async fn switch_on(&mut self) -> Result<Phone, Miss> {
        let world = self.world;
        let path = world.device(&format!("phone-{}", self.number));
        let queue = Queue::open(Folder::wait_for(&path, self.fuse.clone()).await?)?;
        let http = world.http().map_err(|error| Miss::Own(error.to_string()))?;
        let clock = DeviceClock::showing(shown(world.now(), &mut self.chance));
        let way = match self.chance.below(4) {
            0 => Way::Whole,
            kind => Way::Tus {
                piece: (32 << self.chance.below(4)) * 1024,
                checksum: self.chance.below(2) == 0,
                ask: kind == 1,
            },
        };
        Phone::switch_on(queue, clock, http, World::backoff(self.chance.any()), way)
    }

    /// The next report of this phone: drawn by its number, whichever life takes it.
    fn take(&self, phone: &mut Phone, taken: &mut usize) -> Result<(), Miss> {
        let number = *taken;
        *taken += 1;
        let mut chance = self.world.plan.chance("report", self.number * 10_000 + number);
        let capture = capture(self.world, self.number, number, &mut chance);
        let id = phone.clock.id();
        self.world.oracle.intends(id, self.number);
        if phone.take_as(id, &capture)? {
            self.world.oracle.took(id);
        }
        Ok(())
    }
}

/// Most clocks are right; some were never set, some are far ahead.
fn shown(now: Timestamp, chance: &mut Random) -> Timestamp {
    match chance.below(8) {
        0 => Timestamp::UNIX_EPOCH,
        1 => Timestamp::constant(4_070_908_800, 0),
        2 => now - SignedDuration::from_hours(5),
        _ => now,
    }
}

fn capture(world: &World, phone: usize, number: usize, chance: &mut Random) -> Capture {
    let spot = world.spots[chance.below(world.spots.len())];
    let position = match chance.below(12) {
        0 => Value::Null,
        1 => json!({"lat": 0.0, "lon": 0.0, "datum": "wgs84"}),
        _ => json!({"lat": spot.lat, "lon": spot.lon, "datum": "wgs84", "accuracy_m": 8.0}),
    };
    let body = json!({
        "category": "0101", "condition": "0101B", "source": "inspector", "position": position,
        "note": format!("phone {phone}, report {number}"),
    });
    let photos = (0..chance.below(4)).map(|_| world.picture(chance.below(8))).collect();
    Capture { body, photos }
}
