//! The disk fills up: what was acknowledged stays, what cannot be kept is refused, and once there is room
//! again everything goes on by itself.
//!
//! The program runs on a small disk of its own, a tmpfs that only it has mounted.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use support::{Answer, Back, Draft, PASSWORD, Picture, Program, Running, TestApp, report};
use zhoubian::backup::Place;

const SETTINGS: &str = "[operations]\nmin_free_mib = 0\n[rates]\naccount_per_second = 0\n";
/// Makes the small disk, copies the installation to it, and becomes the program.
const CONFINED: &str = "set -e; from=$1; small=$1/small; options=$2; shift 2; \
     mount -t tmpfs -o \"$options\" tmpfs \"$small\"; \
     find \"$from\" -mindepth 1 -maxdepth 1 ! -name small -exec cp -a {} \"$small/\" \\;; exec \"$@\"";

/// The program on its small disk, and somebody signed in.
struct Small {
    _running: Running,
    /// The disk, as it is seen from outside.
    disk: PathBuf,
    base: String,
    client: reqwest::Client,
    token: String,
}

impl Small {
    /// Starts it on a copy of a town's installation.
    async fn start(town: &TestApp, options: &str) -> Self {
        let Place { data, .. } = town.place();
        std::fs::write(data.join("zhoubian.toml"), SETTINGS).unwrap();
        let small = data.join("small");
        std::fs::create_dir(&small).unwrap();
        let running = Running::start(confined(town, &small, options), drop).unwrap();
        let disk = PathBuf::from(format!("/proc/{}/root{}", running.id(), small.display()));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let base = format!("http://{}/api/v1", running.address);
        let mut small = Self { _running: running, disk, base, client, token: String::new() };
        let signing_in = small.request(Method::POST, "/sessions");
        let signing_in = signing_in.json(&json!({"login": "ana", "password": PASSWORD}));
        let session = small.sends(signing_in).await.ok();
        session["access_token"].as_str().unwrap().clone_into(&mut small.token);
        small
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let path = path.split_once("/api/v1").map_or(path, |(_, path)| path);
        self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    async fn sends(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.expect("the server does not answer")).await
    }

    async fn submits(&self, draft: &Draft) -> Answer {
        let path = format!("/reports/{}", draft.id);
        self.sends(self.request(Method::PUT, &path).json(&draft.json())).await
    }

    async fn puts(&self, picture: &Picture) -> Answer {
        let path = format!("/photos/{}", picture.sha256());
        let request = self.request(Method::PUT, &path).header("content-type", "image/jpeg");
        self.sends(request.body(picture.bytes.clone())).await
    }

    /// The durable offset of an upload.
    async fn offset(&self, url: &str) -> usize {
        let request = self.request(Method::HEAD, url).header("tus-resumable", "1.0.0");
        let answer = self.sends(request).await;
        assert_eq!(answer.status, 200);
        answer.header("upload-offset").parse().unwrap()
    }

    async fn sends_part(&self, url: &str, bytes: &[u8], from: usize, until: usize) -> Answer {
        let request = self
            .request(Method::PATCH, url)
            .header("tus-resumable", "1.0.0")
            .header("content-type", "application/offset+octet-stream")
            .header("upload-offset", from);
        self.sends(request.body(bytes[from..until].to_vec())).await
    }

    async fn is_here(&self, picture: &Picture) {
        let answer =
            self.sends(self.request(Method::GET, &format!("/photos/{}", picture.sha256()))).await;
        assert!(answer.bytes == picture.bytes, "{} {}", answer.status, answer.body);
    }

    /// Leaves not a byte free.
    fn fill(&self) {
        let mut filler = File::create(self.disk.join("filler")).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Leaves no room for another file.
    fn fill_with_files(&self) {
        let folder = self.disk.join("filler");
        std::fs::create_dir(&folder).unwrap();
        let mut number = 0;
        while File::create(folder.join(number.to_string())).is_ok() {
            number += 1;
        }
    }

    fn make_room(&self) {
        let filler = self.disk.join("filler");
        if filler.is_dir() {
            std::fs::remove_dir_all(filler).unwrap();
        } else {
            std::fs::remove_file(filler).unwrap();
        }
    }
}

fn confined(town: &TestApp, small: &Path, options: &str) -> Command {
    let url = match Back::of_this_run() {
        Back::Sqlite => format!("sqlite:{}", small.join("zhoubian.db").display()),
        Back::Postgres => support::url(&town.database),
    };
    let served = Program::find().unwrap().serving(small, &url);
    let mut command = Command::new("unshare");
    // Whoever is not root is root of what they unshare.
    command.args(if is_root() { &["--mount"][..] } else { &["--map-root-user", "--mount"] });
    command.args(["sh", "-c", CONFINED, "sh"]).arg(town.place().data).arg(options);
    command.arg(served.get_program()).args(served.get_args());
    support::without_settings(&mut command);
    command.stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// Waits until it says where it listens.
/// A JPEG of some 200 KB, unlike any other.
fn large() -> Picture {
    Picture::jpeg_of(200_000)
}

fn upload_url(receipt: &Value) -> String {
    receipt["photos"][0]["upload_url"].as_str().unwrap().to_owned()
}

/// Says that it was refused for want of room, and when to come again.
fn is_refused_for_room(answer: &Answer) {
    answer.is_problem(507, "storage-full");
    assert!(answer.header("retry-after").parse::<u32>().is_ok(), "no Retry-After");
}

/// Case 28: the disk is full.
#[tokio::test]
async fn a_full_disk_loses_nothing_and_the_server_goes_on_once_there_is_room() {
    let town = TestApp::start().await;
    let small = Small::start(&town, "size=64m").await;
    let (whole, half, refused) = (large(), large(), large());
    let draft = |number, picture| report().at(town.spot(number)).picture(picture);
    small.submits(&draft(0, &whole)).await.ok();
    small.puts(&whole).await.ok();
    let url = upload_url(&small.submits(&draft(3, &half)).await.ok());
    assert_eq!(small.sends_part(&url, &half.bytes, 0, 100_000).await.status, 204);
    small.submits(&draft(6, &refused)).await.ok();

    small.fill();
    is_refused_for_room(&small.sends_part(&url, &half.bytes, 100_000, half.bytes.len()).await);
    is_refused_for_room(&small.puts(&refused).await);
    // A database that lies elsewhere, or has room left in its files, takes reports all the while.
    let mut acknowledged = Vec::new();
    for number in 7..27 {
        let draft = report().at(town.spot(number % 9)).unsorted();
        let answer = small.submits(&draft).await;
        if answer.status == 201 {
            acknowledged.push(draft.id);
        } else {
            is_refused_for_room(&answer);
        }
    }
    let offset = small.offset(&url).await;
    assert!((100_000..=half.bytes.len()).contains(&offset), "{offset}");
    small.is_here(&whole).await;

    small.make_room();
    let ended = small.sends_part(&url, &half.bytes, offset, half.bytes.len()).await;
    assert_eq!(ended.status, 204, "{}", ended.body);
    small.puts(&refused).await.ok();
    for picture in [&whole, &half, &refused] {
        small.is_here(picture).await;
    }
    for id in acknowledged {
        small.sends(small.request(Method::GET, &format!("/reports/{id}"))).await.ok();
    }
    small.submits(&report().at(town.spot(0)).unsorted()).await.ok();
}

/// Case 28: the disk has no room for another file.
#[tokio::test]
async fn a_disk_without_room_for_another_file_loses_nothing() {
    let town = TestApp::start().await;
    let small = Small::start(&town, "size=64m,nr_inodes=400").await;
    let (half, refused) = (large(), large());
    let draft = |number, picture| report().at(town.spot(number)).picture(picture);
    let url = upload_url(&small.submits(&draft(0, &half)).await.ok());
    assert_eq!(small.sends_part(&url, &half.bytes, 0, 100_000).await.status, 204);
    let next = upload_url(&small.submits(&draft(3, &refused)).await.ok());

    small.fill_with_files();
    is_refused_for_room(&small.sends_part(&next, &refused.bytes, 0, 1_000).await);
    is_refused_for_room(&small.puts(&refused).await);
    // What has its file goes on.
    assert_eq!(small.sends_part(&url, &half.bytes, 100_000, 150_000).await.status, 204);
    assert_eq!(small.offset(&url).await, 150_000);

    small.make_room();
    for (url, picture, from) in [(&url, &half, 150_000), (&next, &refused, 0)] {
        let length = picture.bytes.len();
        assert_eq!(small.sends_part(url, &picture.bytes, from, length).await.status, 204);
    }
    for picture in [&half, &refused] {
        small.is_here(picture).await;
    }
}
