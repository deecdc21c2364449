//! What the process uses, as Linux tells it.

use std::fs;

/// What the process uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Used {
    /// Resident memory, bytes.
    pub(super) resident_bytes: i64,
    /// Processor time, seconds.
    pub(super) cpu_s: f64,
    /// Files and sockets open.
    pub(super) open_files: i64,
}

/// Ticks of a second in `/proc` (`USER_HZ`, 100 on every platform that Rust knows).
const TICKS: f64 = 100.0;

/// None where there is no `/proc`.
pub(super) fn used() -> Option<Used> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let open_files = i64::try_from(fs::read_dir("/proc/self/fd").ok()?.count()).ok()?;
    Some(Used { resident_bytes: resident(&status)?, cpu_s: cpu(&stat)?, open_files })
}

fn resident(status: &str) -> Option<i64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<i64>().ok()? * 1024)
}

/// User and system time: the 14th and 15th field (proc(5)). The second, a name in brackets, may hold
/// anything.
fn cpu(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proc_is_read_as_it_is_written() {
        let stat = "12 (a ) b) S 1 12 12 0 -1 4194560 900 0 0 0 150 50 0 0 20 0 9 0 1 2 3";
        assert_eq!(cpu(stat), Some(2.0));
        assert_eq!(resident("Name:\tz\nVmRSS:\t   1024 kB\n"), Some(1024 * 1024));
        assert_eq!(resident("Name:\tz\n"), None);
    }
}
