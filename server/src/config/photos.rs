//! How photos are looked at and kept.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How photos are looked at and kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhotoSettings {
    /// Memory for looking at photos, all that are looked at together, MiB. One that would need more
    /// by itself is kept and marked `unreadable`.
    pub memory_mib: usize,
    /// Photos looked at at once, at most.
    pub workers: usize,
    /// The most pixels a photo may have, millions; one with more is refused.
    pub max_megapixels: u32,
    /// How long a file may lie in the folder of photos that nothing knows of before it is removed,
    /// hours.
    pub orphan_hours: u32,
    /// Photos that are being sent in parts at once, at most.
    pub uploads_at_once: usize,
    /// How long what came of a photo is kept when nothing more comes, days.
    pub uploads_days: u32,
    /// How long next to nothing may come of a request with a part of a photo, seconds; it is then ended,
    /// and what came is kept.
    pub upload_stall_s: u32,
    /// The font that watermarks are set in (TTF, OTF or TTC; it must have Chinese). Without it, Noto
    /// Sans CJK where packages put it.
    pub watermark_font: Option<PathBuf>,
}

impl Default for PhotoSettings {
    fn default() -> Self {
        Self {
            memory_mib: 160,
            workers: 2,
            max_megapixels: 200,
            orphan_hours: 24,
            uploads_at_once: 256,
            uploads_days: 30,
            upload_stall_s: 30,
            watermark_font: None,
        }
    }
}
