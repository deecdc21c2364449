//! What Prometheus reads: numbers of requests, reports, photos, sign-ins, and of the process.
//!
//! Labels are the route's pattern, the method, the status and a few fixed words: never a person, a
//! place or anything that somebody sent.

use std::time::Duration;

use jiff::Timestamp;
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use crate::app::App;
use crate::problem::Error;
use crate::store::{issues, stored};

mod process;
pub mod requests;

/// Upper ends of the latency's classes, seconds.
const CLASSES: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

type Labels<const N: usize> = [(&'static str, String); N];
type Counters = Family<Labels<1>, Counter>;
type Latencies = Family<Labels<2>, Histogram, fn() -> Histogram>;

/// The numbers of one process.
#[allow(missing_debug_implementations)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels<3>, Counter>,
    latency: Latencies,
    reports: Counters,
    photos: Counters,
    uploads: Counters,
    sign_ins: Counters,
    passwords: Counter,
    limited: Counters,
    commits: Counter,
    open_issues: Gauge,
    photos_waiting: Gauge,
    placed_at: Gauge,
    memory: Gauge,
    cpu: Counter<f64, std::sync::atomic::AtomicU64>,
    files: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("zhoubian");
        let latency = Latencies::new_with_constructor(|| Histogram::new(CLASSES) as Histogram);
        let metrics = Self {
            requests: Family::default(),
            latency,
            reports: Family::default(),
            photos: Family::default(),
            uploads: Family::default(),
            sign_ins: Family::default(),
            passwords: Counter::default(),
            limited: Family::default(),
            commits: Counter::default(),
            open_issues: Gauge::default(),
            photos_waiting: Gauge::default(),
            placed_at: Gauge::default(),
            memory: Gauge::default(),
            cpu: Counter::default(),
            files: Gauge::default(),
            registry: Registry::default(),
        };
        metrics.register(&mut registry);
        Self { registry, ..metrics }
    }
}

impl Metrics {
    fn register(&self, to: &mut Registry) {
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        to.register("build", "The program", version);
        to.register("requests", "Requests answered", self.requests.clone());
        to.register("request_seconds", "Time until the answer began", self.latency.clone());
        to.register("reports", "New reports, by what became of them", self.reports.clone());
        to.register("photos", "Photos dealt with, by outcome", self.photos.clone());
        let uploads = "Requests with parts of photos, by outcome";
        to.register("uploads", uploads, self.uploads.clone());
        to.register("sign_ins", "Attempts to sign in, by outcome", self.sign_ins.clone());
        to.register("passwords_checked", "Passwords hashed and compared", self.passwords.clone());
        to.register(
            "limited",
            "Requests refused because there were too many",
            self.limited.clone(),
        );
        to.register("commits", "Commits of the database", self.commits.clone());
        to.register("open_issues", "Issues somebody still owes work", self.open_issues.clone());
        let waiting = "Photos that wait to be looked at";
        to.register("photos_waiting", waiting, self.photos_waiting.clone());
        let placed =
            "When open issues were last found placed as the reference data has it, Unix time";
        to.register("placed_timestamp_seconds", placed, self.placed_at.clone());
        to.register("process_resident_bytes", "Memory of the process", self.memory.clone());
        to.register("process_cpu_seconds", "Processor time of the process", self.cpu.clone());
        to.register("process_open_files", "Files and sockets open", self.files.clone());
    }

    /// A request was answered. `route` is its pattern, or `-`.
    pub fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, route) = (("method", requests::known(method)), ("route", route.to_owned()));
        let latency = self.latency.get_or_create(&[method.clone(), route.clone()]);
        latency.observe(took.as_secs_f64());
        self.requests.get_or_create(&[method, route, ("status", status.to_string())]).inc();
    }

    /// A new report was taken: it opened an issue or joined one.
    pub fn reported(&self, joined: bool) {
        count(&self.reports, if joined { "joined" } else { "opened" });
    }

    /// A photo was dealt with: `stored`, `known`, `ready`, `unreadable`, `kept` and the like.
    pub fn photo(&self, outcome: &'static str) {
        count(&self.photos, outcome);
    }

    /// Something became of an upload: `created`, `kept`, `broken_off`, `overtaken`, `stalled`, `refused`,
    /// `ended`, `expired` and the like.
    pub fn upload(&self, outcome: &'static str) {
        count(&self.uploads, outcome);
    }

    /// Somebody tried to sign in: `accepted`, `refused`, `locked` and the like.
    pub fn signed_in(&self, outcome: &'static str) {
        count(&self.sign_ins, outcome);
    }

    /// A password was held against a hash, or against nobody's.
    pub fn password_checked(&self) {
        self.passwords.inc();
    }

    /// A request was refused because there were too many, by the limit's name.
    pub fn limited(&self, by: &'static str) {
        count(&self.limited, by);
    }

    /// Every open issue is placed as the reference data in force has it.
    pub fn placed(&self, at: Timestamp) {
        self.placed_at.set(at.as_second());
    }

    /// The page that Prometheus reads.
    pub async fn page(&self, app: &App) -> Result<String, Error> {
        let counted = app
            .db
            .read(|conn| Ok::<_, Error>((issues::count_open(conn)?, stored::count_waiting(conn)?)));
        let (open, waiting) = counted.await?;
        self.open_issues.set(open);
        self.photos_waiting.set(waiting);
        self.commits.inner().store(app.db.commits(), std::sync::atomic::Ordering::Relaxed);
        if let Some(used) = process::used() {
            self.memory.set(used.resident_bytes);
            let before = self.cpu.get();
            // It only grows.
            self.cpu.inc_by((used.cpu_s - before).max(0.0));
            self.files.set(used.open_files);
        }
        let mut page = String::new();
        text::encode(&mut page, &self.registry)
            .map_err(|error| Error::Internal(error.to_string()))?;
        Ok(page)
    }
}

fn count(of: &Counters, outcome: &'static str) {
    of.get_or_create(&[("outcome", outcome.to_owned())]).inc();
}
