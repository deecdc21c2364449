//! `/issues/{id}/links`, `/issues/{id}/drafts`: links 链接 for people without an account, and what came by them.

use std::collections::HashMap;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use domain::access::{Action, Actor, Subject, may};
use domain::workflow::{LinkStanding, link_standing, may_make_link};
use jiff::Timestamp;
use schema::Conn;
use schema::columns::Uid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::command_issue::facets;
use crate::actions::links::{self as actions, NewLink, sees_those_of};
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::documented::{
    DraftCareProblems, LinkCareProblems, MakeLinkProblems, ReadProblems,
};
use crate::http::issues::{PhotoView, photo_view};
use crate::problem::{Error, LinkRefusal};
use crate::store::drafts::Draft;
use crate::store::issues::Issue;
use crate::store::links::Link;
use crate::store::photo_files::PhotoFile;
use crate::store::photos::Photo;
use crate::store::{drafts, issues, links, photo_files, photos};

/// Hours that a link is good for unless more or fewer are asked for: three days.
const HOURS: u32 = 72;

/// A link as it is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"id": "0198f3a0-0000-7000-8000-00000000001b", "for_whom": "万家物业",
    "task": "请清理西门外垃圾并拍照", "hours": 72}))]
pub struct LinkDraft {
    /// Made by the client; the same again gives the link that is there.
    pub id: Uuid,
    /// Whom it is for, in a word; no telephone number.
    #[schema(min_length = 1, max_length = 40)]
    pub for_whom: String,
    /// What they are asked to do, in words; shown to them.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub task: String,
    /// How long it is good for: three days unless said.
    #[serde(default = "hours")]
    #[schema(minimum = 1, default = 72)]
    pub hours: u32,
}

fn hours() -> u32 {
    HOURS
}

/// How far a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Good.
    Good,
    /// Good for looking: nothing is owed at the moment.
    Waiting,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
    /// The issue has ended, or is no longer the bureau's.
    Over,
}

/// A link.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Link, example = json!({"id": "0198f3a0-0000-7000-8000-00000000001b", "for_whom": "万家物业",
    "task": "请清理西门外垃圾并拍照", "bureau": "huanwei", "bureau_name": "环卫中心", "made_by_name": "周环卫",
    "made_at": "2026-11-20T01:12:07Z", "expires_at": "2026-11-23T01:12:07Z", "state": "good",
    "url": "https://zhoubian.example/l#AQGY86AAAHAAgAAAAAAAAAAb", "uses": 2, "used_at": "2026-11-20T02:00:00Z", "drafts": 1}))]
pub struct LinkView {
    /// Its id.
    pub id: Uuid,
    /// Whom it is for.
    pub for_whom: String,
    /// What they are asked to do.
    pub task: String,
    /// The bureau whose drafts are sent by it.
    pub bureau: String,
    /// That bureau's name.
    pub bureau_name: Option<String>,
    /// Who made it.
    pub made_by_name: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// How far it is: `good`, `waiting`, `expired`, `revoked` or `over`.
    pub state: LinkState,
    /// The page to send on, or to show as a code; null once it is good no more. What stands behind `#` opens
    /// the issue: no server's log has it.
    pub url: Option<String>,
    /// How often the issue was looked at by it.
    pub uses: i64,
    /// When it was last.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub used_at: Option<Timestamp>,
    /// How many drafts came by it.
    pub drafts: usize,
}

/// A draft 草稿 that came by a link.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = GuestDraft)]
pub struct DraftView {
    /// Its id.
    pub id: Uuid,
    /// The link it came by.
    pub link: Uuid,
    /// Whom that was made for.
    pub for_whom: String,
    /// In words.
    pub note: String,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub sent_at: Timestamp,
    /// It waits for the bureau: photos can be taken over, or all of it thrown away.
    pub waiting: bool,
    /// When photos of it were taken over.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub adopted_at: Option<Timestamp>,
    /// When it was thrown away.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub discarded_at: Option<Timestamp>,
    /// Its photos; `part` is `draft`.
    pub photos: Vec<PhotoView>,
}

/// The links of an issue and what came by them.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct LinkPage {
    /// The newest first.
    pub items: Vec<LinkView>,
    /// The newest first.
    pub drafts: Vec<DraftView>,
    /// Whether the reader may make another one now.
    pub may_make: bool,
    /// How long one may be good for at most, hours.
    pub hours_most: u32,
}

/// Read the links of an issue 链接, and the drafts that came by them
///
/// For the office and the lead those of every bureau, for whoever helps its own.
#[utoipa::path(
    tag = "links",
    operation_id = "list_links",
    params(("id" = i64, Path, description = "The issue's number.", example = 412)),
    responses((status = 200, description = "Links and drafts.", body = LinkPage), ReadProblems)
)]
#[get("/issues/{id}/links")]
pub async fn list_links(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
) -> Result<Json<LinkPage>, Error> {
    let (actor, id) = (who.actor(&app), id.into_inner());
    let reader = actor.clone();
    let found = app.db.read(move |conn| Found::find(conn, id, &reader)).await?;
    Ok(Json(found.page(&app, &actor)?))
}

/// Make a link for somebody without an account
///
/// Whoever has it sees this issue – what, where, until when, photos of the problem – and sends drafts: photos and
/// words that are the bureau's to take over. It shows nothing else, ends by itself, with the issue, or when it is
/// taken back. By a bureau on the issue, or by the office for its lead; not of what is blind.
#[utoipa::path(
    tag = "links",
    operation_id = "make_link",
    params(("id" = i64, Path, description = "The issue's number.", example = 412)),
    request_body = LinkDraft,
    responses(
        (status = 201, description = "Made.", body = LinkView),
        (status = 200, description = "It was there already.", body = LinkView),
        MakeLinkProblems,
    )
)]
#[post("/issues/{id}/links")]
pub async fn make_link(
    app: Data<App>,
    who: SignedIn,
    id: Path<i64>,
    body: Json<LinkDraft>,
) -> Result<HttpResponse, Error> {
    let (actor, issue) = (who.actor(&app), id.into_inner());
    let LinkDraft { id, for_whom, task, hours } = body.into_inner();
    let ask = NewLink { id, issue, for_whom, task, hours };
    let (_, is_new) = actions::make_link(&app, actor.clone(), ask).await?;
    let view = one(&app, actor, issue, id).await?;
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(view))
}

/// Take a link back
///
/// It is good no more at once; what came by it stays. Taken back again, it stays so.
#[utoipa::path(
    tag = "links",
    operation_id = "revoke_link",
    params(
        ("id" = i64, Path, description = "The issue's number.", example = 412),
        ("link" = Uuid, Path, description = "The link's id.", example = "0198f3a0-0000-7000-8000-00000000001b"),
    ),
    responses((status = 200, description = "Taken back.", body = LinkView), LinkCareProblems)
)]
#[post("/issues/{id}/links/{link}:revoke")]
pub async fn revoke_link(
    app: Data<App>,
    who: SignedIn,
    path: Path<(i64, Uuid)>,
) -> Result<Json<LinkView>, Error> {
    let (actor, (issue, link)) = (who.actor(&app), path.into_inner());
    actions::revoke_link(&app, actor.clone(), issue, link).await?;
    Ok(Json(one(&app, actor, issue, link).await?))
}

/// Throw a draft away
///
/// It waits no more, and its photos can no longer be taken over. Thrown away again, it stays so.
#[utoipa::path(
    tag = "links",
    operation_id = "discard_draft",
    params(
        ("id" = i64, Path, description = "The issue's number.", example = 412),
        ("draft" = Uuid, Path, description = "The draft's id.", example = "0198f3a0-0000-7000-8000-00000000001d"),
    ),
    responses((status = 200, description = "Thrown away; the links and drafts there are.", body = LinkPage), DraftCareProblems)
)]
#[post("/issues/{id}/drafts/{draft}:discard")]
pub async fn discard_draft(
    app: Data<App>,
    who: SignedIn,
    path: Path<(i64, Uuid)>,
) -> Result<Json<LinkPage>, Error> {
    let (actor, (issue, draft)) = (who.actor(&app), path.into_inner());
    actions::discard_draft(&app, actor.clone(), issue, draft).await?;
    let reader = actor.clone();
    let found = app.db.read(move |conn| Found::find(conn, issue, &reader)).await?;
    Ok(Json(found.page(&app, &actor)?))
}

async fn one(app: &App, actor: Actor, issue: i64, link: Uuid) -> Result<LinkView, Error> {
    let reader = actor.clone();
    let found = app.db.read(move |conn| Found::find(conn, issue, &reader)).await?;
    let page = found.page(app, &actor)?;
    let view = page.items.into_iter().find(|view| view.id == link);
    view.ok_or_else(|| LinkRefusal::Unknown.into())
}

/// An issue's links and drafts that a reader may see: six queries, whatever there is.
struct Found {
    issue: Issue,
    links: Vec<(Link, Option<String>)>,
    drafts: Vec<Draft>,
    photos: HashMap<Uid, Vec<Photo>>,
    files: HashMap<Vec<u8>, PhotoFile>,
}

impl Found {
    fn find(conn: &mut Conn, id: i64, reader: &Actor) -> Result<Self, Error> {
        let issue = issues::find(conn, id)?.ok_or(Error::NotFound)?;
        may(Some(reader), Action::ListLinks, &Subject::Issue(facets(&issue)))?;
        let mut links = links::list(conn, id)?;
        links.retain(|(link, _)| sees_those_of(reader, &issue, &link.bureau));
        let mut drafts = drafts::list(conn, id)?;
        drafts.retain(|draft| links.iter().any(|(link, _)| link.id == draft.link_id));
        let all = if drafts.is_empty() { Vec::new() } else { photos::list_of_drafts(conn, id)? };
        let digests: Vec<Vec<u8>> = all.iter().map(|photo| photo.sha256.clone()).collect();
        let files = photo_files::list(conn, &digests)?;
        let files = files.into_iter().map(|file| (file.sha256.clone(), file)).collect();
        let mut photos: HashMap<Uid, Vec<Photo>> = HashMap::new();
        for photo in all {
            photos.entry(photo.subject).or_default().push(photo);
        }
        Ok(Self { issue, links, drafts, photos, files })
    }

    fn page(&self, app: &App, reader: &Actor) -> Result<LinkPage, Error> {
        let (gazetteer, now) = (app.gazetteer(), app.clock.now());
        let links = self.links.iter().map(|(link, maker)| {
            let state = self.state(link, now);
            let view = self.link(link, maker.as_deref(), &gazetteer);
            let is_good = matches!(state, LinkState::Good | LinkState::Waiting);
            let url = is_good.then(|| url(app, link)).transpose()?;
            Ok(LinkView { state, url, ..view })
        });
        let drafts = self.drafts.iter().map(|draft| self.draft(draft, &gazetteer));
        Ok(LinkPage {
            items: links.collect::<Result<_, Error>>()?,
            drafts: drafts.collect::<Result<_, Error>>()?,
            may_make: may_make_link(&self.issue.state, reader).is_ok()
                && app.config.links.max_days > 0,
            hours_most: app.config.links.max_days.saturating_mul(24),
        })
    }

    fn state(&self, link: &Link, now: Timestamp) -> LinkState {
        match link_standing(&self.issue.state, &link.bureau) {
            _ if link.revoked_at.is_some() => LinkState::Revoked,
            LinkStanding::Over => LinkState::Over,
            _ if !link.is_good(now) => LinkState::Expired,
            LinkStanding::Waits => LinkState::Waiting,
            LinkStanding::Open => LinkState::Good,
        }
    }

    fn link(&self, link: &Link, maker: Option<&str>, gazetteer: &Gazetteer) -> LinkView {
        LinkView {
            id: link.id.0,
            for_whom: link.for_whom.clone(),
            task: link.task.clone(),
            bureau: link.bureau.clone(),
            bureau_name: gazetteer.bureau(&link.bureau).map(|bureau| bureau.name.clone()),
            made_by_name: maker.map(str::to_owned),
            made_at: link.made_at.0,
            expires_at: link.expires_at.0,
            state: LinkState::Over,
            url: None,
            uses: link.uses,
            used_at: link.used_at.map(|at| at.0),
            drafts: self.drafts.iter().filter(|draft| draft.link_id == link.id).count(),
        }
    }

    fn draft(&self, draft: &Draft, gazetteer: &Gazetteer) -> Result<DraftView, Error> {
        let link = self.links.iter().find(|(link, _)| link.id == draft.link_id);
        let photos = self.photos.get(&draft.id).into_iter().flatten();
        let view = |photo: &Photo| {
            let file = self.files.get(&photo.sha256).filter(|_| photo.stored_at.is_some());
            photo_view(photo, file, gazetteer)
        };
        Ok(DraftView {
            id: draft.id.0,
            link: draft.link_id.0,
            for_whom: link.map(|(link, _)| link.for_whom.clone()).unwrap_or_default(),
            note: draft.note.clone(),
            sent_at: draft.sent_at.0,
            waiting: self.issue.state.drafts.contains(&draft.id.0.to_string()),
            adopted_at: draft.adopted_at.map(|at| at.0),
            discarded_at: draft.discarded_at.map(|at| at.0),
            photos: photos.map(view).collect::<Result<_, Error>>()?,
        })
    }
}

/// The page that a link opens. Its token stands behind `#`, so that it is in no log.
fn url(app: &App, link: &Link) -> Result<String, Error> {
    Ok(format!("{}/l#{}", app.config.public_url, app.link_key.token(link.token())?))
}
