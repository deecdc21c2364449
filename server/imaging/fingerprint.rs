//! A fingerprint that stays nearly the same when a picture is re-encoded or scaled.

/// How many of the 64 bits two fingerprints differ in: up to 6 for the same picture, some 32 for
/// two that have nothing to do with each other.
pub fn hamming(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}
