//! Fifty phones that return at once with their day: how fast everything is in, beside a plain writer of
//! the same pieces, and what the server takes of memory while hundreds send.

mod backlog;
mod in_flight;
mod phone;
mod plain;

use std::collections::BTreeMap;
use std::time::Instant;

use crate::measure::Outcome;
use crate::measure::database::Own;
use crate::measure::latency::Latencies;
use crate::measure::process::Server;
use crate::measure::random::Random;
use crate::result::Results;
use crate::{disk, town};

/// Bytes of a piece of tus: a photo of these is one piece.
pub(crate) const PIECE: usize = 512 * 1024;

/// How much of everything.
#[derive(Debug)]
pub struct Plan {
    phones: usize,
    reports: usize,
    plain: usize,
    in_flight: usize,
}

impl Plan {
    /// 6,000 photos, or as many as show that it works.
    pub fn new(quick: bool) -> Self {
        let (phones, reports, plain) = if quick { (10, 4, 60) } else { (50, 40, 600) };
        Self { phones, reports, plain, in_flight: if quick { 50 } else { 200 } }
    }
}

/// What a phone, or all of them, saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    reports: Latencies,
    pieces: Latencies,
    /// What was refused for now, by code.
    waits: BTreeMap<String, u64>,
    bytes: u64,
}

impl Seen {
    fn extend(&mut self, other: Self) {
        self.reports.extend(other.reports);
        self.pieces.extend(other.pieces);
        self.bytes += other.bytes;
        for (code, count) in other.waits {
            *self.waits.entry(code).or_default() += count;
        }
    }
}

/// Measures all of it.
pub async fn measure(plan: &Plan, results: &mut Results) -> Outcome<()> {
    let own = Own::new("returning")?;
    let town = town::found(&own, plan.phones).await?;
    let count = plan.phones * plan.reports + plan.in_flight;
    let spots = town::spots(&town.app.gazetteer(), count, &mut Random::new(9));
    let jpeg = backlog::jpeg();
    println!(
        "returning: {} phones, {} reports each, 3 photos of {} KB each",
        plan.phones,
        plan.reports,
        jpeg.len() / 1_000
    );
    let days = backlog::days(plan.phones, plan.reports, &jpeg, &spots);
    let server = Server::start(&own)?;
    let before = plain::write(&own.folder, &jpeg, plan.plain)?;
    disk::settle(&own)?;
    let began = Instant::now();
    let mut seen = Seen::default();
    let returning: Vec<_> = days
        .into_iter()
        .zip(&town.inspectors)
        .map(|(day, person)| {
            tokio::spawn(phone::returns(server.address, person.token.clone(), day, jpeg.clone()))
        })
        .collect();
    for phone in returning {
        seen.extend(phone.await??);
    }
    let took = began.elapsed().as_secs_f64();
    let peak = server.peak_mib()?;
    drop(server);
    disk::settle(&own)?;
    let after = plain::write(&own.folder, &jpeg, plan.plain)?;
    tell(&seen, took, before.midpoint(after), results);
    results.add("returning_mib", "  the server's memory at most", peak, "MiB");
    let spots = &spots[plan.phones * plan.reports..];
    let mib = in_flight::measure(&own, &town, spots, &jpeg).await?;
    results.add(
        "in_flight_mib",
        &format!("{} uploads in flight", spots.len()),
        mib,
        "MiB, goal < 150 MB",
    );
    Ok(())
}

fn tell(seen: &Seen, took: f64, plain: f64, results: &mut Results) {
    let rate = seen.bytes as f64 / 1e6 / took;
    results.add("returning_s", "phones that return at once: all in", took, "s");
    results.add("returning_reports", "  reports", seen.reports.count() as f64, "");
    results.add("returning_p50_ms", "  a report: p50", seen.reports.percentile_ms(50), "ms");
    results.add(
        "returning_p99_ms",
        "  a report: p99",
        seen.reports.percentile_ms(99),
        "ms, goal < 500",
    );
    results.add("returning_piece_p99_ms", "  a piece: p99", seen.pieces.percentile_ms(99), "ms");
    let waits: u64 = seen.waits.values().sum();
    results.add("returning_waits", "  asked to wait (429, 503)", waits as f64, "times");
    results.add("returning_rate", "  photos in pieces made durable", rate, "MB/s");
    results.add("returning_plain", "  a plain writer, an fdatasync a piece", plain, "MB/s");
    results.add(
        "returning_percent",
        "  of it, beside reports and the phones' own queues",
        rate * 100.0 / plain,
        "%",
    );
    println!("asked to wait: {:?}", seen.waits);
}
