//! A backup is made while others write, and goes on elsewhere.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::Method;
use schema::{Conn, DbUrl};
use serde_json::{Value, json};
use support::{Back, Database, PASSWORD, TestApp, report};
use zhoubian::backup::{self, Made, Options, Place};
use zhoubian::check::{What, check};
use zhoubian::terminal::Progress;

/// A folder that goes when it is dropped.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        let folder =
            std::env::temp_dir().join(format!("zhoubian_{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

pub(super) async fn backed_up(place: Place, to: &Path) -> Made {
    let to = to.to_path_buf();
    let make = move || {
        backup::make(&place, &to, Options::default(), support::START, &Progress::silent()).unwrap()
    };
    tokio::task::spawn_blocking(make).await.unwrap()
}

fn restore(from: &Path, to: &Place) -> Result<backup::Restored, zhoubian::problem::Error> {
    backup::restore(from, to, support::START, &Progress::silent())
}

fn restored(from: &Path, to: &Database) {
    let done = restore(from, &to.place()).unwrap();
    assert_eq!(done.lost, Vec::<String>::new());
}

/// Nothing is wrong with it.
fn is_clean(place: &Place) {
    let what = What { photos: Some(100), backup: None };
    let report = check(place, &what, support::START, &Progress::silent()).unwrap();
    assert!(report.is_clean(), "{:#?}", report.lines());
}

/// The databases that this run can restore into.
fn others() -> Vec<Back> {
    match Back::of_this_run() {
        Back::Sqlite => vec![Back::Sqlite],
        Back::Postgres => vec![Back::Postgres, Back::Sqlite],
    }
}

/// What everybody was told was kept.
async fn life(town: &TestApp) -> (Vec<i64>, Vec<String>) {
    let (ana, bo, huanwei) = (town.inspector("ana"), town.inspector("bo"), town.bureau("huanwei"));
    let (mut issues, mut photos) = (Vec::new(), Vec::new());
    for number in 0..4 {
        let draft =
            report().at(town.spot(number)).condition("0101B").photos(1).note("西门 \"a\" 🚮");
        issues.push(ana.submits(&draft).await.issue());
        ana.uploads(&draft.pictures[0]).await.ok();
        photos.push(draft.pictures[0].sha256());
    }
    bo.submits(&report().at(town.spot(0).north(3.3)).condition("0101A")).await.ok();
    huanwei.accepts(issues[0]).await.ok();
    huanwei.rectifies(issues[0]).await;
    bo.fails(issues[0]).await.ok();
    (issues, photos)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_before_a_backup_began_is_in_it_and_others_write_on() {
    let town = TestApp::start().await;
    let (issues, photos) = life(&town).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..3)
        .map(|writer| {
            let (chen, stop) = (town.inspector("chen"), Arc::clone(&stop));
            let spot = town.spot(5 + writer);
            tokio::spawn(async move {
                let mut sent = 0;
                while !stop.load(Ordering::Relaxed) {
                    let draft =
                        report().at(spot.north(f64::from(sent))).condition("0101A").photos(1);
                    chen.submits(&draft).await.ok();
                    chen.uploads(&draft.pictures[0]).await.ok();
                    sent += 1;
                }
                sent
            })
        })
        .collect();
    let folder = Folder::new();
    let first = backed_up(town.place(), &folder.0).await;
    let second = backed_up(town.place(), &folder.0).await;
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        assert!(writer.await.unwrap() > 0, "it could not write");
    }
    assert!(first.new_photos >= photos.len() as u64);
    assert!(second.manifest.photos.list.rows >= first.manifest.photos.list.rows);
    assert_eq!(
        second.new_photos,
        second.manifest.photos.list.rows - first.manifest.photos.list.rows,
        "what was there is not copied again"
    );
    let office = town.office();
    let mut before: Vec<Value> = Vec::new();
    for issue in &issues {
        before.push(office.gets(&format!("/issues/{issue}/events")).await.ok());
    }
    for back in others() {
        let (to, from) = (Database::empty(back), folder.0.clone());
        let to = tokio::task::spawn_blocking(move || {
            restored(&from, &to);
            is_clean(&to.place());
            to
        });
        let there = TestApp::on(to.await.unwrap()).await;
        let token = signs_in(&there, "office").await;
        for (issue, before) in issues.iter().zip(&before) {
            let get = there.nobody.request(Method::GET, &format!("/issues/{issue}/events"));
            assert_eq!(there.nobody.send(get.bearer_auth(&token)).await.ok(), *before);
        }
        for sha256 in &photos {
            let get = there.nobody.request(Method::GET, &format!("/photos/{sha256}"));
            let photo = there.nobody.send(get.bearer_auth(&token)).await;
            assert_eq!((photo.status, support::sha256(&photo.bytes)), (200, sha256.clone()));
        }
        // It counts on: a new report gets a number that nobody had.
        let ana = signs_in(&there, "ana").await;
        let draft = report().at(there.spot(9)).condition("0101A");
        let put = there.nobody.request(Method::PUT, &format!("/reports/{}", draft.id));
        let new = there.nobody.send(put.bearer_auth(&ana).json(&draft.json())).await.issue();
        assert!(new > *issues.iter().max().unwrap());
    }
    is_clean(&town.place());
}

async fn signs_in(town: &TestApp, login: &str) -> String {
    let post = town.nobody.request(Method::POST, "/sessions");
    let body = json!({"login": login, "password": PASSWORD, "device": "test"});
    let session = town.nobody.send(post.json(&body)).await.ok();
    session["access_token"].as_str().unwrap().to_owned()
}

/// Case 32: restored backup, old cursor.
#[tokio::test]
async fn after_a_restore_everybody_fetches_anew_and_signs_in_anew() {
    let town = TestApp::start().await;
    life(&town).await;
    let ana = town.inspector("ana");
    let cursor = ana.pulls(None, 50).await.ok()["next"].as_str().unwrap().to_owned();
    let folder = Folder::new();
    backed_up(town.place(), &folder.0).await;
    let to = Database::empty(Back::of_this_run());
    restored(&folder.0, &to);
    let there = TestApp::on(to).await;
    let old = there.nobody.request(Method::GET, "/me").bearer_auth(ana.token());
    there.nobody.send(old).await.is_problem(401, "token-invalid");
    let token = signs_in(&there, "ana").await;
    let pull = |after: &str| {
        let get = there.nobody.request(Method::GET, &format!("/changes?limit=50&after={after}"));
        there.nobody.send(get.bearer_auth(&token))
    };
    pull(&cursor).await.is_problem(410, "must-refetch");
    let get = there.nobody.request(Method::GET, "/changes?limit=50").bearer_auth(&token);
    let fresh = there.nobody.send(get).await.ok();
    pull(fresh["next"].as_str().unwrap()).await.ok();
}

fn refused(result: Result<backup::Restored, zhoubian::problem::Error>, says: &str) {
    let error = result.unwrap_err().to_string();
    assert!(error.contains(says), "{error}");
}

#[tokio::test]
async fn a_restore_takes_the_place_of_nothing_and_can_be_repeated() {
    let town = TestApp::start().await;
    life(&town).await;
    let folder = Folder::new();
    let made = backed_up(town.place(), &folder.0).await;
    let again = |to: &Place| restore(&folder.0, to);

    refused(again(&town.place()), "is not empty");
    // An empty folder beside a database that is used.
    let beside = Folder::new();
    let place = Place { data: beside.0.clone(), ..town.place() };
    refused(again(&place), "the database is not empty");
    assert_eq!(std::fs::read_dir(&beside.0).unwrap().count(), 0, "nothing was left there");

    // Broken off: a photo of the backup is gone when it is reached … after which the program refuses
    // to start there until it was done again.
    let to = Database::empty(Back::of_this_run());
    let table = folder.0.join(&made.manifest.tables[3].file);
    let good = std::fs::read(&table).unwrap();
    std::fs::write(&table, &good[1..]).unwrap();
    refused(again(&to.place()), "the backup is damaged");
    std::fs::write(&table, &good).unwrap();
    std::fs::write(to.folder.join(backup::MARKER), "").unwrap();
    let config = zhoubian::config::Config::new(to.folder.clone());
    let clock = zhoubian::clock::Clock::by_hand(support::START);
    let started = zhoubian::boot::boot(config, &to.config(), clock);
    let said = started.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(said.contains("was not finished"), "{said}");
    restored(&folder.0, &to);
    is_clean(&to.place());
    refused(again(&to.place()), "is not empty");
}

#[tokio::test]
async fn a_restore_killed_when_all_but_its_mark_was_done_is_finished_by_running_it_again() {
    let town = TestApp::start().await;
    life(&town).await;
    let folder = Folder::new();
    let made = backed_up(town.place(), &folder.0).await;
    let again = |to: &Place| restore(&folder.0, to);
    let to = Database::empty(Back::of_this_run());
    let first = again(&to.place()).unwrap();
    let mark = |of: &str| {
        let mark = json!({"epoch": first.epoch, "of": of, "made_at": made.manifest.made_at});
        std::fs::write(to.folder.join(backup::MARKER), mark.to_string()).unwrap();
    };
    mark(&made.manifest.epoch);
    let second = again(&to.place()).unwrap();
    assert_eq!((&second.epoch, second.rows), (&first.epoch, first.rows));
    is_clean(&to.place());
    // Another backup is not what was restored here.
    mark("another");
    refused(again(&to.place()), "another backup");
}

#[tokio::test]
async fn a_backup_that_was_broken_off_is_none_and_does_no_harm_to_the_one_before() {
    let town = TestApp::start().await;
    let (_, photos) = life(&town).await;
    let folder = Folder::new();
    let error = backup::Manifest::read(&folder.0).unwrap_err().to_string();
    assert!(error.contains("no finished backup"), "{error}");
    let first = backed_up(town.place(), &folder.0).await;
    // What one that was killed leaves behind.
    std::fs::create_dir(folder.0.join("tables-killed")).unwrap();
    std::fs::write(folder.0.join("tables-killed/issue.jsonl.gz"), "half").unwrap();
    std::fs::write(folder.0.join("manifest.json.draft"), "{").unwrap();
    let (first_two, name) = (photos[0].split_at(2).0, &photos[0]);
    let copied = folder.0.join(format!("photos/blobs/{first_two}/{}/{name}", &name[2..4]));
    std::fs::rename(&copied, copied.with_extension("part")).unwrap();
    assert_eq!(backup::Manifest::read(&folder.0).unwrap(), first.manifest);
    let second = backed_up(town.place(), &folder.0).await;
    assert_eq!(second.new_photos, 1);
    assert!(!folder.0.join("tables-killed").exists());
    let mut found = Vec::new();
    backup::verify(&folder.0, &Progress::silent(), |kind, what| found.push((kind, what))).unwrap();
    assert_eq!(found, []);
}

#[tokio::test]
async fn the_keys_go_along_for_their_owner_alone_unless_left_out() {
    let town = TestApp::start().await;
    let (with, without) = (Folder::new(), Folder::new());
    let made = backed_up(town.place(), &with.0).await;
    let mut names: Vec<&str> = made.manifest.keys.iter().map(|key| key.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["keys.json", "link-key.json", "second-factor-key.json"]);
    for key in &made.manifest.keys {
        let is = std::fs::metadata(with.0.join(&key.file)).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&is.permissions()) & 0o777, 0o600);
    }
    let options = Options { without_keys: true, link: true };
    let made =
        backup::make(&town.place(), &without.0, options, support::START, &Progress::silent());
    assert_eq!(made.unwrap().manifest.keys, []);
    let within = town.place().data.join("backup");
    let refused =
        backup::make(&town.place(), &within, options, support::START, &Progress::silent());
    assert!(refused.unwrap_err().to_string().contains("data folder"));
}

/// From one kind of database to the other and back, each from a backup of the one before.
#[tokio::test]
async fn numbers_instants_and_texts_come_through_as_they_were() {
    let town = TestApp::start().await;
    life(&town).await;
    let mut folder = Folder::new();
    let mut before = backed_up(town.place(), &folder.0).await;
    for back in others().into_iter().rev().chain([Back::of_this_run()]) {
        let to = Database::empty(back);
        restored(&folder.0, &to);
        let next = Folder::new();
        let after = backed_up(to.place(), &next.0).await;
        for (one, other) in before.manifest.tables.iter().zip(&after.manifest.tables) {
            // Which has a new epoch.
            if one.name != "installation" {
                let lines = |folder: &Folder, file: &str| unpacked(&folder.0.join(file));
                let (one_has, other_has) = (lines(&folder, &one.file), lines(&next, &other.file));
                assert_eq!(one_has, other_has, "{}", one.name);
            }
        }
        (folder, before) = (next, after);
    }
}

/// Lines in an order of their own, with the documents in them read: databases write both in their own
/// ways.
fn unpacked(file: &Path) -> Vec<String> {
    let output = std::process::Command::new("gzip").arg("-dc").arg(file).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let cell = |cell: Value| match cell.as_str().map(serde_json::from_str::<Value>) {
        Some(Ok(document @ (Value::Object(_) | Value::Array(_)))) => document,
        _ => cell,
    };
    let line = |line: &str| {
        let row: Vec<Value> = serde_json::from_str(line).unwrap();
        Value::Array(row.into_iter().map(cell).collect()).to_string()
    };
    let mut lines: Vec<String> = text.lines().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn where_nothing_is_there_is_nothing_to_back_up() {
    let (database, folder) = (Database::empty(Back::of_this_run()), Folder::new());
    let make = || {
        backup::make(
            &database.place(),
            &folder.0,
            Options::default(),
            support::START,
            &Progress::silent(),
        )
    };
    assert!(make().unwrap_err().to_string().contains("no installation"));
    if let DbUrl::Sqlite(file) = &database.url {
        assert!(!file.exists(), "it must not be made");
    }
    let mut conn = Conn::open(&database.url).unwrap();
    assert!(make().unwrap_err().to_string().contains("no installation"));
    conn.batch("SELECT 1").unwrap();
}
