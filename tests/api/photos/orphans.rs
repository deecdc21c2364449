//! Clearing up takes what nobody knows of, and never what somebody is just told is safe.

use std::fs::File;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use jiff::SignedDuration;
use support::{Picture, TestApp, report, sha256};
use zhoubian::intake::sha256_bytes;
use zhoubian::jobs::orphans;
use zhoubian::photos::{Leftover, Size};
use zhoubian::problem::Error;
use zhoubian::store::photo_files;

/// Makes a file look as if it was written this long before the town's now.
fn age(town: &TestApp, path: &Path, hours: i64) {
    let written = town.now() - SignedDuration::from_hours(hours);
    File::options().write(true).open(path).unwrap().set_modified(written.into()).unwrap();
}

fn put(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The folder that a digest lies in.
fn folder(sha256: &str) -> u32 {
    u32::from_str_radix(&sha256[..4], 16).unwrap()
}

async fn clears(town: &TestApp, sha256: &str) -> usize {
    orphans::clear(&town.app, folder(sha256)..folder(sha256) + 1).await.unwrap()
}

#[tokio::test]
async fn only_what_is_old_and_unknown_goes() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let blobs = &town.app.photos;
    let (young, old) = (sha256(b"young"), sha256(b"old"));
    put(&blobs.path(&young), b"young");
    put(&blobs.path(&old), b"old");
    put(&blobs.rendition(&old, Size::Large), b"its picture");
    age(&town, &blobs.path(&young), 23);
    age(&town, &blobs.path(&old), 25);
    age(&town, &blobs.rendition(&old, Size::Large), 25);
    let known = Picture::jpeg();
    ana.submits(&report().at(town.spot(0)).picture(&known)).await.ok();
    ana.uploads(&known).await.ok();
    town.looks_at_photos().await;
    let kept = [blobs.path(&known.sha256()), blobs.rendition(&known.sha256(), Size::Thumbnail)];
    for path in &kept {
        age(&town, path, 1_000);
    }

    assert_eq!(clears(&town, &old).await, 2);
    assert_eq!(clears(&town, &young).await, 0);
    assert_eq!(clears(&town, &known.sha256()).await, 0);
    assert!(blobs.path(&young).exists() && !blobs.path(&old).exists());
    assert!(!blobs.rendition(&old, Size::Large).exists());
    assert!(kept.iter().all(|path| path.exists()));
}

#[tokio::test]
async fn what_a_killed_upload_left_goes_and_a_living_one_stays() {
    let town = TestApp::start().await;
    let incoming = town.app.config.data.join("photos/incoming");
    let (left, alive) = (incoming.join("left"), incoming.join("alive"));
    put(&left, b"half a ph");
    put(&alive, b"half a ph");
    let held = File::open(&alive).unwrap();
    held.try_lock().unwrap();
    age(&town, &left, 25);
    age(&town, &alive, 25);
    assert_eq!(orphans::clear(&town.app, 0..0).await.unwrap(), 1);
    assert!(!left.exists() && alive.exists());
    drop(held);
    assert_eq!(orphans::clear(&town.app, 0..0).await.unwrap(), 1);
}

/// Whoever clears up was first: it took the bytes for nobody's and removed them, after the upload had
/// given them their name and before it could record them.
#[tokio::test]
async fn an_upload_whose_bytes_are_cleared_up_before_its_record_names_them_again() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::jpeg();
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    let digest = sha256_bytes(&picture.sha256()).unwrap();
    let path = town.app.photos.path(&picture.sha256());
    let (db, now) = (town.app.db.clone(), town.now());
    let (begun, has_begun) = mpsc::channel();
    let clearing = tokio::spawn(async move {
        let clear = move |conn: &mut schema::Conn| {
            assert!(photo_files::insert(conn, &digest, (0, ""), now)?);
            begun.send(()).unwrap();
            // Until the upload has given its bytes their name, and waits for this transaction.
            for _ in 0..500 {
                if path.exists() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
            std::thread::sleep(Duration::from_millis(150));
            std::fs::remove_file(&path)?;
            photo_files::remove(conn, &digest)?;
            Ok::<_, Error>(())
        };
        db.write(clear).await
    });
    tokio::task::spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
    let sent = ana.uploads(&picture).await;
    clearing.await.unwrap().unwrap();
    assert_eq!(sent.status, 201);
    assert_eq!(ana.sees(issue).await["photos"]["stored"], 1);
    let got = ana.gets(&format!("/photos/{}", picture.sha256())).await;
    assert_eq!((got.status, got.bytes), (200, picture.bytes));
}

/// The upload was first: it recorded its bytes, and whoever clears up waits for that.
#[tokio::test]
async fn bytes_that_are_just_being_recorded_are_not_cleared_up() {
    let town = TestApp::start().await;
    let blobs = &town.app.photos;
    let name = sha256(b"just arriving");
    put(&blobs.path(&name), b"just arriving");
    let (db, now, digest) = (town.app.db.clone(), town.now(), sha256_bytes(&name).unwrap());
    let (begun, has_begun) = mpsc::channel();
    let binding = tokio::spawn(async move {
        let bind = move |conn: &mut schema::Conn| {
            assert!(photo_files::insert(conn, &digest, (13, "image/jpeg"), now)?);
            begun.send(()).unwrap();
            std::thread::sleep(Duration::from_millis(200));
            Ok::<_, Error>(())
        };
        db.write(bind).await
    });
    tokio::task::spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
    let file = Leftover { sha256: name.clone(), path: blobs.path(&name) };
    assert!(!orphans::remove(&town.app, file).await.unwrap());
    binding.await.unwrap().unwrap();
    assert!(blobs.path(&name).exists());
}

#[tokio::test]
async fn the_same_bytes_sent_many_times_at_once_are_kept_once() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::jpeg();
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    let sends = (0..8).map(|_| {
        let (ana, picture) = (ana.clone(), picture.clone());
        tokio::spawn(async move { ana.uploads(&picture).await.status })
    });
    let mut statuses = Vec::new();
    for send in sends.collect::<Vec<_>>() {
        statuses.push(send.await.unwrap());
    }
    statuses.sort_unstable();
    assert!(statuses.ends_with(&[200, 201]) && statuses[0] == 200, "{statuses:?}");
    assert_eq!(ana.sees(issue).await["photos"]["stored"], 1);
    assert_eq!(town.looks_at_photos().await, 1);
    // A file that was lost or cut short is put right by sending it again.
    std::fs::write(town.app.photos.path(&picture.sha256()), b"cut").unwrap();
    assert_eq!(ana.uploads(&picture).await.status, 200);
    let got = ana.gets(&format!("/photos/{}", picture.sha256())).await;
    assert_eq!(got.bytes, picture.bytes);
}
