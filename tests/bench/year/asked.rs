//! What is asked of the year.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::scan::{self, Totals};
use super::written::{DAYS, Year};
use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::measure::database::Own;
use crate::measure::process::Server;
use crate::result::Results;
use crate::town::Person;

/// How often each is asked.
const TIMES: usize = 15;
/// Days of the past that are asked for, spread over the year.
const PAST: [usize; 5] = [20, 100, 181, 270, 350];

/// Asks for all of it, and compares with the plain scan.
pub async fn measure(
    server: &Server,
    office: &Person,
    own: &Own,
    year: &Year,
    results: &mut Results,
) -> Outcome<()> {
    let mut client = Client::new(server.address, &office.token);
    let mut conn = own.open()?;
    let to = year.end_of(DAYS - 1);
    let month = (to - SignedDuration::from_hours(24 * 30), to);
    let dashboard = format!("/figures?by=bureau&{}", period(month));
    let (p50, most, seen) = ask(&mut client, &dashboard).await?;
    let (plain, took) = scan::totals(&mut conn, month, year.head())?;
    same("this month", seen, plain)?;
    results.add(
        "dashboard_p50_ms",
        "figures by bureau, the last 30 days: p50",
        ms(p50),
        "ms, goal ≤ 100",
    );
    results.add("dashboard_max_ms", "  the slowest", ms(most), "ms");
    results.add("scan_ms", "  a plain scan of the same rows", ms(took), "ms");
    results.add(
        "dashboard_ratio",
        "  the scan takes so many times as long",
        ms(took) / ms(p50),
        "",
    );

    let (mut slowest, mut scans) = (Duration::ZERO, Duration::ZERO);
    for day in PAST {
        let to = year.end_of(day);
        let (span, as_of) = ((to - SignedDuration::from_hours(24), to), year.days[day]);
        let path = format!("/figures?by=bureau&as_of={as_of}&{}", period(span));
        let (_, most, seen) = ask(&mut client, &path).await?;
        let (plain, took) = scan::totals(&mut conn, span, as_of)?;
        same(&format!("day {day}"), seen, plain)?;
        slowest = slowest.max(most);
        scans = scans.max(took);
    }
    results.add(
        "as_of_max_ms",
        "figures of a past day as of its end: the slowest",
        ms(slowest),
        "ms, goal ≤ 1000",
    );
    results.add("as_of_scan_ms", "  a plain scan of the same rows: the slowest", ms(scans), "ms");
    results.add(
        "as_of_ratio",
        "  the scan takes so many times as long",
        ms(scans) / ms(slowest),
        "",
    );

    let mut took = timed(&mut client, "/morning").await?.0;
    took.sort();
    results.add("morning_p50_ms", "GET /morning: p50", ms(took[TIMES / 2]), "ms");
    Ok(())
}

fn period((from, to): (Timestamp, Timestamp)) -> String {
    format!("from={from}&to={to}")
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

/// How long each answer took, and the last of them.
async fn timed(client: &mut Client, path: &str) -> Outcome<(Vec<Duration>, serde_json::Value)> {
    client.get(path).await?.good(path)?;
    let (mut took, mut last) = (Vec::with_capacity(TIMES), serde_json::Value::Null);
    for _ in 0..TIMES {
        let began = Instant::now();
        let answer = client.get(path).await?;
        took.push(began.elapsed());
        last = answer.good(path)?;
    }
    Ok((took, last))
}

/// The middle and the slowest answer, and what it said in total.
async fn ask(client: &mut Client, path: &str) -> Outcome<(Duration, Duration, Totals)> {
    let (mut took, figures) = timed(client, path).await?;
    took.sort();
    let of = |key: &str| figures["total"][key].as_i64().ok_or("no total");
    let totals =
        Totals { due: of("due")?, closed: of("closed")?, closed_on_time: of("closed_on_time")? };
    Ok((took[TIMES / 2], took[TIMES - 1], totals))
}

/// Fast figures that are wrong are no figures.
fn same(of: &str, seen: Totals, plain: Totals) -> Outcome<()> {
    if seen == plain && plain.due > 0 {
        return Ok(());
    }
    Err(format!("{of}: the server says {seen:?}, the plain scan {plain:?}").into())
}
