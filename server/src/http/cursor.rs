//! Opaque cursors: what a client sends back unread.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::access::Scope;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::intake::canonical_hash;
use crate::problem::Error;

/// Writes a page key as a cursor.
pub fn write(key: &impl Serialize) -> Result<String, Error> {
    Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(key)?))
}

/// Reads a page key that [`fn@write`] wrote.
pub fn read<K: DeserializeOwned>(text: &str) -> Result<K, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(unknown)
}

/// A place in the change feed: valid for one installation, one epoch and one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedCursor {
    /// The installation's epoch.
    pub epoch: String,
    /// The last feed number examined.
    pub seq: i64,
    /// Which scope it was handed out for.
    pub scope: String,
}

impl FeedCursor {
    /// `epoch.seq.scope`.
    pub fn text(&self) -> String {
        format!("{}.{}.{}", self.epoch, self.seq, self.scope)
    }

    /// Reads a cursor; one that does not fit this epoch and scope is [`Error::MustRefetch`].
    pub fn read(text: &str, epoch: &str, scope: &str) -> Result<i64, Error> {
        let mut parts = text.split('.');
        let (Some(of), Some(seq), Some(whose), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(unknown());
        };
        let seq: i64 = seq.parse().map_err(|_no_number| unknown())?;
        if of == epoch && whose == scope && seq >= 0 { Ok(seq) } else { Err(Error::MustRefetch) }
    }
}

/// A place in a snapshot: the feed's when it was begun, and the last issue read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotCursor {
    /// Where changes go on from.
    pub feed: FeedCursor,
    /// The last issue's number.
    pub issue: i64,
}

impl SnapshotCursor {
    /// `epoch.seq.scope.issue`.
    pub fn text(&self) -> String {
        format!("{}.{}", self.feed.text(), self.issue)
    }

    /// Reads a cursor as [`FeedCursor::read`] does: feed number and issue.
    pub fn read(text: &str, epoch: &str, scope: &str) -> Result<(i64, i64), Error> {
        let parts = text.rsplit_once('.');
        let (feed, issue) = parts.ok_or_else(unknown)?;
        let issue = issue.parse().map_err(|_no_number| unknown())?;
        Ok((FeedCursor::read(feed, epoch, scope)?, issue))
    }
}

/// What a client holds of a field pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackCursor {
    /// Where changes go on from.
    pub feed: FeedCursor,
    /// The last issue's number while the first pack goes on; 0 once it is whole.
    pub issue: i64,
    /// The version of the reference data.
    pub reference: i64,
}

impl PackCursor {
    /// `epoch.seq.scope.issue.reference`.
    pub fn text(&self) -> String {
        format!("{}.{}.{}", self.feed.text(), self.issue, self.reference)
    }

    /// Reads a cursor as [`FeedCursor::read`] does.
    pub fn read(text: &str, epoch: &str, scope: &str) -> Result<Self, Error> {
        let (rest, reference) = text.rsplit_once('.').ok_or_else(unknown)?;
        let reference = reference.parse().map_err(|_no_number| unknown())?;
        let (seq, issue) = SnapshotCursor::read(rest, epoch, scope)?;
        let feed = FeedCursor { epoch: epoch.to_owned(), seq, scope: scope.to_owned() };
        Ok(Self { feed, issue, reference })
    }
}

fn unknown() -> Error {
    Error::Malformed("`after` is not a cursor that was handed out.".to_owned())
}

/// A short name of what a reader may see; changes when that does.
pub fn scope_name(scope: &Scope) -> Result<String, Error> {
    let whole = match scope {
        Scope::All => "all".to_owned(),
        Scope::AllButBlind => "all-but-blind".to_owned(),
        Scope::Bureau(code) => format!("bureau:{code}"),
        Scope::Inspector { account, areas } => format!("person:{account}:{}", areas.join(",")),
        Scope::Nothing => "nothing".to_owned(),
    };
    let hash = canonical_hash(&whole)?;
    Ok(URL_SAFE_NO_PAD.encode(&hash[..9]))
}
