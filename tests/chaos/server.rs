//! The real program, as processes that are killed.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use schema::DbUrl;

use super::Outcome;
use crate::database::Database;
use crate::faults::Proxy;

/// Lines of a server's log that say more than a warning, kept at most.
const KEPT: usize = 50;

/// Where the program is.
#[derive(Debug, Clone)]
pub struct Program(PathBuf);

impl Program {
    /// The one that was built beside whoever runs: tests lie one folder deeper.
    pub fn find() -> Outcome<Self> {
        let own = std::env::current_exe()?;
        let folders = own.ancestors().skip(1).take(2);
        let found = folders.map(|folder| folder.join("zhoubian")).find(|program| program.is_file());
        found.map(Self).ok_or_else(|| "build the program first: cargo build -p zhoubian".into())
    }

    /// The program with a subcommand, on this data folder and database, and nothing of this process's
    /// own settings.
    pub fn command(&self, words: &[&str], folder: &Path, url: &str) -> Command {
        let mut command = Command::new(&self.0);
        command.args(words).arg("--data").arg(folder).arg("--database").arg(url);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ZHOUBIAN_")) {
            command.env_remove(name);
        }
        command.stdin(Stdio::null());
        command
    }
}

/// The URL of a database, for a command line.
pub fn url(database: &Database) -> String {
    match &database.url {
        DbUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DbUrl::Postgres(url) => url.clone(),
    }
}

/// A running server; killed with this value.
#[derive(Debug)]
struct Running {
    child: Child,
    address: SocketAddr,
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

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
        let mut child = self
            .program
            .command(&["serve"], &self.folder, &self.url)
            .args(["--host", "127.0.0.1", "--port", "0", "--public-url", &public])
            .args(more)
            .stderr(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stderr.take().ok_or("no stderr")?).lines();
        let mut said = Vec::new();
        let address = loop {
            let Some(line) = lines.next().transpose()? else {
                child.wait()?;
                return Err(format!("a server did not start: {}", said.join("\n")).into());
            };
            match line.split_once("listens on http://") {
                Some((_, address)) => break address.trim().parse()?,
                None => said.push(line),
            }
        };
        let errors = Arc::clone(&self.errors);
        // Read to its end, so that it never waits for a full pipe.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok).filter(|line| line.contains("ERROR")) {
                let mut errors = errors.lock().unwrap_or_else(PoisonError::into_inner);
                if errors.len() < KEPT {
                    errors.push(line);
                }
            }
        });
        Ok(Running { child, address })
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
