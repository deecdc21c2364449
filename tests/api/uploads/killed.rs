//! Case 5: killed between any two steps, an upload goes on from what was acknowledged and ends once.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use schema::{DbConfig, DbUrl};
use support::{Person, TestApp};
use zhoubian::app::App;
use zhoubian::clock::Clock;
use zhoubian::config::{Config, RateSettings, SignInSettings};
use zhoubian::store::uploads::{self, UploadState};
use zhoubian::{boot, serve};

use super::sender::{PART, Sender, announces, large};

/// Up to which step the last part comes before the process is killed. What each leaves is made by hand.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Bytes are in the file, and the offset does not say so.
    Written,
    /// The offset says that all came.
    Kept,
    /// And the bytes have their name.
    Named,
    /// The photo is bound, and its own file is still there.
    Bound,
}

fn part_of(town: &TestApp, of: &Sender<'_>) -> std::path::PathBuf {
    let id = of.url.rsplit('/').next().unwrap();
    let name = format!("{}.{id}", of.who.member.account);
    town.app.photos.part(&name)
}

async fn is_kept(app: &App, of: &Sender<'_>) {
    let (owner, subject, photo) = (of.who.member.account, of.draft.id, of.picture.id);
    let size = i64::try_from(of.picture.bytes.len()).unwrap();
    let write = move |conn: &mut schema::Conn| {
        let mut all = uploads::list(conn, owner, subject, photo)?;
        let mut upload = all.pop().unwrap();
        assert_eq!(upload.state, UploadState::Open);
        upload.kept = size;
        assert!(uploads::save(conn, &upload)?);
        Ok::<_, zhoubian::problem::Error>(())
    };
    app.db.write(write).await.unwrap();
}

/// Case 5: by hand, so that every step is tried.
#[tokio::test]
async fn an_upload_that_was_killed_at_any_step_is_finished_once() {
    for step in [Step::Written, Step::Kept, Step::Named, Step::Bound] {
        let town = TestApp::start().await;
        let ana = announces(&town, "ana", large(60_000)).await;
        ana.sends(0, 20_000).await.ok();
        let (path, bytes) = (part_of(&town, &ana), ana.picture.bytes.clone());
        std::fs::write(&path, &bytes).unwrap();
        let blob = town.app.photos.path(&ana.picture.sha256());
        match step {
            Step::Written => {
                // And some of it never reached the disk.
                let mut half = bytes.clone();
                half[40_000..].fill(0);
                std::fs::write(&path, half).unwrap();
                assert_eq!(ana.offset().await, 20_000, "only what was acknowledged");
            }
            Step::Kept => is_kept(&town.app, &ana).await,
            Step::Named => {
                is_kept(&town.app, &ana).await;
                std::fs::create_dir_all(blob.parent().unwrap()).unwrap();
                std::fs::hard_link(&path, &blob).unwrap();
            }
            Step::Bound => {
                std::fs::write(&path, &bytes[..20_000]).unwrap();
                ana.goes_on().await.ok();
                std::fs::write(&path, &bytes).unwrap();
            }
        }
        let offset = ana.offset().await;
        ana.sends(offset, bytes.len()).await.ok();
        ana.is_here().await;
        assert!(!path.exists() || matches!(step, Step::Bound), "{step:?}");
    }
}

const PHOTOS: usize = 3;
const KILLS: usize = 3;
const DATABASE: &str = "ZHOUBIAN_UPLOADS_DATABASE";
const FOLDER: &str = "ZHOUBIAN_UPLOADS_FOLDER";
const NOW: &str = "ZHOUBIAN_UPLOADS_NOW";
const PORT: &str = "ZHOUBIAN_UPLOADS_PORT";

/// The process that is killed: this test alone, started by the next one. By itself it does nothing.
#[tokio::test]
#[ignore = "started by the test below it"]
async fn a_server_that_runs_until_it_is_killed() {
    let var = |name| std::env::var(name).ok();
    let (Some(url), Some(folder), Some(now), Some(port)) =
        (var(DATABASE), var(FOLDER), var(NOW), var(PORT))
    else {
        return;
    };
    let url: DbUrl = url.parse().unwrap();
    let now: Timestamp = now.parse().unwrap();
    let config = Config {
        rates: RateSettings::unlimited(),
        sign_in: SignInSettings { handheld_idle_days: 0, ..SignInSettings::demonstration() },
        public_url: format!("http://127.0.0.1:{port}"),
        ..Config::new(folder.into())
    };
    let app = boot::boot(config, &DbConfig::new(url), Clock::by_hand(now)).unwrap();
    let listener = TcpListener::bind(("127.0.0.1", port.parse().unwrap())).unwrap();
    serve::start(Arc::new(app), listener, 1).unwrap().0.await.unwrap();
}

fn starts(town: &TestApp, port: u16) -> Child {
    let url = match &town.database.url {
        DbUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DbUrl::Postgres(url) => url.clone(),
    };
    let name = "api::uploads::killed::a_server_that_runs_until_it_is_killed";
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env(DATABASE, url)
        .env(FOLDER, &town.database.folder)
        .env(NOW, town.now().to_string())
        .env(PORT, port.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A phone that sends photos to whatever listens on a port, until it is told of no more.
struct Phone {
    client: reqwest::Client,
    who: Person,
    base: String,
}

impl Phone {
    async fn ask(&self, of: &Sender<'_>, part: Option<(usize, usize)>) -> Option<(u16, usize)> {
        let path = of.url.split_once("/api/v1").unwrap().1;
        let method = if part.is_some() { Method::PATCH } else { Method::HEAD };
        let request = self.client.request(method, format!("{}/api/v1{path}", self.base));
        let mut request = request.bearer_auth(self.who.token()).header("tus-resumable", "1.0.0");
        if let Some((from, until)) = part {
            let bytes = of.picture.bytes[from..until].to_vec();
            request =
                request.header("upload-offset", from.to_string()).header("content-type", PART);
            request = request.body(bytes);
        }
        let answer = request.send().await.ok()?;
        let offset = answer.headers().get("upload-offset")?.to_str().ok()?.parse().ok()?;
        Some((answer.status().as_u16(), offset))
    }

    /// Sends a photo in parts as long as somebody answers. What was acknowledged never goes back.
    async fn sends(&self, of: &Sender<'_>, acknowledged: &mut usize) -> bool {
        let size = of.picture.bytes.len();
        while let Some((200, offset)) = self.ask(of, None).await {
            assert!(offset >= *acknowledged, "{offset} after {acknowledged}");
            *acknowledged = offset;
            if offset == size {
                return true;
            }
            let until = (offset + 9_000).min(size);
            if let Some((204, now)) = self.ask(of, Some((offset, until))).await {
                *acknowledged = now;
            }
        }
        false
    }
}

/// Case 5: a process is killed (SIGKILL) at moments that nobody chose.
#[tokio::test]
async fn a_server_that_is_killed_time_and_again_keeps_what_it_acknowledged() {
    let town = TestApp::start().await;
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let phone = Phone {
        client: reqwest::Client::builder().no_proxy().build().unwrap(),
        who: town.inspector("ana"),
        base: format!("http://127.0.0.1:{port}"),
    };
    let mut photos = Vec::new();
    for _ in 0..PHOTOS {
        photos.push((announces(&town, "ana", large(200_000)).await, 0));
    }
    for _ in 0..KILLS {
        let mut child = starts(&town, port);
        while phone.ask(&photos[0].0, None).await.is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let random = u64::from(uuid::Uuid::new_v4().as_bytes()[0]);
        let kill = async {
            tokio::time::sleep(Duration::from_millis(20 + random)).await;
            child.kill().unwrap();
            child.wait().unwrap();
        };
        let send = async {
            for (photo, acknowledged) in &mut photos {
                if !phone.sends(photo, acknowledged).await {
                    break;
                }
            }
        };
        tokio::join!(kill, send);
    }
    for (photo, acknowledged) in &photos {
        let offset = photo.offset().await;
        assert!(offset >= *acknowledged);
        photo.sends(offset, photo.picture.bytes.len()).await.ok();
        let line = photo.line().await;
        assert_eq!(
            (&line["state"], &line["offset"]),
            (&"stored".into(), &photo.picture.bytes.len().into())
        );
        let got = photo.who.gets(&format!("/photos/{}", photo.picture.sha256())).await;
        assert!(got.bytes == photo.picture.bytes);
    }
}
