//! `/suggestions`: complaints and suggestions 投诉建议 of whoever works with the system.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, get, post, put};
use domain::access::{Action, Subject, may};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::suggest;
use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::{AnswerProblems, PagedProblems, SuggestionProblems};
use crate::http::issues::page_size;
use crate::problem::Error;
use crate::store::suggestions::{self, Filter, Key, Named};

/// A complaint or suggestion as it is sent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "东关菜市场西门的垃圾桶太少，下午三点后就满了", "sent_at": "2026-11-20T01:12:07Z"}))]
pub struct SuggestionDraft {
    /// In words.
    #[schema(min_length = 1, max_length = 2_000)]
    pub text: String,
    /// When it was sent, by the device's clock.
    #[schema(value_type = String, format = DateTime)]
    pub sent_at: Timestamp,
}

/// An answer as it is sent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"command_id": "0198f3a0-0000-7000-8000-0000000000c1", "text": "已请环卫中心增设两组，本周五前到位"}))]
pub struct AnswerDraft {
    /// Made by the client; the same again changes nothing.
    pub command_id: Uuid,
    /// In words.
    #[schema(min_length = 1, max_length = 2_000)]
    pub text: String,
}

/// A complaint or suggestion, and what was answered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Suggestion, example = json!({"id": "0198f3a0-0000-7000-8000-00000000000b", "from": "王芳",
    "text": "东关菜市场西门的垃圾桶太少，下午三点后就满了", "received_at": "2026-11-20T01:12:07Z",
    "answer": "已请环卫中心增设两组，本周五前到位", "answered_at": "2026-11-20T06:40:00Z",
    "answered_by_name": "创城办"}))]
pub struct SuggestionView {
    /// Its id, made on the device.
    pub id: Uuid,
    /// The name of whoever sent it.
    #[schema(required)]
    pub from: Option<String>,
    /// In words.
    pub text: String,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// What the office answered; null while it is open.
    #[schema(required)]
    pub answer: Option<String>,
    /// When.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub answered_at: Option<Timestamp>,
    /// The name of whoever answered.
    #[schema(required)]
    pub answered_by_name: Option<String>,
}

/// A page of suggestions.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SuggestionPage {
    /// The newest first.
    pub items: Vec<SuggestionView>,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// Which suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionState {
    /// Not answered yet.
    Open,
    /// Answered.
    Answered,
}

/// Which page of which suggestions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SuggestionQuery {
    /// Only those in this state.
    #[param(inline)]
    state: Option<SuggestionState>,
    /// `next` of the page before.
    after: Option<String>,
    /// Suggestions on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

fn view(Named { suggestion, from, answered_by }: Named) -> SuggestionView {
    SuggestionView {
        id: suggestion.id,
        from,
        text: suggestion.text,
        received_at: suggestion.received_at,
        answered_at: suggestion.answer.as_ref().map(|answer| answer.at),
        answer: suggestion.answer.map(|answer| answer.text),
        answered_by_name: answered_by,
    }
}

async fn page(
    app: &App,
    account: Option<i64>,
    query: SuggestionQuery,
) -> Result<SuggestionPage, Error> {
    let size = page_size(query.limit)?;
    let after: Option<Key> = query.after.as_deref().map(cursor::read).transpose()?;
    let answered = query.state.map(|state| state == SuggestionState::Answered);
    let filter = Filter { account, answered };
    // One more than asked for tells whether there is a next page.
    let list = move |conn: &mut Conn| suggestions::list(conn, filter, after, size + 1);
    let mut found = app.db.read(list).await?;
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let on = found.last().filter(|_| more);
    let next = on.map(|one| cursor::write(&Key::of(&one.suggestion))).transpose()?;
    Ok(SuggestionPage { items: found.into_iter().map(view).collect(), next })
}

/// Send a complaint or suggestion
///
/// The id is made on the device (UUIDv7); sent again, it changes nothing.
#[utoipa::path(
    tag = "suggestions",
    operation_id = "put_suggestion",
    params(("id" = Uuid, Path, description = "Made on the device.", example = "0198f3a0-0000-7000-8000-00000000000b")),
    request_body = SuggestionDraft,
    responses(
        (status = 201, description = "It is here, and the office sees it.", body = SuggestionView),
        (status = 200, description = "It was here already.", body = SuggestionView),
        SuggestionProblems,
    )
)]
#[put("/suggestions/{id}")]
pub async fn put_suggestion(
    app: Data<App>,
    who: SignedIn,
    id: Path<Uuid>,
    body: Json<SuggestionDraft>,
) -> Result<HttpResponse, Error> {
    let SuggestionDraft { text, .. } = body.into_inner();
    let (kept, is_new) = suggest::put_suggestion(&app, who.actor(&app), *id, text).await?;
    let mut answer = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(answer.json(view(kept)))
}

/// List complaints and suggestions
///
/// Everybody's, the newest first. For the office.
#[utoipa::path(
    tag = "suggestions",
    operation_id = "list_suggestions",
    params(SuggestionQuery),
    responses((status = 200, description = "A page.", body = SuggestionPage), PagedProblems)
)]
#[get("/suggestions")]
pub async fn list_suggestions(
    app: Data<App>,
    who: SignedIn,
    query: Query<SuggestionQuery>,
) -> Result<Json<SuggestionPage>, Error> {
    may(Some(&who.actor(&app)), Action::ListSuggestions, &Subject::None)?;
    Ok(Json(page(&app, None, query.into_inner()).await?))
}

/// List one's own complaints and suggestions
///
/// The newest first, each with what the office answered.
#[utoipa::path(
    tag = "suggestions",
    operation_id = "list_my_suggestions",
    params(SuggestionQuery),
    responses((status = 200, description = "A page.", body = SuggestionPage), PagedProblems)
)]
#[get("/me/suggestions")]
pub async fn list_my_suggestions(
    app: Data<App>,
    who: SignedIn,
    query: Query<SuggestionQuery>,
) -> Result<Json<SuggestionPage>, Error> {
    may(Some(&who.actor(&app)), Action::ListMySuggestions, &Subject::None)?;
    Ok(Json(page(&app, Some(who.account.id), query.into_inner()).await?))
}

/// Answer a complaint or suggestion
///
/// Once; whoever sent it reads the answer. For the office.
#[utoipa::path(
    tag = "suggestions",
    operation_id = "answer_suggestion",
    params(("id" = Uuid, Path, description = "Its id.", example = "0198f3a0-0000-7000-8000-00000000000b")),
    request_body = AnswerDraft,
    responses((status = 200, description = "As it stands now.", body = SuggestionView), AnswerProblems)
)]
#[post("/suggestions/{id}:answer")]
pub async fn answer_suggestion(
    app: Data<App>,
    who: SignedIn,
    id: Path<Uuid>,
    body: Json<AnswerDraft>,
) -> Result<Json<SuggestionView>, Error> {
    let AnswerDraft { command_id, text } = body.into_inner();
    let answered = suggest::answer_suggestion(&app, who.actor(&app), *id, command_id, text).await?;
    Ok(Json(view(answered)))
}
