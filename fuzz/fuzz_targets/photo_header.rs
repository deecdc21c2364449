//! Headers of photos: the first thing done with bytes from a phone.

#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(header) = imaging::header(Cursor::new(bytes)) {
        assert_eq!(imaging::Format::of(bytes), Some(header.format));
    }
    let _ = imaging::memory_needed(bytes);
});
