//! What is still to be sent, kept in files: `<id>.report`, `<photo id>.photo`, `<sha256>.blob`.
//!
//! A report is taken once its `.report` file has its name, which comes last; it is done with once that
//! file is gone, which goes first. What a death leaves beside is nobody's and is cleared at the next
//! start.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::answer::Miss;
use super::clock::DeviceClock;
use super::folder::Folder;

/// How far something is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is to be sent.
    Waiting,
    /// It was refused for good, or a file of it is gone; its owner has to look at it.
    Refused(String),
}

/// A report that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Item {
    /// Made on this device.
    pub id: Uuid,
    /// Whose it is: it goes out under this account alone.
    pub account: i64,
    /// The body, without what differs from one attempt to the next.
    pub body: Value,
    /// How far it is.
    pub state: State,
    /// How often it was refused in a row.
    pub refusals: u32,
    /// When the shutter was pressed, in milliseconds since the start of the run that took it.
    taken_ms: u64,
    /// That run: after a restart nobody knows how long the device was off.
    run: Uuid,
}

/// A photo of a report that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Photo {
    /// Made on this device.
    pub id: Uuid,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// How far it is; what is there is what the receipt says.
    pub state: State,
    /// How often it was refused in a row.
    pub refusals: u32,
}

/// What somebody takes at the shutter.
#[derive(Debug, Clone)]
pub struct Capture {
    /// Report body without `photos`, `captured_at`, `captured_age_ms` and `sent_at`.
    pub body: Value,
    /// JPEGs.
    pub photos: Vec<Vec<u8>>,
}

/// The queue of a device.
#[derive(Debug)]
pub struct Queue {
    folder: Folder,
    items: BTreeMap<Uuid, Item>,
    photos: BTreeMap<Uuid, Photo>,
    run: Uuid,
}

impl Queue {
    /// What a folder holds; clears what belongs to no report.
    pub fn open(folder: Folder) -> Result<Self, Miss> {
        let mut queue =
            Self { folder, items: BTreeMap::new(), photos: BTreeMap::new(), run: Uuid::new_v4() };
        for name in queue.folder.list(".report")? {
            let bytes = queue.folder.read(&name)?.unwrap_or_default();
            let item: Item = serde_json::from_slice(&bytes)?;
            queue.items.insert(item.id, item);
        }
        for name in queue.folder.list(".photo")? {
            let bytes = queue.folder.read(&name)?.unwrap_or_default();
            let photo: Photo = serde_json::from_slice(&bytes)?;
            queue.photos.insert(photo.id, photo);
        }
        queue.clear()?;
        Ok(queue)
    }

    /// The folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Everything that waits or was refused.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// One of them.
    pub fn item(&self, id: Uuid) -> Option<&Item> {
        self.items.get(&id)
    }

    /// A photo of one of them.
    pub fn photo(&self, id: Uuid) -> Option<&Photo> {
        self.photos.get(&id)
    }

    /// Takes a report: when this returns it is kept, whatever happens.
    pub fn take(
        &mut self,
        id: Uuid,
        account: i64,
        capture: &Capture,
        clock: &DeviceClock,
    ) -> Result<(), Miss> {
        let (now, mut lines, mut photos) = (clock.now(), Vec::new(), Vec::new());
        for bytes in &capture.photos {
            let (photo, sha256) = (clock.id(), sha256(bytes));
            self.folder.write(&blob(&sha256), bytes)?;
            lines.push(line(photo, &sha256, bytes.len(), now, &capture.body["position"]));
            photos.push(Photo { id: photo, sha256, state: State::Waiting, refusals: 0 });
        }
        for photo in photos {
            self.save_photo(photo)?;
        }
        let mut body = capture.body.clone();
        body["photos"] = lines.into();
        body["captured_at"] = json!(now);
        let taken_ms = u64::try_from(clock.uptime().as_millis()).unwrap_or(u64::MAX);
        let (state, run) = (State::Waiting, self.run);
        self.save(Item { id, account, body, state, refusals: 0, taken_ms, run })
    }

    /// The body to send now: with the age of the capture where this run took it, and the time of
    /// sending.
    pub fn body(&self, item: &Item, clock: &DeviceClock) -> Value {
        let mut body = item.body.clone();
        if item.run == self.run {
            let uptime = u64::try_from(clock.uptime().as_millis()).unwrap_or(u64::MAX);
            body["captured_age_ms"] = uptime.saturating_sub(item.taken_ms).into();
        }
        body["sent_at"] = json!(clock.now());
        body
    }

    /// The bytes of a photo; none where they are gone from the device.
    pub fn bytes(&self, sha256: &str) -> Result<Option<Vec<u8>>, Miss> {
        Ok(self.folder.read(&blob(sha256))?)
    }

    /// Keeps what became of a report.
    pub fn save(&mut self, item: Item) -> Result<(), Miss> {
        self.folder.write(&format!("{}.report", item.id), &serde_json::to_vec(&item)?)?;
        self.items.insert(item.id, item);
        Ok(())
    }

    /// Keeps what became of a photo.
    pub fn save_photo(&mut self, photo: Photo) -> Result<(), Miss> {
        self.folder.write(&format!("{}.photo", photo.id), &serde_json::to_vec(&photo)?)?;
        self.photos.insert(photo.id, photo);
        Ok(())
    }

    /// Forgets a report of which the server has everything.
    pub fn done(&mut self, id: Uuid) -> Result<(), Miss> {
        self.folder.remove(&format!("{id}.report"))?;
        self.items.remove(&id);
        self.clear()
    }

    /// Removes photos and bytes that no report names.
    fn clear(&mut self) -> Result<(), Miss> {
        let lines = || self.items.values().flat_map(|item| lines(&item.body));
        let digests: BTreeSet<String> = lines().map(|(_, sha256)| blob(&sha256)).collect();
        let ids: BTreeSet<Uuid> = lines().map(|(id, _)| id).collect();
        let stray: Vec<Uuid> = self.photos.keys().filter(|id| !ids.contains(id)).copied().collect();
        for id in stray {
            self.folder.remove(&format!("{id}.photo"))?;
            self.photos.remove(&id);
        }
        for name in self.folder.list(".blob")? {
            if !digests.contains(&name) {
                self.folder.remove(&name)?;
            }
        }
        Ok(())
    }
}

/// Photo ids and digests of a report's manifest.
fn lines(body: &Value) -> impl Iterator<Item = (Uuid, String)> {
    let photos = body["photos"].as_array().map(Vec::as_slice).unwrap_or_default();
    photos.iter().filter_map(|line| {
        let id = line["photo_id"].as_str()?.parse().ok()?;
        Some((id, line["sha256"].as_str()?.to_owned()))
    })
}

/// A photo's line of a manifest.
pub(super) fn line(
    id: Uuid,
    sha256: &str,
    bytes: usize,
    captured_at: Timestamp,
    position: &Value,
) -> Value {
    let mut line = json!({
        "photo_id": id, "sha256": sha256, "bytes": bytes, "media_type": "image/jpeg",
        "captured_at": captured_at,
    });
    if position.is_object() {
        line["position"] = position.clone();
    }
    line
}

const DIGITS: [char; 16] =
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];

/// SHA-256, lower-case hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| DIGITS[usize::from(half)])
        .collect()
}

pub(super) fn blob(sha256: &str) -> String {
    format!("{sha256}.blob")
}
