use super::*;
use std::fs;

/// Chinese type is not everywhere tests run; without it these tests have nothing to look at.
fn font() -> Option<Vec<u8>> {
    fs::read("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").ok()
}

fn picture(width: usize, height: usize) -> Vec<u8> {
    encode(&Picture { width, height, rgb: vec![120; width * height * 3] }, 80).unwrap()
}

fn lines() -> Vec<String> {
    [
        "2026-11-22 09:30:15",
        "和平路 12 号门前",
        "30.274150, 120.155070",
        "巡查员 王小明",
        "R-20261122-0007",
    ]
    .map(String::from)
    .to_vec()
}

/// How many pixels are much lighter or darker than the plain picture.
fn changed(jpeg: &[u8]) -> (usize, usize) {
    let rgb = jpeg::decode(jpeg).unwrap().rgb;
    let count = |test: fn(u8) -> bool| rgb.chunks(3).filter(|pixel| test(pixel[0])).count();
    (count(|sample| sample > 200), count(|sample| sample < 90))
}

#[test]
fn type_and_band_stand_lower_left_at_every_size() {
    let Some(font) = font() else { return };
    for (width, height) in [(1600, 1200), (1200, 1600), (320, 240), (240, 320), (1600, 400)] {
        let marked = watermark(&picture(width, height), &lines(), &font).unwrap();
        let (light, dark) = changed(&marked);
        let all = width * height;
        assert!(light > all / 1000 && light < all / 8, "{width}x{height}: {light} light");
        assert!(dark > all / 80 && dark < all / 2, "{width}x{height}: {dark} dark");
        let rgb = jpeg::decode(&marked).unwrap().rgb;
        assert!(rgb[..width * 3 * height / 3].iter().all(|sample| sample.abs_diff(120) < 4));
    }
}

#[test]
fn pictures_too_small_for_type_do_no_harm() {
    let Some(font) = font() else { return };
    for (width, height) in [(1, 1), (1, 1600), (1600, 1), (7, 5)] {
        watermark(&picture(width, height), &lines(), &font).unwrap();
    }
    let plain = watermark(&picture(64, 64), &[String::new(), "\n\t".into()], &font).unwrap();
    assert_eq!(changed(&plain), (0, 0));
}

#[test]
fn long_lines_are_cut_and_odd_letters_are_drawn_somehow() {
    let Some(font) = font() else { return };
    let face = FontRef::try_from_slice_and_index(&font, face::simplified(&font)).unwrap();
    let long = ["很长的一行".repeat(200), "\u{10FFFF}\u{1F600}\u{0}e\u{301}\r\n".into()];
    let layout = lay_out(&face, &long, 1600, 1200);
    assert!(layout.lines[0].ends_with('…') && layout.lines[0].chars().count() > 40);
    assert!(layout.across <= 1600);
    watermark(&picture(1600, 1200), &long, &font).unwrap();
}

#[test]
fn a_line_a_little_too_long_only_makes_the_type_smaller() {
    let Some(font) = font() else { return };
    let face = FontRef::try_from_slice_and_index(&font, face::simplified(&font)).unwrap();
    let line = ["号".repeat(50)];
    let (small, usual) = (lay_out(&face, &line, 1600, 1200), lay_out(&face, &[], 1600, 1200));
    assert_eq!(small.lines, line);
    assert!(small.size < usual.size);
}

#[test]
fn the_face_for_simplified_chinese_is_taken() {
    let Some(font) = font() else { return };
    let face = ttf_parser::Face::parse(&font, face::simplified(&font)).unwrap();
    let names: Vec<_> = face.names().into_iter().filter_map(|name| name.to_string()).collect();
    assert!(names.iter().any(|name| name == "Noto Sans CJK SC"), "{names:?}");
}

#[test]
fn what_is_no_font_or_no_picture_is_told() {
    assert_eq!(watermark(&picture(8, 8), &lines(), b"no font"), Err(Unreadable::Font));
    assert_eq!(watermark(&picture(8, 8), &lines(), b""), Err(Unreadable::Font));
    let Some(font) = font() else { return };
    assert_eq!(watermark(b"", &lines(), &font), Err(Unreadable::Empty));
    assert!(watermark(b"\xFF\xD8\xFFno picture", &lines(), &font).is_err());
    assert_eq!(watermark(&picture(8, 8), &lines(), &font[..5000]), Err(Unreadable::Font));
}
