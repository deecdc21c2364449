//! A second district, as unlike the first as real data allows: New York, west of Greenwich, in its own
//! time zone with summer time, without make-up days, from requests its public made. They are replayed
//! in the order and at the instants in which they were made and closed, by a clock set by hand.

mod district;
mod oracle;
mod replay;
mod requests;
mod town;

use std::path::Path;
use std::time::Instant;

use crate::intake;
use crate::measure::database::Own;
use crate::measure::{Outcome, latency::Latencies};
use crate::people;

/// A quick trial takes one request of so many.
const QUICK_STEP: usize = 15;

/// Replays the requests; gives what was lost, doubled or otherwise than it should be.
pub async fn replay(real: &Path, quick: bool) -> Outcome<Vec<String>> {
    let mut requests = requests::read(real)?;
    if quick {
        requests = requests.into_iter().step_by(QUICK_STEP).collect();
    }
    println!("== New York: {} requests of the public, in {}", requests.len(), district::ZONE);
    let own = Own::new("newyork")?;
    intake::take_in(&own, &district::sources(&requests)?)?;
    people::add_admin(&own)?;
    let first = requests.first().ok_or("no requests")?.created;
    let mut town = town::Town::start(&own, first, &requests).await?;
    let began = Instant::now();
    let told = replay::all(&mut town, &requests).await?;
    let took = began.elapsed().as_secs_f64();
    let answers = told.took.count();
    println!(
        "{answers} requests in {took:.1} s: {:.0}/s; {}",
        answers as f64 / took,
        percentiles(&told.took)
    );
    let faults = oracle::faults(&mut town, &requests, &told).await?;
    town.end().await;
    Ok(faults)
}

fn percentiles(took: &Latencies) -> String {
    let [p50, p95, p99] = [50, 95, 99].map(|percent| took.percentile_ms(percent));
    format!("p50 {p50:.1}  p95 {p95:.1}  p99 {p99:.1} ms")
}
