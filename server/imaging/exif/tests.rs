use super::*;
use jiff::civil::date;

/// A tag: number, type, count and the bytes of its value, big-endian.
type Tag = (u16, u16, u32, Vec<u8>);

fn ascii(tag: u16, text: &str) -> Tag {
    let bytes = [text.as_bytes(), b"\0"].concat();
    (tag, 2, u32::try_from(bytes.len()).unwrap(), bytes)
}

fn rationals(tag: u16, numbers: &[(u32, u32)]) -> Tag {
    let bytes = numbers.iter().flat_map(|(a, b)| [a.to_be_bytes(), b.to_be_bytes()]).flatten();
    (tag, 5, u32::try_from(numbers.len()).unwrap(), bytes.collect())
}

fn short(tag: u16, number: u16) -> Tag {
    (tag, 3, 1, number.to_be_bytes().to_vec())
}

/// A directory that starts at this offset, its values behind it.
fn directory(from: usize, tags: &[Tag]) -> Vec<u8> {
    let mut entries = u16::try_from(tags.len()).unwrap().to_be_bytes().to_vec();
    let mut values = Vec::new();
    let behind = from + 2 + tags.len() * 12 + 4;
    for (tag, kind, count, bytes) in tags {
        entries.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
        entries.extend(count.to_be_bytes());
        if bytes.len() <= 4 {
            entries.extend(bytes.iter().copied().chain([0; 4]).take(4));
        } else {
            entries.extend(u32::try_from(behind + values.len()).unwrap().to_be_bytes());
            values.extend(bytes);
        }
    }
    [entries, vec![0; 4], values].concat()
}

/// A structure of the three directories.
fn tiff(main: &[Tag], camera: &[Tag], gps: &[Tag]) -> Vec<u8> {
    let mut main = main.to_vec();
    let pointers = |camera: usize, gps: usize| {
        let long =
            |tag, offset: usize| (tag, 4, 1, u32::try_from(offset).unwrap().to_be_bytes().to_vec());
        [long(0x8769, camera), long(0x8825, gps)]
    };
    main.extend(pointers(0, 0));
    let second = 8 + directory(8, &main).len();
    let camera = directory(second, camera);
    let third = second + camera.len();
    let length = main.len();
    main.splice(length - 2.., pointers(second, third));
    [b"MM\0*\0\0\0\x08".to_vec(), directory(8, &main), camera, directory(third, gps)].concat()
}

/// A file that is nothing but its EXIF.
fn jpeg(tiff: &[u8]) -> Vec<u8> {
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    [&[0xFF, 0xD8, 0xFF, 0xE1], &length[..], b"Exif\0\0", tiff, &[0xFF, 0xD9]].concat()
}

fn of(main: &[Tag], camera: &[Tag], gps: &[Tag]) -> Exif {
    exif(&jpeg(&tiff(main, camera, gps)))
}

fn position(latitude: [(u32, u32); 3], longitude: [(u32, u32); 3], signs: [&str; 2]) -> Vec<Tag> {
    let [ns, ew] = signs;
    vec![ascii(1, ns), rationals(2, &latitude), ascii(3, ew), rationals(4, &longitude)]
}

const LATITUDE: [(u32, u32); 3] = [(30, 1), (16, 1), (3000, 100)];
const LONGITUDE: [(u32, u32); 3] = [(120, 1), (9, 1), (0, 1)];

#[test]
fn everything_a_phone_writes() {
    let mut gps = position(LATITUDE, LONGITUDE, ["N", "E"]);
    gps.push(rationals(7, &[(1, 1), (2, 1), (35, 10)]));
    gps.push(ascii(29, "2026:11:22"));
    let camera =
        [ascii(0x9003, "2026:11:22 09:02:03"), ascii(0x9011, "+08:00"), ascii(0x9291, "25")];
    let main = [ascii(0x010F, "Maker"), ascii(0x0110, "Model 7"), short(0x0112, 6)];
    let found = of(&main, &camera, &gps);
    let local = date(2026, 11, 22).at(9, 2, 3, 250_000_000);
    assert_eq!(found.captured, Some(Captured { local, offset: Some(jiff::tz::offset(8)) }));
    let (latitude, longitude) = found.position.unwrap();
    assert!((latitude - 30.275).abs() < 1e-9 && (longitude - 120.15).abs() < 1e-9);
    assert_eq!(found.gps_time.unwrap().to_string(), "2026-11-22T01:02:03.5Z");
    assert_eq!((found.make.as_deref(), found.model.as_deref()), (Some("Maker"), Some("Model 7")));
    assert_eq!((found.orientation, found.odd), (6, vec![]));
}

#[test]
fn hemispheres() {
    for (signs, south, west) in [(["S", "E"], true, false), (["N", "W"], false, true)] {
        let (latitude, longitude) =
            of(&[], &[], &position(LATITUDE, LONGITUDE, signs)).position.unwrap();
        assert_eq!((latitude < 0.0, longitude < 0.0), (south, west));
    }
}

#[test]
fn positions_that_are_none() {
    let odd = |latitude, longitude, signs| {
        let found = of(&[], &[], &position(latitude, longitude, signs));
        assert_eq!(found.position, None);
        found.odd
    };
    let invalid = vec!["position-invalid"];
    assert_eq!(odd([(30, 0), (0, 1), (0, 1)], LONGITUDE, ["N", "E"]), invalid);
    assert_eq!(odd([(30, 1), (16, 1), (0, 0)], LONGITUDE, ["N", "E"]), invalid);
    assert_eq!(odd([(91, 1), (0, 1), (0, 1)], LONGITUDE, ["N", "E"]), invalid);
    assert_eq!(odd([(30, 1), (61, 1), (0, 1)], LONGITUDE, ["N", "E"]), invalid);
    assert_eq!(odd(LATITUDE, [(180, 1), (1, 1), (0, 1)], ["N", "E"]), invalid);
    assert_eq!(odd(LATITUDE, LONGITUDE, ["X", "E"]), invalid);
    assert_eq!(odd(LATITUDE, LONGITUDE, ["N", ""]), invalid);
    assert_eq!(odd([(0, 1); 3], [(0, 1); 3], ["N", "E"]), ["position-zero"]);
    let half = [ascii(1, "N"), rationals(2, &LATITUDE)];
    assert_eq!(of(&[], &[], &half).odd, invalid);
}

#[test]
fn times_that_are_none() {
    for text in ["2026:13:01 00:00:00", "2026:11:22", "0000:00:00 00:00:00", "2026:11:22 24:00:00"]
    {
        let found = of(&[], &[ascii(0x9003, text)], &[]);
        assert_eq!((found.captured, found.odd), (None, vec!["captured-invalid"]), "{text}");
    }
    for text in ["    :  :     :  :  ", "", "                   "] {
        let found = of(&[], &[ascii(0x9003, text)], &[]);
        assert_eq!((found.captured, found.odd), (None, vec![]), "{text}");
    }
    let camera = [ascii(0x9003, "2026:11:22 09:02:03"), ascii(0x9011, "+25:00")];
    let found = of(&[], &camera, &[]);
    assert_eq!((found.captured.unwrap().offset, found.odd), (None, vec!["offset-invalid"]));
    let gps = [rationals(7, &[(25, 1), (0, 1), (0, 1)]), ascii(29, "2026:11:22")];
    assert_eq!(of(&[], &[], &gps).odd, ["gps-time-invalid"]);
}

#[test]
fn orientations_that_are_none() {
    for number in [0, 9, 65_535] {
        let found = of(&[short(0x0112, number)], &[], &[]);
        assert_eq!((found.orientation, found.odd), (1, vec!["orientation-invalid"]));
    }
}

#[test]
fn names_are_cleaned_and_bounded() {
    let long = "长".repeat(5000);
    let main = [ascii(0x010F, " \u{7}Ma\nker\u{1b}[31m  "), ascii(0x0110, &long)];
    let found = of(&main, &[], &[]);
    assert_eq!(found.make.as_deref(), Some("Maker[31m"));
    assert_eq!(found.model.unwrap().chars().count(), 64);
    assert_eq!(of(&[ascii(0x010F, "  ")], &[], &[]).make, None);
}

#[test]
fn little_endian_is_read_too() {
    let tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0";
    assert_eq!(exif(&jpeg(tiff)).orientation, 3);
}

#[test]
fn broken_structures_are_told_and_what_stands_before_is_kept() {
    assert_eq!(exif(&jpeg(b"no structure")).odd, ["exif-broken"]);
    assert_eq!(exif(&jpeg(b"MM\0*\xFF\xFF\xFF\xFF")).odd, ["exif-broken"]);
    let whole = tiff(&[short(0x0112, 3)], &[], &[]);
    let found = exif(&jpeg(&whole[..30]));
    assert_eq!((found.orientation, found.odd), (3, vec!["exif-broken"]));
    // Counts and offsets as large as can be.
    let found = of(&[(0x010F, 2, u32::MAX, vec![0xFF; 4])], &[], &[]);
    assert_eq!((found.make, found.odd), (None, vec!["exif-broken"]));
}

/// Every entry of a directory as long as can be points back to the directory itself.
#[test]
fn circles_and_crowds_end() {
    let mut tiff = b"MM\0*\0\0\0\x08\xFF\xFF".to_vec();
    while tiff.len() < 60_000 {
        tiff.extend([0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8]);
        tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8]);
    }
    let found = exif(&jpeg(&tiff));
    assert_eq!((found.captured, found.position), (None, None));
    assert_eq!(found.odd, ["exif-broken"]);
}

#[test]
fn files_without_exif_have_nothing_odd() {
    for bytes in [&b""[..], b"\xFF\xD8\xFF\xD9", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"text"]
    {
        assert_eq!(exif(bytes), Exif::default());
    }
}
