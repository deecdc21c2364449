//! The program itself, as a process of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use support::{Program, Running};

use super::Outcome;
use super::database::Own;

/// A server that ends with this value.
#[derive(Debug)]
pub struct Server {
    running: Running,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start until it listened.
    pub started_in: Duration,
}

/// The program with a subcommand, on this data folder and database.
pub fn command(words: &[&str], own: &Own) -> Outcome<Command> {
    Ok(Program::find()?.command(words, &own.folder, &own.url))
}

impl Server {
    /// Starts the program on a free port of this machine and waits until it listens.
    pub fn start(own: &Own) -> Outcome<Self> {
        Self::start_with(own, &[])
    }

    /// [`Self::start`] with these variables in its environment.
    pub fn start_with(own: &Own, variables: &[(&str, &str)]) -> Outcome<Self> {
        let began = Instant::now();
        let mut command = Program::find()?.serving(&own.folder, &own.url);
        // One account and one address stand for hundreds here.
        command.args(["--requests-per-second", "0", "--sign-ins-per-minute", "0"]);
        command.env("ZHOUBIAN_LOG", "info").envs(variables.iter().copied());
        let running = Running::start(command, |line| eprintln!("server: {line}"))?;
        Ok(Self { address: running.address, running, started_in: began.elapsed() })
    }

    /// Its resident memory, MiB.
    pub fn resident_mib(&self) -> Outcome<f64> {
        mib(&self.running.id().to_string(), "VmRSS:")
    }

    /// The most it ever held, MiB.
    pub fn peak_mib(&self) -> Outcome<f64> {
        mib(&self.running.id().to_string(), "VmHWM:")
    }
}

/// What Linux tells of a process's memory (`proc_pid_status(5)`) under this name, MiB.
pub fn mib(process: &str, name: &str) -> Outcome<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|rest| rest.trim().strip_suffix(" kB"));
    let kib = kib.ok_or_else(|| format!("no {name} of {process}"))?;
    Ok(kib.trim().parse::<f64>()? / 1_024.0)
}

/// The folder of real data, if it is there.
pub fn real_data() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("ZHOUBIAN_REAL_DATA")?);
    let has = |name: &str| Path::is_dir(&folder.join(name));
    (has("areas_beijing") && has("calendar") && has("points")).then_some(folder)
}
