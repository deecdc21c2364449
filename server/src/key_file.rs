//! Random keys, each in a file of its own in the data folder: `{"key": …}`, base64url without padding.

use std::fs;
use std::io;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::private_file;
use crate::problem::Error;
use crate::tokens::fill;

/// 32 random bytes.
pub type Key = [u8; 32];

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    /// Base64url without padding.
    key: String,
}

/// A key that is kept nowhere.
pub fn random() -> Result<Key, Error> {
    let mut key = Key::default();
    fill(&mut key)?;
    Ok(key)
}

/// Reads the key from this file of the data folder, or makes it there.
///
/// Fails when the file cannot be read or written, or holds no key of 32 bytes.
pub fn load_or_create(data: &Path, file: &str) -> Result<Key, Error> {
    let path = data.join(file);
    match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(data, file)?,
        Err(error) => return Err(error.into()),
        Ok(json) => return read(&json, file),
    }
    // Read back: another process may have been first.
    read(&fs::read(&path)?, file)
}

fn read(json: &[u8], file: &str) -> Result<Key, Error> {
    // The reason is told without the content.
    let unusable = || Error::Internal(format!("{file} holds no key of 32 bytes"));
    let saved: Saved = serde_json::from_slice(json).map_err(|_| unusable())?;
    let key = URL_SAFE_NO_PAD.decode(saved.key).map_err(|_| unusable())?;
    key.try_into().map_err(|_| unusable())
}

fn create(data: &Path, file: &str) -> Result<(), Error> {
    let mut draft = [0; 6];
    fill(&mut draft)?;
    let json = serde_json::to_vec(&Saved { key: URL_SAFE_NO_PAD.encode(random()?) })?;
    Ok(private_file::create(data, file, &URL_SAFE_NO_PAD.encode(draft), &json)?)
}
