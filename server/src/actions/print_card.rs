//! Prints a supervision card 督办卡 or letter 协调函.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use domain::access::{Actor, Role};
use schema::Conn;

use crate::actions::record::hex;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::papers::{CardOnPaper, IssueOnPaper, issuer};
use crate::photos::Size;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::{accounts, cards, issues, photos};
use crate::viewings::{Way, shown};

/// A card as a PDF, for whoever may see it, and a name for the file.
///
/// # Errors
/// [`Error::NotFound`] where they may not; [`Error::PaperFontMissing`].
pub async fn print_card(app: &App, actor: Actor, id: i64) -> Result<(String, Vec<u8>), Error> {
    let (gazetteer, account) = (app.gazetteer(), actor.account);
    let (mut card, about, pictures) = card_on_paper(app, actor, id).await?;
    // None is blind when the card is drafted; if one ever were, that it was printed is on record.
    shown(app, account, Way::Exported, &about).await?;
    let places: HashMap<i64, PathBuf> = pictures
        .into_iter()
        .map(|(issue, sha256)| (issue, app.photos.rendition(&hex(&sha256), Size::Large)))
        .collect();
    let compose = move || {
        for issue in &mut card.issues {
            // A picture that is lost is made again when somebody opens it; the card is printed without it.
            let bytes = places.get(&issue.id).map(std::fs::read);
            issue.photo = bytes.and_then(Result::ok).map(Arc::new);
        }
        Ok(card.compose(&gazetteer))
    };
    Ok((format!("card-{id}.pdf"), app.press.print(compose).await?))
}

/// What stands on a card, without its photos; its issues; and by issue the digest of the photo before.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see it.
pub async fn card_on_paper(app: &App, actor: Actor, id: i64) -> Result<Found, Error> {
    let gazetteer = app.gazetteer();
    let (from, most) = (issuer(&app.config.paper, &gazetteer), app.config.paper.photos);
    app.db.read(move |conn: &mut Conn| find(conn, id, &actor, from, most, &gazetteer)).await
}

/// A card, its issues, and the digest of a photo of each.
pub type Found = (CardOnPaper, Vec<Issue>, HashMap<i64, Vec<u8>>);

fn find(
    conn: &mut Conn,
    id: i64,
    actor: &Actor,
    issuer: String,
    photos_at_most: usize,
    gazetteer: &Gazetteer,
) -> Result<Found, Error> {
    let card = cards::find(conn, id)?.filter(|card| card.state.is_seen_by(actor));
    let state = card.ok_or(Error::NotFound)?.state;
    let mut about = issues::list(conn, &state.drafted.issues)?;
    about.retain(|issue| actor.role != Role::Bureau || !issue.state.blind);
    about.sort_unstable_by_key(|issue| issue.id);
    let signed: Vec<i64> = state.signed_by.into_iter().collect();
    let signed_by = accounts::list_by_id(conn, &signed)?.into_iter().next();
    let shown: Vec<i64> = about.iter().map(|issue| issue.id).take(photos_at_most).collect();
    let pictures = photos::list_first_pictures(conn, &shown)?;
    let bureau = gazetteer.bureau(&state.drafted.bureau).map(|known| known.name.clone());
    let card = CardOnPaper {
        issuer,
        bureau: bureau.unwrap_or_else(|| state.drafted.bureau.clone()),
        signed_by: signed_by.map(|account| account.name).unwrap_or_default(),
        issues: about.iter().map(|issue| on_paper(issue, gazetteer)).collect(),
        state,
    };
    Ok((card, about, pictures))
}

fn on_paper(issue: &Issue, gazetteer: &Gazetteer) -> IssueOnPaper {
    let state = &issue.state;
    let category = state.category.as_deref().and_then(|code| gazetteer.category(code));
    IssueOnPaper {
        id: issue.id,
        what: category.map_or_else(|| "未分类".to_owned(), |known| known.name.clone()),
        place: place(issue, gazetteer),
        due_at: state.due_at,
        suspended: state.suspension.is_some(),
        photo: None,
    }
}

/// Its areas below the district, and the nearest point around it.
fn place(issue: &Issue, gazetteer: &Gazetteer) -> String {
    let areas = issue.detail.areas.iter().rev().skip(1);
    let mut names: Vec<String> =
        areas.filter_map(|code| gazetteer.area_name(code)).map(str::to_owned).collect();
    let near =
        issue.detail.points.iter().min_by(|one, other| one.distance_m.total_cmp(&other.distance_m));
    let near = near.and_then(|near| gazetteer.point(&near.code));
    names.extend(near.map(|point| format!("{}周边", point.name)));
    if names.is_empty() { "辖区外或位置不明".to_owned() } else { names.join("，") }
}
