//! EXIF, which is often odd and never fails.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let exif = imaging::exif(bytes);
    assert!((1..=8).contains(&exif.orientation));
    if let Some((lat, lon)) = exif.position {
        assert!((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon));
    }
});
