//! Keeps a manifest: which photos are to come, from whom, of which issue.

use domain::position::Position;
use schema::Conn;
use schema::columns::{At, Uid};
use uuid::Uuid;

use crate::intake::{ManifestPhoto, PhotoPart, sha256_bytes};
use crate::placing::wgs84;
use crate::problem::Error;
use crate::store::photos::{self, Part, Photo};

/// Whose manifest it is.
#[derive(Debug, Clone, Copy)]
pub struct Manifest<'a> {
    /// The issue it belongs to.
    pub issue: i64,
    /// The report or command it came with.
    pub subject: Uuid,
    /// Which part its photos play.
    pub part: Part,
    /// Who will send them.
    pub owner: i64,
    /// Where the issue is.
    pub place: Option<Position>,
    /// Its lines.
    pub photos: &'a [ManifestPhoto],
}

/// Announces every photo of a manifest.
pub fn announce(conn: &mut Conn, manifest: Manifest<'_>) -> Result<Vec<Photo>, Error> {
    let announced = announced(manifest)?;
    photos::insert(conn, &announced)?;
    Ok(announced)
}

/// The photos of a manifest as they are announced.
pub fn announced(manifest: Manifest<'_>) -> Result<Vec<Photo>, Error> {
    let mut announced = Vec::with_capacity(manifest.photos.len());
    for line in manifest.photos {
        let taken_at = line.position.as_ref().and_then(wgs84);
        let distance =
            manifest.place.zip(taken_at).map(|(place, taken)| place.distance_to(taken).0);
        let photo = Photo {
            issue_id: manifest.issue,
            subject: Uid(manifest.subject),
            photo_id: Uid(line.photo_id),
            part: part(manifest.part, line.part).word().to_owned(),
            owner: manifest.owner,
            sha256: sha256_bytes(&line.sha256)?,
            bytes: i64::try_from(line.bytes).unwrap_or(i64::MAX),
            media_type: line.media_type.clone(),
            captured_at: At(line.captured_at),
            distance_m: distance,
            stored_at: None,
            stated_lat: taken_at.map(|at| at.lat),
            stated_lon: taken_at.map(|at| at.lon),
            stated_accuracy_m: taken_at.and(accuracy(line)),
            flags: None,
        };
        announced.push(photo);
    }
    Ok(announced)
}

/// What a report shows after it was fixed is no picture of the problem.
fn part(of: Part, said: PhotoPart) -> Part {
    if of == Part::Before && said == PhotoPart::After { Part::After } else { of }
}

/// A radius of confidence that is one.
fn accuracy(line: &ManifestPhoto) -> Option<f64> {
    let stated = line.position.and_then(|stated| stated.accuracy_m);
    stated.filter(|radius| radius.is_finite() && *radius >= 0.0)
}
