//! 认领: cables that hang down without a tag. One was claimed, and the other companies help; one waits to be claimed;
//! one was claimed by nobody, and its subdistrict has it.

use domain::access::Action;
use domain::position::{Datum, Position};
use domain::workflow::Command;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::form::Form;
use super::id;
use super::sent::{Sent, send};
use super::step::{Step, take, take_with};
use crate::actions::record::hex;
use crate::app::App;
use crate::demo::pictures::{Album, Side};
use crate::demo::story::{Cast, Month};
use crate::intake::{ManifestPhoto, PhotoPart, StatedPosition};
use crate::jobs::claims::lapse;
use crate::problem::Error;
use crate::store::issues;

const SCENE: &[(Side, PhotoPart)] = &[(Side::Before, PhotoPart::Scene)];
/// When each was reported, hours ago: the first is over long since, the last has most of its time left.
const HOURS: [i64; 3] = [98, 27, 1];
/// Between one step and the next.
const BETWEEN: SignedDuration = SignedDuration::from_mins(12);

/// Tells them in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let gazetteer = app.gazetteer();
    let mut places = gazetteer.points().filter_map(|point| point.position()).skip(9);
    let notes = [
        "电杆拉线松脱，线缆垂到人行道",
        "一束线缆垂落，杆上无标牌",
        "弱电箱门脱落、线缆外露，无标牌",
    ];
    let mut issues = Vec::new();
    for ((hours, login), note) in
        HOURS.into_iter().zip(["inspector02", "inspector06", "inspector11"]).zip(notes)
    {
        let Some(place) = places.next() else { return Ok(()) };
        let (category, condition) = ("1201", "1201C");
        let sent = Sent { hours, login, category, condition, note, sides: SCENE };
        let issue = send(app, (cast, month), sent, place).await?;
        issues.push((issue, place, month.now - SignedDuration::from_hours(hours)));
        // What nobody claimed is passed on before the next one is reported.
        lapse(app).await?;
    }
    for (at, (issue, place, reported)) in issues.into_iter().enumerate() {
        let found = app.db.read(move |conn| issues::find(conn, issue)).await?;
        // It may have joined what was seen there before; and the first one is over.
        if found.is_none_or(|issue| issue.state.offer.is_none()) {
            continue;
        }
        match at {
            1 => claimed(app, cast, issue, (place, reported)).await?,
            2 => {
                app.clock.set(reported + BETWEEN);
                let reason = "我公司线缆均挂红色标牌，此处没有".to_owned();
                let (action, command) = (Action::DeclineClaim, Command::DeclineClaim { reason });
                let (name, login) = ("not broadcast's", "guangdian".to_owned());
                take(app, cast, issue, Step { name, login, action, command }).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Mobile claims it, three of the others take their part, and one has done it.
async fn claimed(
    app: &App,
    cast: &Cast,
    issue: i64,
    (place, reported): (Position, Timestamp),
) -> Result<(), Error> {
    let mut at = reported;
    let steps = [
        ("a cable claimed", "yidong", Action::ClaimIssue, Command::Claim),
        ("power's part", "gongdian", Action::AcceptPart, Command::AcceptPart),
        ("unicom's part", "liantong", Action::AcceptPart, Command::AcceptPart),
        ("telecom's part", "dianxin", Action::AcceptPart, Command::AcceptPart),
    ];
    for (name, login, action, command) in steps {
        at += BETWEEN;
        app.clock.set(at);
        take(app, cast, issue, Step { name, login: login.to_owned(), action, command }).await?;
    }
    at += BETWEEN;
    app.clock.set(at);
    let form = shown(at, place)?;
    let note = "杆上两根废缆已剪除，在用的已捆扎挂牌".to_owned();
    let command = Command::FinishPart { note, photos: vec![form.line.photo_id.to_string()] };
    let (name, login, action) = ("unicom's part done", "liantong".to_owned(), Action::FinishPart);
    take_with(app, cast, issue, Step { name, login, action, command }, Some(form)).await?;
    Ok(())
}

/// A photo of the pole as it is now.
fn shown(at: Timestamp, place: Position) -> Result<Form, Error> {
    let photo_id = id("unicom's cables bound up");
    let bytes = Album::default().picture("1201", Side::After, 27, photo_id)?;
    let (lat, lon) = (place.lat, place.lon);
    let line = ManifestPhoto {
        photo_id,
        sha256: hex(&Sha256::digest(&bytes)),
        bytes: bytes.len() as u64,
        media_type: "image/jpeg".to_owned(),
        captured_at: at,
        position: Some(StatedPosition { lat, lon, datum: Datum::Wgs84, accuracy_m: Some(8.0) }),
        part: PhotoPart::Scene,
    };
    Ok(Form { line, bytes })
}
