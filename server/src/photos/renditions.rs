//! The pictures made of photos, beside them.

use std::io::Write;
use std::path::PathBuf;

use super::arriving::Temporary;
use super::{Blobs, Tree};

/// How large a picture made of a photo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Longest side at most 1600 pixels.
    Large,
    /// Longest side at most 320 pixels.
    Thumbnail,
}

impl Size {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Large, Self::Thumbnail];

    /// The word in its address and its file name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Large => "large",
            Self::Thumbnail => "thumbnail",
        }
    }
}

impl Blobs {
    /// Where the rendition of these bytes is, or would be.
    pub fn rendition(&self, sha256: &str, size: Size) -> PathBuf {
        self.folder(Tree::Renditions, sha256).join(format!("{sha256}.{}.jpg", size.word()))
    }

    /// Keeps renditions durably; whatever was there is replaced whole. Blocks.
    pub fn keep_renditions(&self, sha256: &str, made: &[(Size, &[u8])]) -> std::io::Result<()> {
        let folder = self.open_folder(Tree::Renditions, sha256)?;
        for (size, jpeg) in made {
            let (at, mut file) = Temporary::create(self)?;
            file.write_all(jpeg)?;
            file.sync_data()?;
            std::fs::rename(at.path(), self.rendition(sha256, *size))?;
        }
        self.sync_way(Tree::Renditions, sha256, &folder)
    }
}
