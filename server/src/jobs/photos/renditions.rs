//! Keeps what a look found: the pictures on disk, durably, before the database says they are there.

use imaging::Exif;
use jiff::tz::Offset;

use super::Found;
use crate::actions::record::hex;
use crate::app::App;
use crate::photos::{Size, blocking};
use crate::problem::Error;
use crate::store::photo_files::{FileState, Looked, Written};

/// Keeps the pictures of a photo, and gives what is to be recorded.
pub async fn keep(app: &App, sha256: &[u8], found: Found) -> Result<Looked, Error> {
    match found {
        Found::Pictures(look) => {
            let picture = (look.width, look.height, look.fingerprint);
            let written = written(&look.exif);
            let (photos, sha256) = (app.photos.clone(), hex(sha256));
            let keep = move || {
                let made = [(Size::Large, &look.large[..]), (Size::Thumbnail, &look.thumbnail[..])];
                photos.keep_renditions(&sha256, &made)
            };
            blocking(keep).await?;
            Looked::new(FileState::Ready, None, Some(picture), Some(&written))
        }
        Found::Unreadable(problem, exif) => {
            let exif = written(&exif);
            Looked::new(FileState::Unreadable, Some(problem.code()), None, Some(&exif))
        }
        Found::Kept(exif) => Looked::new(FileState::Kept, None, None, Some(&written(&exif))),
    }
}

fn written(exif: &Exif) -> Written {
    Written {
        orientation: exif.orientation,
        local: exif.captured.map(|captured| captured.local),
        offset_s: exif.captured.and_then(|captured| captured.offset).map(Offset::seconds),
        position: exif.position,
        gps_time: exif.gps_time,
        make: exif.make.clone(),
        model: exif.model.clone(),
        odd: exif.odd.iter().map(|&word| word.to_owned()).collect(),
    }
}
