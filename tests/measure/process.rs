//! The program itself, as a process of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Outcome;
use super::database::Own;

/// A server that ends with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start until it listened.
    pub started_in: Duration,
}

/// The program that was built beside this one.
pub fn program() -> Outcome<PathBuf> {
    let beside = std::env::current_exe()?.with_file_name("zhoubian");
    if beside.is_file() {
        return Ok(beside);
    }
    Err(format!(
        "{} is not there: build it first (cargo build --release -p zhoubian)",
        beside.display()
    )
    .into())
}

/// The program with a subcommand, on this data folder and database.
pub fn command(words: &[&str], own: &Own) -> Outcome<Command> {
    let mut command = Command::new(program()?);
    command.args(words).arg("--data").arg(&own.folder).arg("--database").arg(&own.url);
    command.stdin(Stdio::null());
    Ok(command)
}

impl Server {
    /// Starts the program on a free port of this machine and waits until it listens.
    pub fn start(own: &Own) -> Outcome<Self> {
        Self::start_with(own, &[])
    }

    /// [`Self::start`] with these variables in its environment.
    pub fn start_with(own: &Own, variables: &[(&str, &str)]) -> Outcome<Self> {
        let began = Instant::now();
        let mut child = command(&["serve"], own)?
            .args(["--host", "127.0.0.1", "--port", "0"])
            // One account and one address stand for hundreds here.
            .args(["--requests-per-second", "0", "--sign-ins-per-minute", "0"])
            .env("ZHOUBIAN_LOG", "info")
            .envs(variables.iter().copied())
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = child.stderr.take().ok_or("no stderr")?;
        let mut lines = BufReader::new(stderr).lines();
        let address = loop {
            let Some(line) = lines.next() else {
                child.wait()?;
                return Err("the server ended before it listened".into());
            };
            if let Some((_, address)) = line?.split_once("listens on http://") {
                break address.trim().parse()?;
            }
        };
        let started_in = began.elapsed();
        // What it says later is read, so that it never waits for a full pipe.
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| eprintln!("server: {line}"));
        });
        Ok(Self { child, address, started_in })
    }

    /// Its resident memory, MiB.
    pub fn resident_mib(&self) -> Outcome<f64> {
        mib(&self.child.id().to_string(), "VmRSS:")
    }

    /// The most it ever held, MiB.
    pub fn peak_mib(&self) -> Outcome<f64> {
        mib(&self.child.id().to_string(), "VmHWM:")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
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
