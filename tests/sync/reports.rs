//! A report, whatever happens on its way.

use serde_json::{Value, json};
use support::faults::{Cut, Ending, Fault, Place as Where};
use support::phone::{State, Way};
use support::{START, TestApp};

use super::device::{
    Ear, Place, TUS, account, base, brings_all, proxy, seen, seen_at, switched_on,
};

const ANSWER_LOST: Fault =
    Fault::Cut(Cut { place: Where::AfterBody, ending: Ending::Closed, chance: 0.5 });

/// Reports of all issues together.
async fn count(town: &TestApp) -> i64 {
    let pages = town.office().pages("/issues?limit=200").await;
    pages.iter().flatten().map(|issue| issue["report_count"].as_i64().unwrap()).sum()
}

/// Case 1: a report is committed, its answer is lost, and it is sent again.
#[tokio::test]
async fn a_report_whose_answer_was_lost_is_there_once() {
    let town = TestApp::start().await;
    let proxy = proxy(&town).await;
    let (place, ear) = (Place::new(), Ear::default());
    let mut phone = switched_on(&place, &base(&proxy), TUS, &ear);
    phone.sign_in(&account("ana")).await.unwrap();
    phone.take(&seen(town.spot(0), 1)).unwrap();
    proxy.script(&[ANSWER_LOST]);
    let round = phone.round().await.unwrap();
    assert_eq!((round.waiting, ear.reports()), (1, 0), "nobody told the phone");
    // The server may still be at it when the line is gone.
    brings_all(&mut phone).await;
    assert_eq!((count(&town).await, phone.queue.items().count()), (1, 0));
    let issue = town.office().lists("").await[0];
    assert_eq!(town.office().sees(issue).await["photos"]["stored"], 1);
}

/// Case 10: two devices restored from one backup send the same reports and photos.
#[tokio::test]
async fn two_devices_of_one_backup_double_nothing() {
    let town = TestApp::start().await;
    let address = town.nobody.api.trim_end_matches("/api/v1").to_owned();
    let (first, ear) = (Place::new(), Ear::default());
    let mut one = switched_on(&first, &address, TUS, &ear);
    one.sign_in(&account("ana")).await.unwrap();
    for spot in 0..3 {
        one.take(&seen(town.spot(spot), 2)).unwrap();
    }
    let second = first.copied();
    let mut other = switched_on(&second, &address, Way::Whole, &ear);
    other.sign_in(&account("ana")).await.unwrap();
    let (a, b) = (async { brings_all(&mut one).await }, async { brings_all(&mut other).await });
    tokio::join!(a, b);
    assert_eq!(count(&town).await, 3);
    for issue in town.office().lists("").await {
        let kinds = crate::stories::kinds(&town.office(), issue).await;
        let stored = kinds.iter().filter(|kind| *kind == "photo_stored").count();
        assert_eq!(stored, 2, "{kinds:?}");
    }
}

/// Case 15: photo 9 of 9 never comes. The report is an issue at once, and says what is missing.
#[tokio::test]
async fn a_report_whose_last_photo_never_comes_is_an_issue_and_incomplete() {
    let town = TestApp::start().await;
    let (place, ear) = (Place::new(), Ear::default());
    let address = town.nobody.api.trim_end_matches("/api/v1").to_owned();
    let mut phone = switched_on(&place, &address, TUS, &ear);
    phone.sign_in(&account("ana")).await.unwrap();
    let id = phone.take(&seen(town.spot(0), 9)).unwrap().unwrap();
    let lines = phone.queue.item(id).unwrap().body["photos"].clone();
    let ninth = lines[8]["sha256"].as_str().unwrap();
    std::fs::remove_file(place.0.join(format!("{ninth}.blob"))).unwrap();
    brings_all(&mut phone).await;
    let issue = town.office().lists("").await[0];
    let seen = town.office().sees(issue).await;
    assert_eq!(seen["photos"], json!({"expected": 9, "stored": 8, "unreadable": 0}));
    let kept = town.inspector("ana").gets(&format!("/reports/{id}")).await.ok();
    assert_eq!(kept["receipt"]["complete"], false);
    let State::Refused(reason) = &phone.queue.item(id).unwrap().state else {
        panic!("it must stay, and say why")
    };
    assert!(reason.contains("gone from the device"), "{reason}");
}

async fn clock_of(town: &TestApp, id: uuid::Uuid) -> (Value, Vec<String>) {
    let kept = town.inspector("ana").gets(&format!("/reports/{id}")).await.ok();
    let flags = kept["receipt"]["flags"].as_array().unwrap().clone();
    let codes = flags.iter().map(|flag| flag["code"].as_str().unwrap().to_owned());
    (kept["receipt"]["clock"].clone(), codes.collect())
}

/// Case 23: a clock at 1970, at 2099, and one that is set between the shutter and the sending.
#[tokio::test]
async fn a_clock_that_lies_is_flagged_and_what_was_counted_stands() {
    let town = TestApp::start().await;
    let (place, ear) = (Place::new(), Ear::default());
    let address = town.nobody.api.trim_end_matches("/api/v1").to_owned();
    let mut phone = switched_on(&place, &address, TUS, &ear);
    phone.sign_in(&account("ana")).await.unwrap();
    let days = ["1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2026-11-16T01:00:00Z"];
    let mut ids = Vec::new();
    for (spot, day) in days.into_iter().enumerate() {
        phone.clock.set(day.parse().unwrap());
        ids.push(phone.take(&seen(town.spot(spot), 1)).unwrap().unwrap());
    }
    // Set in between: what counts is how long ago the shutter was, by the clock nobody can set.
    phone.clock.set("2031-05-05T05:05:05Z".parse().unwrap());
    brings_all(&mut phone).await;
    let flags = [vec!["clock-past"], vec!["clock-future"], vec![]];
    for (id, flags) in ids.iter().zip(flags) {
        let (clock, found) = clock_of(&town, *id).await;
        assert_eq!(found, flags);
        assert_eq!(clock["basis"], "device_age");
        let used: jiff::Timestamp = clock["used"].as_str().unwrap().parse().unwrap();
        assert!(used <= START && START.duration_since(used).as_mins() < 10, "{clock}");
    }
    // After a restart nobody knows how long ago it was: then the arrival counts.
    let id = phone.take(&seen(town.spot(3), 0)).unwrap().unwrap();
    drop(phone);
    let mut phone = switched_on(&place, &address, TUS, &ear);
    brings_all(&mut phone).await;
    assert_eq!(clock_of(&town, id).await.0["basis"], "arrival");
}

/// Case 24: no position, and the position (0, 0).
#[tokio::test]
async fn a_report_from_nowhere_is_kept_and_waits_for_the_desk() {
    let town = TestApp::start().await;
    let (place, ear) = (Place::new(), Ear::default());
    let address = town.nobody.api.trim_end_matches("/api/v1").to_owned();
    let mut phone = switched_on(&place, &address, TUS, &ear);
    phone.sign_in(&account("ana")).await.unwrap();
    for (position, flag) in [
        (Value::Null, "position-missing"),
        (json!({"lat": 0.0, "lon": 0.0, "datum": "wgs84"}), "position-zero"),
    ] {
        let id = phone.take(&seen_at(&position, 1)).unwrap().unwrap();
        brings_all(&mut phone).await;
        let kept = town.inspector("ana").gets(&format!("/reports/{id}")).await.ok();
        assert_eq!(
            (&kept["receipt"]["stage"], &kept["receipt"]["complete"]),
            (&"reported".into(), &true.into())
        );
        assert!(clock_of(&town, id).await.1.contains(&flag.to_owned()), "{flag}");
    }
}
