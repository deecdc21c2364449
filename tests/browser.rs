//! The pages, in a real browser: the walks themselves are `tests/browser/*.mjs`.

mod account;
mod bulletins;
mod cards;
mod claim;
mod console;
mod every_page;
mod extension;
mod fieldwork;
mod issue_list;
mod limits;
mod links;
mod notices;
mod office;
mod outbox;
mod parts;
mod photos;
mod report;
mod story;
mod suspension;
mod verification;
mod viewing;

use std::path::Path;
use std::process::Stdio;

use support::TestApp;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::Command;

/// Walks through a town's pages, and is told each step as it begins; what was said on the way.
///
/// # Panics
/// When a step did not hold.
async fn walk(
    town: &TestApp,
    script: &str,
    environment: &[(&str, &str)],
    mut on_step: impl AsyncFnMut(&str),
) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser").join(script);
    let mut walking = Command::new("node")
        .arg(script)
        .env("BASE_URL", &town.app.config.public_url)
        .envs(environment.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("node runs: `make setup` installs what the browser tests need");
    let mut complaints = walking.stderr.take().unwrap();
    // Read beside the steps: a full pipe would stop the walk.
    let complaining = tokio::spawn(async move {
        let mut complained = String::new();
        complaints.read_to_string(&mut complained).await.map(|_| complained)
    });
    let mut said = String::new();
    let mut steps = BufReader::new(walking.stdout.take().unwrap()).lines();
    while let Some(step) = steps.next_line().await.unwrap() {
        println!("{step}");
        on_step(&step).await;
        said.extend([step.as_str(), "\n"]);
    }
    let complained = complaining.await.unwrap().unwrap();
    assert!(walking.wait().await.unwrap().success(), "{said}{complained}");
    said
}
