//! What must have come of it, counted without the server.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::district::{LIMIT_HOURS, ZONE};
use super::replay::Told;
use super::requests::Request;
use super::town::Town;
use crate::measure::Outcome;
use crate::pull;

/// Everything that is not as it should be.
pub async fn faults(town: &mut Town, requests: &[Request], told: &Told) -> Outcome<Vec<String>> {
    let mut faults = told.faults.clone();
    let end = requests.iter().flat_map(|one| [Some(one.created), one.closed]).flatten().max();
    town.now_is(end.ok_or("no requests")? + SignedDuration::from_hours(48)).await?;
    let lost = reports(town, requests, told, &mut faults).await?;
    let doubled = issues(town, told, &mut faults).await?;
    due(town, told, &mut faults).await?;
    figures(town, requests, told, &mut faults).await?;
    for (agency, desk) in town.desks() {
        let differ = pull::disagreement(&mut town.client(desk)?).await?;
        faults.extend(differ.map(|differ| format!("{agency}: {differ}")));
    }
    let (closed, overridden) = (
        told.issues.values().filter(|life| life.closed.is_some()).count(),
        told.issues.values().filter(|life| life.overridden).count(),
    );
    println!(
        "{} reports, {} issues, {} joined; {closed} closed, {overridden} of them by the office for want of a position",
        told.reports.len(),
        told.issues.len(),
        told.reports.len() - told.issues.len()
    );
    println!("unrouted: {}", told.by_hand.values().sum::<usize>());
    told.by_hand.iter().for_each(|(why, count)| println!("  {count:>5}  {why}"));
    println!("lost: {lost} reports; doubled: {doubled}");
    Ok(faults)
}

/// Each request is there, at the issue that was said; gives how many are not.
async fn reports(
    town: &Town,
    requests: &[Request],
    told: &Told,
    faults: &mut Vec<String>,
) -> Outcome<usize> {
    let mut office = town.office()?;
    let mut lost = requests.len() - told.reports.len();
    for (id, issue) in &told.reports {
        let answer = office.get(&format!("/reports/{id}")).await?;
        let there = answer.status == 200 && answer.json()?["receipt"]["issue"] == *issue;
        if !there {
            faults.push(format!("report {id} is not at issue {issue}"));
            lost += 1;
        }
    }
    Ok(lost)
}

/// The list has each issue once and no other; gives how many too many.
async fn issues(town: &Town, told: &Told, faults: &mut Vec<String>) -> Outcome<usize> {
    let listed = pull::list(&mut town.office()?, "/issues?sort=newest&limit=200").await?;
    let ids: BTreeSet<i64> = listed.iter().filter_map(|issue| issue["id"].as_i64()).collect();
    let expected: BTreeSet<i64> = told.issues.keys().copied().collect();
    if ids != expected || listed.len() != expected.len() {
        faults.push(format!("{} issues are listed, {} were opened", listed.len(), expected.len()));
    }
    Ok(listed.len().saturating_sub(expected.len()))
}

/// A limit round the clock is so many hours after dispatch, whatever the time zone.
async fn due(town: &Town, told: &Told, faults: &mut Vec<String>) -> Outcome<()> {
    let mut office = town.office()?;
    let zone = TimeZone::get(ZONE)?;
    for (id, life) in &told.issues {
        let held = office.get(&format!("/issues/{id}")).await?.good("an issue")?;
        let due = life.dispatched.map(|at| at + SignedDuration::from_hours(LIMIT_HOURS));
        let said = held["due_at"].as_str().map(str::parse).transpose()?;
        if said != due {
            let local =
                |at: Option<jiff::Timestamp>| at.map(|at| at.to_zoned(zone.clone()).to_string());
            faults.push(format!("issue {id} is due {:?}, not {:?}", local(said), local(due)));
        }
    }
    Ok(())
}

/// Over a period that holds everything, what is due is what was dispatched.
async fn figures(
    town: &Town,
    requests: &[Request],
    told: &Told,
    faults: &mut Vec<String>,
) -> Outcome<()> {
    let hour = SignedDuration::from_hours(1);
    let from = requests.first().ok_or("no requests")?.created - hour;
    let lives = || told.issues.values();
    let instants = lives().flat_map(|life| [life.dispatched, life.closed]).flatten();
    let to = instants.max().ok_or("nothing was dispatched")? + hour * 24 * 2;
    let figures = town.office()?.get(&format!("/figures?from={from}&to={to}&by=bureau")).await?;
    let figures = figures.good("figures")?;
    let limit = SignedDuration::from_hours(LIMIT_HOURS);
    let count =
        |fits: &dyn Fn(&super::replay::Life) -> bool| lives().filter(|life| fits(life)).count();
    let in_time = |life: &super::replay::Life| {
        life.dispatched.zip(life.closed).is_some_and(|(sent, closed)| closed <= sent + limit)
    };
    let expected = [
        ("due", count(&|life| life.dispatched.is_some())),
        ("closed", count(&|life| life.closed.is_some())),
        ("closed_on_time", count(&in_time)),
    ];
    let total = &figures["total"];
    for (name, expected) in expected {
        println!("  {name}: {} by the server, {expected} by the requests themselves", total[name]);
        if total[name].as_u64() != u64::try_from(expected).ok() {
            faults.push(format!("figures: {name} is {}, not {expected}", total[name]));
        }
    }
    worst(&figures);
    Ok(())
}

/// The agencies with most that is not closed.
fn worst(figures: &Value) {
    let open = |row: &Value| row["due"].as_u64().unwrap_or(0) - row["closed"].as_u64().unwrap_or(0);
    let mut rows: Vec<&Value> = figures["rows"].as_array().into_iter().flatten().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(open(row)));
    for row in rows.iter().take(3) {
        println!("  {}: {} open of {}", row["code"], open(row), row["due"]);
    }
}
