//! Copies are found and told from all else: how often is stated in docs/benchmarks.md.

use std::collections::HashMap;

use imaging::{Likeness, Mark, Shift};

use crate::make::{BASELINE, Jpeg, Scene, scene};
use crate::seen;

/// Pictures that copies are made of.
const PICTURES: u32 = 24;

/// A scene with as much in it as a street has: windows, signs, stones.
#[allow(clippy::cast_possible_wrap, clippy::cast_sign_loss)]
fn street(width: usize, height: usize, seed: u32) -> Scene {
    let mut street = scene(width, height, seed);
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut below = |most: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % most
    };
    for _ in 0..90 {
        let (left, top) = (below(width), below(height));
        let (wide, high) = (width / 80 + below(width / 12), height / 80 + below(height / 12));
        let shade = below(200) as i32 - 100;
        for y in top..(top + high).min(height) {
            for x in left..(left + wide).min(width) {
                for channel in &mut street.rgb[(y * width + x) * 3..][..3] {
                    *channel = (i32::from(*channel) + shade).clamp(10, 240) as u8;
                }
            }
        }
    }
    street
}

fn likeness(bytes: &[u8]) -> Likeness {
    Likeness::read(&seen(bytes).thumbnail).unwrap()
}

/// Cut by these per cent on the left, right, top and bottom, and scaled by so many per cent.
fn changed(of: &Scene, [left, right, top, bottom]: [usize; 4], percent: usize, light: u8) -> Scene {
    let (from, above) = (of.width * left / 100, of.height * top / 100);
    let width = of.width * (100 - left - right) / 100;
    let height = of.height * (100 - top - bottom) / 100;
    let (across, down) = (width * percent / 100, height * percent / 100);
    let mut rgb = Vec::with_capacity(across * down * 3);
    for y in 0..down {
        for x in 0..across {
            // The mean of what lies under the pixel.
            let rows = y * height / down..((y + 1) * height / down).max(y * height / down + 1);
            let columns =
                x * width / across..((x + 1) * width / across).max(x * width / across + 1);
            let count = rows.len() * columns.len();
            for channel in 0..3 {
                let pixels = rows.clone().flat_map(|row| columns.clone().map(move |at| (row, at)));
                let sum: usize = pixels
                    .map(|(row, at)| {
                        let pixel = ((above + row) * of.width + from + at) * 3 + channel;
                        usize::from(of.rgb[pixel])
                    })
                    .sum();
                rgb.push(((sum / count) as u8).saturating_add(light));
            }
        }
    }
    Scene { width: across, height: down, rgb }
}

/// Everything that was seen, found by its marks as the program finds it.
#[derive(Default)]
struct Album {
    likenesses: Vec<Likeness>,
    by_key: HashMap<i64, Vec<(usize, Mark)>>,
}

impl Album {
    fn add(&mut self, likeness: Likeness) {
        for mark in likeness.marks().unwrap() {
            self.by_key.entry(mark.key).or_default().push((self.likenesses.len(), mark));
        }
        self.likenesses.push(likeness);
    }

    /// Each that shares a mark, and how alike it is.
    fn look_up(&self, one: &Likeness) -> Vec<(usize, f32)> {
        let mut shifts: HashMap<usize, Vec<Shift>> = HashMap::new();
        for probe in one.probes().unwrap() {
            for (at, mark) in probe.keys.iter().filter_map(|key| self.by_key.get(key)).flatten() {
                shifts.entry(*at).or_default().extend(probe.shift(mark.bits, mark.spot));
            }
        }
        let compare = |(at, shifts): (usize, Vec<Shift>)| {
            let shifts = &shifts[..shifts.len().min(6)];
            (at, one.compare(&self.likenesses[at], shifts).unwrap().percent)
        };
        shifts.into_iter().map(compare).collect()
    }
}

#[test]
fn copies_are_found_and_nothing_else_is_taken_for_one() {
    let scenes: Vec<Scene> = (0..PICTURES).map(|seed| street(800, 600, seed + 100)).collect();
    let mut album = Album::default();
    for scene in &scenes {
        album.add(likeness(&BASELINE.of(scene)));
    }
    let crops =
        [[0, 0, 0, 0], [5, 5, 5, 5], [10, 0, 0, 0], [0, 0, 10, 0], [10, 10, 10, 10], [7, 4, 2, 10]];
    let (mut copies, mut found, mut alarms, mut others) = (0, 0, 0, 0);
    for (n, scene) in scenes.iter().enumerate() {
        for crop in crops {
            for (percent, quality, light) in [(100, 90, 0), (100, 40, 0), (50, 70, 8), (30, 60, 12)]
            {
                let copy = changed(scene, crop, percent, light);
                let copy = likeness(&Jpeg { quality, ..BASELINE }.of(&copy));
                let alike = album.look_up(&copy);
                copies += 1;
                found += u32::from(alike.iter().any(|(at, percent)| *at == n && *percent >= 90.0));
                alarms += alike.iter().filter(|(at, percent)| *at != n && *percent >= 75.0).count();
                others += scenes.len() - 1;
            }
        }
    }
    println!("{found} of {copies} copies found, {alarms} alarms for {others} other pictures");
    assert!(found * 100 >= copies * 95, "{found} of {copies}");
    assert_eq!(alarms, 0);
}

#[test]
fn what_was_changed_in_a_picture_is_not_the_same() {
    let clean = street(800, 600, 7);
    let mut dirty = street(800, 600, 7);
    let heap = scene(260, 200, 300);
    for (y, row) in heap.rgb.chunks_exact(260 * 3).enumerate() {
        let from = ((y + 300) * 800 + 250) * 3;
        dirty.rgb[from..from + row.len()].copy_from_slice(row);
    }
    let mut album = Album::default();
    album.add(likeness(&BASELINE.of(&dirty)));
    let found = album.look_up(&likeness(&BASELINE.of(&clean)));
    assert!(found.iter().all(|(_, percent)| *percent < 97.0), "{found:?}");
}

#[test]
fn a_plain_wall_is_like_nothing() {
    let plain = |grey| Scene { width: 320, height: 240, rgb: vec![grey; 320 * 240 * 3] };
    let (light, dark) = (likeness(&BASELINE.of(&plain(200))), likeness(&BASELINE.of(&plain(190))));
    assert_eq!(light.marks().unwrap(), []);
    assert!(dark.probes().unwrap().is_empty());
}

#[test]
fn nothing_but_a_thumbnail_is_compared() {
    assert!(Likeness::read(&BASELINE.of(&scene(800, 600, 1))).is_err());
    assert!(Likeness::read(b"no picture").is_err());
    let slim = likeness(&BASELINE.of(&scene(320, 3, 1)));
    assert!(slim.marks().is_ok() && slim.probes().is_ok());
}
