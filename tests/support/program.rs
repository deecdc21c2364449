//! The program itself, as a process that is started, listened to and killed.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use schema::DbUrl;

use crate::Database;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

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

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The program with a subcommand, on this data folder and database, and nothing of this process's
    /// own settings.
    pub fn command(&self, words: &[&str], folder: &Path, url: &str) -> Command {
        let mut command = Command::new(&self.0);
        command.args(words).arg("--data").arg(folder).arg("--database").arg(url);
        command.stdin(Stdio::null());
        without_settings(&mut command);
        command
    }

    /// The same that serves, on a free port of this machine.
    pub fn serving(&self, folder: &Path, url: &str) -> Command {
        let mut command = self.command(&["serve"], folder, url);
        command.args(["--host", "127.0.0.1", "--port", "0"]);
        command
    }
}

/// Keeps this process's own settings from a command.
pub fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ZHOUBIAN_")) {
        command.env_remove(name);
    }
}

/// The URL of a database, for a command line.
pub fn url(database: &Database) -> String {
    match &database.url {
        DbUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DbUrl::Postgres(url) => url.clone(),
    }
}

/// A program that listens; killed with this value (SIGKILL: what it wrote, the system still has).
#[derive(Debug)]
pub struct Running {
    child: Child,
    /// Where.
    pub address: SocketAddr,
}

impl Running {
    /// Starts a command that serves and waits until it says where it listens. Whatever it says later goes
    /// to `heard`, so that it never waits for a full pipe.
    pub fn start(
        mut command: Command,
        heard: impl FnMut(String) + Send + 'static,
    ) -> Outcome<Self> {
        let mut child = command.stderr(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stderr.take().ok_or("no stderr")?).lines();
        let mut said = Vec::new();
        let address = loop {
            let Some(line) = lines.next().transpose()? else {
                child.wait()?;
                return Err(format!("the program did not start: {}", said.join("\n")).into());
            };
            match line.split_once("listens on http://") {
                Some((_, address)) => break address.trim().parse()?,
                None => said.push(line),
            }
        };
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(heard));
        Ok(Self { child, address })
    }

    /// Its number among the processes of this machine.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
