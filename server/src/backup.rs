//! A copy of everything, made while the server runs, from which another machine can go on: with the
//! same kind of database or the other one.
//!
//! ```text
//! manifest.json          what is here; it is put in place last, so a backup without it is none
//! tables-…/NAME.jsonl.gz one row a line, as JSON arrays
//! tables-…/photos.jsonl.gz  digest and length of every photo that belongs to it
//! keys-…/                keys.json and its like, unless left out
//! photos/blobs/ab/cd/…   the photos, by digest: the next backup adds only what is new
//! ```

use std::path::{Path, PathBuf};

use schema::{Conn, DbConfig, DbUrl, migrations};

use crate::problem::Error;

pub mod command;
mod files;
mod lines;
mod manifest;
mod restore;
mod verify;
mod write;

pub use files::{Copied, copy_photo, sha256_of};
pub use manifest::{KeyFile, Manifest, Part, PhotoList};
pub use restore::{MARKER, Restored, restore};
pub use verify::verify;
pub use write::{Made, Options, make};

/// Tables that a backup leaves out. Who is signed in, failed attempts and hand-over codes belong to the
/// moment: restored, a session that was ended since would be good again. Photos half sent are not in a
/// backup, so neither is how far they are.
pub const LEFT_OUT: [&str; 4] = ["session", "sign_in_failure", "handover", "upload"];

/// Where an installation is.
#[derive(Debug, Clone)]
pub struct Place {
    /// Folder of the photos and the keys.
    pub data: PathBuf,
    /// The database.
    pub database: DbConfig,
}

impl Place {
    /// Opens the database of an installation that is there; nothing is changed in it.
    ///
    /// # Errors
    /// [`Error::Operation`] where there is none, or one of another version of the program.
    pub fn open(&self) -> Result<Conn, Error> {
        if let DbUrl::Sqlite(file) = &self.database.url
            && !file.is_file()
        {
            let said = format!("there is no installation here: {} is missing", file.display());
            return Err(Error::Operation(said));
        }
        let mut conn = Conn::open(&self.database.url)?;
        let (own, ran) = migrations(&mut conn)?;
        if own == ran {
            return Ok(conn);
        }
        Err(Error::Operation(if ran.is_empty() {
            "there is no installation in this database".to_owned()
        } else {
            "the database is of another version of the program; use that one, or start the server \
             once so that the database is brought up to date"
                .to_owned()
        }))
    }
}

/// Fails as [`Error::Operation`], with the file's name.
fn at(file: &Path, error: &std::io::Error) -> Error {
    Error::Operation(format!("{}: {error}", file.display()))
}
