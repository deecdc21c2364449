//! Every way a request can fail, and how each is told to the client (RFC 9457).
//!
//! A client gets a stable `code`, what went wrong and what to do next; the log gets the detail of
//! the server's own failures once.

use domain::access::{Denied, Errand};
use domain::cards::CardRefusal;
use domain::workflow::Refusal;
use schema::{DbError, StorageFailure};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::passwords::Weakness;

mod channel;
mod link;
mod response;
mod texts;
mod token;
mod upload;

pub use channel::ChannelRefusal;
pub use link::LinkRefusal;
pub use token::TokenRefusal;
pub use upload::{TUS_VERSION, UploadRefusal};

/// A problem as it is sent: `application/problem+json`, RFC 9457.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "type": "urn:zhoubian:problem:version-stale",
    "title": "Precondition Failed",
    "status": 412,
    "code": "version-stale",
    "detail": "The issue has changed since you read it.",
    "hint": "Look at `current`, decide again, and send the command with its version in If-Match."
}))]
pub struct Problem {
    /// `urn:zhoubian:problem:` and the code.
    pub r#type: String,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable name of what went wrong; programs decide by it.
    pub code: String,
    /// What went wrong, in words.
    pub detail: String,
    /// What to do next.
    pub hint: String,
    /// More, by code: `current` (the issue as it stands) with `version-stale`, `line` (from 1) with
    /// `rules-unreadable`, `plan` with `import-refused`, `version` with `card-stale`, `rows` with `people-refused`, `reference_version`
    /// with `reference-stale`, `scope` with `scope-missing`, `error` (RFC 6749, 5.2) where a token was
    /// asked for, `snapshot` (where to start again from) with `must-refetch`, `violated-policies` with
    /// `too-many-requests`, `words` (`zh`, `en`) with `password-weak`, `upload_url` (where a new attempt
    /// goes) wherever an upload is over and the photo is not here.
    #[serde(flatten)]
    #[schema(additional_properties)]
    pub extra: Map<String, Value>,
}

/// Every way a request can fail.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No token, or one that is not good.
    #[error("not signed in")]
    Unauthenticated,
    /// A token that was good once.
    #[error("the access token has expired")]
    TokenExpired,
    /// Signed in, but not allowed.
    #[error("not allowed")]
    Forbidden,
    /// A machine without the scope for it (none: a person has to do it).
    #[error("scope missing")]
    ScopeMissing(Option<Errand>),
    /// A machine's request for a token that gets none (RFC 6749, 5.2).
    #[error("no token: {0}")]
    NoToken(#[from] TokenRefusal),
    /// A link for people without an account, or what is sent by it, is not taken.
    #[error("link refused: {0}")]
    Link(#[from] LinkRefusal),
    /// A channel of notices cannot be as it is asked for.
    #[error(transparent)]
    Channel(#[from] ChannelRefusal),
    /// A machine account has as many good secrets as it may.
    #[error("too many secrets")]
    SecretsTooMany,
    /// One account or address asked too often.
    #[error("too many requests: {policy}")]
    TooManyRequests {
        /// The limit's name.
        policy: &'static str,
        /// Seconds until the next request is taken.
        wait_s: u64,
    },
    /// Not there, or not theirs to know of.
    #[error("not found")]
    NotFound,
    /// Login and password do not fit, or the account is closed.
    #[error("credentials invalid")]
    CredentialsInvalid,
    /// A refresh token that is unknown, used, revoked or expired.
    #[error("refresh token invalid")]
    RefreshTokenInvalid,
    /// Too many attempts to sign in with one login failed.
    #[error("sign-in locked for {seconds} s")]
    SignInLocked {
        /// Until it is unlocked, seconds.
        seconds: i64,
    },
    /// The password fits, and the account has a second factor.
    #[error("second factor required")]
    SecondFactorRequired,
    /// A code of the second factor that is wrong or was used before.
    #[error("second factor invalid")]
    SecondFactorInvalid,
    /// A second factor is set up already.
    #[error("there is a second factor already")]
    SecondFactorExists,
    /// A password of their own must be set before anything else.
    #[error("the password must be changed first")]
    PasswordChangeRequired,
    /// A second factor must be set up before anything else.
    #[error("a second factor must be set up first")]
    SecondFactorSetUpRequired,
    /// A new password that is too easy to guess.
    #[error("password weak: {0:?}")]
    PasswordWeak(Weakness),
    /// A code for handing a session over that is unknown, used or over.
    #[error("hand-over invalid")]
    HandoverInvalid,
    /// The body, the path or the query cannot be read.
    #[error("malformed: {0}")]
    Malformed(String),
    /// The body ended before it was whole: the same request may well succeed.
    #[error("the body broke off: {0}")]
    BodyBrokenOff(String),
    /// It can be read, but a value in it cannot be.
    #[error("{code}: {detail}")]
    Invalid {
        /// Stable name.
        code: &'static str,
        /// What is wrong, naming the field.
        detail: String,
    },
    /// A body larger than may be.
    #[error("too large: at most {limit} bytes")]
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// A body of another media type than is taken.
    #[error("not {taken}")]
    MediaType {
        /// What is taken.
        taken: &'static str,
    },
    /// More reports in a batch than may be.
    #[error("batch too long")]
    BatchTooLong,
    /// A list with more issues than a file may have.
    #[error("more than {most} issues")]
    ExportTooLong {
        /// How many it may have.
        most: usize,
    },
    /// As much as the server does at a time is being done.
    #[error("busy")]
    Busy,
    /// A file of routing rules that cannot be read.
    #[error("routing rules{}: {why}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
    RulesUnreadable {
        /// What is not understood.
        why: String,
        /// Where, from 1.
        line: Option<usize>,
    },
    /// The same report id with other content.
    #[error("report id taken")]
    ReportConflict,
    /// Another count has this id.
    #[error("another count has this id")]
    CountConflict,
    /// Another suggestion has this id.
    #[error("another suggestion has this id")]
    SuggestionConflict,
    /// A suggestion that was answered before.
    #[error("the suggestion is answered already")]
    SuggestionAnswered,
    /// Another card was drafted under this id.
    #[error("another card has this id")]
    CardConflict,
    /// Another bulletin was issued under this id.
    #[error("another bulletin has this id")]
    BulletinConflict,
    /// A card, or the rules that draft them, is no longer what was decided on.
    #[error("the card or the rules are at version {version}")]
    CardStale {
        /// The version now.
        version: i64,
    },
    /// Somebody else has the task.
    #[error("somebody else has the task")]
    TaskTaken,
    /// A card cannot take a step.
    #[error("refused: {0}")]
    CardRefused(#[from] CardRefusal),
    /// The same command id with other content.
    #[error("command id taken")]
    CommandConflict,
    /// Another account has this login.
    #[error("login taken")]
    LoginTaken,
    /// A command without If-Match.
    #[error("If-Match missing")]
    VersionMissing,
    /// A command on a version that is no longer the current one.
    #[error("version stale")]
    VersionStale {
        /// The issue as it stands.
        current: Box<Value>,
    },
    /// The workflow refused a command.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// No manifest of this sender names the photo.
    #[error("photo not in a manifest")]
    PhotoNotInManifest,
    /// A request about an upload that cannot be done as it was asked.
    #[error("upload: {0}")]
    Upload(Box<UploadRefusal>),
    /// The photo was not looked at yet, so that there is no rendition.
    #[error("not looked at yet")]
    RenditionPending,
    /// A part was asked for that lies beyond the end.
    #[error("no such range of {length} bytes")]
    RangeUnsatisfiable {
        /// Bytes that there are.
        length: u64,
    },
    /// No picture can be made of a photo.
    #[error("photo unreadable: {problem}")]
    PhotoUnreadable {
        /// What is wrong with it, by code.
        problem: String,
    },
    /// Photos of this type are stored only.
    #[error("no renditions of this type")]
    RenditionUnsupported,
    /// There is no type to set a watermark in.
    #[error("no font for watermarks")]
    FontMissing,
    /// No type with Chinese to set a paper in.
    #[error("no font for papers")]
    PaperFontMissing,
    /// As many polls are held and streams open as the server may have.
    #[error("too many wait")]
    WaitingFull,
    /// As many polls are held and streams open as one account may have.
    #[error("too many of one account wait")]
    WaitingTooMany {
        /// How many that is.
        most: usize,
    },
    /// The cursor is of another installation, epoch or scope, below the floor, or ahead of the feed.
    #[error("must refetch")]
    MustRefetch,
    /// Rows of an import cannot be used, and nobody said that the others shall be.
    #[error("rows refused")]
    ImportRefused {
        /// What would become of every row.
        plan: Box<Value>,
    },
    /// People of a list cannot be taken in, and nobody said that the others shall be.
    #[error("people refused")]
    PeopleRefused {
        /// What would become of every row.
        rows: Box<Value>,
    },
    /// Another import is under way.
    #[error("another import is running")]
    ImportRunning,
    /// The reference data is no longer what a decision was made on.
    #[error("reference data is at version {in_force}")]
    ReferenceStale {
        /// The version in force.
        in_force: i64,
    },
    /// Something else changed while the request was being worked on.
    #[error("overtaken by another change")]
    Overtaken,
    /// The database failed.
    #[error(transparent)]
    Storage(DbError),
    /// A file could not be written or read.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// What an operator asked for cannot be done; told on the command line only.
    #[error("{0}")]
    Operation(String),
    /// The server runs and should not be sent requests now.
    #[error("not ready: {0}")]
    NotReady(&'static str),
    /// What the database holds cannot be understood: a defect.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// A value that cannot be, with the stable name of the rule.
    pub fn invalid(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Invalid { code, detail: detail.into() }
    }

    /// The problem as it is sent.
    pub fn problem(&self) -> Problem {
        let told = texts::told(self);
        let mut extra = Map::new();
        let more = match self {
            Self::VersionStale { current } => Some(("current", Value::clone(current))),
            Self::ImportRefused { plan } => Some(("plan", Value::clone(plan))),
            Self::PeopleRefused { rows } => Some(("rows", Value::clone(rows))),
            Self::ReferenceStale { in_force } => Some(("reference_version", (*in_force).into())),
            Self::CardStale { version } => Some(("version", (*version).into())),
            Self::RulesUnreadable { line: Some(line), .. } => Some(("line", (*line).into())),
            Self::ScopeMissing(Some(errand)) => Some(("scope", errand.word().into())),
            Self::MustRefetch => Some(("snapshot", SNAPSHOT.into())),
            Self::NoToken(refusal) => Some(("error", refusal.word().into())),
            Self::TooManyRequests { policy, .. } => {
                Some(("violated-policies", Value::from(vec![*policy])))
            }
            Self::PasswordWeak(weakness) => Some(("words", words(weakness))),
            _ => None,
        };
        extra.extend(more.map(|(name, value)| (name.to_owned(), value)));
        if let Self::Upload(refusal) = self {
            refusal.extra(&mut extra);
        }
        Problem {
            r#type: format!("urn:zhoubian:problem:{}", told.code),
            // Of all statuses in use, the registry of HTTP lacks one: tus made it.
            title: told.status.canonical_reason().unwrap_or("Checksum Mismatch").to_owned(),
            status: told.status.as_u16(),
            code: told.code.to_owned(),
            detail: told.detail,
            hint: told.hint.to_owned(),
            extra,
        }
    }
}

/// Where a client starts again from.
const SNAPSHOT: &str = "/api/v1/changes/snapshot";

/// What a person is told in their own language; `detail` is English.
fn words(weakness: &Weakness) -> Value {
    json!({"zh": weakness.chinese(), "en": weakness.english()})
}

impl From<UploadRefusal> for Error {
    fn from(refusal: UploadRefusal) -> Self {
        Self::Upload(Box::new(refusal))
    }
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        Self::Storage(error)
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::Storage(DbError::Query(error))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Unauthenticated => Self::Unauthenticated,
            Denied::Forbidden => Self::Forbidden,
            Denied::ScopeMissing(errand) => Self::ScopeMissing(errand),
            Denied::Hidden => Self::NotFound,
        }
    }
}

impl StorageFailure for Error {
    fn storage(&self) -> Option<&DbError> {
        match self {
            Self::Storage(error) => Some(error),
            _ => None,
        }
    }
}
