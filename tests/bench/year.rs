//! A year of a large district: figures, the past, and the morning, beside a plain scan of the same rows.
//!
//! `make bench ARGS="--year --issues 1000000"` writes so many issues, each with the events of its life, in the order in which they
//! would have happened; the same seed writes the same year.

use crate::measure::Outcome;
use crate::measure::database::{self, Own};
use crate::measure::process::Server;
use crate::result::Results;
use crate::{disk, seed, town};

mod asked;
mod life;
mod scan;
mod swept;
mod written;

/// What the year is made of.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Issues of the year.
    pub issues: usize,
    /// Where the numbers come from.
    pub seed: u64,
}

/// Inspectors who report.
const PEOPLE: usize = 64;

/// Writes the year and measures what is read of it.
pub async fn measure(plan: Plan, results: &mut Results) -> Outcome<()> {
    let own = Own::new("year")?;
    let town = town::found(&own, PEOPLE).await?;
    println!("{}: a year of {} issues in {}", database::kind(), plan.issues, town.of);
    let year = if database::kind() == "sqlite" {
        written::year(&town.app.db, &town, plan).await?
    } else {
        // Written where it is fast, then copied whole.
        let first = Own::on_sqlite("year_seed")?;
        schema::migrate(&mut first.open()?)?;
        let db = schema::Db::open(&schema::DbConfig::new(first.url.parse()?))?;
        let year = written::year(&db, &town, plan).await?;
        drop(db);
        seed::index(&mut first.open()?)?;
        seed::copy(&mut first.open()?, &mut own.open()?)?;
        own.open()?.batch("VACUUM ANALYZE issue_span")?;
        year
    };
    println!("{} events up to feed number {} in {:.0} s", year.events, year.head(), year.took_s);
    results.add("year_events", "events of the year", year.events as f64, "");
    swept::measure(&town.app, results).await?;
    let office = town.office.clone();
    drop(town);
    disk::settle(&own)?;
    let server = Server::start(&own)?;
    asked::measure(&server, &office, &own, &year, results).await
}
