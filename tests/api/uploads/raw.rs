//! A connection that does what no client should: it says one thing and sends another, or nothing.

use std::time::Duration;

use support::TestApp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::sender::{PART, Sender};

/// A request whose body is still to be sent, or never.
pub struct Raw(TcpStream);

impl Raw {
    /// Begins a PATCH that says its body has this length; none for chunks.
    pub async fn begin(of: &Sender<'_>, offset: usize, length: Option<usize>) -> Self {
        let token = of.who.token();
        Self::begin_with(of, &token, offset, length).await
    }

    /// The same with this token.
    pub async fn begin_with(
        of: &Sender<'_>,
        token: &str,
        offset: usize,
        length: Option<usize>,
    ) -> Self {
        let (_, rest) = of.url.split_once("://").unwrap();
        let (host, path) = rest.split_once('/').unwrap();
        let length = match length {
            Some(length) => format!("content-length: {length}"),
            None => "transfer-encoding: chunked".to_owned(),
        };
        let head = format!(
            "PATCH /{path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
             tus-resumable: 1.0.0\r\nupload-offset: {offset}\r\ncontent-type: {PART}\r\n{length}\r\n\r\n"
        );
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        Self(stream)
    }

    /// Sends more of the body.
    pub async fn sends(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// Sends a chunk.
    pub async fn sends_chunk(&mut self, bytes: &[u8]) {
        let head = format!("{:x}\r\n", bytes.len());
        self.sends(&[head.as_bytes(), bytes, b"\r\n"].concat()).await;
    }

    /// The answer's first line and headers, in lower case; empty where the connection ends without one.
    pub async fn hears(&mut self) -> String {
        let (mut said, mut buffer) = (Vec::new(), [0; 4_096]);
        let read = async {
            while !said.windows(4).any(|end| end == b"\r\n\r\n") {
                match self.0.read(&mut buffer).await {
                    Ok(count @ 1..) => said.extend_from_slice(&buffer[..count]),
                    _ => break,
                }
            }
        };
        tokio::time::timeout(Duration::from_mins(1), read).await.expect("no answer");
        String::from_utf8_lossy(&said).to_lowercase()
    }
}

/// Waits until so many requests write uploads, and a moment longer: one is counted just before it takes
/// its turn.
pub async fn until_under_way(town: &TestApp, count: usize) {
    for _ in 0..6_000 {
        if town.app.uploads.under_way() == count {
            return a_moment().await;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} requests write uploads, not {count}", town.app.uploads.under_way());
}

/// Gives the server time to read what was sent to it; nothing depends on how much.
pub async fn a_moment() {
    tokio::time::sleep(Duration::from_millis(300)).await;
}
