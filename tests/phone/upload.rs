//! A photo's bytes on their way: by tus where the receipt's address is one, else in one piece.

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::account::Session;
use super::answer::{Miss, Reply};
use super::folder::Folder;
use super::http::{Heard, Http};
use super::tus;

/// How photos are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `PUT /photos/{sha256}`: all in one.
    Whole,
    /// tus 1.0 at the address in the receipt.
    Tus {
        /// Bytes of a piece.
        piece: usize,
        /// Whether each piece carries its SHA-256.
        checksum: bool,
        /// Whether to ask for the address with POST instead, as a client does that lost it.
        ask: bool,
    },
}

/// Whoever asks: a session and the way to the server.
#[derive(Debug)]
pub struct Caller<'a> {
    /// The way.
    pub http: &'a Http,
    /// Where the session's tokens are kept.
    pub folder: &'a Folder,
    /// The session.
    pub session: &'a mut Session,
}

impl Caller<'_> {
    /// Sends a request with a good token.
    pub async fn send(&mut self, request: RequestBuilder) -> Result<Reply, Miss> {
        self.session.send(self.http, self.folder, request).await
    }
}

/// A photo as the receipt lists it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub photo_id: String,
    /// SHA-256, hex.
    pub sha256: String,
    /// Its state: anything but `announced` and `receiving` says that the bytes are there.
    pub state: String,
    /// Where to send it.
    pub upload_url: String,
    /// The report that announces it.
    pub report: String,
}

impl Line {
    /// Reads a receipt's lines.
    pub fn all(receipt: &Value) -> Vec<Self> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let photos = receipt["photos"].as_array().map(Vec::as_slice).unwrap_or_default();
        let line = |line: &Value| Self {
            photo_id: text(&line["photo_id"]),
            sha256: text(&line["sha256"]),
            state: text(&line["state"]),
            upload_url: text(&line["upload_url"]),
            report: text(&receipt["id"]),
        };
        photos.iter().map(line).collect()
    }

    /// Whether its bytes are there. A state that this client does not know (a newer server's) is not
    /// taken for a yes: sending again is harmless, believing is not.
    pub fn is_there(&self) -> bool {
        ["stored", "ready", "unreadable"].contains(&self.state.as_str())
    }
}

/// Sends a photo. That it is there is said by the next receipt.
pub async fn send(
    way: Way,
    caller: &mut Caller<'_>,
    line: &Line,
    bytes: Vec<u8>,
) -> Result<(), Miss> {
    match way {
        Way::Tus { piece, checksum, ask } if line.upload_url.contains("/uploads/") => {
            let url = if ask {
                tus::create(caller, line, bytes.len()).await?
            } else {
                line.upload_url.clone()
            };
            tus::send(caller, &url, &bytes, piece, checksum).await
        }
        _ => whole(caller, &line.sha256, bytes).await,
    }
}

/// `PUT /photos/{sha256}`; its answer is an acknowledgement by itself.
pub async fn whole(caller: &mut Caller<'_>, sha256: &str, bytes: Vec<u8>) -> Result<(), Miss> {
    let length = bytes.len() as u64;
    let request = caller.http.request(Method::PUT, &format!("/photos/{sha256}"));
    let request = request.header("content-type", "image/jpeg").body(bytes);
    let reply = caller.send(request).await?;
    if reply.body["sha256"] != *sha256 {
        return Err(Miss::silence("an answer about something else"));
    }
    let account = caller.session.account();
    caller.http.heard(&Heard::Photo { account, sha256: sha256.to_owned(), bytes: length });
    Ok(())
}
