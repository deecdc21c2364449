//! A link 链接 that a bureau gave to a property manager, and the draft 草稿 that came by it and waits.

use domain::access::Scope;
use domain::position::Datum;
use domain::workflow::Stage;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use super::id;
use crate::actions::links::{NewDraft, NewLink, announced, make_link, send_draft};
use crate::actions::record::hex;
use crate::actions::store_photo::store_draft_photo;
use crate::app::App;
use crate::demo::pictures::{Album, Side};
use crate::demo::story::{Cast, Month};
use crate::intake::{ManifestPhoto, PhotoPart, StatedPosition};
use crate::problem::Error;
use crate::store::issue_list::{self, Filter, Lead, Order};
use crate::store::issues::Issue;

/// Whose issue it is, the one with the most to do.
const LEAD: &str = "huanwei";
/// When the link was made and the draft sent, hours and minutes ago; how long the link is good for, hours.
const MADE_AGO: SignedDuration = SignedDuration::from_hours(3);
const SENT_AGO: SignedDuration = SignedDuration::from_mins(50);
const HOURS: u32 = 72;

/// Tells it in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let filter = Filter {
        stages: vec![Stage::Accepted],
        open: Some(true),
        lead: Some(Lead::Bureau(LEAD.to_owned())),
        ..Filter::default()
    };
    let accepted = app
        .db
        .read(move |conn| issue_list::list(conn, &Scope::All, &filter, Order::Due, None, 40))
        .await?;
    let made_at = month.now - MADE_AGO;
    let since = |issue: &Issue| issue.state.accepted_at.is_some_and(|at| at < made_at);
    let is_free = |issue: &Issue| issue.state.request.is_none() && issue.photos_stored > 0;
    // The latest limits: what is overdue is told of elsewhere.
    let chosen = accepted.into_iter().rev().find(|issue| since(issue) && is_free(issue));
    let Some(issue) = chosen else { return Ok(()) };
    app.clock.set(made_at);
    let new = NewLink {
        id: id("link for the property manager"),
        issue: issue.id,
        for_whom: "东关万家物业".to_owned(),
        task: "请安排保洁清理，清理后在原位置拍一张照片。".to_owned(),
        hours: HOURS,
    };
    let (link, _) = make_link(app, cast.account(LEAD)?, new).await?;
    app.clock.set(month.now - SENT_AGO);
    let (draft, photo) = (id("draft of the property manager"), id("photo of the property manager"));
    let category = issue.state.category.clone().unwrap_or_default();
    let scene = issue.id.unsigned_abs();
    let bytes = Album::default().picture(&category, Side::After, scene, photo)?;
    let sha256 = hex(&Sha256::digest(&bytes));
    let manifest = ManifestPhoto {
        photo_id: photo,
        sha256: sha256.clone(),
        bytes: bytes.len() as u64,
        media_type: "image/jpeg".to_owned(),
        captured_at: month.now - SENT_AGO,
        position: issue.detail.position.map(|at| StatedPosition {
            lat: at.lat,
            lon: at.lon,
            datum: Datum::Wgs84,
            accuracy_m: Some(12.0),
        }),
        part: PhotoPart::Scene,
    };
    let note = "保洁员已清理完毕，地面冲洗过了，请查看。".to_owned();
    send_draft(app, link.token(), NewDraft { id: draft, note, photos: vec![manifest] }).await?;
    let photo = announced(app, link.token(), draft, &sha256).await?;
    let mut incoming = app.photos.receive().await?;
    incoming.write(bytes.into()).await?;
    store_draft_photo(app, &photo, incoming).await?;
    Ok(())
}
