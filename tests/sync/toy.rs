//! A server that is none: it answers whatever a test says, and remembers what it was sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What arrived on one connection.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub bytes: Vec<u8>,
    /// The other side closed it, or broke it off.
    pub ended: bool,
}

/// Answers by first line.
type Answers = Arc<dyn Fn(&str) -> String + Send + Sync>;

pub struct Toy {
    pub address: SocketAddr,
    lines: Arc<Mutex<Vec<Line>>>,
    accepting: JoinHandle<()>,
}

impl Toy {
    /// One that answers every request the same.
    pub async fn start() -> Self {
        Self::answering(|_| json("{\"ok\":true}")).await
    }

    pub async fn answering(answers: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let lines: Arc<Mutex<Vec<Line>>> = Arc::default();
        let (kept, answers): (_, Answers) = (Arc::clone(&lines), Arc::new(answers));
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = {
                    let mut kept = kept.lock().unwrap();
                    kept.push(Line::default());
                    kept.len() - 1
                };
                tokio::spawn(serve(stream, Arc::clone(&kept), number, Arc::clone(&answers)));
            }
        });
        Self { address, lines, accepting }
    }

    /// What arrived so far, connection by connection.
    pub fn lines(&self) -> Vec<Line> {
        self.lines.lock().unwrap().clone()
    }

    /// What arrived, once so many connections have ended.
    pub async fn ended(&self, count: usize) -> Vec<Line> {
        loop {
            let lines = self.lines();
            if lines.iter().filter(|line| line.ended).count() >= count {
                return lines;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Toy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// An answer with this body.
pub fn json(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

async fn serve(
    mut stream: TcpStream,
    lines: Arc<Mutex<Vec<Line>>>,
    number: usize,
    answers: Answers,
) {
    let (mut unread, mut piece) = (Vec::new(), vec![0; 8192]);
    while let Ok(read @ 1..) = stream.read(&mut piece).await {
        lines.lock().unwrap()[number].bytes.extend(&piece[..read]);
        unread.extend(&piece[..read]);
        while let Some((first, rest)) = whole(&unread) {
            unread = rest;
            if stream.write_all(answers(&first).as_bytes()).await.is_err() {
                break;
            }
        }
    }
    lines.lock().unwrap()[number].ended = true;
}

/// The first line of a whole request, and what comes behind it.
fn whole(bytes: &[u8]) -> Option<(String, Vec<u8>)> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let head = text.find("\r\n\r\n")? + 4;
    let length = text[..head].lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    let end = head + length.unwrap_or(0);
    let first = text.lines().next().unwrap_or_default().to_owned();
    (bytes.len() >= end).then(|| (first, bytes[end..].to_vec()))
}
