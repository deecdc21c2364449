//! Requests: one base address, no redirects, a bound on every wait.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, redirect};
use serde_json::Value;
use uuid::Uuid;

use super::answer::{Miss, Reply, read};

/// Something that the server has acknowledged: from here on losing it is the server's fault.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// A report is there.
    Report {
        /// Its id.
        id: Uuid,
        /// The issue that it is said to be in.
        issue: i64,
        /// The body that was sent, without what differs from one attempt to the next.
        body: Value,
    },
    /// A photo's bytes are there, by a receipt or by the answer to its upload.
    Photo {
        /// The account that sent it.
        account: i64,
        /// SHA-256, hex.
        sha256: String,
        /// Length in bytes.
        bytes: u64,
    },
    /// A command was done.
    Command {
        /// Its id.
        id: Uuid,
        /// The issue.
        issue: i64,
        /// The issue's version with it.
        version: i64,
        /// What it was.
        verb: String,
    },
}

/// Told of every acknowledgement at the moment it is heard, before anything is done about it.
pub type Listener = Arc<dyn Fn(&Heard) + Send + Sync>;

/// The way to one server.
#[derive(Clone)]
pub struct Http {
    client: Client,
    base: String,
    listener: Listener,
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Http {
    /// The way to a server at this address, such as `https://zhoubian.example`. No answer takes longer
    /// than `patience`: a half-open connection says nothing, for ever.
    pub fn new(base: &str, patience: Duration) -> Result<Self, Miss> {
        let client = Client::builder()
            .no_proxy()
            // A captive portal's redirect would carry the token and the body to it.
            .redirect(redirect::Policy::none())
            .connect_timeout(patience.min(Duration::from_secs(5)))
            .timeout(patience)
            .pool_idle_timeout(Duration::from_secs(2))
            .build()?;
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self { client, base, listener: Arc::new(|_| ()) })
    }

    /// With somebody to tell of what is acknowledged.
    #[must_use]
    pub fn telling(self, listener: Listener) -> Self {
        Self { listener, ..self }
    }

    /// Tells them.
    pub fn heard(&self, heard: &Heard) {
        (self.listener)(heard);
    }

    /// A request below `/api/v1`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/api/v1{path}", self.base))
    }

    /// A request to an address that the server gave: its path, at the base that this client was set up
    /// with. The server may not know by which name it is reached, and a token has one origin.
    pub fn request_to(&self, method: Method, given: &str) -> RequestBuilder {
        let path = match given.split_once("://") {
            Some((_scheme, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => given,
        };
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Sends it, and reads the answer to its end.
    pub async fn send(&self, request: RequestBuilder) -> Result<Reply, Miss> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?;
        read(status, headers, &bytes)
    }
}
