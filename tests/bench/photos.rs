//! Photos: what the two renditions cost beside what vips takes for them, how fast photos are made
//! durable beside plain copies of the same bytes, and what several that are looked at together take.

mod copies;
mod jobs;
pub(crate) mod picture;
pub mod render;
mod sending;
pub(crate) mod uploads;

use std::path::Path;

use crate::measure::Outcome;
use crate::measure::database::Own;
use crate::result::Results;

/// How much of everything.
#[derive(Debug)]
pub struct Plan {
    /// Renditions are made so often.
    pub renditions: u32,
    /// Rounds of uploads, each beside a round of copies.
    pub rounds: u32,
    /// Photos of a round.
    pub photos: usize,
    /// Clients that send at once, and threads that copy at once.
    pub clients: usize,
}

impl Plan {
    /// About a minute, or some seconds to see that it works.
    pub fn new(quick: bool) -> Self {
        let (renditions, rounds, photos) = if quick { (3, 1, 24) } else { (15, 4, 200) };
        Self { renditions, rounds, photos, clients: 8 }
    }
}

/// Measures all of it.
pub async fn measure(plan: &Plan, results: &mut Results) -> Outcome<()> {
    let own = Own::new("photos")?;
    let jpeg = picture::twelve_megapixels(false)?;
    println!("photos: a JPEG of 4000 × 3000 pixels, {:.1} MB", jpeg.len() as f64 / 1e6);
    renditions(plan, &own.folder, &jpeg, results)?;
    uploads::measure(plan, &own, &jpeg, results).await?;
    jobs::measure(&jpeg, results).await
}

fn renditions(plan: &Plan, folder: &Path, jpeg: &[u8], results: &mut Results) -> Outcome<()> {
    let photo = folder.join("photo.jpg");
    std::fs::write(&photo, jpeg)?;
    let ours = render::ours(&photo, plan.renditions)?;
    results.add("render_ms", "both renditions of 12 MP, processor", ours.cpu_ms, "ms");
    results.add("render_mib", "  memory at most", ours.peak_mib, "MiB, goal ≤ 40");
    match render::vips(&photo, folder, plan.renditions)? {
        Some(vips_ms) => {
            results.add("vips_ms", "  vipsthumbnail for the same two, one thread", vips_ms, "ms");
            let percent = ours.cpu_ms * 100.0 / vips_ms;
            results.add("render_percent", "  ours of it", percent, "%, goal ≤ 50");
        }
        None => println!("vipsthumbnail is not installed (libvips-tools): nothing to compare with"),
    }
    Ok(())
}
