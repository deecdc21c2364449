//! The keys that sign tokens: a file in the data folder that only its owner can read.

use std::fs;
use std::io;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::private_file;
use crate::problem::Error;

const FILE: &str = "keys.json";
/// Bytes of a secret: as long as the hash, as RFC 7518 (3.2) asks of HS256.
const SECRET_LEN: usize = 32;

/// The signing keys: the newest signs, all verify, so that a key can be replaced without signing
/// anybody out.
pub struct Keys {
    /// Never empty; the newest first.
    keys: Vec<Key>,
}

pub(super) struct Key {
    pub(super) kid: String,
    pub(super) secret: Vec<u8>,
    created_at: Timestamp,
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
            Ok(json) => return Self::read(&json),
        }
        // Read back: another process may have been first.
        Self::read(&fs::read(&path)?)
    }

    /// One random key that is kept nowhere.
    pub fn ephemeral(now: Timestamp) -> Result<Self, Error> {
        Ok(Self { keys: vec![Key::random(now)?] })
    }

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
        Ok(Self { keys })
    }

    pub(super) fn newest(&self) -> &Key {
        &self.keys[0]
    }

    pub(super) fn of(&self, kid: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.kid == kid)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter()
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.kid)).finish()
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
