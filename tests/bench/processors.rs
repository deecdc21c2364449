//! Who used the processors: time by the names of this process's threads.

use std::collections::BTreeMap;

use crate::measure::Outcome;

/// Milliseconds of processor time by group of threads.
pub type Spent = BTreeMap<&'static str, f64>;

/// What a tick of /proc is on Linux, milliseconds.
const TICK_MS: f64 = 10.0;

/// Used so far.
pub fn spent() -> Outcome<Spent> {
    let mut spent = Spent::new();
    for task in std::fs::read_dir("/proc/self/task")? {
        // A thread may end while it is looked at.
        let Ok(stat) = std::fs::read_to_string(task?.path().join("stat")) else { continue };
        let Some((head, tail)) = stat.rsplit_once(") ") else { continue };
        let name = head.split_once('(').map_or("", |(_, name)| name);
        let fields: Vec<f64> =
            tail.split(' ').skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
        *spent.entry(group(name)).or_default() += fields.iter().sum::<f64>() * TICK_MS;
    }
    Ok(spent)
}

/// What was used between two readings.
pub fn between(before: &Spent, after: &Spent) -> Spent {
    let used = |name: &&'static str| after[*name] - before.get(*name).copied().unwrap_or_default();
    after.keys().map(|name| (*name, used(&name))).collect()
}

/// tokio's and actix's threads all have a name that tells what they do.
fn group(name: &str) -> &'static str {
    match name {
        "writer" => "writer",
        "bench" => "clients",
        name if name.starts_with("actix") => "requests",
        _ => "blocking",
    }
}
