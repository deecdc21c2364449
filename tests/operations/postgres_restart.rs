//! PostgreSQL crashes and starts again under the server, which goes on by itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use support::{Answer, Back, Program, Running, report};
use uuid::Uuid;

/// Whoever sends reports at once.
const SENDERS: usize = 3;
/// Reports each of them has acknowledged after the crash.
const AFTER: usize = 5;

fn script(words: &[&str]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("support/postgres.sh");
    let ended = Command::new(script).args(words).stderr(Stdio::inherit()).output().unwrap();
    assert!(ended.status.success(), "postgres.sh {words:?}");
    String::from_utf8(ended.stdout).unwrap()
}

/// A cluster of this test's own: others must not see it crash.
struct Cluster {
    folder: String,
    url: String,
}

impl Cluster {
    fn start() -> Self {
        // Kept with fsync: a crash must find on the disk what was acknowledged.
        let said = script(&["start", "--fsync"]);
        let mut lines = said.lines().map(str::to_owned);
        Self { folder: lines.next().unwrap(), url: lines.next().unwrap() }
    }

    fn crashes(&self) {
        script(&["restart", &self.folder]);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        script(&["stop", &self.folder]);
    }
}

/// The program on a demonstration district in that cluster.
struct Served {
    _running: Running,
    data: PathBuf,
    /// What it logged of requests that failed.
    failed: Arc<Mutex<Vec<String>>>,
    base: String,
    client: reqwest::Client,
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.data));
    }
}

impl Served {
    fn on(cluster: &Cluster) -> Self {
        let data = std::env::temp_dir().join(format!("zhoubian_{}", Uuid::new_v4().simple()));
        let mut command = Program::find().unwrap().serving(&data, &cluster.url);
        command.arg("--demo").env("ZHOUBIAN_DEMO_REPORTS", "1").stdout(Stdio::null());
        let failed: Arc<Mutex<Vec<String>>> = Arc::default();
        let keep = Arc::clone(&failed);
        let running = Running::start(command, move |line| {
            if line.contains("request failed") {
                keep.lock().unwrap().push(line);
            }
        })
        .unwrap();
        let base = format!("http://{}/api/v1", running.address);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { _running: running, data, failed, base, client }
    }

    async fn sends(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.expect("the server does not answer")).await
    }

    /// Sends it again and again, as long as the server says to come later.
    async fn insists(&self, request: impl Fn() -> RequestBuilder) -> Value {
        loop {
            let answer = self.sends(request()).await;
            if answer.status != 503 {
                let failed = self.failed.lock().unwrap();
                assert!(answer.status < 300, "{} {failed:#?}", answer.body);
                drop(failed);
                return answer.body;
            }
            assert!(answer.header("retry-after").parse::<u32>().is_ok(), "{}", answer.body);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn signs_in(&self, login: &str) -> String {
        let body = json!({"login": login, "password": "yunting-demo"});
        let request = self.client.request(Method::POST, format!("{}/sessions", self.base));
        let session = self.sends(request.json(&body)).await.ok();
        session["access_token"].as_str().unwrap().to_owned()
    }

    fn request(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).bearer_auth(token)
    }

    /// Reports one after another until so many were acknowledged.
    async fn reports(&self, token: &str, count: usize) -> Vec<Uuid> {
        let mut acknowledged = Vec::new();
        while acknowledged.len() < count {
            let draft = report().unsorted();
            let path = format!("/reports/{}", draft.id);
            self.insists(|| self.request(Method::PUT, &path, token).json(&draft.json())).await;
            acknowledged.push(draft.id);
        }
        acknowledged
    }
}

/// Case 29: PostgreSQL restarts. SQLite is part of the program: that it is killed is tried elsewhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_crashes_is_waited_for_and_nothing_acknowledged_is_lost() {
    if Back::of_this_run() == Back::Sqlite {
        return;
    }
    let cluster = Cluster::start();
    let served = Served::on(&cluster);
    let (inspector, office) =
        (served.signs_in("inspector01").await, served.signs_in("office").await);
    let first = served.reports(&inspector, 1).await;
    let (over, after) = tokio::sync::watch::channel(false);
    let sends = async || {
        let mut acknowledged = Vec::new();
        while !*after.borrow() {
            acknowledged.extend(served.reports(&inspector, 1).await);
        }
        acknowledged.extend(served.reports(&inspector, AFTER).await);
        acknowledged
    };
    let crashes = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        tokio::task::block_in_place(|| cluster.crashes());
        over.send(true).unwrap();
    };
    let senders = async {
        let (one, two, three) = tokio::join!(sends(), sends(), sends());
        [one, two, three].concat()
    };
    let (acknowledged, ()) = tokio::join!(senders, crashes);
    let all: Vec<Uuid> = acknowledged.into_iter().chain(first).collect();
    assert!(all.len() > SENDERS * AFTER, "some before the crash: {}", all.len());
    for id in &all {
        let path = format!("/reports/{id}");
        served.insists(|| served.request(Method::GET, &path, &office)).await;
    }
    // News is heard again: a poll that waits does not wait for its end.
    let page = served.insists(|| served.request(Method::GET, "/changes?limit=1000", &office)).await;
    let after = page["next"].as_str().unwrap();
    let path = format!("/changes?wait=60&after={after}");
    let waits = served.sends(served.request(Method::GET, &path, &office));
    let news = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        served.reports(&inspector, 1).await
    };
    let (heard, told) =
        tokio::time::timeout(Duration::from_secs(50), async { tokio::join!(waits, news) })
            .await
            .expect("it is not heard");
    assert_eq!(told.len(), 1);
    assert!(!heard.ok()["changes"].as_array().unwrap().is_empty());
}
