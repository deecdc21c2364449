//! The fingerprint: near for the same picture, far for another.

use crate::{
    make::{BASELINE, Jpeg, png_of, scene},
    seen,
};
use imaging::hamming;

#[test]
fn encoding_and_scaling_leave_the_fingerprint_nearly_as_it_was() {
    for seed in 0..8 {
        let original = seen(&BASELINE.of(&scene(1800, 1300, seed))).fingerprint;
        let worse = Jpeg { quality: 50, ..BASELINE };
        for bytes in [
            worse.of(&scene(1800, 1300, seed)),
            worse.of(&scene(900, 650, seed)),
            BASELINE.of(&scene(720, 520, seed)),
            png_of(&scene(1800, 1300, seed)),
        ] {
            let far = hamming(original, seen(&bytes).fingerprint);
            assert!(far <= 6, "{seed}: {far}");
        }
    }
}

#[test]
fn other_pictures_have_other_fingerprints() {
    let prints: Vec<u64> =
        (0..12).map(|seed| seen(&BASELINE.of(&scene(640, 480, seed))).fingerprint).collect();
    for (at, one) in prints.iter().enumerate() {
        for other in &prints[at + 1..] {
            assert!(hamming(*one, *other) >= 16, "{one:016x} {other:016x}");
        }
    }
}
