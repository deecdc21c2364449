//! The look-up of duplicate photos among millions: what a photo's marks lead to by the index, beside a
//! plain scan of the same rows for the same keys.

use std::time::Instant;

use diesel::prelude::*;
use imaging::{Likeness, Limits, Mark};
use schema::tables::photo_mark;
use schema::{Conn, migrate, on, rows};
use support::view;
use zhoubian::actions::compare_photo::candidates;
use zhoubian::store::photo_marks::insert_many;

use crate::measure::Outcome;
use crate::measure::database::{Own, kind};
use crate::measure::latency::Latencies;
use crate::result::Results;

/// Marks of a photo.
const MARKS: i64 = 14;
/// Keys there are.
const KEYS: i64 = 1 << 32;
/// Photos whose rows one statement writes.
const AT_ONCE: i64 = 250_000;
/// How often the scan is timed.
const SCANS: usize = 3;

/// How much of everything.
#[derive(Debug)]
pub struct Plan {
    photos: i64,
    copies: u64,
}

impl Plan {
    /// Three million photos, or as many as show that it works.
    pub fn new(quick: bool) -> Self {
        if quick {
            Self { photos: 50_000, copies: 20 }
        } else {
            Self { photos: 3_000_000, copies: 200 }
        }
    }
}

/// Fills the tables, looks copies up, and scans.
pub fn measure(plan: &Plan, results: &mut Results) -> Outcome<()> {
    let own = Own::new("alike")?;
    let mut conn = own.open()?;
    migrate(&mut conn)?;
    fill(&mut conn, plan.photos)?;
    let copies = (0..plan.copies).map(|n| plant(&mut conn, plan.photos, n));
    let copies = copies.collect::<Outcome<Vec<_>>>()?;
    let (mut latencies, mut found) = (Latencies::default(), 0);
    for (photo, copy) in &copies {
        let probes = copy.probes()?;
        let begun = Instant::now();
        let candidates = candidates(&mut conn, 0, &probes)?;
        latencies.add(begun.elapsed());
        found += u32::from(candidates.iter().any(|candidate| candidate.photo == *photo));
    }
    let scan = scan(&mut conn, &copies[0].1)?;
    let millions = plan.photos as f64 / 1e6;
    let what = |of: &str| format!("{of} among {millions} million photos");
    let (median, slow) = (latencies.percentile_ms(50), latencies.percentile_ms(99));
    results.add("alike_p50_ms", &what("a copy looked up"), median, "ms, median");
    results.add("alike_p99_ms", &what("a copy looked up"), slow, "ms, 99 %");
    results.add("alike_scan_ms", &what("the same keys by a plain scan"), scan, "ms");
    results.add("alike_ratio", "the scan takes as much longer", scan / median, "×");
    let share = 100.0 * f64::from(found) / plan.copies as f64;
    results.add("alike_found", "cropped copies found", share, "%");
    Ok(())
}

/// Marks of so many photos, in the order of their keys, so that the tables are written from front to
/// back; which photo has which is mixed by numbers without common factors.
fn fill(conn: &mut Conn, photos: i64) -> Outcome<()> {
    let all = photos * MARKS;
    let step = KEYS / all;
    for from in (0..photos).step_by(usize::try_from(AT_ONCE)?) {
        let (first, last) = (from * MARKS, (from + AT_ONCE).min(photos) * MARKS - 1);
        let numbers = if kind() == "sqlite" {
            format!(
                "WITH RECURSIVE i(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM i WHERE n < {last})"
            )
        } else {
            format!("WITH i(n) AS (SELECT generate_series({first}::bigint, {last}::bigint))")
        };
        conn.batch(&format!(
            "INSERT INTO photo_mark (key, photo, spot, bits) {numbers}
             SELECT n * {step} + (n * 7919) % {step}, (n * 48271) % {photos} + 1,
                    (n * 31) % 110 * 4096 + (n * 17) % 150, (n * 6364136223) % 4294967291 * 1000000007
             FROM i"
        ))?;
    }
    if kind() == "postgres" {
        // The scan takes as long as it takes.
        conn.batch("SET statement_timeout = 0; ANALYZE photo_mark")?;
    }
    Ok(())
}

/// Adds a photo that is drawn, and gives a cropped and compressed copy of it.
fn plant(conn: &mut Conn, photos: i64, n: u64) -> Outcome<(i64, Likeness)> {
    let mut seed = [7; 16];
    seed[..8].copy_from_slice(&n.to_le_bytes());
    let scene = view(640, 480, &seed);
    let number = photos + 1 + i64::try_from(n)?;
    let marks = likeness(&scene, 85)?.marks()?;
    let marks: Vec<(i64, Mark)> = marks.into_iter().map(|mark| (number, mark)).collect();
    insert_many(conn, &marks)?;
    let cut = image::imageops::crop_imm(&scene, 40, 20, 560, 430).to_image();
    Ok((number, likeness(&cut, 60)?))
}

fn likeness(scene: &image::RgbImage, quality: u8) -> Outcome<Likeness> {
    let jpeg = support::Picture::of_scene(scene, quality).bytes;
    let looked = imaging::look(&jpeg, &Limits { max_pixels: 1_000_000, memory: 64 << 20 })?;
    Ok(Likeness::read(&looked.thumbnail)?)
}

/// How long a plain scan for one picture's keys takes, in the middle, milliseconds.
fn scan(conn: &mut Conn, copy: &Likeness) -> Outcome<f64> {
    let keys: Vec<String> = copy
        .probes()?
        .iter()
        .flat_map(|probe| probe.keys.iter().map(ToString::to_string).collect::<Vec<_>>())
        .collect();
    // A sum is in no index.
    let query = format!(
        "SELECT key, photo, spot, bits FROM photo_mark WHERE key + 0 IN ({})",
        keys.join(", ")
    );
    let mut took = Vec::new();
    for _ in 0..SCANS {
        let begun = Instant::now();
        rows::each(conn, &query, |_row| Ok::<(), diesel::result::Error>(()))?;
        took.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    took.sort_by(f64::total_cmp);
    let count: i64 = on!(conn, |c| photo_mark::table.count().get_result(c))?;
    println!("{count} marks");
    Ok(took[SCANS / 2])
}
