//! What both renditions take, in processes that do nothing else: the processor time of children that
//! have ended, as the system counts it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use imaging::{Limits, look};

use crate::measure::{Outcome, process};

/// The word that makes this program render one photo and end.
pub const ALONE: &str = "--render-alone";
/// What a tick of /proc is on Linux, milliseconds.
const TICK_MS: f64 = 10.0;

/// What the renditions of one photo took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// Processor time, milliseconds.
    pub cpu_ms: f64,
    /// Memory at most, MiB: the whole process, the photo's own bytes included.
    pub peak_mib: f64,
}

/// Renders the photo in this process and prints how much memory that took at most, MiB.
pub fn alone(photo: &Path) -> Outcome<()> {
    let bytes = std::fs::read(photo)?;
    let limits = Limits { max_pixels: 200_000_000, memory: 160 << 20 };
    let made = look(&bytes, &limits)?;
    std::fs::write(photo.with_extension("large.jpg"), &made.large)?;
    std::fs::write(photo.with_extension("thumbnail.jpg"), &made.thumbnail)?;
    println!("{}", process::mib("self", "VmHWM:")?);
    Ok(())
}

/// Ours, each time in a process of its own.
pub fn ours(photo: &Path, times: u32) -> Outcome<Took> {
    let program = std::env::current_exe()?;
    let (before, mut peak_mib) = (children_ms()?, 0_f64);
    for _ in 0..times {
        let ended = Command::new(&program).arg(ALONE).arg(photo).output()?;
        if !ended.status.success() {
            return Err(String::from_utf8_lossy(&ended.stderr).into());
        }
        peak_mib = peak_mib.max(String::from_utf8(ended.stdout)?.trim().parse()?);
    }
    Ok(Took { cpu_ms: (children_ms()? - before) / f64::from(times), peak_mib })
}

/// The processor time of vipsthumbnail for the same two on one thread, milliseconds; none where it is
/// not installed.
pub fn vips(photo: &Path, folder: &Path, times: u32) -> Outcome<Option<f64>> {
    let before = children_ms()?;
    for _ in 0..times {
        for side in ["1600", "320"] {
            let target: PathBuf = folder.join(format!("vips-{side}.jpg"));
            let mut command = Command::new("vipsthumbnail");
            command.arg(photo).args(["--size", &format!("{side}x{side}>"), "-o"]);
            command.arg(format!("{}[strip]", target.display()));
            command.env("VIPS_CONCURRENCY", "1").stdin(Stdio::null());
            match command.status() {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
                ended => {
                    let ended = ended?;
                    if !ended.success() {
                        return Err(format!("vipsthumbnail: {ended}").into());
                    }
                }
            }
        }
    }
    Ok(Some((children_ms()? - before) / f64::from(times)))
}

/// Processor time of all children that have ended, milliseconds (proc(5), `cutime` and `cstime`).
fn children_ms() -> Outcome<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, tail) = stat.rsplit_once(") ").ok_or("no name in /proc/self/stat")?;
    let ticks = tail.split(' ').skip(13).take(2).filter_map(|field| field.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() * TICK_MS)
}
