//! What the program takes while four photos are looked at together.

use std::time::Duration;

use super::sending::How;
use super::{picture, uploads};
use crate::measure::Outcome;
use crate::measure::database::Own;
use crate::measure::process::Server;
use crate::measure::random::Random;
use crate::result::Results;
use crate::town::{self, Town};

/// Looked at together.
const WORKERS: usize = 4;
/// Of each kind: so many that the workers never rest.
const PHOTOS: usize = 24;

/// The most that a process of its own ever held, first with photos in one scan, then with progressive ones.
pub async fn measure(in_one_scan: &[u8], results: &mut Results) -> Outcome<()> {
    let own = Own::new("photo_jobs")?;
    let town = town::found(&own, WORKERS).await?;
    let spots = town::spots(&town.app.gazetteer(), 2 * PHOTOS, &mut Random::new(5));
    let workers = WORKERS.to_string();
    let server = Server::start_with(&own, &[("ZHOUBIAN_PHOTOS_WORKERS", &workers)])?;
    let progressive = picture::twelve_megapixels(true)?;
    for (round, (name, what, jpeg)) in [
        ("jobs_mib", "the program while it looks at four at a time, in one scan", in_one_scan),
        ("jobs_progressive_mib", "  progressive", &progressive),
    ]
    .into_iter()
    .enumerate()
    {
        let mut photos = uploads::draw(&own, jpeg, u32::try_from(round)?, PHOTOS)?;
        uploads::announce(server.address, &town, &mut photos, &spots).await?;
        uploads::send(server.address, &town, photos, How::Whole).await?;
        while !is_done(&town).await? {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        results.add(name, what, server.peak_mib()?, "MiB, goal < 250 MB");
    }
    results.add("jobs_after_mib", "  afterwards", server.resident_mib()?, "MiB");
    Ok(())
}

async fn is_done(town: &Town) -> Outcome<bool> {
    let page = town.app.metrics.page(&town.app).await?;
    Ok(page.lines().any(|line| line == "zhoubian_photos_waiting 0"))
}
