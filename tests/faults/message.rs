//! As much of HTTP/1.1 (RFC 9112) as it takes to tell where a message ends.

use std::io::{Error, ErrorKind, Result};

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// The largest head taken, bytes.
const MAX_HEAD: usize = 64 * 1024;

/// The head of a message.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Its bytes, the empty line included.
    pub bytes: Vec<u8>,
    /// Where its first line ends.
    pub line: usize,
    /// What follows it.
    pub body: Body,
    /// Whether the connection ends with this message.
    pub closes: bool,
}

/// How long a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// So many bytes.
    Bytes(usize),
    /// In chunks.
    Chunked,
    /// Until the connection ends.
    ToTheEnd,
}

impl Head {
    /// The method of a request, or the version of an answer.
    pub fn first_word(&self) -> &str {
        let line = std::str::from_utf8(&self.bytes[..self.line]).unwrap_or_default();
        line.split(' ').next().unwrap_or_default()
    }

    fn status(&self) -> u16 {
        let line = std::str::from_utf8(&self.bytes[..self.line]).unwrap_or_default();
        line.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0)
    }
}

/// Reads a head; none where the connection ends before it begins.
pub(super) async fn head(from: &mut (impl AsyncBufRead + Unpin)) -> Result<Option<Head>> {
    let (mut bytes, mut line) = (Vec::new(), 0);
    let (mut length, mut chunked, mut closes) = (None, false, false);
    loop {
        let start = bytes.len();
        if from.read_until(b'\n', &mut bytes).await? == 0 {
            let broken = || Err(Error::from(ErrorKind::UnexpectedEof));
            return if bytes.is_empty() { Ok(None) } else { broken() };
        }
        if bytes.len() > MAX_HEAD {
            return Err(ErrorKind::InvalidData.into());
        }
        let text = String::from_utf8_lossy(&bytes[start..]).trim().to_ascii_lowercase();
        if start == 0 {
            line = bytes.len();
        } else if text.is_empty() {
            break;
        }
        match text.split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().ok(),
            Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
            Some(("connection", value)) => closes = value.trim() == "close",
            _ => {}
        }
    }
    let body = match (chunked, length) {
        (true, _) => Body::Chunked,
        (false, Some(length)) => Body::Bytes(length),
        (false, None) => Body::ToTheEnd,
    };
    Ok(Some(Head { bytes, line, body, closes }))
}

/// The length of a request's body: none unless it says one.
pub(super) fn of_request(head: &Head) -> Result<usize> {
    match head.body {
        Body::Bytes(length) => Ok(length),
        Body::ToTheEnd => Ok(0),
        Body::Chunked => Err(ErrorKind::Unsupported.into()),
    }
}

/// Reads the body of an answer to a request with this method.
pub(super) async fn answer_body(
    head: &Head,
    method: &str,
    from: &mut (impl AsyncBufRead + Unpin),
) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    if method == "HEAD" || matches!(head.status(), 100..=199 | 204 | 304) {
        return Ok(body);
    }
    match head.body {
        Body::Bytes(length) => {
            body.resize(length, 0);
            from.read_exact(&mut body).await?;
        }
        Body::ToTheEnd => drop(from.read_to_end(&mut body).await?),
        Body::Chunked => loop {
            let start = body.len();
            from.read_until(b'\n', &mut body).await?;
            let size = String::from_utf8_lossy(&body[start..]).trim().to_owned();
            let size = usize::from_str_radix(&size, 16).map_err(Error::other)?;
            let at = body.len();
            body.resize(at + size + 2, 0);
            from.read_exact(&mut body[at..]).await?;
            if size == 0 {
                break;
            }
        },
    }
    Ok(body)
}
