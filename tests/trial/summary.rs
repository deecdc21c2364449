//! What came in, for people to look at.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::SignedDuration;
use serde_json::Value;
use zhoubian::clock::Clock;

use crate::ledger::Ledger;
use crate::measure::Outcome;
use crate::people::Staff;
use crate::pull;

/// Prints it.
pub async fn tell(
    staff: &Staff,
    ledger: &Ledger,
    closed: usize,
    walked: Duration,
    worked: Duration,
) -> Outcome<()> {
    let issues = pull::list(&mut staff.office.client(), "/issues?sort=newest&limit=200").await?;
    let joined = ledger.reports.iter().filter(|sent| sent.joined).count();
    println!(
        "{} reports, {} issues, {joined} joined one that was there",
        ledger.reports.len(),
        issues.len()
    );
    by_stage(&issues);
    unrouted(&issues);
    let megabytes = ledger.uploaded_bytes as f64 / 1e6;
    println!(
        "{} uploads of photos, {megabytes:.0} MB; {} requests sent again",
        ledger.uploads, ledger.retries
    );
    println!("refused:");
    ledger.refused.iter().for_each(|(what, count)| println!("  {count:>5}  {what}"));
    points(staff).await?;
    let percent = closed as f64 * 100.0 / issues.len().max(1) as f64;
    println!(
        "{closed} issues ({percent:.1} %) worked by their bureaus and closed by somebody else"
    );
    figures(staff).await?;
    requests(ledger, walked + worked);
    Ok(())
}

fn counted(words: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    words.fold(BTreeMap::new(), |mut counts, word| {
        *counts.entry(word).or_default() += 1;
        counts
    })
}

fn by_stage(issues: &[Value]) {
    let stages =
        counted(issues.iter().map(|issue| issue["stage"].as_str().unwrap_or("?").to_owned()));
    let told: Vec<String> =
        stages.iter().map(|(stage, count)| format!("{stage} {count}")).collect();
    println!("by stage: {}", told.join(", "));
}

fn unrouted(issues: &[Value]) {
    let unrouted = issues.iter().filter(|issue| issue["unrouted"] == true);
    let why = |issue: &Value| {
        issue["routing"]["words"]["en"].as_str().unwrap_or("no reason given").to_owned()
    };
    let reasons = counted(unrouted.map(why));
    println!("unrouted: {}", reasons.values().sum::<usize>());
    for (why, count) in reasons {
        println!("  {count:>5}  {why}");
    }
}

async fn points(staff: &Staff) -> Outcome<()> {
    let mut client = staff.office.client();
    let points = client.get("/points").await?.good("points")?;
    let codes: Vec<&str> = points["items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|point| point["code"].as_str())
        .collect();
    let (mut touched, mut near) = (0, 0);
    for code in &codes {
        let cluster = client.get(&format!("/points/{code}/cluster")).await?.good("a cluster")?;
        let total = cluster["total"].as_u64().unwrap_or(0);
        touched += usize::from(total > 0);
        near += total;
    }
    println!(
        "{touched} of {} points have issues in their surroundings, {near} in all",
        codes.len()
    );
    Ok(())
}

async fn figures(staff: &Staff) -> Outcome<()> {
    let now = Clock::machine().now();
    let (from, to) =
        (now - SignedDuration::from_hours(24), now + SignedDuration::from_hours(60 * 24));
    let path = format!("/figures?from={from}&to={to}&by=total");
    let figures = staff.office.client().get(&path).await?.good("figures")?;
    let total = &figures["total"];
    let rate = |name: &str| total[name]["percent"].to_string();
    println!(
        "figures of two months: due {}, handled {}, closed {}; closed {} %, on time {} %, rework {} %",
        total["due"],
        total["handled"],
        total["closed"],
        rate("close_rate"),
        rate("on_time_close_rate"),
        rate("rework_rate")
    );
    Ok(())
}

fn requests(ledger: &Ledger, during: Duration) {
    let count: usize = ledger.took.values().map(crate::measure::latency::Latencies::count).sum();
    println!(
        "{count} requests in {:.1} s: {:.0}/s",
        during.as_secs_f64(),
        count as f64 / during.as_secs_f64()
    );
    for (kind, took) in &ledger.took {
        let [p50, p95, p99] = [50, 95, 99].map(|percent| took.percentile_ms(percent));
        println!(
            "  {kind:<28} {:>6}  p50 {p50:>7.1}  p95 {p95:>7.1}  p99 {p99:>7.1} ms",
            took.count()
        );
    }
}
