//! Whole photos, decoded and made smaller, within limits.

#![no_main]

use imaging::{Limits, look};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Small, so that many are tried.
    let limits = Limits { max_pixels: 1_000_000, memory: 32 * 1024 * 1024 };
    if let Ok(seen) = look(bytes, &limits) {
        assert!(u64::from(seen.width) * u64::from(seen.height) <= limits.max_pixels);
        assert!(seen.large.starts_with(&[0xff, 0xd8]) && seen.thumbnail.starts_with(&[0xff, 0xd8]));
    }
});
