//! A stamped form that somebody photographed.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::id;
use crate::actions::record::hex;
use crate::demo::pictures;
use crate::intake::{ManifestPhoto, PhotoPart};
use crate::problem::Error;

/// A photo that a step announces, and its bytes.
pub(super) struct Form {
    pub line: ManifestPhoto,
    pub bytes: Vec<u8>,
}

/// The form that belongs to a step of this name.
pub(super) fn stamped(name: &str, at: Timestamp) -> Result<Form, Error> {
    let photo_id = id(&format!("form of {name}"));
    let bytes = pictures::form(photo_id)?;
    let line = ManifestPhoto {
        photo_id,
        sha256: hex(&Sha256::digest(&bytes)),
        bytes: bytes.len() as u64,
        media_type: "image/jpeg".to_owned(),
        captured_at: at,
        position: None,
        part: PhotoPart::Before,
    };
    Ok(Form { line, bytes })
}
