//! What the disk can do, whatever the program.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::measure::Outcome;
use crate::measure::database::{self, Own};

/// Appends of 4 KiB, each made durable by fdatasync, a second.
pub fn durable_appends(folder: &Path, during: Duration) -> Outcome<f64> {
    let path = folder.join("appends");
    let mut file = File::create(&path)?;
    let (page, began, mut count) = ([7_u8; 4_096], Instant::now(), 0_u32);
    while began.elapsed() < during {
        file.write_all(&page)?;
        file.sync_data()?;
        count += 1;
    }
    let rate = f64::from(count) / began.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(rate)
}

/// Waits until what was written so far is on the disk, and makes it no news, so that nobody pays for it who is measured.
pub fn settle(own: &Own) -> Outcome<()> {
    own.open()?.batch("UPDATE notice_head SET told = (SELECT seq FROM feed_head)")?;
    if database::kind() == "postgres" {
        own.open()?.batch("CHECKPOINT")?;
    }
    let ended = Command::new("sync").status()?;
    if ended.success() { Ok(()) } else { Err(format!("sync: {ended}").into()) }
}
