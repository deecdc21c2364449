//! What was sent by a channel, what waits, and what was given up.

use actix_web::web::{Data, Json, Path, Query};
use actix_web::{get, post};
use domain::access::{Action, Subject, may};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::cursor;
use crate::http::documented::{ChannelMessageProblems, RetryProblems};
use crate::http::issues::page_size;
use crate::problem::{ChannelRefusal, Error};
use crate::store::channels;
use crate::store::messages::{self, Key, Message, MessageState};

/// A message of a channel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Message, example = json!({"id": "0198f3a0-0000-7000-8000-0000000000d1", "state": "dead", "notices": 12,
    "attempts": 10, "made_at": "2026-11-20T01:12:07Z", "next_at": null, "sent_at": null, "failure": "it answered 503"}))]
pub struct MessageView {
    /// Its id; whoever takes it sees the same at every try.
    pub id: Uuid,
    /// How far it is.
    pub state: MessageState,
    /// How many notices it tells of.
    pub notices: i64,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// When it is tried next; null once it is sent or given up.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_at: Option<Timestamp>,
    /// When it was taken.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Timestamp>,
    /// Why the last try failed.
    pub failure: Option<String>,
}

/// A page of messages.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MessagePage {
    /// The newest first.
    pub items: Vec<MessageView>,
    /// Cursor of the next page; null on the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// Which messages.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageQuery {
    /// Only those in this state.
    #[param(inline)]
    state: Option<MessageState>,
    /// `next` of the page before.
    after: Option<String>,
    /// Messages on the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
}

fn view(one: Message) -> MessageView {
    MessageView {
        id: one.id,
        state: one.state,
        notices: one.notices,
        attempts: one.attempts,
        made_at: one.made_at,
        next_at: (one.state == MessageState::Waiting).then_some(one.next_at),
        sent_at: one.sent_at,
        failure: one.failure,
    }
}

/// List what was sent by a channel
///
/// Also what waits and what was given up, the newest first.
#[utoipa::path(tag = "notices", operation_id = "list_messages",
    params(("code" = String, Path, description = "The channel's code.", example = "huanwei-wecom"), MessageQuery),
    responses((status = 200, description = "A page.", body = MessagePage), ChannelMessageProblems))]
#[get("/channels/{code}/messages")]
pub async fn list_messages(
    app: Data<App>,
    who: SignedIn,
    code: Path<String>,
    query: Query<MessageQuery>,
) -> Result<Json<MessagePage>, Error> {
    may(Some(&who.actor(&app)), Action::ListMessages, &Subject::None)?;
    let size = page_size(query.limit)?;
    let after: Option<Key> = query.after.as_deref().map(cursor::read).transpose()?;
    let (code, state) = (code.into_inner(), query.state);
    let list = move |conn: &mut Conn| {
        channels::find(conn, &code)?.ok_or(ChannelRefusal::Unknown)?;
        messages::list(conn, &code, state, after, size + 1)
    };
    let mut found = app.db.read(list).await?;
    let most = usize::try_from(size).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|one| cursor::write(&Key::of(one))).transpose()?;
    Ok(Json(MessagePage { items: found.into_iter().map(view).collect(), next }))
}

/// Try a message once more that was given up
///
/// Under the same id, with as many tries as a new one has.
#[utoipa::path(tag = "notices", operation_id = "retry_message",
    params(("id" = Uuid, Path, description = "Its id.", example = "0198f3a0-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "It waits for its turn.", body = MessageView), RetryProblems))]
#[post("/messages/{id}:retry")]
pub async fn retry_message(
    app: Data<App>,
    who: SignedIn,
    id: Path<Uuid>,
) -> Result<Json<MessageView>, Error> {
    may(Some(&who.actor(&app)), Action::RetryMessage, &Subject::None)?;
    let (id, now) = (*id, app.clock.now());
    let retry = move |conn: &mut Conn| {
        let found = messages::find(conn, id)?.filter(|one| one.state == MessageState::Dead);
        let mut one = found.ok_or(ChannelRefusal::NotDead)?;
        (one.state, one.attempts, one.next_at) = (MessageState::Waiting, 0, now);
        messages::save(conn, &one)?;
        Ok::<_, Error>(one)
    };
    Ok(Json(view(app.db.write(retry).await?)))
}
