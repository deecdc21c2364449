//! Every kind of good file comes out upright, at its size, in its colours.

use crate::{
    alike,
    make::{self, BASELINE, Jpeg, PROGRESSIVE, QUARTERS, Scene, quarters},
    middles, pixels, refused, seen,
};
use imaging::{Format, Unreadable, header};
use jpeg_encoder::{ColorType, SamplingFactor};
use std::io::Cursor;

/// Looks at a file of quarters, and checks both renditions and the header.
fn shows_quarters(name: &str, bytes: &[u8], size: (u32, u32), expected: [[u8; 3]; 4]) {
    let header = header(Cursor::new(bytes)).unwrap();
    assert_eq!((header.width, header.height), size, "{name}");
    let look = seen(bytes);
    assert_eq!((look.width, look.height), size, "{name}");
    for (jpeg, longest) in [(&look.large, 1600), (&look.thumbnail, 320)] {
        let picture = pixels(jpeg);
        let wanted = size.0.max(size.1).min(longest);
        assert_eq!(picture.width.max(picture.height), wanted as usize, "{name}");
        let found = middles(&picture);
        assert!(alike(found, expected, 12), "{name} at {longest}: {found:?}");
    }
}

#[test]
fn jpegs_of_every_sampling_and_both_orders() {
    let sampling = [
        SamplingFactor::F_1_1,
        SamplingFactor::F_2_1,
        SamplingFactor::F_1_2,
        SamplingFactor::F_2_2,
        SamplingFactor::F_4_1,
        SamplingFactor::F_4_2,
        SamplingFactor::F_1_4,
        SamplingFactor::F_2_4,
    ];
    for (way, sampling) in sampling.into_iter().enumerate() {
        for progressive in [false, true] {
            for (width, height) in [(640, 480), (331, 333), (2500, 1700)] {
                let jpeg = Jpeg { sampling, progressive, ..BASELINE }.of(&quarters(width, height));
                let name = format!("{way} {progressive} {width}");
                shows_quarters(&name, &jpeg, (width as u32, height as u32), QUARTERS);
            }
        }
    }
}

#[test]
fn jpegs_with_restarts() {
    for restart in [1, 7, 64] {
        let jpeg = Jpeg { restart, ..BASELINE }.of(&quarters(700, 500));
        shows_quarters("restarts", &jpeg, (700, 500), QUARTERS);
    }
}

#[test]
fn grey_jpegs() {
    let grey = QUARTERS.map(|color| [color[0]; 3]);
    let Scene { rgb, .. } = quarters(400, 300);
    let samples: Vec<u8> = rgb.chunks(3).map(|pixel| pixel[0]).collect();
    for way in [BASELINE, PROGRESSIVE] {
        let jpeg = way.with(&samples, 400, 300, ColorType::Luma);
        shows_quarters("grey", &jpeg, (400, 300), grey);
    }
}

/// Inks as Adobe stores them: 255 is none, and black takes what all have in common.
#[test]
fn jpegs_of_four_inks() {
    let Scene { rgb, .. } = quarters(400, 300);
    let inks = |pixel: &[u8]| {
        let most = *pixel.iter().max().unwrap();
        let part = |i: usize| (u32::from(pixel[i]) * 255 / u32::from(most)) as u8;
        [part(0), part(1), part(2), most].map(|stored| 255 - stored)
    };
    let stored: Vec<u8> = rgb.chunks(3).flat_map(inks).collect();
    for way in [BASELINE, PROGRESSIVE] {
        for colors in [ColorType::Cmyk, ColorType::CmykAsYcck] {
            let jpeg =
                Jpeg { sampling: SamplingFactor::F_1_1, ..way }.with(&stored, 400, 300, colors);
            shows_quarters("inks", &jpeg, (400, 300), QUARTERS);
        }
    }
}

#[test]
fn jpegs_that_are_not_decoded_are_told() {
    let jpeg = BASELINE.of(&quarters(64, 48));
    // Extended with 12 bits, lossless, arithmetic, hierarchical.
    for (marker, precision) in [(0xC1, 12), (0xC3, 8), (0xC9, 8), (0xC5, 8)] {
        let jpeg = make::with_frame(&jpeg, marker, precision);
        assert_eq!(refused(&jpeg), Unreadable::Unsupported, "{marker:X}");
        assert_eq!(header(Cursor::new(&jpeg)).unwrap().width, 64);
    }
}

#[test]
fn pngs_of_every_depth() {
    let scene = quarters(200, 150);
    let (size, all) = ((200, 150), (200, 150));
    shows_quarters("rgb", &make::png_of(&scene), size, QUARTERS);
    shows_quarters("interlaced", &make::interlaced(&scene), size, QUARTERS);
    let wide: Vec<u8> = scene.rgb.iter().flat_map(|sample| [*sample, 77]).collect();
    let png = make::png(all, (16, 2, 0), b"", &make::filtered(&wide, 1200));
    shows_quarters("16 bits", &png, size, QUARTERS);
    let index = |pixel: &[u8]| QUARTERS.iter().position(|color| color == pixel).unwrap() as u8;
    let indexes: Vec<u8> = scene.rgb.chunks(3).map(index).collect();
    let palette = make::chunk(*b"PLTE", QUARTERS.as_flattened());
    let png = make::png(all, (8, 3, 0), &palette, &make::filtered(&indexes, 200));
    shows_quarters("palette", &png, size, QUARTERS);
    let packed: Vec<u8> =
        indexes.chunks(4).map(|four| four.iter().fold(0, |byte, i| byte << 2 | i)).collect();
    let transparent = make::chunk(*b"tRNS", &[255, 255, 0]);
    let png =
        make::png(all, (2, 3, 0), &[palette, transparent].concat(), &make::filtered(&packed, 50));
    shows_quarters("see-through palette", &png, size, with(QUARTERS, 2, [255; 3]));
    let alpha = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2], if pixel[1] == 40 { 0 } else { 255 }];
    let rgba: Vec<u8> = scene.rgb.chunks(3).flat_map(alpha).collect();
    let png = make::png(all, (8, 6, 0), b"", &make::filtered(&rgba, 800));
    shows_quarters("alpha", &png, size, with(QUARTERS, 2, [255; 3]));
    let bits: Vec<u8> = (0..150).flat_map(|y| [if y < 75 { 255 } else { 0 }; 25]).collect();
    let png = make::png(all, (1, 0, 0), b"", &make::filtered(&bits, 25));
    shows_quarters("one bit", &png, size, [[255; 3], [255; 3], [0; 3], [0; 3]]);
}

fn with(mut colors: [[u8; 3]; 4], at: usize, color: [u8; 3]) -> [[u8; 3]; 4] {
    colors[at] = color;
    colors
}

#[test]
fn large_pngs_are_brought_down_while_they_are_read() {
    shows_quarters("large", &make::png_of(&quarters(5000, 3334)), (5000, 3334), QUARTERS);
    shows_quarters("interlaced", &make::interlaced(&quarters(3333, 2000)), (3333, 2000), QUARTERS);
}

#[test]
fn webps_of_every_kind() {
    let size = (64, 48);
    shows_quarters("lossy", make::LOSSY, size, QUARTERS);
    let over_white = with(QUARTERS, 3, [255; 3]);
    shows_quarters("lossy with alpha", make::LOSSY_ALPHA, size, over_white);
    shows_quarters("lossless", &make::webp_of(&quarters(64, 48)), size, QUARTERS);
    shows_quarters("large", &make::webp_of(&quarters(3300, 2200)), (3300, 2200), QUARTERS);
    shows_quarters("animated", &make::animated(), size, QUARTERS);
}

#[test]
fn heic_states_its_size_and_is_decoded_only_where_it_can_be() {
    assert_eq!(Format::of(&make::HEIC[..Format::HEAD]), Some(Format::Heic));
    if cfg!(feature = "heic") {
        shows_quarters("heic", make::HEIC, (64, 48), QUARTERS);
    } else {
        let header = header(Cursor::new(make::HEIC)).unwrap();
        assert_eq!((header.width, header.height), (64, 48));
        assert_eq!(refused(make::HEIC), Unreadable::Unsupported);
    }
}

#[test]
fn all_eight_orientations_come_out_the_same() {
    // How the quarters must be stored for each orientation, so that they are upright afterwards.
    let stored = [
        [0, 1, 2, 3],
        [1, 0, 3, 2],
        [3, 2, 1, 0],
        [2, 3, 0, 1],
        [0, 2, 1, 3],
        [1, 3, 0, 2],
        [3, 1, 2, 0],
        [2, 0, 3, 1],
    ];
    let upright = seen(&BASELINE.of(&quarters(2400, 1600)));
    for (number, order) in (1..=8).zip(stored) {
        let (width, height) = if number < 5 { (2400, 1600) } else { (1600, 2400) };
        let mut scene = quarters(width, height);
        for pixel in scene.rgb.as_chunks_mut::<3>().0 {
            let quarter = QUARTERS.iter().position(|color| color == pixel).unwrap();
            *pixel = QUARTERS[order[quarter]];
        }
        let tiff = make::orientation(number);
        let look = seen(&make::with_exif(&BASELINE.of(&scene), &tiff));
        assert_eq!(u16::from(look.exif.orientation), number);
        assert_eq!((look.width, look.height), (2400, 1600), "{number}");
        let (found, expected) = (pixels(&look.large), pixels(&upright.large));
        assert_eq!((found.width, found.height), (expected.width, expected.height));
        let far = found.rgb.iter().zip(&expected.rgb).filter(|(a, b)| a.abs_diff(**b) > 16).count();
        assert!(far < found.rgb.len() / 200, "{number}: {far} samples differ");
        assert!(imaging::hamming(look.fingerprint, upright.fingerprint) <= 2, "{number}");
        // In a PNG and a WebP it stands in a chunk of its own.
        let mut png = make::png_of(&scene);
        png.splice(33..33, make::chunk(*b"eXIf", &tiff));
        assert_eq!(seen(&png).exif.orientation, look.exif.orientation);
        let webp = make::webp_of(&quarters(64, 48));
        let parts = [make::extended(8, 64, 48), webp[12..].to_vec(), make::riff(*b"EXIF", &tiff)];
        assert_eq!(seen(&make::webp(&parts)).exif.orientation, look.exif.orientation);
    }
}

#[test]
fn the_thinnest_pictures() {
    for (width, height) in [(1, 1), (1, 20_000), (20_000, 1), (2, 3), (17, 1)] {
        let scene = quarters(width, height);
        for bytes in [BASELINE.of(&scene), PROGRESSIVE.of(&scene), make::png_of(&scene)] {
            let look = seen(&bytes);
            assert_eq!((look.width as usize, look.height as usize), (width, height));
            let large = pixels(&look.large);
            assert_eq!(large.width.max(large.height), width.max(height).min(1600));
            assert_eq!(large.width.min(large.height), width.min(height));
        }
    }
}
