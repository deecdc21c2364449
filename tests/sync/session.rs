//! The session that docs/sync.md shows.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use support::{PASSWORD, Picture, TestApp};
use tokio::process::Command;

fn read(path: &str) -> String {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::fs::read_to_string(repository.join(path)).unwrap()
}

/// The commands of the document's section, in their order.
fn shown() -> Vec<String> {
    let document = read("docs/sync.md");
    let (_, section) = document.split_once("\n## A session\n").expect("no section");
    let section = section.split("\n## ").next().unwrap_or(section);
    let blocks = section.split("\n```sh\n").skip(1);
    blocks.map(|block| block.split("\n```\n").next().unwrap_or(block).to_owned()).collect()
}

#[test]
fn the_document_shows_the_session_that_is_run() {
    let script = read("tests/sync/session.sh");
    let (_head, commands) = script.split_once("set -euo pipefail\n\n").expect("no head");
    assert_eq!(shown().join("\n\n"), commands.trim_end());
}

/// A photo of 60 KB or so, unlike one of another name: what follows a picture's end is not looked at.
fn photo(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    let picture = Picture::of_sizes().swap_remove(1);
    std::fs::write(&path, [picture.as_slice(), name.as_bytes()].concat()).unwrap();
    path
}

#[tokio::test]
async fn the_session_of_the_document_runs() {
    let town = TestApp::start().await;
    let (folder, spot) = (&town.database.folder, town.spot(0));
    let ended = Command::new("bash")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("sync/session.sh"))
        .current_dir(folder)
        .env("BASE_URL", &town.app.config.public_url)
        .env("INSPECTOR_LOGIN", "ana")
        .env("BUREAU_LOGIN", "huanwei")
        .env("PASSWORD", PASSWORD)
        .env("PHOTO", photo(folder, "before.jpg"))
        .env("AFTER_PHOTO", photo(folder, "after.jpg"))
        .env("LAT", spot.lat.to_string())
        .env("LON", spot.lon.to_string())
        // A proxy of the machine's is not for us.
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{said}{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(said, "broken off\n200\n");
    let issue = town.office().lists("").await;
    let [issue] = issue.as_slice() else { panic!("not one issue: {issue:?}") };
    let issue = town.office().sees(*issue).await;
    assert_eq!((&issue["stage"], &issue["report_count"]), (&"rectified".into(), &1.into()));
}
