//! `/notices`: what has happened that is a bureau's or the office's news 通知.

use std::collections::HashMap;

use actix_web::web::{Data, Json, Query};
use actix_web::{get, post};
use domain::access::{Action, Actor, Role, Subject, may};
use domain::notices::{Audience, Topic};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::http::actor::SignedIn;
use crate::http::documented::{ListProblems, NoticeListProblems};
use crate::http::issues::page_size;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::notices::{self, Notice};
use crate::store::{cards, issues};

/// Unread notices are counted up to this many.
const COUNTED_MOST: i64 = 1_000;

/// A notice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Notice, example = json!({"seq": 8_812, "topic": "dispatched", "at": "2026-11-20T01:12:07Z", "issue": 412,
    "card": null, "card_number": null, "category": "0101", "category_name": "井盖", "category_name_en": "Manhole cover",
    "due_at": "2026-11-20T05:12:07Z", "unread": true}))]
pub struct NoticeView {
    /// Its number; a later one has a higher number.
    pub seq: i64,
    /// What it is about.
    #[schema(example = "dispatched")]
    pub topic: String,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The issue it is about.
    pub issue: Option<i64>,
    /// The card it is about.
    pub card: Option<i64>,
    /// That card's number, once it is signed.
    pub card_number: Option<String>,
    /// The issue's category now.
    pub category: Option<String>,
    /// Its Chinese name.
    pub category_name: Option<String>,
    /// Its English name, where there is one.
    pub category_name_en: Option<String>,
    /// The issue's limit now.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
    /// Whether the reader has not read it.
    pub unread: bool,
}

/// A page of notices.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NoticePage {
    /// The newest first.
    pub items: Vec<NoticeView>,
    /// `before` of the next page; null on the last.
    #[schema(required)]
    pub next: Option<i64>,
    /// How many the reader has not read, counted up to 1,000.
    pub unread: i64,
}

/// Which notices.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticeQuery {
    /// Only those about this.
    #[param(example = "dispatched")]
    topic: Option<String>,
    /// `next` of the page before.
    before: Option<i64>,
    /// Notices on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

/// Up to which notice somebody has read.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"through": 8_812}))]
pub struct NoticesRead {
    /// The last one's number.
    pub through: i64,
}

/// How many are left.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct NoticesLeft {
    /// How many the reader has not read, counted up to 1,000.
    pub unread: i64,
}

/// Whose notices somebody reads.
fn audience(actor: &Actor) -> Result<Audience, Error> {
    match (actor.role, &actor.bureau) {
        (Role::Bureau, Some(code)) => Ok(Audience::Bureau(code.clone())),
        (Role::Office, _) => Ok(Audience::Office),
        _ => Err(Error::Forbidden),
    }
}

pub(super) fn topic(word: &str) -> Result<Topic, Error> {
    Topic::of(word).ok_or_else(|| {
        let known: Vec<&str> = Topic::ALL.iter().map(|topic| topic.word()).collect();
        Error::invalid("topic-unknown", format!("`{word}` is no topic; {} are.", known.join(", ")))
    })
}

/// Read one's notices
///
/// What is the news of the reader's bureau, or of the office: what was dispatched to it, failed, is about to be late. The
/// newest first. They are made within seconds of what happened, and kept for as long as the installation's settings say.
#[utoipa::path(tag = "notices", operation_id = "list_notices", params(NoticeQuery),
    responses((status = 200, description = "A page.", body = NoticePage), NoticeListProblems))]
#[get("/notices")]
pub async fn list_notices(
    app: Data<App>,
    who: SignedIn,
    query: Query<NoticeQuery>,
) -> Result<Json<NoticePage>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ListNotices, &Subject::None)?;
    let (audience, account) = (audience(&actor)?, actor.account);
    let (size, before) = (page_size(query.limit)?, query.before);
    let topic = query.topic.as_deref().map(topic).transpose()?;
    let gazetteer = app.gazetteer();
    let read = move |conn: &mut Conn| {
        // One more than asked for tells whether there is a next page.
        let mut found = notices::list(conn, &audience, topic, before, size + 1)?;
        let most = usize::try_from(size).unwrap_or(usize::MAX);
        let more = found.len() > most;
        found.truncate(most);
        let next = found.last().filter(|_| more).map(|last| last.seq);
        let mark = notices::find_mark(conn, account)?;
        let unread = notices::count_unread(conn, &audience, account, COUNTED_MOST)?;
        let items = views(conn, found, mark, &gazetteer)?;
        Ok::<_, Error>(NoticePage { items, next, unread })
    };
    Ok(Json(app.db.read(read).await?))
}

fn views(
    conn: &mut Conn,
    found: Vec<Notice>,
    mark: i64,
    gazetteer: &Gazetteer,
) -> Result<Vec<NoticeView>, Error> {
    let ids: Vec<i64> = found.iter().filter_map(|one| one.issue).collect();
    let issues = issues::list(conn, &ids)?;
    let issues: HashMap<i64, Issue> = issues.into_iter().map(|issue| (issue.id, issue)).collect();
    let ids: Vec<i64> = found.iter().filter_map(|one| one.card).collect();
    let numbers = cards::list_by_id(conn, &ids)?.into_iter();
    let numbers: HashMap<i64, String> =
        numbers.filter_map(|card| Some((card.id, card.state.number?.to_string()))).collect();
    let view = |one: Notice| {
        let state = one.issue.and_then(|id| issues.get(&id)).map(|issue| &issue.state);
        let category = state.and_then(|state| gazetteer.category(state.category.as_deref()?));
        NoticeView {
            seq: one.seq,
            topic: one.topic.word().to_owned(),
            at: one.at,
            issue: one.issue,
            card: one.card,
            card_number: one.card.and_then(|id| numbers.get(&id).cloned()),
            category: category.map(|category| category.code.clone()),
            category_name: category.map(|category| category.name.clone()),
            category_name_en: category.and_then(|category| category.name_en.clone()),
            due_at: state.and_then(|state| state.due_at),
            unread: one.seq > mark,
        }
    };
    Ok(found.into_iter().map(view).collect())
}

/// Say up to which notice one has read
///
/// For the account alone: whoever else is of the bureau has a mark of their own. It never goes back.
#[utoipa::path(tag = "notices", operation_id = "read_notices", request_body = NoticesRead,
    responses((status = 200, description = "How many are left.", body = NoticesLeft), ListProblems))]
#[post("/notices:read")]
pub async fn read_notices(
    app: Data<App>,
    who: SignedIn,
    body: Json<NoticesRead>,
) -> Result<Json<NoticesLeft>, Error> {
    let actor = who.actor(&app);
    may(Some(&actor), Action::ReadNotices, &Subject::None)?;
    let (audience, account, through) = (audience(&actor)?, actor.account, body.through);
    let save = move |conn: &mut Conn| {
        notices::save_mark(conn, account, through)?;
        notices::count_unread(conn, &audience, account, COUNTED_MOST)
    };
    Ok(Json(NoticesLeft { unread: app.db.write(save).await? }))
}
