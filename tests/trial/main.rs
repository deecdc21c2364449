//! `make trial`: a day of work on real data. Beijing's areas, campuses and calendar and a city's
//! published standard are imported, and a file from elsewhere is refused; inspectors report with real
//! photos, retrying as phones do; bureaus work; somebody else verifies. Everything that was
//! acknowledged is then read back: it must be there, once, as it was sent. Then New York's requests are
//! replayed as a second district.

#[path = "../measure/mod.rs"]
#[allow(dead_code, reason = "shared with the bench, which uses other parts")]
mod measure;

mod campuses;
mod corpus;
mod day;
mod drawn;
mod hainan;
mod intake;
mod ledger;
mod newyork;
mod people;
mod pull;
mod readback;
mod standard;
mod summary;
mod walk;
mod work;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use measure::database::{self, Own};
use measure::process::{self, Server};
use measure::{Outcome, beijing};

/// Of many faults the first tell enough.
const FAULTS_TOLD: usize = 20;

fn main() -> Outcome<ExitCode> {
    allocator::give_back();
    let quick = std::env::args().skip(1).any(|word| word == "--quick");
    let Some(real) = process::real_data() else {
        eprintln!(
            "trial: no real data. It is expected in the folder that ZHOUBIAN_REAL_DATA names (an absolute path), \
             with areas_beijing/, calendar/, points/ and photos/ in it."
        );
        return Ok(ExitCode::from(2));
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut faults = runtime.block_on(trial(&real, quick))?;
    faults.extend(runtime.block_on(newyork::replay(&real, quick))?);
    for fault in faults.iter().take(FAULTS_TOLD) {
        println!("FAULT: {fault}");
    }
    if !faults.is_empty() {
        println!("{} faults in all", faults.len());
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The whole trial; gives what was lost, doubled or diverged.
async fn trial(real: &Path, quick: bool) -> Outcome<Vec<String>> {
    let own = Own::new("trial")?;
    println!("== {}", database::kind());
    let began = Instant::now();
    intake::take_in(&own, &beijing::sources(real)?)?;
    standard::take_in(&own, real)?;
    let elsewhere = hainan::offer(&own, real)?;
    println!("everything was imported in {:.1} s (goal ≤ 20)", began.elapsed().as_secs_f64());
    campuses::compare(&own, real)?;
    people::add_admin(&own)?;
    let server = Server::start(&own)?;
    let mut staff = people::Staff::hire(server.address).await?;
    let corpus = Arc::new(corpus::read(&real.join("photos"))?);
    let planned = day::plan(&own, &corpus, if quick { 200 } else { 5_000 })?;
    let began = Instant::now();
    let mut ledger = walk::everybody(&staff, planned, &corpus).await?;
    walk::offer_unfit(&staff, &corpus, &mut ledger).await?;
    let walked = began.elapsed();
    let issues = pull::list(&mut staff.office.client(), "/issues?sort=newest&limit=200").await?;
    staff.hire_bureaus(&issues).await?;
    let began = Instant::now();
    let worked = work::a_third(&staff, &issues, &mut ledger).await?;
    let working = began.elapsed();
    summary::tell(&staff, &ledger, worked, walked, working).await?;
    let mut faults = readback::everything(&own, &staff, &ledger).await?;
    faults.extend(elsewhere);
    println!("memory of the server at the end: {:.0} MiB", server.resident_mib()?);
    Ok(faults)
}
