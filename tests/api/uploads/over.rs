//! Uploads whose time is over, and disks that are full.

use std::fs::File;
use std::path::PathBuf;

use jiff::SignedDuration;
use support::TestApp;
use zhoubian::boot;
use zhoubian::clock::Clock;
use zhoubian::config::Config;
use zhoubian::jobs::uploads as job;

use super::raw::{Raw, until_under_way};
use super::sender::{Sender, announces, large};

const DAY: i64 = 60 * 24;

fn files(town: &TestApp) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(town.app.config.data.join("photos/uploads")).unwrap();
    folder.map(|entry| entry.unwrap().path()).collect()
}

async fn anew(sender: &mut Sender<'_>) {
    sender.line().await["upload_url"].as_str().unwrap().clone_into(&mut sender.url);
}

/// Case 43: three weeks offline are no harm, and after longer the photo is sent anew.
#[tokio::test]
async fn an_upload_waits_for_weeks_and_then_expires() {
    let town = TestApp::start().await;
    let mut ana = announces(&town, "ana", large(50_000)).await;
    ana.sends(0, 20_000).await.ok();
    town.wait(21 * DAY);
    assert_eq!(job::clear(&town.app).await.unwrap(), 0);
    assert_eq!(ana.offset().await, 20_000);
    ana.sends(20_000, 30_000).await.ok();
    town.wait(29 * DAY);
    assert_eq!(ana.offset().await, 30_000, "it counts from the last byte");
    town.wait(2 * DAY);
    assert_eq!(ana.looks().await.status, 410);
    let late = ana.sends(30_000, 40_000).await;
    late.is_problem(410, "upload-expired");
    assert_eq!(job::clear(&town.app).await.unwrap(), 1);
    assert!(files(&town).is_empty());
    ana.sends(30_000, 40_000).await.is_problem(410, "upload-expired");
    anew(&mut ana).await;
    assert_eq!(late.body["upload_url"], ana.url.as_str());
    assert_eq!(ana.offset().await, 0);
    ana.goes_on().await.ok();
    ana.is_here().await;
    // Long after, even that it expired is forgotten; not the photo.
    town.wait(31 * DAY);
    assert!(job::clear(&town.app).await.unwrap() >= 1);
    assert_eq!(ana.offset().await, ana.picture.bytes.len());
}

/// Case 47: clearing up races completion. Whoever writes is left alone, in this process and in another.
#[tokio::test]
async fn an_upload_that_is_being_written_is_not_cleared_up() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    let size = ana.picture.bytes.len();
    ana.sends(0, 20_000).await.ok();
    let mut phone = Raw::begin(&ana, 20_000, Some(size - 20_000)).await;
    phone.sends(&ana.picture.bytes[20_000..30_000]).await;
    until_under_way(&town, 1).await;
    town.wait(31 * DAY);
    let config = Config::new(town.database.folder.clone());
    let other = boot::boot(config, &town.database.config(), Clock::by_hand(town.now())).unwrap();
    assert_eq!(job::clear(&town.app).await.unwrap(), 0);
    assert_eq!(job::clear(&other).await.unwrap(), 0);
    phone.sends(&ana.picture.bytes[30_000..]).await;
    let said = phone.hears().await;
    assert!(said.starts_with("http/1.1 204"), "{said}");
    ana.is_here().await;
}

/// Case 47: whoever cleared up was first.
#[tokio::test]
async fn an_upload_that_was_just_cleared_up_is_over_for_its_writer() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    ana.sends(0, 20_000).await.ok();
    town.wait(31 * DAY);
    let (cleared, sent) = tokio::join!(job::clear(&town.app), ana.sends(20_000, 50_000));
    // Either may be first; it is over for the one or not there for the other.
    match cleared.unwrap() {
        1 => sent.is_problem(410, "upload-expired"),
        _ => assert_eq!(sent.status, 204),
    }
    assert_eq!(job::clear(&town.app).await.unwrap(), 0);
}

#[tokio::test]
async fn a_file_that_no_row_knows_of_goes_when_it_is_old() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    ana.sends(0, 20_000).await.ok();
    let known = files(&town).pop().unwrap();
    let name = known.file_name().unwrap().to_str().unwrap().replace(".1", ".7");
    let unknown = known.with_file_name(name);
    std::fs::write(&unknown, b"half").unwrap();
    let age = |path: &PathBuf, hours| {
        let written = town.now() - SignedDuration::from_hours(hours);
        File::options().write(true).open(path).unwrap().set_modified(written.into()).unwrap();
    };
    age(&known, 1_000);
    age(&unknown, 23);
    assert_eq!(job::clear(&town.app).await.unwrap(), 0);
    age(&unknown, 25);
    assert_eq!(job::clear(&town.app).await.unwrap(), 1);
    assert_eq!(files(&town), [known]);
    ana.goes_on().await.ok();
    ana.is_here().await;
}

/// Point 8: a full disk keeps what is durable.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_told_and_what_is_durable_stays() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    ana.sends(0, 1).await.ok();
    let path = files(&town).pop().unwrap();
    let ana = announces(&town, "ana", large(50_000)).await;
    let id = ana.url.rsplit('/').next().unwrap();
    let name = path.file_name().unwrap().to_str().unwrap().split_once('.').unwrap().0.to_owned();
    let full = path.with_file_name(format!("{name}.{id}"));
    std::os::unix::fs::symlink("/dev/full", &full).unwrap();
    let refused = ana.sends(0, 20_000).await;
    refused.is_problem(507, "storage-full");
    assert_eq!(refused.header("retry-after"), "2");
    assert_eq!(ana.offset().await, 0);
    std::fs::remove_file(&full).unwrap();
    ana.goes_on().await.ok();
    ana.is_here().await;
}

#[tokio::test]
async fn a_file_that_lost_bytes_is_begun_anew() {
    let town = TestApp::start().await;
    let ana = announces(&town, "ana", large(50_000)).await;
    ana.sends(0, 20_000).await.ok();
    let file = File::options().write(true).open(files(&town).pop().unwrap()).unwrap();
    file.set_len(10_000).unwrap();
    let told = ana.sends(20_000, 30_000).await;
    told.is_problem(409, "upload-offset-mismatch");
    assert_eq!(told.header("upload-offset"), "0");
    ana.goes_on().await.ok();
    ana.is_here().await;
}
