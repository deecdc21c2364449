//! Who used the processors: time by the names of this process's threads.

use std::collections::BTreeMap;

use crate::measure::Outcome;

/// Milliseconds of processor time by group of threads.
pub type Spent = BTreeMap<&'static str, f64>;

/// What a tick of /proc is on Linux, milliseconds.
const TICK_MS: f64 = 10.0;

/// Used so far. Threads that have ended are counted as blocking: those are the ones that end.
pub fn spent() -> Outcome<Spent> {
    let mut spent = Spent::new();
    for task in std::fs::read_dir("/proc/self/task")? {
        // A thread may end while it is looked at.
        let Ok(stat) = std::fs::read_to_string(task?.path().join("stat")) else { continue };
        let Some((name, used)) = named(&stat) else { continue };
        if let Some(group) = group(name) {
            *spent.entry(group).or_default() += used;
        }
    }
    let whole = std::fs::read_to_string("/proc/self/stat")?;
    let (_, whole) = named(&whole).ok_or("no times in /proc/self/stat")?;
    spent.insert("blocking", whole - spent.values().sum::<f64>());
    Ok(spent)
}

/// The name in a `stat` file, and the time used in user and system mode.
fn named(stat: &str) -> Option<(&str, f64)> {
    let (head, tail) = stat.rsplit_once(") ")?;
    let (_, name) = head.split_once('(')?;
    let ticks = tail.split(' ').skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    Some((name, ticks.sum::<f64>() * TICK_MS))
}

/// What was used between two readings.
pub fn between(before: &Spent, after: &Spent) -> Spent {
    let used = |name: &&'static str| after[*name] - before.get(*name).copied().unwrap_or_default();
    after.keys().map(|name| (*name, used(name))).collect()
}

/// tokio's and actix's threads all have a name that tells what they do; the rest run reads, and on
/// PostgreSQL writes.
fn group(name: &str) -> Option<&'static str> {
    match name {
        "writer" => Some("writer"),
        "bench" => Some("clients"),
        name if name.starts_with("actix") => Some("requests"),
        _ => None,
    }
}
