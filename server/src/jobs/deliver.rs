//! Sends the messages of channels.
//!
//! A message is tried under the same id until it is taken or given up: whoever takes it may get it twice, never not at
//! all.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use schema::Conn;

use super::gather::gather;
use super::tell::tell;
use crate::app::App;
use crate::notices::{Address, Postman, Tried, next_try};
use crate::problem::Error;
use crate::store::channels::{self, Channel};
use crate::store::messages::{self, Message, MessageState};

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(2);
/// Between two sendings by one channel: robots take 20 a minute.
const APART: SignedDuration = SignedDuration::from_secs(3);
/// Messages that are tried at once, at most.
const AT_ONCE: i64 = 8;

/// Makes notices and sends what is to be sent; runs until it is dropped.
pub async fn keep_telling(app: Arc<App>) {
    let postman = match Postman::new(&app.config.notices) {
        Ok(postman) => postman,
        Err(error) => return tracing::error!(%error, "notices cannot be sent"),
    };
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let told = async {
            tell(&app).await?;
            gather(&app).await?;
            deliver(&app, &postman).await
        };
        if let Err(error) = told.await {
            tracing::warn!(%error, "notices could not be made or sent");
        }
    }
}

/// Tries every message whose turn it is; how many were taken.
pub async fn deliver(app: &App, postman: &Postman) -> Result<usize, Error> {
    let now = app.clock.now();
    let due = app.db.read(move |conn| messages::list_due(conn, now, AT_ONCE)).await?;
    let tries = due.into_iter().map(|message| deliver_one(app, postman, message));
    let mut taken = 0;
    for tried in futures_util::future::join_all(tries).await {
        taken += usize::from(tried?);
    }
    Ok(taken)
}

async fn deliver_one(app: &App, postman: &Postman, mut message: Message) -> Result<bool, Error> {
    let now = app.clock.now();
    let Some(channel) = take(app, &message, now).await? else { return Ok(false) };
    message.attempts += 1;
    let tried = tried(app, postman, &channel, &message).await?;
    let is_gone = channel.enabled && matches!(tried, Tried::Gone(_));
    settle(app, &mut message, tried);
    let is_taken = message.state == MessageState::Sent;
    if message.state == MessageState::Dead {
        tracing::warn!(channel = channel.code, message = %message.id, "a message was given up");
    }
    let save = move |conn: &mut Conn| {
        if is_gone {
            channels::disable(conn, &channel.code)?;
        }
        messages::save(conn, &message)
    };
    app.db.write(save).await?;
    Ok(is_taken)
}

/// One try, off the async threads.
async fn tried(
    app: &App,
    postman: &Postman,
    channel: &Channel,
    message: &Message,
) -> Result<Tried, Error> {
    if !channel.enabled {
        return Ok(Tried::Gone("the channel is off".to_owned()));
    }
    let address = match Address::open(&app.vault, channel) {
        Ok(address) => address,
        Err(error) => return Ok(Tried::Later(error.to_string(), None)),
    };
    let (postman, kind, message) = (postman.clone(), channel.kind, message.clone());
    let now = app.clock.now();
    let send = move || postman.send(kind, &address, &message, now);
    tokio::task::spawn_blocking(send).await.map_err(|broken| Error::Internal(broken.to_string()))
}

/// How far the message is after a try.
fn settle(app: &App, message: &mut Message, tried: Tried) {
    let (now, most) = (app.clock.now(), app.config.notices.attempts);
    match tried {
        Tried::Taken => {
            (message.state, message.sent_at, message.failure) =
                (MessageState::Sent, Some(now), None);
        }
        Tried::Later(failure, wait) => {
            if u32::try_from(message.attempts).is_ok_and(|attempts| attempts >= most) {
                message.state = MessageState::Dead;
            }
            message.next_at = next_try(message.attempts, now, wait);
            message.failure = Some(failure);
        }
        Tried::Gone(failure) => {
            (message.state, message.failure) = (MessageState::Dead, Some(failure));
        }
    }
}

/// Takes a message and its channel's turn, so that no other process tries it; none where somebody has, or where the
/// channel is no more.
async fn take(app: &App, message: &Message, now: Timestamp) -> Result<Option<Channel>, Error> {
    // A try that breaks off with the process is taken up again after this.
    let lease = SignedDuration::try_from(Duration::from_secs(app.config.notices.timeout_s));
    let until = now + lease.unwrap_or(SignedDuration::ZERO) + SignedDuration::from_mins(1);
    let message = message.clone();
    let take = move |conn: &mut Conn| {
        let Some(channel) = channels::find(conn, &message.channel)? else {
            messages::remove_of(conn, &message.channel)?;
            return Ok(None);
        };
        let is_turn = channels::take_turn(conn, &channel.code, now - APART, now)?;
        Ok((is_turn && messages::take(conn, &message, until)?).then_some(channel))
    };
    app.db.write(take).await
}
