//! The same pieces without the program.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use super::PIECE;
use crate::measure::Outcome;

/// Writes so many files, one after the other, an fdatasync after each piece; gives MB/s.
pub fn write(folder: &Path, jpeg: &[u8], files: usize) -> Outcome<f64> {
    let target = folder.join("plain");
    std::fs::create_dir_all(&target)?;
    let began = Instant::now();
    for number in 0..files {
        let mut file = File::create_new(target.join(number.to_string()))?;
        for piece in jpeg.chunks(PIECE) {
            file.write_all(piece)?;
            file.sync_data()?;
        }
    }
    let rate = (files * jpeg.len()) as f64 / 1e6 / began.elapsed().as_secs_f64();
    std::fs::remove_dir_all(&target)?;
    Ok(rate)
}
