//! A desk that pulls and commands over bad lines.

use serde_json::json;
use support::faults::{Cut, Ending, Fault, Place as Where};
use support::phone::{Desk, DeviceClock, Folder, State};
use support::{Picture, START, TestApp, report};

use super::device::{Ear, Place, account, backoff, base, http, proxy};

async fn desk(place: &Place, base: &str, login: &str) -> Desk {
    let folder = Folder::open(&place.0).unwrap();
    let clock = DeviceClock::showing(START);
    let mut desk = Desk::open(folder, clock, http(base, &Ear::default()), backoff()).unwrap();
    desk.sign_in(&account(login)).await.unwrap();
    desk
}

async fn carries_out(desk: &mut Desk) {
    for _ in 0..200 {
        if desk.round().await.unwrap() == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("still waiting");
}

/// Case 37: a rectification is sent twice, since its first answer was lost.
#[tokio::test]
async fn a_rectification_whose_answer_was_lost_is_done_once() {
    let town = TestApp::start().await;
    let proxy = proxy(&town).await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let place = Place::new();
    let mut desk = desk(&place, &base(&proxy), "huanwei").await;
    desk.pull().await.unwrap();
    desk.decide(issue, "accept", json!({})).unwrap();
    let lost = Fault::Cut(Cut { place: Where::AfterBody, ending: Ending::Closed, chance: 0.5 });
    proxy.script(&[lost]);
    carries_out(&mut desk).await;
    desk.pull().await.unwrap();
    desk.rectify(issue, &Picture::jpeg().bytes).unwrap();
    proxy.script(&[lost, Fault::None, lost]);
    carries_out(&mut desk).await;
    let kinds = crate::stories::kinds(&town.office(), issue).await;
    let of = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
    assert_eq!((of("accepted"), of("rectified"), of("photo_stored")), (1, 1, 1), "{kinds:?}");
    assert_eq!(desk.orders().count(), 0);
}

/// Case 36: the office sends an issue elsewhere while its bureau still acts on what it held. The command
/// is refused, and stays with the reason; the issue leaves what the bureau holds.
#[tokio::test]
async fn a_command_on_what_has_changed_stays_with_its_reason() {
    let town = TestApp::start().await;
    let proxy = proxy(&town).await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let place = Place::new();
    let mut desk = desk(&place, &base(&proxy), "huanwei").await;
    desk.pull().await.unwrap();
    desk.decide(issue, "accept", json!({})).unwrap();
    town.office().dispatches(issue, "zhifa").await.ok();
    carries_out(&mut desk).await;
    let states: Vec<&State> = desk.orders().map(|order| &order.state).collect();
    assert!(matches!(states.as_slice(), [State::Refused(_)]), "{states:?}");
    desk.pull().await.unwrap();
    assert!(desk.puller.issues().all(|(held, _)| held != issue));
}

/// Case 32: a cursor of another installation. The desk forgets what it held and begins again.
#[tokio::test]
async fn a_desk_whose_cursor_is_of_another_time_begins_again() {
    let town = TestApp::start().await;
    let proxy = proxy(&town).await;
    let issue = town.inspector("ana").submits(&report().at(town.spot(0))).await.issue();
    let place = Place::new();
    let mut before = desk(&place, &base(&proxy), "huanwei").await;
    before.pull().await.unwrap();
    drop(before);
    let held = place.0.join("held.json");
    let text = std::fs::read_to_string(&held).unwrap();
    assert!(text.contains("0123456789ab"), "the epoch of every town");
    let stranger = "{\"cursor\":null,\"held\":{\"77\":[3,{\"id\":77}]}}";
    let cursor: serde_json::Value = serde_json::from_str(&text).unwrap();
    let cursor = cursor["cursor"].as_str().unwrap().replace("0123456789ab", "ffffffffffff");
    std::fs::write(&held, stranger.replace("null", &format!("\"{cursor}\""))).unwrap();
    let mut after = desk(&place, &base(&proxy), "huanwei").await;
    after.pull().await.unwrap();
    let numbers: Vec<i64> = after.puller.issues().map(|(id, _)| id).collect();
    assert_eq!((numbers, after.puller.beginnings), (vec![issue], 1));
}
