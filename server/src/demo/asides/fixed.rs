//! What inspectors fixed themselves 自处置, shown before and after in one report.

use domain::access::Actor;
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

/// Hours ago, who, category, condition, what they say.
const FIXED: [(i64, &str, &str, &str, &str); 4] = [
    (2, "inspector01", "0301", "0301B", "公交站牌上两张小广告，已当场清除"),
    (6, "inspector14", "0402", "0402A", "三辆电动车倒在盲道上，已扶起摆齐"),
    (30, "inspector05", "0101", "0101B", "花坛边一袋垃圾，已捡起投放"),
    (54, "inspector09", "0402", "0402A", "共享单车挡住坡道口，已挪开摆齐"),
];
/// Between the photo before and the one after.
const WORK: SignedDuration = SignedDuration::from_mins(4);

/// Tells them in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let mut album = Album::default();
    let gazetteer = app.gazetteer();
    let places: Vec<Position> =
        gazetteer.points().filter_map(|point| point.position()).take(FIXED.len()).collect();
    for ((hours, login, category, condition, note), place) in FIXED.into_iter().zip(places) {
        let at = month.now - SignedDuration::from_hours(hours);
        let actor = cast.account(login)?;
        let report = id(&format!("fixed {hours} hours ago"));
        let (mut manifest, mut pictures) = (Vec::new(), Vec::new());
        for (side, part, taken) in
            [(Side::Before, PhotoPart::Before, at - WORK), (Side::After, PhotoPart::After, at)]
        {
            let photo_id = id(&format!("{report} {part:?}"));
            let bytes = album.picture(category, side, hours.unsigned_abs(), photo_id)?;
            manifest.push(ManifestPhoto {
                photo_id,
                sha256: hex(&Sha256::digest(&bytes)),
                bytes: bytes.len() as u64,
                media_type: "image/jpeg".to_owned(),
                captured_at: taken,
                position: Some(stated(place)),
                part,
            });
            pictures.push(bytes);
        }
        let digests: Vec<String> = manifest.iter().map(|line| line.sha256.clone()).collect();
        let submission = Submission {
            category: Some(category.to_owned()),
            condition: Some(condition.to_owned()),
            note: note.to_owned(),
            source: Source::Inspector,
            blind: false,
            captured_at: at - WORK,
            captured_age_ms: Some(u64::try_from(WORK.as_millis()).unwrap_or_default()),
            sent_at: Some(at),
            position: Some(stated(place)),
            device_position: None,
            self_handled: true,
            photos: manifest,
        };
        app.clock.set(at);
        submit_report(app, actor.clone(), report, submission).await?;
        for (sha256, bytes) in digests.iter().zip(pictures) {
            send(app, &actor, sha256, bytes).await?;
        }
    }
    Ok(())
}

fn stated(at: Position) -> StatedPosition {
    StatedPosition { lat: at.lat, lon: at.lon, datum: Datum::Wgs84, accuracy_m: Some(8.0) }
}

async fn send(app: &App, actor: &Actor, sha256: &str, bytes: Vec<u8>) -> Result<(), Error> {
    let announced = announced(app, actor, sha256).await?;
    let mut incoming = app.photos.receive().await?;
    incoming.write(bytes.into()).await?;
    store_photo(app, actor.clone(), sha256, &announced, incoming).await?;
    Ok(())
}
