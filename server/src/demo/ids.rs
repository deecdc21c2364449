//! Ids that come out the same each time.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The id of what these words name.
pub(super) fn id(of: &str) -> Uuid {
    let digest = Sha256::digest(of.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
