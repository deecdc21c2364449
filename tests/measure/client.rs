//! A thin HTTP/1.1 client over one kept connection: a general one would take more of the processors
//! than the server that is measured.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::Outcome;

/// One client of one account.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    token: String,
    connection: Option<BufReader<TcpStream>>,
    sending: Vec<u8>,
}

/// What the server said.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// The ETag, as it came.
    pub etag: Option<String>,
    /// Seconds to wait, where it says so.
    pub retry_after: Option<u64>,
    /// The body.
    pub body: Vec<u8>,
    /// From the first byte sent to the last received.
    pub took: Duration,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Outcome<Value> {
        Ok(serde_json::from_slice(&self.body)?)
    }

    /// The body as JSON where the status is one of success; else what the server said.
    pub fn good(self, what: &str) -> Outcome<Value> {
        if (200..300).contains(&self.status) {
            return self.json();
        }
        Err(format!("{what}: {} {}", self.status, String::from_utf8_lossy(&self.body)).into())
    }

    /// The stable code of the problem, or the status.
    pub fn code(&self) -> String {
        let code = self.json().ok().and_then(|problem| Some(problem["code"].as_str()?.to_owned()));
        code.unwrap_or_else(|| self.status.to_string())
    }
}

/// What of an answer's head matters.
struct Head {
    status: u16,
    etag: Option<String>,
    retry_after: Option<u64>,
    length: Option<usize>,
    chunked: bool,
    closes: bool,
}

impl Client {
    /// A client that shows this access token; an empty one is not shown.
    pub fn new(address: SocketAddr, token: &str) -> Self {
        Self { address, token: token.to_owned(), connection: None, sending: Vec::new() }
    }

    /// Another connection of the same account.
    pub fn another(&self) -> Self {
        Self::new(self.address, &self.token)
    }

    /// GET below the API's base path.
    pub async fn get(&mut self, path: &str) -> Outcome<Answer> {
        self.send("GET", path, "", b"").await
    }

    /// PUT of a JSON body.
    pub async fn put(&mut self, path: &str, body: &str) -> Outcome<Answer> {
        self.send("PUT", path, "Content-Type: application/json\r\n", body.as_bytes()).await
    }

    /// POST of a JSON body with more headers, each ended by CR LF.
    pub async fn post(&mut self, path: &str, headers: &str, body: &Value) -> Outcome<Answer> {
        let headers = format!("Content-Type: application/json\r\n{headers}");
        self.send("POST", path, &headers, body.to_string().as_bytes()).await
    }

    /// Any request. A kept connection that the server closed meanwhile is opened again once; a new
    /// one that fails is an error.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> Outcome<Answer> {
        let began = Instant::now();
        self.prepare(method, path, headers, body);
        if let Some(kept) = self.connection.take()
            && let Ok(answer) = self.exchange(kept, began).await
        {
            return Ok(answer);
        }
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        self.exchange(BufReader::new(stream), began).await
    }

    fn prepare(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) {
        self.sending.clear();
        let authorization = match self.token.as_str() {
            "" => String::new(),
            token => format!("Authorization: Bearer {token}\r\n"),
        };
        let head = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nHost: {}\r\n{authorization}{headers}Content-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        self.sending.extend_from_slice(head.as_bytes());
        self.sending.extend_from_slice(body);
    }

    async fn exchange(
        &mut self,
        mut stream: BufReader<TcpStream>,
        began: Instant,
    ) -> Outcome<Answer> {
        // A server may refuse before it has read everything: its answer counts, not the broken pipe.
        let sent = stream.write_all(&self.sending).await;
        let head = head(&mut stream).await?;
        let body = body(&mut stream, &head).await?;
        let Head { status, etag, retry_after, closes, .. } = head;
        if sent.is_ok() && !closes {
            self.connection = Some(stream);
        }
        Ok(Answer { status, etag, retry_after, body, took: began.elapsed() })
    }
}

async fn line(stream: &mut BufReader<TcpStream>) -> Outcome<String> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Err("the connection was closed".into());
    }
    Ok(line)
}

async fn head(stream: &mut BufReader<TcpStream>) -> Outcome<Head> {
    let first = line(stream).await?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| format!("no status line: {first:?}"))?;
    let mut head =
        Head { status, etag: None, retry_after: None, length: None, chunked: false, closes: false };
    loop {
        let line = line(stream).await?;
        let Some((name, value)) = line.split_once(':') else { return Ok(head) };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => head.length = value.parse().ok(),
            "transfer-encoding" => head.chunked = value.eq_ignore_ascii_case("chunked"),
            "connection" => head.closes = value.eq_ignore_ascii_case("close"),
            "retry-after" => head.retry_after = value.parse().ok(),
            "etag" => head.etag = Some(value.to_owned()),
            _ => {}
        }
    }
}

async fn body(stream: &mut BufReader<TcpStream>, head: &Head) -> Outcome<Vec<u8>> {
    if !head.chunked {
        let mut body = vec![0; head.length.unwrap_or(0)];
        stream.read_exact(&mut body).await?;
        return Ok(body);
    }
    let mut body = Vec::new();
    loop {
        let size = usize::from_str_radix(line(stream).await?.trim(), 16)?;
        let mut chunk = vec![0; size + 2];
        stream.read_exact(&mut chunk).await?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}
