//! Replaces keys in the file; running servers follow within seconds.

use std::fs::{self, File};
use std::path::Path;

use jiff::Timestamp;

use super::{FILE, Key, Ring, SIGNS_AFTER, Saved, SavedKey};
use crate::private_file;
use crate::problem::Error;

/// Held while the file is rewritten, in the data folder: of two who rotate at once, the second
/// keeps what the first did.
const LOCK: &str = "keys.lock";

/// A key as it may be shown: without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// Its name, which stands in the header of every token it signed.
    pub kid: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether it signs now; the others only verify.
    pub signs: bool,
}

/// The keys of a data folder at `now`, the newest first.
pub fn list(data: &Path, now: Timestamp) -> Result<Vec<KeyLine>, Error> {
    let ring = read(data)?;
    let signing = ring.signing(now).kid.clone();
    let line = |key: &Key| KeyLine {
        kid: key.kid.clone(),
        created_at: key.created_at,
        signs: key.kid == signing,
    };
    Ok(ring.all().map(line).collect())
}

/// Adds a random key, which signs from [`SIGNS_AFTER`] on; the others go on verifying. Its kid.
pub fn rotate(data: &Path, now: Timestamp) -> Result<String, Error> {
    let _held = hold(data)?;
    let mut ring = read(data)?;
    let key = Key::random(now)?;
    let kid = key.kid.clone();
    ring.0.insert(0, key);
    write(data, &ring)?;
    Ok(kid)
}

/// Removes a key: what it signed is refused as soon as the servers have read it.
///
/// `key-unknown` when there is none of that name, `key-signs` when it signs, also while a newer one
/// does not yet: there would be nothing to sign with that every server knows.
pub fn withdraw(data: &Path, kid: &str, now: Timestamp) -> Result<(), Error> {
    let _held = hold(data)?;
    let mut ring = read(data)?;
    if ring.of(kid).is_none() {
        return Err(Error::invalid("key-unknown", format!("There is no key {kid:?}.")));
    }
    if ring.signing(now).kid == kid {
        let detail = format!(
            "The key {kid} signs. Rotate first, and withdraw it {} s later at the earliest.",
            SIGNS_AFTER.as_secs()
        );
        return Err(Error::invalid("key-signs", detail));
    }
    ring.0.retain(|key| key.kid != kid);
    write(data, &ring)
}

fn read(data: &Path) -> Result<Ring, Error> {
    Ring::read(&fs::read(data.join(FILE))?)
}

fn hold(data: &Path) -> Result<File, Error> {
    let file = File::create(data.join(LOCK))?;
    file.lock()?;
    Ok(file)
}

/// Writes the file under another name and puts it in place: it is there whole at every moment.
fn write(data: &Path, ring: &Ring) -> Result<(), Error> {
    let json =
        serde_json::to_vec_pretty(&Saved { keys: ring.all().map(SavedKey::from).collect() })?;
    let draft = uuid::Uuid::new_v4().simple().to_string();
    Ok(private_file::replace(data, FILE, &draft, &json)?)
}
