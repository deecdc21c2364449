//! A district for the run: a database, servers, the proxy before them, and the oracle.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;
use zhoubian::clock::Clock;

use super::desks;
use super::oracle::Oracle;
use super::phones::{self, InHand};
use super::server::Servers;
use super::{Outcome, Plan, kills};
use crate::database::{Back, Database, template};
use crate::faults::{Mix, Proxy};
use crate::ground::Spot;
use crate::phone::{Account, Backoff, Heard, Http};
use crate::{PASSWORD, Picture, Program};

/// No answer takes longer than this: half-open lines are given up then.
const PATIENCE: Duration = Duration::from_secs(4);
/// Spots that reports are made at: so few that many join an issue.
const SPOTS: usize = 90;
/// Limits low enough to be met, and nobody asked for a second factor.
const SETTINGS: &str = "[sign_in]\nsecond_factor = []\nidle_minutes = 0\n\
     [operations]\nmin_free_mib = 0\n\
     [rates]\naccount_per_second = 20\naccount_burst = 60\nsign_ins_per_minute = 0\nrefreshes_per_minute = 0\n";

/// What happened so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counted {
    /// Servers killed.
    pub kills: usize,
    /// Phones and desks killed.
    pub deaths: usize,
}

/// The district.
#[derive(Debug)]
pub struct World {
    /// The plan.
    pub plan: Plan,
    /// The servers.
    pub servers: Arc<Servers>,
    /// The proxy before them.
    pub proxy: Arc<Proxy>,
    /// What was promised.
    pub oracle: Arc<Oracle>,
    /// Where reports are made.
    pub spots: Vec<Spot>,
    /// JPEGs of different sizes.
    pub pictures: Vec<Vec<u8>>,
    /// No more reports and decisions from here on.
    pub is_evening: AtomicBool,
    counted: Mutex<Counted>,
    clock: Clock,
    // Last: it goes when nothing uses it any more.
    database: Database,
}

impl World {
    /// Makes one with its servers started.
    pub async fn make(plan: &Plan, program: &Program) -> Outcome<Arc<Self>> {
        let database = tokio::task::spawn_blocking(Database::copied).await?;
        std::fs::write(database.folder.join("zhoubian.toml"), SETTINGS)?;
        let proxy = Arc::new(Proxy::start(plan.seed, plan.mix).await?);
        let count = if Back::of_this_run() == Back::Postgres { 2 } else { 1 };
        let servers = Arc::new(Servers::new(program, &database, count, Arc::clone(&proxy)));
        for which in 0..count {
            servers.start(which).await?;
        }
        let spots = template().spots.iter().take(SPOTS).copied().collect();
        Ok(Arc::new(Self {
            plan: plan.clone(),
            servers,
            proxy,
            oracle: Arc::default(),
            spots,
            pictures: Picture::of_sizes(),
            is_evening: AtomicBool::new(false),
            counted: Mutex::default(),
            clock: Clock::machine(),
            database,
        }))
    }

    /// A folder for somebody's device.
    pub fn device(&self, name: &str) -> PathBuf {
        self.database.folder.join("devices").join(name)
    }

    /// Now, by this machine's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The way through the proxy, with the oracle listening.
    pub fn http(&self) -> Outcome<Http> {
        let oracle = Arc::clone(&self.oracle);
        let http = Http::new(&format!("http://{}", self.proxy.address), PATIENCE);
        let http = http.map_err(|miss| miss.reason())?;
        Ok(http.telling(Arc::new(move |heard: &Heard| oracle.hear(heard))))
    }

    /// Pauses between attempts, as short as the run is.
    pub fn backoff(seed: u64) -> Backoff {
        Backoff::new(Duration::from_millis(100), Duration::from_millis(1_500), seed)
    }

    /// Whether no more is begun.
    pub fn is_evening(&self) -> bool {
        self.is_evening.load(Ordering::Acquire)
    }

    /// Counts something.
    pub fn counted(&self, count: impl FnOnce(&mut Counted)) {
        count(&mut self.counted.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// What happened so far.
    pub fn counts(&self) -> Counted {
        *self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What somebody types to sign in.
    pub fn account(login: &str) -> Account {
        Account { login: login.to_owned(), password: PASSWORD.to_owned() }
    }

    /// One of the pictures, unlike any other.
    pub fn picture(&self, size: usize) -> Vec<u8> {
        let tail = Uuid::new_v4().into_bytes();
        crate::with_segment(&self.pictures[size % self.pictures.len()], 0xfe, &tail)
    }
}

/// Everybody's day: at work until the kills are over, then home with an empty queue.
pub async fn live(world: &Arc<World>) -> Outcome<Vec<InHand>> {
    let phones: Vec<_> = (0..world.plan.phones)
        .map(|number| tokio::spawn(phones::day(Arc::clone(world), number)))
        .collect();
    let desks: Vec<_> =
        desks::ALL.iter().map(|login| tokio::spawn(desks::day(Arc::clone(world), login))).collect();
    kills::all(world).await?;
    world.is_evening.store(true, Ordering::Release);
    world.proxy.disturb(Mix::NONE);
    let mut in_hand = Vec::new();
    for phone in phones {
        in_hand.push(phone.await??);
    }
    for desk in desks {
        desk.await??;
    }
    Ok(in_hand)
}
