//! Looks at one photo many times and says what that takes: `renditions FILE [TIMES] [DIRECTORY]`.
//! Prints processor time for each look and the peak of memory; with a directory, the renditions of
//! the last look are left there.

use imaging::{Limits, look, memory_needed};
use peak_alloc::PeakAlloc;
use std::{env::args, error::Error, fs, path::Path};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

fn main() -> Result<(), Box<dyn Error>> {
    let file = args().nth(1).ok_or("which file?")?;
    let times: u32 = args().nth(2).map_or(Ok(10), |times| times.parse())?;
    let limits = Limits { max_pixels: 200_000_000, memory: 1 << 30 };
    MEMORY.reset_peak_usage();
    let bytes = fs::read(file)?;
    let before = processor_seconds()?;
    let mut last = look(&bytes, &limits)?;
    for _ in 1..times {
        last = look(&bytes, &limits)?;
    }
    let spent = (processor_seconds()? - before) / f64::from(times);
    println!("{} x {}", last.width, last.height);
    println!("processor  {:.1} ms", spent * 1000.0);
    println!("peak       {:.1} MB", MEMORY.peak_usage() as f64 / 1e6);
    println!("estimate   {:.1} MB", memory_needed(&bytes)? as f64 / 1e6);
    println!("renditions {} + {} bytes", last.large.len(), last.thumbnail.len());
    if let Some(directory) = args().nth(3) {
        fs::write(Path::new(&directory).join("large.jpg"), &last.large)?;
        fs::write(Path::new(&directory).join("thumbnail.jpg"), &last.thumbnail)?;
    }
    Ok(())
}

/// Processor time of this process, ended threads included; in steps of 10 ms.
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').ok_or("no time")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / 100.0)
}
