//! Whether what arrived is what was announced.

use crate::photos::{Arrived, media_type_of};
use crate::problem::Error;
use crate::store::photos::Photo;

/// Length and media type of what arrived.
pub(super) type What = (i64, &'static str);

/// A line that states another length or type than the bytes have is not fulfilled by them; it does
/// not keep them from the lines that are right.
pub(super) fn fulfils(photo: &Photo, (length, media_type): What) -> bool {
    photo.bytes == length && photo.media_type == media_type
}

/// Checks what arrived against what was announced, and its header against what is taken.
pub(super) fn check(
    arrived: &Arrived,
    sha256: &str,
    announced: &[Photo],
    max_megapixels: u32,
) -> Result<What, Error> {
    if arrived.sha256 != sha256 {
        return Err(Error::invalid(
            "photo-digest-mismatch",
            "The bytes that arrived have another SHA-256.",
        ));
    }
    let length = i64::try_from(arrived.length).unwrap_or(i64::MAX);
    let shown = media_type_of(&arrived.head).unwrap_or("no photo type that is taken");
    if announced.iter().any(|photo| fulfils(photo, (length, shown))) {
        return check_header(arrived, shown, max_megapixels).map(|()| (length, shown));
    }
    let said = announced.first().map_or(0, |photo| photo.bytes);
    if said != length {
        let detail = format!("{length} bytes arrived, the manifest says {said}.");
        return Err(Error::invalid("photo-length-mismatch", detail));
    }
    let detail = format!("The bytes show {shown}, not what the manifest says.");
    Err(Error::invalid("photo-type-mismatch", detail))
}

/// Refuses what states more pixels than are taken, and what states none. HEIC is stored whatever its
/// header says: nothing is made of it here.
fn check_header(arrived: &Arrived, shown: &str, max_megapixels: u32) -> Result<(), Error> {
    let header = match &arrived.header {
        Ok(header) => header,
        Err(_unread) if shown == "image/heic" => return Ok(()),
        Err(problem) => {
            let detail = format!("The header cannot be read: {problem} ({}).", problem.code());
            return Err(Error::invalid("photo-header-unreadable", detail));
        }
    };
    let (width, height) = (header.width, header.height);
    if u64::from(width) * u64::from(height) <= u64::from(max_megapixels) * 1_000_000 {
        return Ok(());
    }
    let detail = format!(
        "The photo has {width} × {height} pixels; at most {max_megapixels} million are taken."
    );
    Err(Error::invalid("photo-too-many-pixels", detail))
}
