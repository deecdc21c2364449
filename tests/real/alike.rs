//! Copies of the photos that lie beside the repository are found, and no photo is taken for another.

use std::collections::HashMap;

use image::RgbImage;
use image::imageops::{self, FilterType};
use imaging::{Likeness, Limits, Mark, Shift};

use super::{data, files};

/// The longest side below which a picture is a thumbnail that a camera put into its file, pixels.
const LEAST: u32 = 400;
/// Shares cut off on the left, right, top and bottom, per cent.
const CROPS: [[u32; 4]; 6] =
    [[0; 4], [5; 4], [10, 0, 0, 0], [0, 0, 10, 10], [10; 4], [7, 4, 2, 10]];
/// Scale in per cent, and quality.
const SIZES: [(u32, u8); 4] = [(100, 90), (100, 40), (50, 70), (25, 60)];

fn likeness(picture: &RgbImage, quality: u8) -> Option<Likeness> {
    let jpeg = support::Picture::of_scene(picture, quality).bytes;
    let looked = imaging::look(&jpeg, &Limits { max_pixels: 200_000_000, memory: 1 << 30 }).ok()?;
    Likeness::read(&looked.thumbnail).ok()
}

fn copy(of: &RgbImage, [left, right, top, bottom]: [u32; 4], percent: u32) -> RgbImage {
    let (width, height) = of.dimensions();
    let size = (width * (100 - left - right) / 100, height * (100 - top - bottom) / 100);
    let cut = imageops::crop_imm(of, width * left / 100, height * top / 100, size.0, size.1);
    let (width, height) = (size.0 * percent / 100, size.1 * percent / 100);
    imageops::brighten(&imageops::resize(&*cut, width, height, FilterType::Triangle), 8)
}

/// How alike one is to each that shares marks with it.
fn look_up(
    one: &Likeness,
    all: &[(String, RgbImage, Likeness)],
    by_key: &HashMap<i64, Vec<(usize, Mark)>>,
) -> Vec<(usize, f32)> {
    let mut shifts: HashMap<usize, Vec<Shift>> = HashMap::new();
    for probe in one.probes().unwrap() {
        for (at, mark) in probe.keys.iter().filter_map(|key| by_key.get(key)).flatten() {
            shifts.entry(*at).or_default().extend(probe.shift(mark.bits, mark.spot));
        }
    }
    let compare = |(at, shifts): (usize, Vec<Shift>)| {
        (at, one.compare(&all[at].2, &shifts[..shifts.len().min(6)]).unwrap().percent)
    };
    shifts.into_iter().map(compare).collect()
}

#[test]
#[ignore = "reads real-world data"]
fn copies_of_real_photos_are_found_and_no_photo_is_taken_for_another() {
    let mut all = Vec::new();
    for folder in ["cameras", "gps", "invalid", "orientation"] {
        for path in files(&format!("photos/{folder}")) {
            let name = path.strip_prefix(data("photos")).unwrap().to_string_lossy().into_owned();
            // The others of the folder are the same picture, turned.
            if name.contains("Landscape_") && !name.contains("Landscape_0") {
                continue;
            }
            let Ok(picture) = image::load_from_memory(&std::fs::read(&path).unwrap()) else {
                continue;
            };
            let picture = picture.to_rgb8();
            if picture.width().max(picture.height()) < LEAST {
                continue;
            }
            let Some(likeness) = likeness(&picture, 85) else { continue };
            // One is all black.
            if !likeness.marks().unwrap().is_empty() {
                all.push((name, picture, likeness));
            }
        }
    }
    assert!(all.len() >= 14, "only {}", all.len());
    let mut by_key: HashMap<i64, Vec<(usize, Mark)>> = HashMap::new();
    for (at, (.., likeness)) in all.iter().enumerate() {
        for mark in likeness.marks().unwrap() {
            by_key.entry(mark.key).or_default().push((at, mark));
        }
    }
    let (mut copies, mut missed, mut alarms) = (0, Vec::new(), Vec::new());
    for (n, (name, picture, _)) in all.iter().enumerate() {
        for crop in CROPS {
            for (percent, quality) in SIZES {
                let Some(copy) = likeness(&copy(picture, crop, percent), quality) else { continue };
                let alike = look_up(&copy, &all, &by_key);
                copies += 1;
                if !alike.iter().any(|(at, percent)| *at == n && *percent >= 90.0) {
                    missed.push(format!("{name} {crop:?} {percent} % q{quality}"));
                }
                let others = alike.iter().filter(|(at, percent)| *at != n && *percent >= 75.0);
                alarms.extend(
                    others.map(|(at, percent)| format!("{name} {}: {percent}", all[*at].0)),
                );
            }
        }
    }
    println!("{} photos, {copies} copies, missed {missed:?}, alarms {alarms:?}", all.len());
    assert!(missed.len() * 50 <= copies, "{missed:?}");
    assert_eq!(alarms, Vec::<String>::new());
}
