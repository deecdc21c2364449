//! Real photos.

use std::path::Path;

use sha2::{Digest, Sha256};
use zhoubian::actions::record::hex;

use crate::measure::Outcome;

/// A file somebody might send as a photo.
#[derive(Debug)]
pub struct Picture {
    /// Folder and file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Of its bytes, hexadecimal.
    pub sha256: String,
    /// What its name says it is.
    pub media_type: &'static str,
}

impl Picture {
    /// Of bytes.
    pub fn new(name: String, bytes: Vec<u8>, media_type: &'static str) -> Self {
        let sha256 = hex(&Sha256::digest(&bytes));
        Self { name, bytes, sha256, media_type }
    }
}

/// What there is.
#[derive(Debug)]
pub struct Corpus {
    /// Photos of a type that is taken, odd EXIF and all.
    pub fit: Vec<Picture>,
    /// Files that are no such photo.
    pub unfit: Vec<Picture>,
}

/// Reads every folder of photos.
pub fn read(folder: &Path) -> Outcome<Corpus> {
    let mut corpus = Corpus { fit: Vec::new(), unfit: Vec::new() };
    for kind in ["gps", "cameras", "orientation", "heic", "invalid", "malformed"] {
        let entries = std::fs::read_dir(folder.join(kind));
        let entries =
            entries.map_err(|error| format!("{}: {error}", folder.join(kind).display()))?;
        let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Outcome<Vec<_>>>()?;
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Some(media_type) = media_type(&name) else { continue };
            let picture = Picture::new(format!("{kind}/{name}"), std::fs::read(&path)?, media_type);
            if media_type == "image/bmp" { &mut corpus.unfit } else { &mut corpus.fit }
                .push(picture);
        }
    }
    Ok(corpus)
}

fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => Some("image/jpeg"),
        "heic" | "heif" => Some("image/heic"),
        "bmp" => Some("image/bmp"),
        _ => None,
    }
}
