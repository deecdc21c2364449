//! Why a request about an upload is refused (tus 1.0).

use actix_web::HttpResponseBuilder;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use serde_json::{Map, Value};

use super::texts::{Told, say};

/// The version of the protocol.
pub const TUS_VERSION: &str = "1.0.0";

/// Why a request about an upload is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UploadRefusal {
    /// Another version of tus, or none.
    #[error("Tus-Resumable")]
    Version,
    /// `Upload-Length` that is missing, no number, zero, deferred or not what was announced.
    #[error("Upload-Length: {0}")]
    Length(String),
    /// An extension that is not offered.
    #[error("{0} is not offered")]
    Extension(&'static str),
    /// `Upload-Metadata` that cannot be read or lacks what is needed.
    #[error("Upload-Metadata: {0}")]
    Metadata(String),
    /// `Upload-Offset` that is missing or no number.
    #[error("Upload-Offset: {0}")]
    OffsetUnreadable(String),
    /// A body that is not `application/offset+octet-stream`.
    #[error("Content-Type")]
    Type,
    /// `Upload-Offset` is not where the upload is.
    #[error("the upload is at {offset}")]
    Offset {
        /// Bytes that are durable.
        offset: i64,
    },
    /// More bytes than the photo has left.
    #[error("only {left} bytes are left")]
    TooLong {
        /// Bytes that are still to come.
        left: i64,
    },
    /// `Upload-Checksum` that cannot be read, or by an algorithm that is not known.
    #[error("Upload-Checksum: {0}")]
    Checksum(String),
    /// The bytes are not those that `Upload-Checksum` means.
    #[error("checksum mismatch")]
    ChecksumMismatch,
    /// Somebody else writes this upload.
    #[error("busy")]
    Busy,
    /// As many uploads are being written as may be.
    #[error("too many uploads at once")]
    TooMany,
    /// Nothing, or next to nothing, came for too long.
    #[error("stalled")]
    Stalled,
    /// The body broke off.
    #[error("broken off")]
    BrokenOff,
    /// No manifest of the sender announces the photo yet.
    #[error("photo before its report")]
    BeforeReport,
    /// The manifest announces other bytes under the photo's id.
    #[error("other bytes under the same id")]
    OtherBytes,
    /// The photo is here and stays.
    #[error("finished")]
    Finished,
    /// Nothing came for too long.
    #[error("expired")]
    Expired {
        /// Where a new attempt goes.
        fresh: String,
    },
    /// Its sender ended it.
    #[error("ended")]
    Ended {
        /// Where a new attempt goes.
        fresh: String,
    },
    /// All came, and is not what was announced: told when it is asked for later.
    #[error("refused: {problem}")]
    Refused {
        /// Why, by code.
        problem: String,
        /// Where a new attempt goes.
        fresh: String,
    },
    /// All has come, and is not what was announced: told at once.
    #[error("{code}: {detail}")]
    Photo {
        /// Why, by code.
        code: &'static str,
        /// What is wrong.
        detail: String,
        /// Where a new attempt goes.
        fresh: String,
    },
}

const HEADERS: &str = "Compare the request with tus 1.0, https://tus.io/protocols/resumable-upload, \
     and with the OpenAPI document at /api/v1/openapi.json.";
const WHERE: &str = "HEAD tells the offset: go on there.";
const ANEW: &str = "Send the photo anew to `upload_url`, from its first byte.";

impl UploadRefusal {
    #[allow(clippy::too_many_lines)]
    pub(super) fn told(&self) -> Told {
        use StatusCode as S;
        match self {
            Self::Version => say(
                S::PRECONDITION_FAILED,
                "tus-version",
                format!("The request does not say Tus-Resumable: {TUS_VERSION}."),
                "Speak the version of tus that Tus-Version names.",
            ),
            Self::Length(why) => say(
                S::BAD_REQUEST,
                "upload-length-invalid",
                format!("Upload-Length {why}."),
                "Send the photo's length as its manifest line states it.",
            ),
            Self::Extension(what) => say(
                S::BAD_REQUEST,
                "upload-extension-unknown",
                format!("{what} is not offered."),
                "Use the extensions that Tus-Extension names: a photo is one upload of known length.",
            ),
            Self::Metadata(why) => say(
                S::BAD_REQUEST,
                "upload-metadata-invalid",
                format!("Upload-Metadata {why}."),
                "Send photo_id and sha256 (and report or command), each with its value in base64.",
            ),
            Self::OffsetUnreadable(why) => say(
                S::BAD_REQUEST,
                "upload-offset-invalid",
                format!("Upload-Offset {why}."),
                HEADERS,
            ),
            Self::Type => say(
                S::UNSUPPORTED_MEDIA_TYPE,
                "upload-type-invalid",
                "The body is not application/offset+octet-stream.",
                HEADERS,
            ),
            Self::Offset { offset } => say(
                S::CONFLICT,
                "upload-offset-mismatch",
                format!("The upload is at byte {offset}."),
                "Go on at the offset that Upload-Offset names.",
            ),
            Self::TooLong { left } => say(
                S::PAYLOAD_TOO_LARGE,
                "upload-too-long",
                format!(
                    "Only {left} bytes of the photo are still to come. Nothing was kept of these."
                ),
                WHERE,
            ),
            Self::Checksum(why) => say(
                S::BAD_REQUEST,
                "upload-checksum-invalid",
                format!("Upload-Checksum: {why}."),
                "Write `sha1` or `sha256`, a space, and the digest in base64.",
            ),
            Self::ChecksumMismatch => say(
                S::from_u16(460).unwrap_or(S::BAD_REQUEST),
                "upload-checksum-mismatch",
                "The bytes that arrived are not those that Upload-Checksum means. None was kept.",
                "Send the same bytes again at the same offset.",
            ),
            Self::Busy => say(
                S::LOCKED,
                "upload-busy",
                "Another request is just writing this upload.",
                "Wait as long as Retry-After says, then ask with HEAD for the offset.",
            ),
            Self::TooMany => say(
                S::SERVICE_UNAVAILABLE,
                "uploads-too-many",
                "As many photos are being sent at this moment as the server takes at once.",
                "Wait as long as Retry-After says and send the same request again.",
            ),
            Self::Stalled => say(
                S::REQUEST_TIMEOUT,
                "upload-stalled",
                "Next to nothing came for too long. What came before is kept.",
                WHERE,
            ),
            Self::BrokenOff => say(
                S::BAD_REQUEST,
                "upload-broken-off",
                "The body broke off. What came of it is kept.",
                WHERE,
            ),
            Self::BeforeReport => say(
                S::CONFLICT,
                "photo-before-report",
                "None of your reports or commands announces this photo.",
                "Send the report (or command) with the photo in its manifest first, then its bytes.",
            ),
            Self::OtherBytes => say(
                S::CONFLICT,
                "photo-other-bytes",
                "Your manifest announces other bytes under this photo's id.",
                "A photo never changes once announced. Announce the other one under an id of its own.",
            ),
            Self::Finished => say(
                S::CONFLICT,
                "upload-finished",
                "The photo is here, and belongs to what announced it.",
                "Nothing is left to be done.",
            ),
            Self::Expired { .. } => say(
                S::GONE,
                "upload-expired",
                "Nothing came of this upload for too long. What came of it is gone.",
                ANEW,
            ),
            Self::Ended { .. } => {
                say(S::GONE, "upload-ended", "This upload was ended by its sender.", ANEW)
            }
            Self::Refused { problem, .. } => say(
                S::GONE,
                "upload-refused",
                format!("What came of this upload was not what was announced: {problem}."),
                ANEW,
            ),
            Self::Photo { code, detail, .. } => {
                say(S::UNPROCESSABLE_ENTITY, code, detail.clone(), ANEW)
            }
        }
    }

    pub(super) fn extra(&self, to: &mut Map<String, Value>) {
        if let Self::Refused { problem, .. } = self {
            to.insert("problem".to_owned(), problem.clone().into());
        }
        match self {
            Self::Expired { fresh }
            | Self::Ended { fresh }
            | Self::Refused { fresh, .. }
            | Self::Photo { fresh, .. } => {
                to.insert("upload_url".to_owned(), fresh.clone().into());
            }
            _ => {}
        }
    }

    pub(super) fn headers(&self, response: &mut HttpResponseBuilder) {
        match self {
            Self::Version => {
                response.insert_header(("Tus-Version", TUS_VERSION));
            }
            Self::Offset { offset } => {
                response.insert_header(("Upload-Offset", *offset));
            }
            Self::Busy => {
                response.insert_header((RETRY_AFTER, 1));
            }
            _ => {}
        }
    }
}
