//! The servers of a run, and how they are killed.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::Outcome;
use crate::database::Database;
use crate::faults::Proxy;
use crate::program::{Program, Running, url};

/// Lines of a server's log that say more than a warning, kept at most.
const KEPT: usize = 50;

/// All servers on one folder and one database, behind the proxy.
#[derive(Debug)]
pub struct Servers {
    program: Program,
    folder: PathBuf,
    url: String,
    running: Mutex<Vec<Option<Running>>>,
    /// What they said that should not have been.
    pub errors: Arc<Mutex<Vec<String>>>,
    proxy: Arc<Proxy>,
}

impl Servers {
    /// So many, none of them started.
    pub fn new(program: &Program, database: &Database, count: usize, proxy: Arc<Proxy>) -> Self {
        Self {
            program: program.clone(),
            folder: database.folder.clone(),
            url: url(database),
            running: Mutex::new((0..count).map(|_| None).collect()),
            errors: Arc::default(),
            proxy,
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.locked().len()
    }

    /// Starts one and leads clients to it.
    pub async fn start(self: &Arc<Self>, which: usize) -> Outcome<SocketAddr> {
        self.start_with(which, &[]).await
    }

    async fn start_with(
        self: &Arc<Self>,
        which: usize,
        more: &'static [&'static str],
    ) -> Outcome<SocketAddr> {
        let own = Arc::clone(self);
        let started = tokio::task::spawn_blocking(move || own.spawn(more)).await??;
        let address = started.address;
        self.locked()[which] = Some(started);
        self.lead();
        Ok(address)
    }

    fn spawn(&self, more: &[&str]) -> Outcome<Running> {
        let public = format!("http://{}", self.proxy.address);
        let mut command = self.program.serving(&self.folder, &self.url);
        command.args(["--public-url", &public]).args(more);
        let errors = Arc::clone(&self.errors);
        Running::start(command, move |line| {
            let mut errors = errors.lock().unwrap_or_else(PoisonError::into_inner);
            if line.contains("ERROR") && errors.len() < KEPT {
                errors.push(line);
            }
        })
    }

    /// Kills one (SIGKILL: what it wrote, the system still has); clients are led to those that are left.
    pub async fn kill(self: &Arc<Self>, which: usize) -> Outcome<()> {
        let killed = self.locked()[which].take();
        let own = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            drop(killed);
            own.lead();
        })
        .await?;
        Ok(())
    }

    /// Kills them all and starts one without limits, for whoever compares.
    pub async fn restart_for_reading(self: &Arc<Self>) -> Outcome<SocketAddr> {
        for which in 0..self.count() {
            self.kill(which).await?;
        }
        self.start_with(0, &["--requests-per-second", "0"]).await
    }

    /// Runs a subcommand on the same folder and database; whether it found all well, and what it said.
    pub async fn run(self: &Arc<Self>, words: &'static [&'static str]) -> Outcome<(bool, String)> {
        let own = Arc::clone(self);
        let ended = tokio::task::spawn_blocking(move || {
            own.program.command(words, &own.folder, &own.url).output()
        });
        let ended = ended.await??;
        Ok((ended.status.success(), String::from_utf8_lossy(&ended.stdout).into_owned()))
    }

    fn lead(&self) {
        let running = self.locked();
        let addresses: Vec<SocketAddr> =
            running.iter().flatten().map(|running| running.address).collect();
        self.proxy.lead_to(&addresses);
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Vec<Option<Running>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
