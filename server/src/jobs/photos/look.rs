//! Reads a photo's bytes and looks at them, with memory set aside for it, off the async threads.

use std::io::ErrorKind;

use imaging::{Exif, Limits, Look, Unreadable};

use super::Failed;
use crate::actions::record::hex;
use crate::app::App;
use crate::photos::Reserved;
use crate::problem::Error;
use crate::store::photo_files::PhotoFile;

/// What a look found.
#[derive(Debug)]
pub enum Found {
    /// Pictures, and what the camera wrote.
    Pictures(Box<Look>),
    /// No picture can be made of it.
    Unreadable(Unreadable, Box<Exif>),
    /// Of a type that is stored only.
    Kept(Box<Exif>),
}

/// Looks at a photo; waits until there is memory for it.
pub async fn look(app: &App, file: &PhotoFile) -> Result<Found, Failed> {
    let length = usize::try_from(file.bytes).unwrap_or(usize::MAX);
    let turn = app.looking.turn.lock().await;
    let Some(reserved) = app.looking.reserve(length).await? else {
        return Ok(Found::Unreadable(Unreadable::TooMuchMemory, Box::default()));
    };
    let (bytes, needed) = read(app, file).await?;
    let (reserved, needed) = match needed {
        Err(problem) => (Some(reserved), Err(problem)),
        Ok(needed) => match app.looking.enlarge(reserved, needed).await? {
            Some(enough) => (Some(enough), Ok(())),
            None => (None, Err(Unreadable::TooMuchMemory)),
        },
    };
    drop(turn);
    let max_pixels = u64::from(app.config.photos.max_megapixels) * 1_000_000;
    let is_heic = file.media_type == "image/heic";
    let memory = reserved.as_ref().map_or(length, Reserved::bytes);
    let look = move || {
        let looked = needed.and_then(|()| imaging::look(&bytes, &Limits { max_pixels, memory }));
        let exif = || Box::new(imaging::exif(&bytes));
        match looked {
            Ok(look) => Found::Pictures(Box::new(look)),
            Err(Unreadable::Unsupported) if is_heic => Found::Kept(exif()),
            Err(problem) => Found::Unreadable(problem, exif()),
        }
    };
    let found = guarded(look).await;
    drop(reserved);
    found
}

type Needed = Result<usize, Unreadable>;

async fn read(app: &App, file: &PhotoFile) -> Result<(Vec<u8>, Needed), Failed> {
    let (path, all) = (app.photos.path(&hex(&file.sha256)), app.photos.blobs());
    let read = move || match std::fs::read(path) {
        Ok(bytes) => {
            let needed = imaging::memory_needed(&bytes);
            Ok((bytes, needed))
        }
        // Where none is to be found, the disk is not mounted: that is no photo's fault.
        Err(error) if error.kind() == ErrorKind::NotFound && all.is_dir() => Err(Failed::Missing),
        Err(error) => Err(Failed::Server(error.into())),
    };
    guarded(read).await?
}

/// Runs work that may panic: what is in a photo is anybody's.
async fn guarded<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failed> {
    tokio::task::spawn_blocking(work).await.map_err(|broken| {
        if broken.is_panic() {
            Failed::Crashed
        } else {
            Failed::Server(Error::Internal(broken.to_string()))
        }
    })
}
