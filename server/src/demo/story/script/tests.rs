//! The shares of what happens are near those published, whatever the dice.

use std::sync::LazyLock;

use super::*;
use crate::import::tests::demo;

const REPORTS: usize = 1_000;

/// A month up to Sunday 22 November 2026, 13:07 in Yunting.
static STORY: LazyLock<(Month, Gazetteer, Vec<Scene>)> = LazyLock::new(|| {
    let month = Month::until("2026-11-22T05:07:00Z".parse().unwrap()).unwrap();
    let gazetteer = Gazetteer::load(&mut demo()).unwrap();
    let scenes = scenes(REPORTS, &month, &gazetteer).unwrap();
    (month, gazetteer, scenes)
});

/// How many of a hundred scenes are so.
fn percent(all: &[Scene], is: impl Fn(&Scene) -> bool) -> f64 {
    all.iter().filter(|scene| is(scene)).count() as f64 * 100.0 / all.len() as f64
}

fn near(said: f64, wished: f64, tolerance: f64) {
    assert!((said - wished).abs() <= tolerance, "{said} instead of {wished} ± {tolerance}");
}

#[test]
fn there_are_as_many_reports_as_asked_for() {
    let (.., scenes) = &*STORY;
    let known: usize = scenes.iter().map(|scene| scene.known.len()).sum();
    assert_eq!(scenes.len() + known, REPORTS);
    assert!(scenes.iter().all(|scene| scene.known.len() == scene.known_by.len()));
}

#[test]
fn reports_come_from_whom_they_should() {
    let (.., scenes) = &*STORY;
    let sources = scenes.iter().flat_map(|scene| scene.known_by.iter().chain([&scene.source]));
    let sources: Vec<Source> = sources.copied().collect();
    let share = |those: &[Source]| {
        sources.iter().filter(|source| those.contains(source)).count() as f64 * 100.0
            / sources.len() as f64
    };
    near(share(&[Source::Inspector]), 86.0, 0.5);
    near(share(&[Source::Supervisor]), 3.0, 0.5);
    near(share(&[Source::Hotline12345]), 5.0, 0.5);
    near(share(&[Source::Leader, Source::ChatGroup]), 3.0, 0.5);
    near(share(&[Source::Citizen]), 2.0, 0.5);
    near(share(&[Source::Video]), 1.0, 0.5);
}

#[test]
fn problems_end_as_they_should() {
    let (.., scenes) = &*STORY;
    let share = |those: &[Fate]| percent(scenes, |scene| those.contains(&scene.fate));
    near(share(&[Fate::Void, Fate::Refused]), 5.0, 0.5);
    near(share(&[Fate::Returned]), 4.0, 0.5);
    near(share(&[Fate::Rework]), 1.0, 0.4);
}

#[test]
fn problems_are_of_the_kinds_they_should_be() {
    let (.., scenes) = &*STORY;
    let share = |code: &str| percent(scenes, |scene| scene.category == code);
    for (code, wished) in [
        ("0101", 24.0),
        ("0401", 21.0),
        ("0104", 12.0),
        ("0203", 8.0),
        ("0402", 5.5),
        ("0301", 7.0),
    ] {
        near(share(code), wished, 1.0);
    }
    near(percent(scenes, |scene| !scene.category.starts_with('1')), 88.0, 1.0);
}

#[test]
fn the_district_learns_to_be_on_time() {
    let (month, _, scenes) = &*STORY;
    let within = |days: std::ops::Range<i64>| {
        let week = scenes.iter().filter(|scene| days.contains(&month.day_of(scene.at)));
        week.cloned().collect::<Vec<Scene>>()
    };
    near(percent(&within(0..7), |scene| scene.on_time), 76.0, 4.0);
    near(percent(&within(23..30), |scene| scene.on_time), 96.0, 3.0);
}

#[test]
fn working_days_and_rush_hours_have_more() {
    let (month, gazetteer, _) = &*STORY;
    let mut dice = Dice::new(1);
    let instants = month.instants(4_000, month.now, &gazetteer.calendar, &mut dice).unwrap();
    let civil = |at: &Timestamp| gazetteer.calendar.civil(*at);
    let whole = instants.iter().filter(|at| month.day_of(**at) < super::super::DAYS);
    let (mut working, mut off) = (Vec::new(), Vec::new());
    for at in whole {
        let date = civil(at).date();
        if gazetteer.calendar.is_working(date) { working.push(date) } else { off.push(date) }
    }
    let a_day = |mut dates: Vec<jiff::civil::Date>| {
        let count = dates.len() as f64;
        dates.dedup();
        count / dates.len() as f64
    };
    near(a_day(working) / a_day(off), 420.0 / 260.0, 0.2);
    let rush = instants.iter().filter(|at| {
        let time = civil(at).time();
        let of = |from: [i8; 2], to: [i8; 2]| {
            (jiff::civil::time(from[0], from[1], 0, 0)..jiff::civil::time(to[0], to[1], 0, 0))
                .contains(&time)
        };
        of([7, 30], [9, 30]) || of([16, 0], [18, 30])
    });
    near(rush.count() as f64 / 40.0, 62.0, 4.0);
}
