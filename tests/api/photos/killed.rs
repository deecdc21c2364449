//! Killed at any step of a photo's work, it is finished once.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use image::ImageFormat;
use jiff::{SignedDuration, Timestamp};
use schema::{DbConfig, DbUrl};
use support::{Camera, Picture, TestApp, encoded, report, scene, with_segment};
use zhoubian::actions::look_at_photo;
use zhoubian::app::App;
use zhoubian::clock::Clock;
use zhoubian::config::Config;
use zhoubian::jobs::photos::{Found, LEASE, finish, keep, look, look_at_photos, take};
use zhoubian::photos::Size;
use zhoubian::{boot, jobs};

use super::looking::{events, shown};

/// Up to which step a photo's work comes before the process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Taken,
    Looked,
    FirstKept,
    BothKept,
    Recorded,
}

const STEPS: [Step; 5] =
    [Step::Taken, Step::Looked, Step::FirstKept, Step::BothKept, Step::Recorded];

/// Another process on the same database and folder.
fn process(town: &TestApp) -> App {
    let config = Config::new(town.database.folder.clone());
    boot::boot(config, &town.database.config(), Clock::by_hand(town.now())).unwrap()
}

/// Works on the one photo that waits, as far as this.
async fn works(app: &App, last: Step) {
    let taken = take(app, 5).await.unwrap();
    assert_eq!(taken.len(), 1);
    let file = &taken[0];
    if last == Step::Taken {
        return;
    }
    let found = look(app, file).await.unwrap();
    match (&found, last) {
        (_, Step::Looked) => return,
        (Found::Pictures(seen), Step::FirstKept) => {
            let sha256 = zhoubian::actions::record::hex(&file.sha256);
            let first = [(Size::Large, &seen.large[..])];
            return app.photos.keep_renditions(&sha256, &first).unwrap();
        }
        _ => {}
    }
    let looked = keep(app, &file.sha256, found).await.unwrap();
    if last == Step::Recorded {
        assert!(look_at_photo::record(app, file.sha256.clone(), looked).await.unwrap());
    }
}

/// A photo taken elsewhere than its report says, so that there is something to tell.
fn telling(town: &TestApp, spot: usize) -> Picture {
    let position = Some(town.spot(spot).north(900.0));
    Picture::jpeg().by(&Camera { position, ..Camera::default() })
}

#[tokio::test]
async fn a_photo_whose_work_was_killed_at_any_step_is_finished_once() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    for (spot, step) in STEPS.into_iter().enumerate() {
        let picture = telling(&town, spot);
        let issue = ana.submits(&report().at(town.spot(spot)).picture(&picture)).await.issue();
        ana.uploads(&picture).await.ok();
        let killed = process(&town);
        works(&killed, step).await;
        drop(killed);
        let restarted = process(&town);
        let early = jobs::photos::look_at_all_due(&restarted).await.unwrap();
        assert_eq!(early, 0, "{step:?}: it is somebody's until the lease ends");
        restarted.clock.advance(LEASE + SignedDuration::from_secs(1));
        let late = jobs::photos::look_at_all_due(&restarted).await.unwrap();
        assert_eq!(late, usize::from(step != Step::Recorded), "{step:?}");
        assert_eq!(shown(&ana, issue).await["state"], "ready", "{step:?}");
        assert_eq!(events(&ana, issue, "photo_flagged").await.len(), 1, "{step:?}");
        for size in Size::ALL {
            let path = format!("/photos/{}/{}", picture.sha256(), size.word());
            assert_eq!(ana.gets(&path).await.status, 200, "{step:?}");
        }
        town.wait(10);
    }
}

#[tokio::test]
async fn two_that_look_at_the_same_photo_tell_of_it_once() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = telling(&town, 0);
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    let (one, other) = (process(&town), process(&town));
    let taken = take(&one, 5).await.unwrap();
    assert!(take(&other, 5).await.unwrap().is_empty(), "it is taken");
    other.clock.advance(LEASE + SignedDuration::from_secs(1));
    let again = take(&other, 5).await.unwrap();
    assert_eq!((taken.len(), again.len(), again[0].attempts), (1, 1, 2));
    let (first, second) = tokio::join!(finish(&one, &taken[0]), finish(&other, &again[0]));
    first.and(second).unwrap();
    assert_eq!(events(&ana, issue, "photo_flagged").await.len(), 1);
}

#[tokio::test]
async fn a_photo_that_kills_whoever_looks_at_it_is_given_up() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::jpeg();
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    for _ in 0..jobs::photos::ATTEMPTS {
        assert_eq!(take(&town.app, 1).await.unwrap().len(), 1);
        town.app.clock.advance(LEASE + SignedDuration::from_secs(1));
    }
    assert_eq!(town.looks_at_photos().await, 1);
    assert_eq!(shown(&ana, issue).await["problem"], "crashed");
    assert_eq!(events(&ana, issue, "photo_unreadable").await.len(), 1);
}

#[tokio::test]
async fn a_photo_whose_file_is_gone_is_said_to_be_missing_in_the_end() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::jpeg();
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    std::fs::remove_file(town.app.photos.path(&picture.sha256())).unwrap();
    let mut looks = 0;
    for _ in 0..10 {
        looks += town.looks_at_photos().await;
        town.wait(10);
    }
    assert_eq!(looks, usize::try_from(jobs::photos::ATTEMPTS).unwrap());
    assert_eq!(shown(&ana, issue).await["problem"], "missing");
    ana.uploads(&picture).await.ok();
    assert_eq!(shown(&ana, issue).await["state"], "stored");
    assert_eq!(town.looks_at_photos().await, 1);
    assert_eq!(shown(&ana, issue).await["state"], "ready");
}

#[tokio::test]
async fn a_photo_is_not_missing_while_the_disk_of_all_photos_is() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::jpeg();
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    let (blobs, away) = (town.app.photos.blobs(), town.app.config.data.join("away"));
    std::fs::rename(&blobs, &away).unwrap();
    for _ in 0..=jobs::photos::ATTEMPTS {
        let taken = take(&town.app, 1).await.unwrap();
        assert!(finish(&town.app, &taken[0]).await.is_err());
        town.wait(10);
    }
    std::fs::rename(&away, &blobs).unwrap();
    assert_eq!(town.looks_at_photos().await, 1);
    assert_eq!(shown(&ana, issue).await["state"], "ready");
}

#[tokio::test]
async fn a_ready_photo_whose_file_is_lost_is_told() {
    let town = TestApp::start().await;
    let ana = town.inspector("ana");
    let picture = Picture::jpeg();
    let issue = ana.submits(&report().at(town.spot(0)).picture(&picture)).await.issue();
    ana.uploads(&picture).await.ok();
    assert_eq!(town.looks_at_photos().await, 1);
    assert!(events(&ana, issue, "photo_unreadable").await.is_empty());
    std::fs::remove_file(town.app.photos.path(&picture.sha256())).unwrap();
    std::fs::remove_dir_all(town.app.config.data.join("photos/renditions")).unwrap();
    let thumbnail = format!("/photos/{}/thumbnail", picture.sha256());
    ana.gets(&thumbnail).await.is_problem(404, "rendition-pending");
    for _ in 0..10 {
        town.looks_at_photos().await;
        town.wait(10);
    }
    assert_eq!(shown(&ana, issue).await["problem"], "missing");
    assert_eq!(events(&ana, issue, "photo_unreadable").await.len(), 1);
}

const PHOTOS: usize = 16;
/// Fewer than the attempts after which a photo is given up, so that chance decides nothing.
const KILLS: usize = 3;
const DATABASE: &str = "ZHOUBIAN_KILLED_DATABASE";
const FOLDER: &str = "ZHOUBIAN_KILLED_FOLDER";
const NOW: &str = "ZHOUBIAN_KILLED_NOW";

/// The process that is killed: this test alone, started by the next one. By itself it does nothing.
#[tokio::test]
#[ignore = "started by the test below it"]
async fn a_process_that_looks_at_photos_until_it_is_killed() {
    let (Ok(url), Ok(folder), Ok(now)) =
        (std::env::var(DATABASE), std::env::var(FOLDER), std::env::var(NOW))
    else {
        return;
    };
    let url: DbUrl = url.parse().unwrap();
    let now: Timestamp = now.parse().unwrap();
    let config = Config::new(folder.into());
    let app = boot::boot(config, &DbConfig::new(url), Clock::by_hand(now)).unwrap();
    look_at_photos(Arc::new(app)).await;
}

/// Starts that process, and kills it (SIGKILL) after so long.
fn starts_and_kills(town: &TestApp, after: Duration) {
    let url = match &town.database.url {
        DbUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DbUrl::Postgres(url) => url.clone(),
    };
    let name = "api::photos::killed::a_process_that_looks_at_photos_until_it_is_killed";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env(DATABASE, url)
        .env(FOLDER, &town.database.folder)
        .env(NOW, town.now().to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn a_process_that_is_killed_time_and_again_leaves_nothing_half_done() {
    let town = Arc::new(TestApp::start().await);
    let ana = town.inspector("ana");
    let jpeg = encoded(&scene(900, 600), ImageFormat::Jpeg);
    let mut issues = Vec::new();
    for spot in 0..PHOTOS {
        let position = Some(town.spot(spot).north(900.0));
        let unlike = with_segment(&jpeg, 0xfe, spot.to_string().as_bytes());
        let camera = Camera { position, ..Camera::default() };
        let picture = Picture::of(camera.writes(&unlike), "image/jpeg");
        let issue = ana.submits(&report().at(town.spot(spot)).picture(&picture)).await.issue();
        ana.uploads(&picture).await.ok();
        issues.push((issue, picture));
    }
    for kill in 0..KILLS {
        // Different moments each time; nothing depends on which.
        let random = u64::from(uuid::Uuid::new_v4().as_bytes()[0]);
        let after = Duration::from_millis(150 + 2 * random);
        let town_of = Arc::clone(&town);
        tokio::task::spawn_blocking(move || starts_and_kills(&town_of, after)).await.unwrap();
        town.wait(i64::try_from(kill).unwrap() + 5);
    }
    town.looks_at_photos().await;
    for (issue, picture) in issues {
        assert_eq!(shown(&ana, issue).await["state"], "ready");
        assert_eq!(events(&ana, issue, "photo_flagged").await.len(), 1);
        let large = ana.gets(&format!("/photos/{}/large", picture.sha256())).await;
        assert!(image::load_from_memory(&large.bytes).is_ok());
    }
}
