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
            watermark_font: None,
        }
    }
}
