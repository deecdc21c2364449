//! The keys that sign tokens: a file in the data folder that only its owner can read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::private_file;
use crate::problem::Error;

mod command;
mod rotation;

pub use command::{KeysCommand, run};
pub use rotation::{KeyLine, list, rotate, withdraw};

const FILE: &str = "keys.json";
/// Bytes of a secret: as long as the hash, as RFC 7518 (3.2) asks of HS256.
const SECRET_LEN: usize = 32;

/// How long a new key verifies before it signs: by then every server that shares the file has read
/// it (see [`Keys::follow`]), so that none meets a token it does not know the key of.
pub const SIGNS_AFTER: SignedDuration = SignedDuration::from_secs(10);

/// The signing keys: the newest signs, all verify, so that a key can be replaced without signing
/// anybody out.
pub struct Keys {
    /// None for keys that are kept nowhere.
    path: Option<PathBuf>,
    ring: RwLock<Arc<Ring>>,
}

/// The keys at one moment: never empty, the newest first.
pub(super) struct Ring(Vec<Key>);

pub(super) struct Key {
    pub(super) kid: String,
    pub(super) secret: Vec<u8>,
    pub(super) created_at: Timestamp,
}

/// `keys.json`. More keys can be added by hand; a key is withdrawn by removing it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    keys: Vec<SavedKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedKey {
    kid: String,
    /// Base64url without padding.
    secret: String,
    created_at: Timestamp,
}

impl Keys {
    /// Reads the keys from the data folder, or makes the first one there at `now`.
    ///
    /// Fails when the file cannot be read or written, holds no key, or a key that is too short.
    pub fn load_or_create(data: &Path, now: Timestamp) -> Result<Self, Error> {
        let path = data.join(FILE);
        match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => create(data, now)?,
            Err(error) => return Err(error.into()),
            Ok(json) => return Ok(Self::of_ring(Ring::read(&json)?, Some(path))),
        }
        // Read back: another process may have been first.
        Ok(Self::of_ring(Ring::read(&fs::read(&path)?)?, Some(path)))
    }

    /// One random key that is kept nowhere.
    pub fn ephemeral(now: Timestamp) -> Result<Self, Error> {
        Ok(Self::of_ring(Ring(vec![Key::random(now)?]), None))
    }

    fn of_ring(ring: Ring, path: Option<PathBuf>) -> Self {
        Self { path, ring: RwLock::new(Arc::new(ring)) }
    }

    /// Reads the file again, and says whether it holds other keys than before. A file that cannot be
    /// used is an error, and the keys at hand stay in use. Blocks for a small file's read.
    pub fn follow(&self) -> Result<bool, Error> {
        let Some(path) = &self.path else { return Ok(false) };
        let newer = Ring::read(&fs::read(path)?)?;
        if newer.kids().eq(self.ring().kids()) {
            return Ok(false);
        }
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(newer);
        Ok(true)
    }

    pub(super) fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.ring.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Ring {
    fn read(json: &[u8]) -> Result<Self, Error> {
        // The reason is told without the content.
        let saved: Saved = serde_json::from_slice(json).map_err(|error| {
            unusable(&format!("cannot be read at line {}, column {}", error.line(), error.column()))
        })?;
        let keys: Result<Vec<Key>, Error> = saved.keys.into_iter().map(Key::try_from).collect();
        let mut keys = keys?;
        if keys.is_empty() {
            return Err(unusable("holds no key"));
        }
        keys.sort_by_key(|key| std::cmp::Reverse(key.created_at));
        Ok(Self(keys))
    }

    /// The key that signs at `now`: the newest that everybody has had time to read, else the oldest.
    pub(super) fn signing(&self, now: Timestamp) -> &Key {
        let settled = self.0.iter().find(|key| key.created_at + SIGNS_AFTER <= now);
        settled.unwrap_or_else(|| &self.0[self.0.len() - 1])
    }

    pub(super) fn of(&self, kid: &str) -> Option<&Key> {
        self.0.iter().find(|key| key.kid == kid)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Key> {
        self.0.iter()
    }

    fn kids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|key| key.kid.as_str())
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.ring().kids()).finish()
    }
}

impl Key {
    fn random(now: Timestamp) -> Result<Self, Error> {
        let mut secret = vec![0; SECRET_LEN];
        let mut kid = [0; 6];
        fill(&mut secret)?;
        fill(&mut kid)?;
        Ok(Self { kid: URL_SAFE_NO_PAD.encode(kid), secret, created_at: now })
    }
}

impl TryFrom<SavedKey> for Key {
    type Error = Error;

    fn try_from(saved: SavedKey) -> Result<Self, Error> {
        let secret = URL_SAFE_NO_PAD.decode(saved.secret);
        match secret {
            Ok(secret) if secret.len() >= SECRET_LEN && !saved.kid.is_empty() => {
                Ok(Self { kid: saved.kid, secret, created_at: saved.created_at })
            }
            _ => Err(unusable("holds a key without a kid, or shorter than 32 bytes")),
        }
    }
}

impl From<&Key> for SavedKey {
    fn from(key: &Key) -> Self {
        let secret = URL_SAFE_NO_PAD.encode(&key.secret);
        Self { kid: key.kid.clone(), secret, created_at: key.created_at }
    }
}

/// Random bytes from the operating system.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|error| Error::Internal(format!("no random bytes: {error}")))
}

fn unusable(why: &str) -> Error {
    Error::Internal(format!("{FILE} {why}"))
}

fn create(data: &Path, now: Timestamp) -> Result<(), Error> {
    let key = Key::random(now)?;
    let json = serde_json::to_vec_pretty(&Saved { keys: vec![SavedKey::from(&key)] })?;
    Ok(private_file::create(data, FILE, &key.kid, &json)?)
}
