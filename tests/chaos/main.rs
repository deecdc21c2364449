//! `make chaos`: phones and desks at work over bad lines, while servers are killed.
//!
//! `--seed N` (drawn unless given), `--phones 20`, `--kills 50`, `--minutes 15`. The database is the one
//! that `ZHOUBIAN_TEST_DB` names; `make chaos DB=sqlite` chooses. Fails when a promise was broken.

use std::process::ExitCode;
use std::time::Duration;

use support::Program;
use support::chaos::{Outcome, Plan, run};
use tokio::signal::unix::{SignalKind, signal};

fn main() -> Outcome<ExitCode> {
    let plan = plan(&std::env::args().skip(1).collect::<Vec<_>>())?;
    println!("chaos: seed {}, {} phones, {} kills", plan.seed, plan.phones, plan.kills);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let program = Program::find()?;
    let summary = runtime.block_on(async {
        let mut told = signal(SignalKind::terminate())?;
        // Returning ends the servers that were started; dying would not.
        tokio::select! {
            ran = run(&plan, &program) => ran,
            _ = told.recv() => Err("told to end".into()),
            _ = tokio::signal::ctrl_c() => Err("told to end".into()),
        }
    })?;
    println!("{summary}");
    Ok(if summary.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn plan(words: &[String]) -> Outcome<Plan> {
    let drawn = uuid::Uuid::new_v4().as_u64_pair().0 % 1_000_000;
    let mut plan = Plan::long(drawn);
    for pair in words.chunks(2) {
        let [name, value] = pair else { return Err(format!("{} needs a value", pair[0]).into()) };
        match name.as_str() {
            "--seed" => plan.seed = value.parse()?,
            "--phones" => plan.phones = value.parse()?,
            "--kills" => plan.kills = value.parse()?,
            "--minutes" => plan.bound = Duration::from_mins(value.parse()?),
            other => return Err(format!("{other}: --seed, --phones, --kills or --minutes").into()),
        }
    }
    Ok(plan)
}
