//! tus 1.0: HEAD for how much is there, PATCH for the next piece, POST where the address was lost.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder};
use sha2::{Digest, Sha256};

use super::answer::Miss;
use super::upload::{Caller, Line};

/// The smallest piece worth its head, for proxies that refuse larger ones.
const SMALLEST: usize = 16 * 1024;
/// Answers in a row that bring an upload no further before it is left for later.
const IN_VAIN: u32 = 4;

fn versioned(request: RequestBuilder) -> RequestBuilder {
    request.header("Tus-Resumable", "1.0.0")
}

/// Asks for the upload of a photo: the same address each time, for whoever lost it.
pub async fn create(caller: &mut Caller<'_>, line: &Line, length: usize) -> Result<String, Miss> {
    let pair = |name: &str, value: &str| format!("{name} {}", STANDARD.encode(value));
    let metadata = [
        pair("photo_id", &line.photo_id),
        pair("sha256", &line.sha256),
        pair("report", &line.report),
    ];
    let request = versioned(caller.http.request(Method::POST, "/uploads"))
        .header("Upload-Length", length)
        .header("Upload-Metadata", metadata.join(","));
    let reply = caller.send(request).await?;
    let location = reply.headers.get("location").and_then(|value| value.to_str().ok());
    location.map(str::to_owned).ok_or_else(|| Miss::silence("no Location"))
}

/// How many bytes are there, durably.
async fn offset(caller: &mut Caller<'_>, url: &str) -> Result<usize, Miss> {
    let request = versioned(caller.http.request_to(Method::HEAD, url));
    let reply = caller.send(request).await?;
    let offset = reply.number("upload-offset").and_then(|offset| usize::try_from(offset).ok());
    offset.ok_or_else(|| Miss::silence("no Upload-Offset"))
}

/// Sends what is missing. Returns once HEAD says that everything is there.
pub async fn send(
    caller: &mut Caller<'_>,
    url: &str,
    bytes: &[u8],
    mut piece: usize,
    checksum: bool,
) -> Result<(), Miss> {
    let (mut at, mut in_vain) = (offset(caller, url).await?, 0);
    while at < bytes.len() {
        let end = bytes.len().min(at + piece.max(SMALLEST));
        let went = patch(caller, url, at, &bytes[at..end], checksum).await;
        let before = at;
        match went {
            // The server's word, not what was sent: it may have kept a part.
            Ok(()) => at = offset(caller, url).await?,
            // Some other delivery of the same bytes was first, or a byte was bent on the way.
            Err(miss) if miss.is(409) || miss.is(460) => at = offset(caller, url).await?,
            // A proxy that takes no body of this size; a smaller one may pass.
            Err(Miss::Silence { status: Some(413), .. }) if piece > SMALLEST => piece /= 2,
            Err(miss) => return Err(miss),
        }
        in_vain = if at > before { 0 } else { in_vain + 1 };
        if in_vain > IN_VAIN && piece <= SMALLEST {
            return Err(Miss::silence("the upload does not move"));
        }
        if in_vain > 4 * IN_VAIN || at > bytes.len() {
            return Err(Miss::silence("the upload does not move"));
        }
    }
    Ok(())
}

async fn patch(
    caller: &mut Caller<'_>,
    url: &str,
    at: usize,
    part: &[u8],
    checksum: bool,
) -> Result<(), Miss> {
    let mut request = versioned(caller.http.request_to(Method::PATCH, url))
        .header("Content-Type", "application/offset+octet-stream")
        .header("Upload-Offset", at);
    if checksum {
        let digest = STANDARD.encode(Sha256::digest(part));
        request = request.header("Upload-Checksum", format!("sha256 {digest}"));
    }
    caller.send(request.body(part.to_vec())).await.map(|_| ())
}
