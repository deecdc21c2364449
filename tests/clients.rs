//! Clients that others wrote, against our uploads: each sends a photo whole, goes on after it was killed,
//! and is told of a wrong checksum. The clients themselves are driven by `tests/clients/`.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use serde_json::{Value, json};
use support::{Person, Picture, TestApp, report};
use tokio::process::Command;

/// Bytes of a part.
const CHUNK: usize = 256 * 1024;

/// A client by its script.
#[derive(Debug, Clone, Copy)]
enum Client {
    /// tus-js-client (npm).
    TusJs,
    /// tuspy (`PyPI`).
    Tuspy,
    /// aiotus (`PyPI`).
    Aiotus,
}

impl Client {
    fn command(self, folder: &Path) -> Command {
        let (program, script) = match self {
            Self::TusJs => (PathBuf::from("node"), "tus-js.mjs"),
            Self::Tuspy => (folder.join(".venv/bin/python"), "tuspy_send.py"),
            Self::Aiotus => (folder.join(".venv/bin/python"), "aiotus_send.py"),
        };
        let mut command = Command::new(program);
        command.arg(folder.join(script));
        command
    }

    /// Whether it keeps the upload's address, and begins no upload when it goes on.
    fn keeps_address(self) -> bool {
        !matches!(self, Self::Aiotus)
    }
}

/// Five parts and a bit.
fn picture() -> Picture {
    Picture::jpeg_of(5 * CHUNK + 1_000)
}

/// A photo that is announced, on a disk of its own where a client finds it.
struct Photo {
    town: TestApp,
    ana: Person,
    picture: Picture,
    report: uuid::Uuid,
    client: Client,
}

impl Photo {
    async fn announced(client: Client) -> Self {
        let town = TestApp::start_with(|config| config.max_photo_bytes = 8 * 1024 * 1024).await;
        let (ana, picture) = (town.inspector("ana"), picture());
        let draft = report().at(town.spot(0)).picture(&picture);
        ana.submits(&draft).await.ok();
        let photo = Self { town, ana, picture, report: draft.id, client };
        std::fs::write(photo.file("photo.jpg"), &photo.picture.bytes).unwrap();
        photo
    }

    fn file(&self, name: &str) -> PathBuf {
        self.town.database.folder.join(name)
    }

    /// Has the client send it: how the client ended, and what it told.
    async fn sent(&self, mode: &str) -> (ExitStatus, Value) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients");
        let metadata = json!({
            "photo_id": self.picture.id, "sha256": self.picture.sha256(), "report": self.report,
            "filename": "photo.jpg", "filetype": "image/jpeg",
        });
        let public_url = &self.town.app.config.public_url;
        let running = self
            .client
            .command(&folder)
            .env("TUS_ENDPOINT", format!("{public_url}/api/v1/uploads/"))
            .env("TUS_TOKEN", self.ana.token())
            .env("TUS_FILE", self.file("photo.jpg"))
            .env("TUS_METADATA", metadata.to_string())
            .env("TUS_STATE", self.file("state.json"))
            .env("TUS_MODE", mode)
            .env("TUS_CHUNK", CHUNK.to_string())
            // A proxy of the machine's is not for us.
            .env("NO_PROXY", "127.0.0.1")
            .stdin(Stdio::null())
            .output();
        let ended = running.await.expect("it runs: `make setup` installs what the tests need");
        let said = String::from_utf8_lossy(&ended.stdout);
        let told = said.lines().last().map(|line| serde_json::from_str(line).unwrap());
        let complaints = String::from_utf8_lossy(&ended.stderr);
        assert!(told.is_some() || ended.status.signal().is_some(), "{said}{complaints}");
        (ended.status, told.unwrap_or_default())
    }

    async fn receipt(&self) -> Value {
        let report = self.ana.gets(&format!("/reports/{}", self.report)).await.ok();
        report["receipt"]["photos"][0].clone()
    }

    /// Says that every byte is here and belongs to the report.
    async fn is_here(&self) {
        let receipt = self.receipt().await;
        assert_ne!(receipt["state"], "announced", "{receipt}");
        assert_eq!(receipt["offset"], self.picture.bytes.len());
        let stored = self.ana.gets(&format!("/photos/{}", self.picture.sha256())).await;
        assert!(stored.bytes == self.picture.bytes, "other bytes");
    }
}

fn count(told: &Value, method: &str) -> usize {
    let answered = told["answered"].as_array().unwrap();
    answered.iter().filter(|request| request[0] == method).count()
}

async fn sends_a_photo_whole(client: Client) {
    let photo = Photo::announced(client).await;
    let (_, told) = photo.sent("whole").await;
    assert_eq!(told["done"], true, "{told}");
    assert_eq!(told["url"], photo.receipt().await["upload_url"]);
    assert_eq!((count(&told, "POST"), count(&told, "PATCH")), (1, 6), "{told}");
    photo.is_here().await;
}

async fn goes_on_after_it_was_killed(client: Client) {
    let photo = Photo::announced(client).await;
    let (ended, _) = photo.sent("killed").await;
    assert_eq!(ended.signal(), Some(9), "{ended}");
    assert_eq!(photo.receipt().await["offset"], 2 * CHUNK);
    let (_, told) = photo.sent("resume").await;
    assert_eq!(told["done"], true, "{told}");
    assert_eq!(count(&told, "POST"), usize::from(!client.keeps_address()), "{told}");
    assert_eq!(
        (count(&told, "HEAD"), count(&told, "PATCH")),
        (1, 4),
        "what is here is not sent again: {told}"
    );
    photo.is_here().await;
}

async fn is_told_of_a_wrong_checksum(client: Client) {
    let photo = Photo::announced(client).await;
    let (_, told) = photo.sent("wrong-checksum").await;
    assert_eq!(told["done"], false, "{told}");
    let answered = told["answered"].as_array().unwrap();
    assert_eq!(answered.last().unwrap(), &json!(["PATCH", 460]), "{told}");
    let receipt = photo.receipt().await;
    assert_eq!((&receipt["state"], &receipt["offset"]), (&json!("announced"), &json!(0)));
    let (_, told) = photo.sent("resume").await;
    assert_eq!(told["done"], true, "{told}");
    photo.is_here().await;
}

#[tokio::test]
async fn tus_js_client_sends_a_photo_whole() {
    sends_a_photo_whole(Client::TusJs).await;
}

#[tokio::test]
async fn tus_js_client_goes_on_after_it_was_killed() {
    goes_on_after_it_was_killed(Client::TusJs).await;
}

#[tokio::test]
async fn tus_js_client_is_told_of_a_wrong_checksum() {
    is_told_of_a_wrong_checksum(Client::TusJs).await;
}

#[tokio::test]
async fn tuspy_sends_a_photo_whole() {
    sends_a_photo_whole(Client::Tuspy).await;
}

#[tokio::test]
async fn tuspy_goes_on_after_it_was_killed() {
    goes_on_after_it_was_killed(Client::Tuspy).await;
}

#[tokio::test]
async fn tuspy_is_told_of_a_wrong_checksum() {
    is_told_of_a_wrong_checksum(Client::Tuspy).await;
}

#[tokio::test]
async fn aiotus_sends_a_photo_whole() {
    sends_a_photo_whole(Client::Aiotus).await;
}

#[tokio::test]
async fn aiotus_goes_on_after_it_was_killed() {
    goes_on_after_it_was_killed(Client::Aiotus).await;
}

#[tokio::test]
async fn aiotus_is_told_of_a_wrong_checksum() {
    is_told_of_a_wrong_checksum(Client::Aiotus).await;
}
