//! `/channels`: where notices go beside the pages.

use std::collections::HashMap;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, delete, get, post, put};
use domain::access::{Action, Subject, may};
use domain::notices::Audience;
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::actor::SignedIn;
use crate::http::documented::{ChannelProblems, ListProblems, SetChannelProblems};
use crate::intake::check_text;
use crate::notices::{Address, Postman, Tells, Tried};
use crate::problem::{ChannelRefusal, Error};
use crate::store::channels::{self, Channel, ChannelKind, Language};
use crate::store::messages::{self, Message, MessageState};

pub mod messages_of;
mod read;

/// A channel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Channel, example = json!({"code": "huanwei-wecom", "name": "环卫中心值班群", "audience": "bureau:huanwei",
    "audience_name": "环卫中心", "kind": "wecom", "address": "https://qyapi.weixin.qq.com", "topics": ["dispatched", "overdue"],
    "gather_minutes": 5, "language": "zh", "enabled": true, "tried_at": "2026-11-20T01:12:07Z", "waiting": 0, "dead": 0}))]
pub struct ChannelView {
    /// Its code.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Whose notices it carries: `office`, or `bureau:` and a code.
    pub audience: String,
    /// That bureau's name; null for the office.
    pub audience_name: Option<String>,
    /// What takes them.
    pub kind: ChannelKind,
    /// The server or mailbox it leads to. The rest of the address is a secret and never shown.
    pub address: String,
    /// Which topics; all where there is none.
    pub topics: Vec<String>,
    /// How long notices are gathered for one message, minutes.
    pub gather_minutes: i32,
    /// The language of its messages.
    pub language: Language,
    /// Whether it carries anything.
    pub enabled: bool,
    /// When something was last sent.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub tried_at: Option<Timestamp>,
    /// Messages that are tried again.
    pub waiting: i64,
    /// Messages that were given up.
    pub dead: i64,
}

/// Every channel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ChannelList {
    /// By code.
    pub items: Vec<ChannelView>,
    /// The servers that channels may lead to.
    pub origins: Vec<String>,
    /// Whether there is a server that takes mail.
    pub mail: bool,
}

/// What a channel is to be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "环卫中心值班群", "audience": "bureau:huanwei", "kind": "wecom",
    "url": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000",
    "topics": ["dispatched", "overdue"], "gather_minutes": 5, "language": "zh", "enabled": true}))]
pub struct SetChannel {
    /// What people call it.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Whose notices it carries: `office`, or `bureau:` and a code.
    pub audience: String,
    /// What takes them.
    pub kind: ChannelKind,
    /// The address that takes messages, as the robot's settings show it; left out, it stays as it is.
    #[serde(default)]
    pub url: Option<String>,
    /// The mailbox of a channel of kind `mail`; left out, it stays as it is.
    #[serde(default)]
    pub mailbox: Option<String>,
    /// What signs: a webhook's as `whsec_…` (Standard Webhooks), DingTalk's as its settings show it. Left out, it stays as
    /// it is, unless `url` is given.
    #[serde(default)]
    pub secret: Option<String>,
    /// Which topics; all where there is none.
    #[serde(default)]
    pub topics: Vec<String>,
    /// How long notices are gathered for one message, minutes.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_440, default = 0)]
    pub gather_minutes: i32,
    /// The language of its messages.
    #[serde(default)]
    pub language: Language,
    /// Whether it carries anything.
    pub enabled: bool,
}

/// What came of a test.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"taken": false, "failure": "93000: invalid webhook url"}))]
pub struct ChannelTested {
    /// Whether the message was taken.
    pub taken: bool,
    /// Why not.
    pub failure: Option<String>,
}

/// List channels
///
/// With how much of theirs waits or was given up. For the office and administrators.
#[utoipa::path(tag = "notices", operation_id = "list_channels",
    responses((status = 200, description = "All of them.", body = ChannelList), ListProblems))]
#[get("/channels")]
pub async fn list_channels(app: Data<App>, who: SignedIn) -> Result<Json<ChannelList>, Error> {
    may(Some(&who.actor(&app)), Action::ListChannels, &Subject::None)?;
    let read = |conn: &mut Conn| {
        let waiting = messages::count(conn, MessageState::Waiting)?;
        Ok::<_, Error>((channels::list(conn)?, waiting, messages::count(conn, MessageState::Dead)?))
    };
    let (found, waiting, dead) = app.db.read(read).await?;
    let items = found.into_iter().map(|one| view(&app, one, &waiting, &dead)).collect();
    let settings = &app.config.notices;
    let mail = !settings.mail_server.is_empty();
    Ok(Json(ChannelList { items, origins: settings.origins.clone(), mail }))
}

fn view(
    app: &App,
    one: Channel,
    waiting: &HashMap<String, i64>,
    dead: &HashMap<String, i64>,
) -> ChannelView {
    let count = |of: &HashMap<String, i64>| of.get(&one.code).copied().unwrap_or(0);
    let audience_name = match &one.audience {
        Audience::Bureau(code) => app.gazetteer().bureau(code).map(|bureau| bureau.name.clone()),
        Audience::Office => None,
    };
    ChannelView {
        waiting: count(waiting),
        dead: count(dead),
        code: one.code,
        name: one.name,
        audience: one.audience.word(),
        audience_name,
        kind: one.kind,
        address: one.shown,
        topics: one.topics.iter().map(|topic| topic.word().to_owned()).collect(),
        gather_minutes: one.gather_minutes,
        language: one.language,
        enabled: one.enabled,
        tried_at: one.tried_at,
    }
}

/// Set a channel
///
/// A new one carries what happens from now on; one that is there already goes on where it was. Where it leads and what
/// signs are kept sealed and never shown again. It may lead to the servers of the installation's settings alone.
#[utoipa::path(tag = "notices", operation_id = "set_channel", request_body = SetChannel,
    params(("code" = String, Path, description = "Its code.", example = "huanwei-wecom")),
    responses((status = 200, description = "As it stands now.", body = ChannelView), SetChannelProblems))]
#[put("/channels/{code}")]
pub async fn set_channel(
    app: Data<App>,
    who: SignedIn,
    code: Path<String>,
    body: Json<SetChannel>,
) -> Result<Json<ChannelView>, Error> {
    may(Some(&who.actor(&app)), Action::SetChannel, &Subject::None)?;
    let (code, set) = (code.into_inner(), body.into_inner());
    check_text("name", &set.name)?;
    let asked = code.clone();
    let there = app.db.read(move |conn| channels::find(conn, &asked)).await?;
    let one = read::channel(&app, code, set, there.as_ref())?;
    let saved = app.db.write(move |conn| channels::save(conn, one.clone())).await?;
    Ok(Json(view(&app, saved, &HashMap::new(), &HashMap::new())))
}

/// Remove a channel
///
/// What waits to be sent by it goes with it.
#[utoipa::path(tag = "notices", operation_id = "remove_channel",
    params(("code" = String, Path, description = "Its code.", example = "huanwei-wecom")),
    responses((status = 204, description = "It is gone."), ChannelProblems))]
#[delete("/channels/{code}")]
pub async fn remove_channel(
    app: Data<App>,
    who: SignedIn,
    code: Path<String>,
) -> Result<HttpResponse, Error> {
    may(Some(&who.actor(&app)), Action::RemoveChannel, &Subject::None)?;
    let code = code.into_inner();
    let remove = move |conn: &mut Conn| {
        if !channels::remove(conn, &code)? {
            return Err(ChannelRefusal::Unknown.into());
        }
        messages::remove_of(conn, &code)
    };
    app.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Send a test message by a channel
///
/// At once and once, whether or not it is enabled. The answer says what came of it.
#[utoipa::path(tag = "notices", operation_id = "test_channel",
    params(("code" = String, Path, description = "Its code.", example = "huanwei-wecom")),
    responses((status = 200, description = "What came of it.", body = ChannelTested), ChannelProblems))]
#[post("/channels/{code}:test")]
pub async fn test_channel(
    app: Data<App>,
    who: SignedIn,
    code: Path<String>,
) -> Result<Json<ChannelTested>, Error> {
    may(Some(&who.actor(&app)), Action::TestChannel, &Subject::None)?;
    let code = code.into_inner();
    let found = app.db.read(move |conn| channels::find(conn, &code)).await?;
    let channel = found.ok_or(ChannelRefusal::Unknown)?;
    let (now, settings) = (app.clock.now(), app.config.notices.clone());
    let address = Address::open(&app.vault, &channel)?;
    let message = test_message(&channel, &app.config.public_url, now)?;
    let send = move || {
        let postman = Postman::new(&settings)?;
        Ok::<_, Error>(postman.send(channel.kind, &address, &message, now))
    };
    let tried = actix_web::web::block(send)
        .await
        .map_err(|broken| Error::Internal(broken.to_string()))??;
    let failure = match tried {
        Tried::Taken => None,
        Tried::Later(failure, _) | Tried::Gone(failure) => Some(failure),
    };
    Ok(Json(ChannelTested { taken: failure.is_none(), failure }))
}

fn test_message(channel: &Channel, public_url: &str, now: Timestamp) -> Result<Message, Error> {
    let tells = Tells {
        id: Uuid::now_v7(),
        at: now,
        audience: channel.audience.word(),
        name: match channel.language {
            Language::Zh => format!("{}（测试消息）", channel.name),
            Language::En => format!("{} (test)", channel.name),
        },
        counts: std::collections::BTreeMap::new(),
        listed: Vec::new(),
        public_url: public_url.to_owned(),
    };
    Ok(Message {
        id: tells.id,
        channel: channel.code.clone(),
        after_seq: 0,
        upto_seq: 0,
        notices: 0,
        body: tells.body(channel.kind, channel.language)?,
        state: MessageState::Waiting,
        attempts: 0,
        made_at: now,
        next_at: now,
        sent_at: None,
        failure: None,
    })
}
