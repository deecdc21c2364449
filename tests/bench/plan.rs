//! What is measured, in which order and for how long.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use zhoubian::store::feed;

use crate::load::{Kind, Seen};
use crate::measure::Outcome;
use crate::measure::database::{self, Own};
use crate::measure::process::Server;
use crate::measure::random::Random;
use crate::processors::{self, Spent};
use crate::result::Results;
use crate::town::{self, Spot, Town};
use crate::{bare, changes, disk, load, preload, reads, server};

/// How much of everything.
#[derive(Debug)]
pub struct Plan {
    clients: usize,
    open_issues: usize,
    fresh: usize,
    warm_up: Duration,
    reports: Duration,
    beside: Duration,
}

impl Plan {
    /// About three minutes a database, or twenty seconds to see that it works.
    pub fn new(quick: bool) -> Self {
        let seconds = |full, short| Duration::from_secs(if quick { short } else { full });
        Self {
            clients: 64,
            open_issues: if quick { 3_000 } else { 100_000 },
            fresh: if quick { 30_000 } else { 100_000 },
            warm_up: seconds(3, 1),
            reports: seconds(15, 3),
            beside: seconds(5, 1),
        }
    }
}

/// What the server reached with reports.
struct Served {
    seen: Seen,
    group: f64,
    spent: Spent,
}

/// Measures everything.
pub async fn measure(plan: &Plan, results: &mut Results) -> Outcome<()> {
    let own = Own::new("bench")?;
    let town = town::found(&own, plan.clients).await?;
    let gazetteer = town.app.gazetteer();
    let mut random = Random::new(1);
    let spots = town::spots(&gazetteer, plan.open_issues + plan.fresh, &mut random);
    let (known, fresh) = spots.split_at(plan.open_issues);
    let areas = gazetteer.areas().areas().len();
    println!(
        "{}: {}, {areas} areas, {} clients, server in this process",
        database::kind(),
        town.of,
        plan.clients
    );
    let took = preload::open_issues(&town.app, &own, known, &town.inspectors).await?;
    println!("{} open issues written in {:.1} s", known.len(), took.as_secs_f64());
    results.say("database", &database::kind());
    results.add(
        "locate_us",
        "finding the area of a position",
        reads::locate_us(&town, &known[..1_000]),
        "µs",
    );
    drop(gazetteer);
    let (own, town, before) = set_apart(own, town).await?;
    let served = serve(plan, &own, &town, known, fresh, results).await?;
    let people = (town.inspectors.clone(), town.office.clone(), town.bureau.clone());
    let head = after(&own, town).await?;
    beside(plan, &own, &before, head, &served, results)?;
    let program = alone(&own, results)?;
    let (inspectors, office, bureau) = &people;
    let unused = fresh.last_chunk::<1_000>().ok_or("too few places")?;
    let cast = changes::Cast { inspectors, office, bureau, fresh: unused };
    changes::measure(&program, &cast, results).await
}

/// A copy of the database as it is now, for the bare loop; the pools must be closed for it.
async fn set_apart(own: Own, town: Town) -> Outcome<(Own, Town, Own)> {
    let Town { app, of, inspectors, office, bureau } = town;
    drop(app);
    closed().await;
    let before = Own::copy_of(&own, "bare")?;
    let app = Arc::new(town::open(&own)?);
    Ok((own, Town { app, of, inspectors, office, bureau }, before))
}

/// Time for threads that hold the last connections to end.
async fn closed() {
    tokio::time::sleep(Duration::from_millis(500)).await;
}

async fn serve(
    plan: &Plan,
    own: &Own,
    town: &Town,
    known: &[Spot],
    fresh: &[Spot],
    results: &mut Results,
) -> Outcome<Served> {
    disk::settle(own)?;
    let running = server::start(Arc::clone(&town.app))?;
    let (known, fresh) = (Arc::new(known.to_vec()), Arc::new(fresh.to_vec()));
    let reports =
        Kind::Report { fresh: (Arc::clone(&fresh), Arc::new(AtomicUsize::new(0))), known };
    load::run(running.address, &town.inspectors, &reports, plan.warm_up, 100).await?;
    let (spent, commits) = (processors::spent()?, town.app.db.commits());
    let seen = load::run(running.address, &town.inspectors, &reports, plan.reports, 200).await?;
    let spent = processors::between(&spent, &processors::spent()?);
    let commits = town.app.db.commits() - commits;
    let served = Served { group: seen.took.count() as f64 / commits.max(1) as f64, seen, spent };
    tell_reports(&served, results);
    let constant =
        load::run(running.address, &town.inspectors, &Kind::Refused(fresh), plan.beside, 300)
            .await?;
    results.add("constant", "a body like it, token checked, constant refusal", constant.rate, "/s");
    let me = Kind::Get(Arc::new(vec!["/me".to_owned()]));
    let me = load::run(running.address, &town.inspectors, &me, plan.beside, 400).await?;
    results.add("me", "GET /me, token checked", me.rate, "/s");
    for (key, what, seen) in reads::measure(running.address, town, plan.beside).await? {
        results.add(
            &format!("{key}_p50_ms"),
            &format!("{what}: p50"),
            seen.took.percentile_ms(50),
            "ms",
        );
        results.add(
            &format!("{key}_p99_ms"),
            &format!("{what}: p99"),
            seen.took.percentile_ms(99),
            "ms",
        );
    }
    running.stop().await?;
    Ok(served)
}

fn tell_reports(served: &Served, results: &mut Results) {
    let Served { seen, group, spent } = served;
    let count = seen.took.count().max(1) as f64;
    results.add("reports", "reports with three photos to come", seen.rate, "/s");
    results.add("reports_p50_ms", "  p50", seen.took.percentile_ms(50), "ms");
    results.add("reports_p99_ms", "  p99", seen.took.percentile_ms(99), "ms, goal < 100");
    results.add("joined_percent", "  joined an issue", seen.joined as f64 * 100.0 / count, "%");
    results.add("group", "  reports in a commit", *group, "");
    for (name, ms) in spent {
        results.add(
            &format!("cpu_{name}_us"),
            &format!("  processor, {name}"),
            ms * 1_000.0 / count,
            "µs a report",
        );
    }
}

/// Stops everything that holds the database open; gives nothing but time.
async fn after(own: &Own, town: Town) -> Outcome<i64> {
    drop(town);
    closed().await;
    Ok(feed::head(&mut own.open()?)?)
}

fn beside(
    plan: &Plan,
    own: &Own,
    before: &Own,
    head: i64,
    served: &Served,
    results: &mut Results,
) -> Outcome<()> {
    let since = feed::head(&mut before.open()?)?;
    let kept = bare::written(&mut own.open()?, since)?;
    println!(
        "the bare loop has the rows of {} reports, feed numbers {since} to {head}",
        kept.len()
    );
    disk::settle(before)?;
    let spent = processors::spent()?;
    let (reached, count) = bare::write(before, kept, served.group, plan.reports)?;
    let spent: f64 = processors::between(&spent, &processors::spent()?).values().sum();
    results.add("bare", "the same rows without the program", reached.rate, "reports/s");
    results.add(
        "cpu_bare_us",
        "  processor, in this process",
        spent * 1_000.0 / count.max(1) as f64,
        "µs a report",
    );
    results.add("bare_group", "  reports in a commit", reached.group, "");
    results.add(
        "ratio_percent",
        "  the server reaches of it",
        served.seen.rate * 100.0 / reached.rate,
        "%, goal ≥ 50",
    );
    let appends = disk::durable_appends(&own.folder, plan.beside)?;
    results.add("fdatasync", "durable appends of 4 KiB", appends, "/s");
    Ok(())
}

fn alone(own: &Own, results: &mut Results) -> Outcome<Server> {
    disk::settle(own)?;
    let server = Server::start(own)?;
    std::thread::sleep(Duration::from_secs(2));
    results.add(
        "start_ms",
        "start of the program",
        server.started_in.as_secs_f64() * 1_000.0,
        "ms",
    );
    results.add("idle_mib", "its memory, idle", server.resident_mib()?, "MiB");
    Ok(server)
}
