//! The chaos run, as short as every test run can bear; `make chaos` is the long one.

use support::Program;
use support::chaos::{Plan, run};

/// Cases 5, 7 and 8, and all others that chance brings: servers and phones are killed while lines break.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_when_servers_and_phones_are_killed() {
    // Another one each time: what it finds can be drawn again by its seed.
    let seed = uuid::Uuid::new_v4().as_u64_pair().0 % 1_000_000;
    let plan = Plan::short(seed);
    let summary = run(&plan, &Program::find().unwrap()).await;
    let summary = summary.unwrap_or_else(|failure| panic!("seed {seed}: {failure}"));
    assert!(summary.is_clean(), "{summary}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_finds_what_was_promised_and_is_not_there() {
    let plan = Plan { phones: 2, kills: 1, reports: 3, is_lied_to: true, ..Plan::short(1) };
    let summary = run(&plan, &Program::find().unwrap()).await.unwrap();
    let finds = |found: &[String], what: &str| {
        assert!(found.iter().any(|line| line.contains(what)), "{what}:\n{summary}");
    };
    finds(&summary.lost, "ffffffff-ffff-ffff-ffff-ffffffffffff: in no issue");
    finds(&summary.lost, "ffffffff-ffff-ffff-ffff-ffffffffffff: not there");
    finds(&summary.lost, "other bytes");
    finds(&summary.doubled, ": said 10000");
    assert!(summary.diverged.is_empty() && !summary.is_clean(), "{summary}");
}
