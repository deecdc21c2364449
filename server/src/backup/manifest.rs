//! What a backup holds.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::at;
use crate::problem::Error;

/// The format written here; others are not read.
const FORMAT: u32 = 1;
/// Its name in the backup's folder.
const FILE: &str = "manifest.json";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of everything beside it.
    pub format: u32,
    /// The version of the program that made it.
    pub program: String,
    /// The migrations that its tables have been through.
    pub schema: Vec<String>,
    /// When it was begun.
    pub made_at: Timestamp,
    /// The kind of database it was made from; it can be restored into either.
    pub database: String,
    /// The epoch of the installation.
    pub epoch: String,
    /// The last feed number in it.
    pub feed: i64,
    /// One file for each table.
    pub tables: Vec<Part>,
    /// The photos that belong to it.
    pub photos: PhotoList,
    /// Files of keys.
    pub keys: Vec<KeyFile>,
}

/// A table's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The table, or `photos` for the list of them.
    pub name: String,
    /// Its columns, in the order of each line.
    pub columns: Vec<String>,
    /// Lines.
    pub rows: u64,
    /// Where it is, below the backup's folder.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Bytes of the file.
    pub bytes: u64,
}

/// The photos of a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhotoList {
    /// The list.
    pub list: Part,
    /// Photos that are not in the backup because the installation had lost or damaged them.
    pub lost: u64,
}

/// A file of keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyFile {
    /// Its name in the data folder.
    pub name: String,
    /// Where it is, below the backup's folder.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// The format written here.
    pub const FORMAT: u32 = FORMAT;

    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// [`Error::Operation`] where there is none, or of another format.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let file = folder.join(FILE);
        let text = match fs::read(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::Operation(format!(
                    "{} holds no finished backup: manifest.json is missing",
                    folder.display()
                )));
            }
            text => text.map_err(|error| at(&file, &error))?,
        };
        let unreadable = |error: serde_json::Error| {
            Error::Operation(format!("{} cannot be read: {error}", file.display()))
        };
        let Format { format } = serde_json::from_slice(&text).map_err(unreadable)?;
        if format != FORMAT {
            return Err(Error::Operation(format!(
                "the backup has format {format}, and this program reads {FORMAT}; use the version \
                 of the program that made it"
            )));
        }
        serde_json::from_slice(&text).map_err(unreadable)
    }

    /// Puts it in place: from this moment on the backup is one.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Error> {
        let (file, draft) = (folder.join(FILE), folder.join("manifest.json.draft"));
        let text = serde_json::to_vec_pretty(self)?;
        let write = || {
            let mut out = File::create(&draft)?;
            out.write_all(&text)?;
            out.sync_all()?;
            fs::rename(&draft, &file)?;
            File::open(folder)?.sync_all()
        };
        write().map_err(|error| at(&file, &error))
    }

    /// The names of what lies in the folder for it, beside the photos.
    pub(super) fn folders(&self) -> Vec<&str> {
        let files = self.tables.iter().chain([&self.photos.list]).map(|part| &part.file);
        let files = files.chain(self.keys.iter().map(|key| &key.file));
        files.filter_map(|file| file.split('/').next()).collect()
    }
}
