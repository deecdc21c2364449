//! The same bytes without the program: read from files, written to files, made durable.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::measure::Outcome;

/// Copies these files with so many threads, an fdatasync after each piece of so many bytes; gives bytes a
/// second.
pub fn write(sources: &[PathBuf], target: &Path, threads: usize, piece: u64) -> Outcome<f64> {
    std::fs::create_dir_all(target)?;
    let (began, mut bytes) = (Instant::now(), 0);
    std::thread::scope(|scope| {
        let copying: Vec<_> = sources
            .chunks(sources.len().div_ceil(threads.max(1)))
            .map(|some| scope.spawn(move || some.iter().map(|one| copy(one, target, piece)).sum()))
            .collect();
        for thread in copying {
            let done: io::Result<u64> = thread.join().map_err(|_panic| "copying panicked")?;
            bytes += done?;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    })?;
    let rate = bytes as f64 / began.elapsed().as_secs_f64();
    std::fs::remove_dir_all(target)?;
    Ok(rate)
}

fn copy(source: &Path, target: &Path, piece: u64) -> io::Result<u64> {
    let name = source.file_name().ok_or_else(|| io::Error::other("a source without a name"))?;
    let (mut original, mut copied) = (File::open(source)?, File::create_new(target.join(name))?);
    let mut bytes = 0;
    loop {
        let taken = io::copy(&mut Read::by_ref(&mut original).take(piece), &mut copied)?;
        if taken == 0 {
            return Ok(bytes);
        }
        copied.flush()?;
        copied.sync_data()?;
        bytes += taken;
    }
}
