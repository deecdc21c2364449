//! Bad files are told, and nothing panics.

use crate::{
    make::{self, BASELINE, Jpeg, PROGRESSIVE, quarters, scene},
    refused,
};
use imaging::{Limits, Unreadable, exif, header, look, memory_needed, watermark};
use proptest::prelude::*;
use std::{io::Cursor, sync::LazyLock};

/// One small photo of each kind.
static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let picture = scene(150, 110, 3);
    vec![
        make::with_exif(&BASELINE.of(&picture), &make::orientation(6)),
        Jpeg { restart: 5, ..BASELINE }.of(&picture),
        PROGRESSIVE.of(&picture),
        make::png_of(&picture),
        make::interlaced(&picture),
        make::webp_of(&picture),
        make::LOSSY.to_vec(),
        make::LOSSY_ALPHA.to_vec(),
        make::animated(),
        make::HEIC.to_vec(),
    ]
});

const SMALL: Limits = Limits { max_pixels: 10_000_000, memory: 64 << 20 };

/// Everything that reads what others sent.
fn harmless(bytes: &[u8]) -> Result<imaging::Look, Unreadable> {
    let _ = header(Cursor::new(bytes));
    let _ = memory_needed(bytes);
    let _ = exif(bytes);
    let _ = watermark(bytes, &[], b"");
    look(bytes, &SMALL)
}

#[test]
fn cut_anywhere_is_told() {
    for good in GOOD.iter() {
        for length in (0..good.len()).step_by(7).chain(good.len() - 20..good.len()) {
            // The end marker of a JPEG may be missing when nothing else is.
            let whole = length + 4 > good.len();
            match harmless(&good[..length]) {
                Ok(_) => assert!(whole && good[0] == 0xFF, "{length} of {}", good.len()),
                Err(Unreadable::Empty) => assert_eq!(length, 0),
                Err(Unreadable::TypeUnknown) => assert!(length < 32),
                Err(Unreadable::Unsupported) => assert_eq!(good[4..8], *b"ftyp"),
                Err(problem) => {
                    let heic = cfg!(feature = "heic") && good[4..8] == *b"ftyp";
                    assert!(
                        heic || problem == Unreadable::Truncated,
                        "{length} of {}: {problem:?}",
                        good.len()
                    );
                }
            }
        }
    }
}

#[test]
fn what_is_no_photo_is_told() {
    assert_eq!(refused(b""), Unreadable::Empty);
    for bytes in [&b"BM\x36\0\0\0"[..], b"GIF89a", b"%PDF-1.7", b"<svg/>", &[0; 500], b"\xFF\xD8"] {
        assert_eq!(refused(bytes), Unreadable::TypeUnknown);
        assert_eq!(header(Cursor::new(bytes)), Err(Unreadable::TypeUnknown));
    }
}

#[test]
fn too_many_pixels_are_refused_by_the_header() {
    let jpeg = make::with_size(&BASELINE.of(&quarters(64, 48)), 65_500, 65_500);
    let png = make::png((60_000, 60_000), (8, 2, 0), b"", &vec![0; 500_000]);
    for bytes in [jpeg, png] {
        assert_eq!(refused(&bytes), Unreadable::TooManyPixels);
    }
}

#[test]
fn a_stated_size_without_its_pixels_is_told() {
    let all = Limits { max_pixels: u64::MAX, memory: 1 << 30 };
    let jpeg = make::with_size(&BASELINE.of(&quarters(64, 48)), 30_000, 30_000);
    assert_eq!(look(&jpeg, &all).unwrap_err(), Unreadable::Corrupt);
    let png = make::png((30_000, 30_000), (8, 2, 0), b"", &vec![0; 500_000]);
    assert!(look(&png, &all).is_err());
}

#[test]
fn what_needs_too_much_memory_is_refused_and_works_with_more() {
    let large = scene(5000, 4000, 1);
    let (small, more) = (Limits { memory: 48 << 20, ..crate::ROOM }, crate::ROOM);
    assert!(look(&BASELINE.of(&large), &small).is_ok());
    assert!(look(&make::png_of(&large), &Limits { memory: 90 << 20, ..more }).is_ok());
    for bytes in [PROGRESSIVE.of(&large), make::interlaced(&large)] {
        assert_eq!(look(&bytes, &small).unwrap_err(), Unreadable::TooMuchMemory);
        assert!(look(&bytes, &more).is_ok());
    }
}

/// A canvas of a few pixels around a picture of many, which a decoder would make room for.
#[test]
fn pictures_larger_than_their_header_are_refused() {
    let large = make::webp_of(&quarters(2000, 2000));
    let webp = make::webp(&[make::extended(0, 64, 48), large[12..].to_vec()]);
    assert_eq!(refused(&webp), Unreadable::Corrupt);
    let mut lossy = make::LOSSY.to_vec();
    lossy[26..30].copy_from_slice(&[0xFF, 0x3F, 0xFF, 0x3F]);
    let webp = make::webp(&[make::extended(0, 64, 48), lossy[12..].to_vec()]);
    assert_eq!(refused(&webp), Unreadable::Corrupt);
    // Alone it is a header that states too much.
    assert_eq!(refused(&lossy), Unreadable::TooManyPixels);
}

#[test]
fn more_scans_than_a_photo_has_are_refused() {
    let mut jpeg = PROGRESSIVE.of(&quarters(64, 48));
    let at = jpeg.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let scan = jpeg[at..jpeg.len() - 2].to_vec();
    for _ in 0..200 {
        jpeg.splice(at..at, scan.iter().copied());
    }
    assert_eq!(refused(&jpeg), Unreadable::Unsupported);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bits_do_no_harm(
        which in 0..10_usize,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..12),
        head in any::<bool>(),
    ) {
        let mut bytes = GOOD[which].clone();
        let length = if head { bytes.len().min(700) } else { bytes.len() };
        for (at, bit) in flips {
            bytes[at.index(length)] ^= 1 << bit;
        }
        let _ = harmless(&bytes);
    }

    #[test]
    fn pieces_of_photos_do_no_harm(
        which in 0..10_usize,
        other in 0..10_usize,
        cut in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
    ) {
        let (one, two) = (&GOOD[which], &GOOD[other]);
        let bytes = [&one[..cut.index(one.len())], &two[from.index(two.len())..]].concat();
        let _ = harmless(&bytes);
    }

    #[test]
    fn anything_behind_a_signature_does_no_harm(
        which in 0..10_usize,
        keep in 12..40_usize,
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let bytes = [&GOOD[which][..keep], &rest].concat();
        let _ = harmless(&bytes);
    }
}
