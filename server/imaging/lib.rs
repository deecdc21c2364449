//! What a photo shows of itself, and the pictures made of it: bytes in, bytes out; no files, no
//! clock, no async. Every photo is hostile until it is looked at, and the memory it may take is given.

mod decode;
mod exif;
mod fingerprint;
mod format;
mod likeness;
mod limits;
mod look;
mod numbers;
mod orient;
mod rendition;
mod unreadable;
mod watermark;

pub use exif::{Captured, Exif, exif};
pub use fingerprint::hamming;
pub use format::{Format, Header, header};
pub use likeness::{Alike, Likeness, Mark, Probe, Shift};
pub use limits::{Limits, memory_needed};
pub use look::{LARGE_SIDE, Look, THUMBNAIL_SIDE, look};
pub use unreadable::Unreadable;
pub use watermark::watermark;
