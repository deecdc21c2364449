//! What a run comes to.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::PoisonError;

use super::phones::InHand;
use super::world::World;

/// Lines shown of each kind of finding.
const SHOWN: usize = 10;

/// What a run comes to.
#[derive(Debug, Default)]
pub struct Summary {
    seed: u64,
    kills: usize,
    deaths: usize,
    faults: BTreeMap<String, u64>,
    endings: BTreeMap<String, u64>,
    acknowledgements: u64,
    reports: usize,
    photos: usize,
    commands: usize,
    /// Compared: issues, and their events.
    pub compared: (usize, usize),
    /// Acknowledged or taken, and not there, or not as it was.
    pub lost: Vec<String>,
    /// There more than once, or never sent.
    pub doubled: Vec<String>,
    /// Held otherwise than a fresh pull gives.
    pub diverged: Vec<String>,
    /// Chains, files and rows that do not fit, answers that contradict each other, errors of servers.
    pub wrong: Vec<String>,
    /// How long it took.
    pub seconds: f64,
}

impl Summary {
    /// What happened, before anything is compared.
    pub fn new(world: &World, phones: &[InHand]) -> Self {
        let (counted, known) = (world.counts(), world.oracle.known());
        let left = |phone: &InHand| {
            let of = phone.login.clone();
            phone.left.clone().into_iter().map(move |(id, why)| format!("{of} {id}: {why}"))
        };
        let errors = world.servers.errors.lock().unwrap_or_else(PoisonError::into_inner);
        let mut wrong: Vec<String> = known.contradictions.iter().cloned().collect();
        wrong.extend(errors.iter().map(|line| format!("a server said: {line}")));
        Self {
            seed: world.plan.seed,
            kills: counted.kills,
            deaths: counted.deaths,
            faults: world.proxy.counts().by_kind(),
            endings: world.proxy.counts().all(),
            acknowledgements: known.acknowledgements,
            reports: known.reports.values().filter(|report| report.issue.is_some()).count(),
            photos: known.photos.len(),
            commands: known.commands.len(),
            lost: phones.iter().flat_map(left).collect(),
            wrong,
            ..Self::default()
        }
    }

    /// Whether every promise was kept.
    pub fn is_clean(&self) -> bool {
        [&self.lost, &self.doubled, &self.diverged, &self.wrong].iter().all(|kind| kind.is_empty())
    }

    /// Kinds of cut that came to pass, place and ending together.
    pub fn kinds_of_cuts(&self) -> usize {
        self.endings.keys().filter(|name| name.starts_with("cut")).count()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let requests: u64 = self.faults.values().sum();
        let calm = self.faults.get("none").copied().unwrap_or_default();
        writeln!(f, "seed {}, {:.0} s", self.seed, self.seconds)?;
        writeln!(f, "servers killed {}, phones and desks {}", self.kills, self.deaths)?;
        let kinds = self.faults.iter().filter(|(kind, _)| *kind != "none");
        let kinds: Vec<String> = kinds.map(|(kind, count)| format!("{kind} {count}")).collect();
        let cuts = self.kinds_of_cuts();
        let faults = requests - calm;
        writeln!(f, "requests {requests}, faults {faults}: {}", kinds.join(", "))?;
        writeln!(f, "  cuts of {cuts} kinds out of 50 (where it was cut, and how that ended)")?;
        writeln!(
            f,
            "acknowledgements {}: {} reports, {} photos, {} commands",
            self.acknowledgements, self.reports, self.photos, self.commands
        )?;
        writeln!(f, "compared {} issues with {} events", self.compared.0, self.compared.1)?;
        for (name, found) in [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("diverged", &self.diverged),
            ("wrong", &self.wrong),
        ] {
            writeln!(f, "{name} {}", found.len())?;
            for line in found.iter().take(SHOWN) {
                writeln!(f, "  {line}")?;
            }
        }
        write!(f, "again: make chaos ARGS=\"--seed {}\"", self.seed)
    }
}
