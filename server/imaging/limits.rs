//! How much a photo may take.

use crate::Unreadable;

/// How much one photo may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most pixels (width × height) the header may state.
    pub max_pixels: u64,
    /// The most bytes that looking at it may take, the bytes of the file included.
    pub memory: usize,
}

/// The bytes that [`look`](crate::look) takes at most for this photo, those of the file included:
/// an upper estimate from the headers alone, which callers reserve from a budget.
///
/// # Errors
/// As [`header`](crate::header), and `Unsupported` for kinds that are not decoded.
pub fn memory_needed(_bytes: &[u8]) -> Result<usize, Unreadable> {
    Err(Unreadable::Unsupported)
}
