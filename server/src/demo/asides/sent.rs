//! One report with its photos, told beside the month's.

use domain::position::{Datum, Position};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::id;
use crate::actions::record::hex;
use crate::actions::store_photo::{announced, store_photo};
use crate::actions::submit_report::submit_report;
use crate::app::App;
use crate::demo::pictures::{Album, Side};
use crate::demo::story::{Cast, Month};
use crate::intake::{ManifestPhoto, PhotoPart, Source, StatedPosition, Submission};
use crate::problem::Error;

/// Between the first photo and the report.
const WORK: SignedDuration = SignedDuration::from_mins(4);

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent {
    /// Hours before the end of the month.
    pub hours: i64,
    /// Who sends it.
    pub login: &'static str,
    pub category: &'static str,
    pub condition: &'static str,
    pub note: &'static str,
    /// The photos, and what each shows; with both sides its finder fixed it.
    pub sides: &'static [(Side, PhotoPart)],
}

/// Sends it and its photos; gives the issue's number.
pub(super) async fn send(
    app: &App,
    (cast, month): (&Cast, &Month),
    sent: Sent,
    place: Position,
) -> Result<i64, Error> {
    let mut album = Album::default();
    let at = month.now - SignedDuration::from_hours(sent.hours);
    let actor = cast.account(sent.login)?;
    let report = id(&format!("report of {}, {} hours ago", sent.login, sent.hours));
    let (mut manifest, mut pictures) = (Vec::new(), Vec::new());
    for (side, part) in sent.sides.iter().copied() {
        let photo_id = id(&format!("{report} {part:?}"));
        let bytes = album.picture(sent.category, side, sent.hours.unsigned_abs(), photo_id)?;
        manifest.push(ManifestPhoto {
            photo_id,
            sha256: hex(&Sha256::digest(&bytes)),
            bytes: bytes.len() as u64,
            media_type: "image/jpeg".to_owned(),
            captured_at: if part == PhotoPart::After { at } else { at - WORK },
            position: Some(stated(place)),
            part,
        });
        pictures.push(bytes);
    }
    let digests: Vec<String> = manifest.iter().map(|line| line.sha256.clone()).collect();
    let submission = Submission {
        category: Some(sent.category.to_owned()),
        condition: Some(sent.condition.to_owned()),
        note: sent.note.to_owned(),
        source: Source::Inspector,
        blind: false,
        captured_at: at - WORK,
        captured_age_ms: Some(u64::try_from(WORK.as_millis()).unwrap_or_default()),
        sent_at: Some(at),
        position: Some(stated(place)),
        device_position: None,
        self_handled: sent.sides.iter().any(|(_, part)| *part == PhotoPart::After),
        photos: manifest,
    };
    app.clock.set(at);
    let received = submit_report(app, actor.clone(), report, submission).await?;
    for (sha256, bytes) in digests.iter().zip(pictures) {
        let announced = announced(app, &actor, sha256).await?;
        let mut incoming = app.photos.receive().await?;
        incoming.write(bytes.into()).await?;
        store_photo(app, actor.clone(), sha256, &announced, incoming).await?;
    }
    Ok(received.issue.id)
}

fn stated(at: Position) -> StatedPosition {
    StatedPosition { lat: at.lat, lon: at.lon, datum: Datum::Wgs84, accuracy_m: Some(8.0) }
}
