//! What counts as an answer.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde_json::Value;

/// However long Retry-After says, a client looks again after this: a proxy's clock may be wrong.
const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// An answer of the API itself that says yes.
#[derive(Debug, Clone)]
pub struct Reply {
    /// 200 to 299.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body; null where it has none.
    pub body: Value,
}

impl Reply {
    /// A header that is a number, such as `Upload-Offset`.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.headers.get(name)?.to_str().ok()?.trim().parse().ok()
    }
}

/// Anything that is no yes.
#[derive(Debug, Clone)]
pub enum Miss {
    /// The API said no: a problem of RFC 9457.
    Refused {
        /// Its status.
        status: u16,
        /// Its stable code.
        code: String,
        /// The whole problem.
        problem: Value,
        /// The headers.
        headers: Box<HeaderMap>,
    },
    /// Nothing of the API's came back, so nobody knows whether the request arrived.
    Silence {
        /// What came instead, in a word.
        why: String,
        /// The status of whoever answered instead: a proxy's 413 says that a smaller piece may pass.
        status: Option<u16>,
        /// How long whoever answered instead asks to wait.
        wait: Option<Duration>,
    },
    /// The phone itself could not: its disk, its file.
    Own(String),
}

impl From<std::io::Error> for Miss {
    fn from(error: std::io::Error) -> Self {
        Self::Own(error.to_string())
    }
}

impl From<serde_json::Error> for Miss {
    fn from(error: serde_json::Error) -> Self {
        Self::Own(error.to_string())
    }
}

impl From<reqwest::Error> for Miss {
    fn from(error: reqwest::Error) -> Self {
        Self::silence(&error.to_string())
    }
}

impl Miss {
    /// Nothing came back, for this reason.
    pub fn silence(why: &str) -> Self {
        Self::Silence { why: why.to_owned(), status: None, wait: None }
    }

    /// How long the server asks to wait.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::Refused { headers, .. } => retry_after(headers),
            Self::Silence { wait, .. } => *wait,
            Self::Own(_) => None,
        }
    }

    /// Whether the API said no with this status.
    pub fn is(&self, asked: u16) -> bool {
        matches!(self, Self::Refused { status, .. } if *status == asked)
    }

    /// In a few words, for whoever looks at the queue.
    pub fn reason(&self) -> String {
        match self {
            Self::Refused { status, code, .. } => format!("{status} {code}"),
            Self::Silence { why, .. } | Self::Own(why) => why.clone(),
        }
    }

    /// How final a no of the API is.
    pub fn weight(&self) -> Weight {
        let Self::Refused { status, code, .. } = self else { return Weight::Later };
        match (*status, code.as_str()) {
            (401 | 408 | 423 | 425 | 429 | 460 | 500..=599, _)
            | (400, "body-broken-off" | "upload-broken-off") => Weight::Later,
            // Somebody on the way may have cut or bent the body that the API refuses; an upload that is
            // over has a new address in the next receipt.
            (400 | 403 | 410 | 413 | 415, _)
            | (404, "tus-404")
            | (_, "photo-digest-mismatch" | "photo-length-mismatch" | "photo-before-report") => {
                Weight::IfRepeated
            }
            _ => Weight::Final,
        }
    }
}

/// How final a no is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Try again.
    Later,
    /// Believe it when it has been said [`BELIEVED_AFTER`] times.
    IfRepeated,
    /// It stands.
    Final,
}

/// So often a no that may be somebody else's fault must have been said.
pub const BELIEVED_AFTER: u32 = 3;

/// `Retry-After` in seconds (RFC 9110, 10.2.3); a date is not read, since the phone's own clock is no
/// measure for it.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// Reads what came back. Only what is marked as the API's own is believed: JSON, a problem, or, without
/// a body, what tus says or a plain "done".
pub fn read(status: u16, headers: HeaderMap, bytes: &[u8]) -> Result<Reply, Miss> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
    let media_type = header("content-type").split(';').next().unwrap_or("").trim().to_owned();
    let is_tus = !header("tus-resumable").is_empty();
    let json = || serde_json::from_slice::<Value>(bytes).ok();
    let silence =
        |why: String| Err(Miss::Silence { why, status: Some(status), wait: retry_after(&headers) });
    match (status, media_type.as_str()) {
        (200..=299, "application/json") => match json() {
            Some(body) => Ok(Reply { status, headers, body }),
            None => silence("half an answer".to_owned()),
        },
        (200 | 201 | 204, _) if is_tus => Ok(Reply { status, headers, body: Value::Null }),
        // Such as an answer to HEAD, which has no body to carry a problem.
        (400..=599, _) if is_tus && bytes.is_empty() => {
            let code = format!("tus-{status}");
            Err(Miss::Refused { status, code, problem: Value::Null, headers: Box::new(headers) })
        }
        (400..=599, "application/problem+json") => match json() {
            Some(problem) if problem["code"].is_string() => {
                let code = problem["code"].as_str().unwrap_or_default().to_owned();
                Err(Miss::Refused { status, code, problem, headers: Box::new(headers) })
            }
            _ => silence("half an answer".to_owned()),
        },
        _ => silence(format!("{status} {media_type}, not of the API")),
    }
}
