//! What looking at photos really takes, against what is estimated. One test alone: memory is
//! counted for the whole process.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

#[path = "photos/make.rs"]
mod make;

use imaging::{Limits, look, memory_needed};
use jpeg_encoder::SamplingFactor;
use make::{BASELINE, Jpeg, PROGRESSIVE, noise, scene};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The peak of one look with the file's own bytes, and the estimate of it.
fn taken(name: &str, bytes: &[u8]) -> (usize, usize) {
    let limits = Limits { max_pixels: 400_000_000, memory: 2 << 30 };
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let outcome = look(bytes, &limits).map(|_| ());
    let peak = MEMORY.peak_usage() - before + bytes.len();
    let estimate = memory_needed(bytes).unwrap();
    println!("{name}: {peak} of {estimate} bytes, {outcome:?}");
    assert!(peak <= estimate, "{name}: {peak} > {estimate}");
    (peak, estimate)
}

fn blank_png(width: usize, height: usize, between: &[u8]) -> Vec<u8> {
    make::png((width, height), (8, 0, 0), between, &vec![0; (width + 1) * height])
}

#[test]
fn no_look_takes_more_than_is_estimated() {
    for (width, height) in
        [(1, 1), (300, 200), (1599, 1600), (1, 20_000), (20_000, 3), (2100, 1400)]
    {
        let scene = scene(width, height, 5);
        taken("baseline", &BASELINE.of(&scene));
        taken("progressive", &PROGRESSIVE.of(&scene));
        taken("png", &make::png_of(&scene));
        taken("interlaced", &make::interlaced(&scene));
        if width.max(height) < 16_384 {
            taken("webp", &make::webp_of(&scene));
        }
    }
    for (name, webp) in [("lossy", make::LOSSY), ("alpha", make::LOSSY_ALPHA)] {
        taken(name, webp);
    }
    taken("animated", &make::animated());
    let grain = noise(2000, 1900);
    let full = Jpeg { quality: 97, sampling: SamplingFactor::F_1_1, ..BASELINE };
    taken("grain", &full.of(&grain));
    taken("grain, progressive", &Jpeg { progressive: true, ..full }.of(&grain));
    taken("grain, webp", &make::webp_of(&grain));
    taken("grain, png", &make::png_of(&grain));
    photos_of_twelve_megapixels();
    a_hundred_megapixels();
    bombs();
}

fn photos_of_twelve_megapixels() {
    let scene = scene(4000, 3000, 7);
    for sampling in [SamplingFactor::F_2_2, SamplingFactor::F_2_1, SamplingFactor::F_1_1] {
        let jpeg = Jpeg { sampling, quality: 95, ..BASELINE }.of(&scene);
        let (peak, estimate) = taken("12 megapixels", &jpeg);
        assert!(peak <= 40_000_000 && estimate <= 40_000_000);
        let turned = make::with_exif(&jpeg, &make::orientation(6));
        assert!(taken("12 megapixels, turned", &turned).0 <= 40_000_000);
    }
    taken("12 megapixels, progressive", &PROGRESSIVE.of(&scene));
    taken("12 megapixels, webp", &make::webp_of(&scene));
}

fn a_hundred_megapixels() {
    let (peak, _) = taken("100 megapixels, png", &blank_png(10_000, 10_000, b""));
    assert!(peak <= 30_000_000);
    let scene = scene(10_000, 10_000, 2);
    let (peak, _) = taken("100 megapixels", &BASELINE.of(&scene));
    assert!(peak <= 60_000_000);
}

/// Chunks that inflate to far more than the picture.
fn bombs() {
    let zeros = make::deflated(&vec![0; 64 << 20]);
    let text = make::chunk(*b"zTXt", &[b"Comment\0\0", zeros.as_slice()].concat());
    let profile = make::chunk(*b"iCCP", &[b"icc\0\0", zeros.as_slice()].concat());
    let international = make::chunk(*b"iTXt", &[b"Comment\0\x01\0\0\0", zeros.as_slice()].concat());
    for bomb in [text, profile, international] {
        let (peak, _) = taken("bomb", &blank_png(100, 100, &bomb));
        assert!(peak <= 4_000_000);
    }
    let exif = make::chunk(*b"eXIf", &vec![0; 20 << 20]);
    taken("a chunk of 20 MB", &blank_png(100, 100, &exif));
}
