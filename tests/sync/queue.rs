//! The queue in its folder.

use std::collections::BTreeSet;
use std::path::Path;

use support::faults::Mix;
use support::phone::folder::Fuse;
use support::phone::{Capture, DeviceClock, Folder, Item, Miss, Queue, State};
use support::{Picture, START, sha256};
use uuid::Uuid;

use super::device::{Place, seen_at};

fn capture() -> Capture {
    seen_at(&serde_json::Value::Null, 2)
}

/// What is on the disk: ids of reports, and that all their photos are there, and nothing else is.
fn whole(place: &Path) -> BTreeSet<Uuid> {
    let queue = Queue::open(Folder::open(place).unwrap()).unwrap();
    let mut expected = BTreeSet::from(["lock".to_owned()]);
    for item in queue.items() {
        expected.insert(format!("{}.report", item.id));
        for line in item.body["photos"].as_array().unwrap() {
            let digest = line["sha256"].as_str().unwrap();
            let bytes = queue.bytes(digest).unwrap().expect("a photo is gone");
            assert_eq!(sha256(&bytes), digest);
            expected.insert(format!("{digest}.blob"));
            expected.insert(format!("{}.photo", line["photo_id"].as_str().unwrap()));
        }
    }
    let found = std::fs::read_dir(place).unwrap();
    let found = found.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.collect::<BTreeSet<_>>(), expected, "nothing of nobody's stays");
    queue.items().map(|item: &Item| item.id).collect()
}

/// One report is there; then one is taken, one of its photos is refused, and the first is done with.
/// Gives how far it came.
fn work(place: &Path, fuse: Fuse, [old, new]: [Uuid; 2]) -> Result<(), (usize, Miss)> {
    let at = |step| move |miss| (step, miss);
    let folder = Folder::open_with(place, fuse).map_err(Miss::from).map_err(at(0))?;
    let mut queue = Queue::open(folder).map_err(at(0))?;
    queue.take(new, 7, &capture(), &DeviceClock::showing(START)).map_err(at(0))?;
    let line = queue.item(new).unwrap().body["photos"][0]["photo_id"].clone();
    let mut photo = queue.photo(line.as_str().unwrap().parse().unwrap()).unwrap().clone();
    photo.state = State::Refused("no".to_owned());
    queue.save_photo(photo).map_err(at(1))?;
    queue.done(old).map_err(at(2))
}

#[test]
fn a_phone_that_is_killed_between_any_two_steps_loses_nothing() {
    for steps in 0.. {
        let place = Place::new();
        let ids @ [old, new] = [Uuid::now_v7(), Uuid::now_v7()];
        let mut queue = Queue::open(Folder::open(&place.0).unwrap()).unwrap();
        queue.take(old, 7, &capture(), &DeviceClock::showing(START)).unwrap();
        drop(queue);
        let died = work(&place.0, Fuse::after(steps), ids);
        let held = whole(&place.0);
        match died {
            // It was not said to be kept: it may be, and then it is whole.
            Err((0, _)) => assert!(held.contains(&old), "{steps}"),
            Err((1, _)) => assert_eq!(held, BTreeSet::from([old, new]), "{steps}"),
            Err((_, _)) => assert!(held.contains(&new), "{steps}"),
            Ok(()) => {
                assert_eq!(held, BTreeSet::from([new]));
                assert!(steps > 30, "it was killed at {steps} steps only");
                return;
            }
        }
    }
}

#[test]
fn the_same_bytes_in_two_reports_stay_until_both_are_done() {
    let place = Place::new();
    let mut queue = Queue::open(Folder::open(&place.0).unwrap()).unwrap();
    let picture = Picture::jpeg();
    let capture = Capture { photos: vec![picture.bytes.clone()], ..capture() };
    let ids = [Uuid::now_v7(), Uuid::now_v7()];
    for id in ids {
        queue.take(id, 7, &capture, &DeviceClock::showing(START)).unwrap();
    }
    queue.done(ids[0]).unwrap();
    assert!(queue.bytes(&picture.sha256()).unwrap().is_some());
    queue.done(ids[1]).unwrap();
    assert!(queue.bytes(&picture.sha256()).unwrap().is_none());
}

/// Case 9: two tabs, two processes, one queue.
#[test]
fn one_worker_at_a_time_has_the_queue() {
    let place = Place::new();
    let first = Folder::open(&place.0).unwrap();
    let second = Folder::open(&place.0).unwrap_err();
    assert_eq!(second.kind(), std::io::ErrorKind::WouldBlock);
    drop(first);
    Folder::open(&place.0).unwrap();
}

#[test]
fn a_seed_draws_the_same_faults_again() {
    let mix = Mix { percent: 50, longest: std::time::Duration::from_secs(1) };
    let draw = |part| {
        let mut chance = support::random::Random::of_part(5, part);
        (0..50).map(|_| mix.draw(&mut chance).name()).collect::<Vec<_>>()
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
}
