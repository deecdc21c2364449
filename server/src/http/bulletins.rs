//! `/bulletins`: bulletins 通报, daily digests 简报 and weekly dispatches 每周调度, stored as issued.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post};
use domain::access::{Action, Actor, Role, Subject, may};
use domain::bulletin::BulletinKind;
use schema::Conn;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::actions::bulletins::{issue, made_again, preview};
use crate::actions::record::hex;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::{BulletinProblems, PagedProblems, PaperProblems, ReadProblems};
use crate::http::issues::page_size;
use crate::papers::{BulletinOnPaper, PDF, issuer};
use crate::problem::Error;
use crate::store::bulletins::{self, Filter, Issued};

mod members;
mod wire;
mod workbook;

pub use members::{BulletinMember, BulletinMemberPage, list_bulletin_members};
pub use wire::{
    BulletinAsk, BulletinDetail, BulletinPage, BulletinReplay, BulletinView, NewBulletin,
};
pub use workbook::get_bulletin_workbook;

/// Which page of which bulletins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BulletinQuery {
    /// Only these: `daily`, `weekly` or `notice`.
    #[param(value_type = Option<String>, example = "weekly")]
    kind: Option<BulletinKind>,
    /// `next` of the page before.
    after: Option<String>,
    /// Bulletins on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

/// List bulletins
///
/// The newest first. A bureau reads those that are addressed to all.
#[utoipa::path(tag = "figures", operation_id = "list_bulletins", params(BulletinQuery),
    responses((status = 200, description = "A page.", body = BulletinPage), PagedProblems))]
#[get("/bulletins")]
pub async fn list_bulletins(
    app: Data<App>,
    who: SignedIn,
    query: Query<BulletinQuery>,
) -> Result<Json<BulletinPage>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListBulletins, &Subject::None)?;
    let size = page_size(query.limit)?;
    let before: Option<i64> = query.after.as_deref().map(cursor::read).transpose()?;
    let filter = Filter { kind: query.kind, for_all: actor.role == Role::Bureau };
    let list = move |conn: &mut Conn| bulletins::list(conn, filter, before, size + 1);
    let mut found = app.db.read(list).await?;
    // One more than asked for tells whether there is a next page.
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|(id, _)| cursor::write(id)).transpose()?;
    let items = found.iter().map(|(id, head)| BulletinView::new(*id, head));
    Ok(Json(BulletinPage { items: items.collect::<Result<_, _>>()?, next }))
}

/// Preview a bulletin
///
/// What it would say if it were issued now. Nothing blind is counted.
#[utoipa::path(tag = "figures", operation_id = "preview_bulletin", request_body = BulletinAsk,
    responses((status = 200, description = "What it would say: `basis` and `figures`.", body = Value), BulletinProblems))]
#[post("/bulletins/preview")]
pub async fn preview_bulletin(
    app: Data<App>,
    who: SignedIn,
    body: Json<BulletinAsk>,
) -> Result<Json<Value>, Error> {
    let bulletin = preview(&app, &who.actor(&app), body.wanted()?).await?;
    Ok(Json(serde_json::to_value(bulletin)?))
}

/// Issue a bulletin 发布
///
/// Made from the log as it stands, numbered, and kept as it is: nothing changes it any more. Nothing blind is counted.
#[utoipa::path(tag = "figures", operation_id = "create_bulletin", request_body = NewBulletin,
    responses(
        (status = 201, description = "It is issued.", body = BulletinView),
        (status = 200, description = "It was here already.", body = BulletinView),
        BulletinProblems,
    ))]
#[post("/bulletins")]
pub async fn create_bulletin(
    app: Data<App>,
    who: SignedIn,
    body: Json<NewBulletin>,
) -> Result<HttpResponse, Error> {
    let NewBulletin { id, for_all, ask } = body.into_inner();
    let wanted = ask.wanted()?;
    let (id, issued, is_new) = issue(&app, who.actor(&app), (id, for_all), wanted).await?;
    let view = BulletinView::new(id, &issued.head)?;
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(view))
}

/// Read a bulletin
///
/// As it was issued.
#[utoipa::path(tag = "figures", operation_id = "get_bulletin",
    params(("id" = i64, Path, description = "Its id.", example = 3)),
    responses((status = 200, description = "The bulletin.", body = BulletinDetail), ReadProblems))]
#[get("/bulletins/{id}")]
pub async fn get_bulletin(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<Json<BulletinDetail>, Error> {
    let (id, issued) = found(&app, &who.actor(&app), Action::GetBulletin, *id).await?;
    let body = serde_json::from_str(&issued.body)?;
    Ok(Json(BulletinDetail { bulletin: BulletinView::new(id, &issued.head)?, body }))
}

/// Print a bulletin
///
/// As PDF, in Chinese as an official document 公文. The same bulletin is the same bytes.
#[utoipa::path(tag = "figures", operation_id = "print_bulletin",
    params(("id" = i64, Path, description = "Its id.", example = 3)),
    responses((status = 200, description = "The paper.", body = [u8], content_type = "application/pdf",
        headers(("Content-Disposition" = String, description = "A name for the file."))), PaperProblems))]
#[get("/bulletins/{id}/paper.pdf")]
pub async fn print_bulletin(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<HttpResponse, Error> {
    let (id, issued) = found(&app, &who.actor(&app), Action::PrintBulletin, *id).await?;
    let gazetteer = app.gazetteer();
    let paper = BulletinOnPaper {
        issuer: issuer(&app.config.paper, &gazetteer),
        number: issued.head.number()?.to_string(),
        bulletin: issued.read()?,
    };
    let pdf = app.press.print(move || Ok(paper.compose(&gazetteer))).await?;
    Ok(HttpResponse::Ok()
        .content_type(PDF)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"bulletin-{id}.pdf\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(pdf))
}

/// Make a bulletin again
///
/// From the log as of its position: whether it comes out the same, byte for byte. `zhoubian check` does so with every
/// one.
#[utoipa::path(tag = "figures", operation_id = "replay_bulletin",
    params(("id" = i64, Path, description = "Its id.", example = 3)),
    responses((status = 200, description = "Whether it is the same.", body = BulletinReplay), ReadProblems))]
#[get("/bulletins/{id}/replay")]
pub async fn replay_bulletin(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<Json<BulletinReplay>, Error> {
    let (_, issued) = found(&app, &who.actor(&app), Action::ReplayBulletin, *id).await?;
    let again = move |conn: &mut Conn| Ok::<_, Error>((made_again(conn, &issued)?, issued));
    let (again, issued) = app.db.read(again).await?;
    Ok(Json(BulletinReplay {
        same: again == issued.body,
        sha256: hex(&Sha256::digest(&issued.body)),
        made_again: hex(&Sha256::digest(&again)),
    }))
}

async fn found(app: &App, actor: &Actor, action: Action, id: i64) -> Result<(i64, Issued), Error> {
    may(Some(actor), action, &Subject::None)?;
    let issued = app.db.read(move |conn: &mut Conn| bulletins::find(conn, id)).await?;
    let seen = issued.filter(|issued| issued.head.for_all || actor.role != Role::Bureau);
    Ok((id, seen.ok_or(Error::NotFound)?))
}
