//! What breaks off is kept, and goes on.

use support::TestApp;

use super::raw::{Raw, a_moment, until_under_way};
use super::sender::{announces, large};

/// Case 7: the phone is killed in a PATCH.
#[tokio::test]
async fn what_came_before_the_connection_broke_is_kept() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(200_000)).await;
    let size = ana.picture.bytes.len();
    let mut phone = Raw::begin(&ana, 0, Some(size)).await;
    phone.sends(&ana.picture.bytes[..123_456]).await;
    until_under_way(&town, 1).await;
    drop(phone);
    until_under_way(&town, 0).await;
    assert_eq!(ana.offset().await, 123_456);
    assert_eq!(ana.goes_on().await.status, 204);
    ana.is_here().await;
}

/// Case 8: the network changes, and the old socket stays half open.
#[tokio::test]
async fn a_newer_request_takes_over_from_a_half_open_one() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(200_000)).await;
    let size = ana.picture.bytes.len();
    let mut old = Raw::begin(&ana, 0, Some(size)).await;
    old.sends(&ana.picture.bytes[..100_000]).await;
    until_under_way(&town, 1).await;
    let offset = ana.offset().await;
    assert!((1..=100_000).contains(&offset), "{offset}");
    assert!(old.hears().await.starts_with("http/1.1 423"), "it is told that somebody came");
    // The same by a PATCH that knows where it goes on.
    let mut old = Raw::begin(&ana, offset, Some(size - offset)).await;
    until_under_way(&town, 1).await;
    let newer = ana.sends(offset, size).await;
    assert_eq!(newer.status, 204, "{}", newer.body);
    assert!(old.hears().await.starts_with("http/1.1 423"));
    ana.is_here().await;
}

/// Case 26: a body without a length, longer than it says, shorter than it says.
#[tokio::test]
async fn a_body_counts_as_far_as_it_is_the_photos() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(200_000)).await;
    let bytes = ana.picture.bytes.clone();
    let mut chunked = Raw::begin(&ana, 0, None).await;
    for part in bytes[..100_000].chunks(30_000) {
        chunked.sends_chunk(part).await;
    }
    chunked.sends(b"0\r\n\r\n").await;
    let said = chunked.hears().await;
    assert!(
        said.starts_with("http/1.1 204") && said.contains("upload-offset: 100000\r\n"),
        "{said}"
    );
    let mut longer = Raw::begin(&ana, 100_000, None).await;
    longer.sends_chunk(&bytes[100_000..]).await;
    longer.sends_chunk(b"and more").await;
    longer.sends(b"0\r\n\r\n").await;
    let said = longer.hears().await;
    assert!(said.starts_with("http/1.1 413"), "{said}");
    assert_eq!(ana.offset().await, 100_000, "nothing of it was kept");
    // What comes after the length it states is no part of it.
    let mut beyond = Raw::begin(&ana, 100_000, Some(10_000)).await;
    beyond.sends(&bytes[100_000..110_000]).await;
    beyond.sends(b"\x00\x01 and more\r\n\r\n").await;
    let said = beyond.hears().await;
    assert!(said.starts_with("http/1.1 204"), "{said}");
    assert_eq!(ana.offset().await, 110_000);
    let mut short = Raw::begin(&ana, 110_000, Some(50_000)).await;
    short.sends(&bytes[110_000..120_000]).await;
    until_under_way(&town, 1).await;
    drop(short);
    until_under_way(&town, 0).await;
    assert_eq!(ana.offset().await, 120_000);
    ana.goes_on().await;
    ana.is_here().await;
}

/// Case 27: a slow loris.
#[tokio::test]
async fn whoever_sends_next_to_nothing_is_let_go() {
    let town = TestApp::start_with(|config| config.photos.upload_stall_s = 1).await;
    let ana = announces(&town, "ana", large(100_000)).await;
    let size = ana.picture.bytes.len();
    let mut slow = Raw::begin(&ana, 0, Some(size)).await;
    slow.sends(&ana.picture.bytes[..10]).await;
    let said = slow.hears().await;
    assert!(said.starts_with("http/1.1 408"), "{said}");
    assert!(said.contains("tus-resumable: 1.0.0"), "{said}");
    until_under_way(&town, 0).await;
    assert_eq!(ana.offset().await, 10, "what came is kept all the same");
    ana.goes_on().await;
    ana.is_here().await;
}

/// Case 27: many of them leave room for others, and those who come beyond that are told when to come again.
#[tokio::test]
async fn only_so_many_are_written_at_once() {
    let town = TestApp::start_with(|config| config.photos.uploads_at_once = 1).await;
    let (ana, bo) =
        (announces(&town, "ana", large(50_000)).await, announces(&town, "bo", large(50_000)).await);
    let slow = Raw::begin(&ana, 0, Some(ana.picture.bytes.len())).await;
    until_under_way(&town, 1).await;
    let refused = bo.sends(0, 10).await;
    refused.is_problem(503, "uploads-too-many");
    assert_eq!(refused.header("retry-after"), "2");
    drop(slow);
    until_under_way(&town, 0).await;
    assert_eq!(bo.goes_on().await.status, 204);
}

/// Case 42: the server is told to end in the middle of a PATCH.
#[tokio::test]
async fn a_server_that_ends_brings_the_request_to_its_end() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(200_000)).await;
    let mut phone = Raw::begin(&ana, 0, Some(150_000)).await;
    phone.sends(&ana.picture.bytes[..50_000]).await;
    until_under_way(&town, 1).await;
    let (ended, ()) = tokio::join!(town.stops(true), async {
        a_moment().await;
        phone.sends(&ana.picture.bytes[50_000..150_000]).await;
        let said = phone.hears().await;
        assert!(said.starts_with("http/1.1 204"), "{said}");
        assert!(said.contains("upload-offset: 150000\r\n"), "{said}");
    });
    let () = ended;
}

/// Case 42: it ends at once.
#[tokio::test]
async fn a_server_that_is_broken_off_keeps_what_came() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(200_000)).await;
    let mut phone = Raw::begin(&ana, 0, Some(150_000)).await;
    phone.sends(&ana.picture.bytes[..50_000]).await;
    until_under_way(&town, 1).await;
    town.stops(false).await;
    town.app.uploads.settled().await;
    let id = ana.url.rsplit('/').next().unwrap().parse().unwrap();
    let actor = ana.who.actor();
    let action = domain::access::Action::GetUpload;
    let found = zhoubian::actions::upload_photo::look(&town.app, &actor, action, id).await.unwrap();
    assert!((1..=50_000).contains(&found.offset()), "{}", found.offset());
}
