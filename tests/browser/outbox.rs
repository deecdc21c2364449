//! The handheld's outbox, each bad day a test of its own.

use support::{PASSWORD, TestApp};

use super::walk;

/// Has one story of `outbox.mjs` told by two inspectors of a town.
async fn tell(story: &str) {
    let town = TestApp::start().await;
    let who = [("LOGIN", "ana"), ("NEXT_LOGIN", "bo"), ("PASSWORD", PASSWORD), ("STORY", story)];
    walk(&town, "outbox.mjs", &who, async |_| ()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_without_a_network_arrives_whole_in_the_evening() {
    tell("day_offline").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_send_one_queue_once() {
    tell("two_tabs").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_killed_in_a_photo_goes_on_with_it() {
    tell("killed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_waits_for_a_full_outbox() {
    tell("update").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_without_room_says_so_and_keeps_the_rest() {
    tell("quota").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_is_gone_is_said_and_nothing_goes_without_it() {
    tell("evicted").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_go_on_without_a_service_worker() {
    tell("no_worker").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_is_told_from_the_right_one() {
    tell("wrong_clock").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_is_no_answer_to_the_pages() {
    tell("portal").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_person_left_waits_for_them_alone() {
    tell("next_user").await;
}
