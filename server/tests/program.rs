//! The program itself, as a process of its own.

#![cfg(all(unix, feature = "sqlite"))]
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

/// A folder that goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = format!("zhoubian_{}", uuid::Uuid::new_v4().simple());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn program(words: &[&str], data: &Folder) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhoubian"));
    command.args(words).arg("--data").arg(&data.0).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ZHOUBIAN_")) {
        command.env_remove(name);
    }
    command
}

fn run(words: &[&str], data: &Folder) -> Output {
    program(words, data).output().unwrap()
}

struct Server {
    child: Child,
    lines: Lines<BufReader<ChildStderr>>,
    address: String,
    metrics: String,
}

impl Server {
    fn start(data: &Folder, notice: &str) -> Self {
        let mut child =
            program(&["serve", "--port", "0", "--metrics-address", "127.0.0.1:0"], data)
                .env("ZHOUBIAN_OPERATIONS_DRAIN_NOTICE_S", notice)
                .env("ZHOUBIAN_OPERATIONS_MIN_FREE_MIB", "0")
                .env("ZHOUBIAN_LOG_FORMAT", "json")
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut after = |what: &str| loop {
            let line = lines.next().unwrap().unwrap();
            if let Some((_, rest)) = line.split_once(what) {
                return rest.trim().to_owned();
            }
        };
        let metrics = after("metrics on http://").replace("/metrics", "");
        let address = after("listens on http://");
        Self { child, lines, address, metrics }
    }

    fn tell(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(told.unwrap().success());
    }

    fn begin(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn status(&self, path: &str) -> String {
        let request =
            format!("GET /api/v1{path} HTTP/1.1\r\nHost: zhoubian\r\nConnection: close\r\n\r\n");
        rest(self.begin(&request))[9..12].to_owned()
    }

    /// How it ended, and what it logged.
    fn ended(&mut self) -> (Option<i32>, Vec<String>) {
        let logged = self.lines.by_ref().map_while(Result::ok).collect();
        (self.child.wait().unwrap().code(), logged)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn rest(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_server_told_to_end_finishes_what_it_began() {
    let data = Folder::new();
    let mut server = Server::start(&data, "1");
    assert_eq!(server.status("/readiness"), "200");
    let body = "{\"login\":\"zhangmin\",\"password\":\"not the right one\",\"device\":\"Redmi\"}";
    let head = format!(
        "POST /api/v1/sessions HTTP/1.1\r\nHost: zhoubian\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut under_way = server.begin(&format!("{head}{}", &body[..10]));
    server.tell("-TERM");
    // From the first moment on, though the signal takes a moment to arrive.
    while server.status("/readiness") == "200" {}
    assert_eq!(server.status("/health"), "200");
    under_way.write_all(&body.as_bytes()[10..]).unwrap();
    assert!(rest(under_way).starts_with("HTTP/1.1 401"));
    let (code, logged) = server.ended();
    assert_eq!(code, Some(0));
    // Lines of the program itself aside, the log is JSON, and of nobody.
    let objects: Vec<&String> = logged.iter().filter(|line| line.starts_with('{')).collect();
    assert!(!objects.is_empty());
    for line in objects {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(object["timestamp"].is_string() && object["level"].is_string(), "{line}");
        assert!(!line.contains("zhangmin") && !line.contains("Redmi"), "{line}");
    }
}

#[test]
fn a_server_told_twice_ends_at_once() {
    let data = Folder::new();
    let mut server = Server::start(&data, "600");
    server.tell("-TERM");
    while server.status("/readiness") == "200" {}
    server.tell("-TERM");
    assert_eq!(server.ended().0, Some(1));
}

#[test]
fn metrics_are_read_on_an_address_of_their_own() {
    let data = Folder::new();
    let server = Server::start(&data, "0");
    assert_eq!(server.status("/health"), "200");
    let mut stream = TcpStream::connect(&server.metrics).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: z\r\nConnection: close\r\n\r\n").unwrap();
    let page = rest(stream);
    assert!(page.contains("route=\"/api/v1/health\",status=\"200\"} 1"), "{page}");
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: z\r\nConnection: close\r\n\r\n").unwrap();
    assert!(!rest(stream).contains("zhoubian_requests_total"), "only there");
}

#[test]
fn mistakes_in_the_configuration_are_told_all_at_once_without_its_secrets() {
    let data = Folder::new();
    let file = data.0.join("zhoubian.toml");
    std::fs::write(&file, "prot = 1\ndatabase = \"mysql://u:s3cret@h/d\"\n[photos]\nworkers = 0\n")
        .unwrap();
    for command in [&["config", "check"][..], &["serve"], &["check"]] {
        let output = run(command, &data);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        for part in [
            "zhoubian.toml:1: nothing is called prot",
            "zhoubian.toml:2: database",
            "zhoubian.toml:4: photos.workers",
        ] {
            assert!(said.contains(part), "{part} is not in {said}");
        }
        assert!(!said.contains("s3cret"));
    }
    std::fs::write(&file, "port = 9\ndatabase = \"postgres://u:s3cret@h/d\"\n").unwrap();
    let output = program(&["config", "show"], &data).env("ZHOUBIAN_THREADS", "3").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(
        said.contains("zhoubian.toml:1") && said.contains("threads = 3    # ZHOUBIAN_THREADS"),
        "{said}"
    );
    assert!(said.contains("database = (hidden)") && !said.contains("s3cret"), "{said}");
    let elsewhere = ["config", "check", "--config", "/nowhere/zhoubian.toml"];
    assert_eq!(run(&elsewhere, &data).status.code(), Some(1));
}

#[test]
fn a_backup_goes_round_on_the_command_line() {
    let (data, backup, other) = (Folder::new(), Folder::new(), Folder::new());
    assert_eq!(run(&["check"], &data).status.code(), Some(1), "nothing is there yet");
    drop(Server::start(&data, "0"));
    let (to, from) = (backup.0.to_str().unwrap(), backup.0.to_str().unwrap());
    let said = |output: Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said(run(&["backup", "--to", to], &data)).contains("backed up: "));
    assert!(said(run(&["restore", "--from", from], &other)).contains("the epoch is now"));
    let report = said(run(&["check", "--json", "--backup", from], &other));
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["wrong"], serde_json::json!({}));
    assert_eq!(run(&["restore", "--from", from], &other).status.code(), Some(1), "not empty now");
    drop(Server::start(&other, "0"));
}

const UNIT: &str = include_str!("../../deploy/zhoubian.service");
const CONTAINER: &str = include_str!("../../deploy/Containerfile");

#[test]
fn the_unit_starts_the_program_in_words_that_it_knows() {
    let line = UNIT.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    assert_eq!(words[0], "serve");
    let data = Folder::new();
    // With --help everything before it is read, and nothing is started.
    let words = [&["help"], &words[..1]].concat();
    let help = String::from_utf8(run_plain(&words)).unwrap();
    for word in line.split_whitespace().filter(|word| word.starts_with("--")) {
        let flag = word.split('=').next().unwrap();
        assert!(help.contains(flag), "{flag} is not in\n{help}");
    }
    // The whole drain fits into what systemd waits.
    let seconds = UNIT.lines().find_map(|line| line.strip_prefix("TimeoutStopSec="));
    assert!(seconds.unwrap().parse::<u64>().unwrap() > 3 + 30);
    drop(data);
}

fn run_plain(words: &[&str]) -> Vec<u8> {
    Command::new(env!("CARGO_BIN_EXE_zhoubian")).args(words).output().unwrap().stdout
}

#[test]
fn what_the_container_file_copies_is_there() {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut copied = 0;
    for line in CONTAINER.lines().filter(|line| line.starts_with("COPY ")) {
        if line.contains("--from=") {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let (_, sources) = words.split_last().unwrap();
        for source in sources.iter().filter(|source| !source.starts_with("--")) {
            assert!(root.join(source).exists(), "{source} is copied and not there");
            copied += 1;
        }
    }
    assert!(copied > 5);
    let entry = CONTAINER.lines().find_map(|line| line.strip_prefix("ENTRYPOINT ")).unwrap();
    let words: Vec<String> = serde_json::from_str(entry).unwrap();
    assert!(words[0].ends_with("/zhoubian"));
}
