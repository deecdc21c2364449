//! Gathers notices into messages of channels.
//!
//! A channel has one message under way at a time. Whatever else happens meanwhile goes into the next one, so that a
//! server that does not answer for a day gets one digest and no flood.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use domain::notices::{Audience, Topic};
use jiff::{SignedDuration, Timestamp};
use schema::Conn;
use uuid::Uuid;

use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::notices::{Listed, Tells};
use crate::problem::Error;
use crate::store::channels::{self, Channel, Language};
use crate::store::messages::{self, Message, MessageState};
use crate::store::notices::{self as store, Notice};
use crate::store::{cards, issues};

/// Notices that one message is made of, at most: the rest is for the next one.
const NOTICES_MOST: i64 = 1_000;
/// Notices that a message tells one by one, at most.
const LISTED_MOST: usize = 100;

/// Makes the messages whose time it is; how many those were.
pub async fn gather(app: &App) -> Result<usize, Error> {
    let (now, gazetteer) = (app.clock.now(), app.gazetteer());
    let public_url = app.config.public_url.clone();
    let ready = app.db.read(move |conn| ready(conn, now)).await?;
    let mut made = 0;
    for channel in ready {
        let (gazetteer, url) = (Arc::clone(&gazetteer), public_url.clone());
        let message = move |conn: &mut Conn| make(conn, &channel, &gazetteer, (&url, now));
        made += usize::from(app.db.write(message).await?);
    }
    Ok(made)
}

/// The channels for which something has been gathered long enough, and that have nothing under way.
fn ready(conn: &mut Conn, now: Timestamp) -> Result<Vec<Channel>, Error> {
    let busy: HashSet<String> = messages::list_busy(conn)?.into_iter().collect();
    let mut ready = Vec::new();
    for channel in channels::list(conn)? {
        if !channel.enabled || busy.contains(&channel.code) {
            continue;
        }
        let gather = SignedDuration::from_mins(i64::from(channel.gather_minutes));
        let waiting = store::list_between(conn, &channel.audience, (channel.cursor, i64::MAX), 1)?;
        if waiting.first().is_some_and(|oldest| oldest.at + gather <= now) {
            ready.push(channel);
        }
    }
    Ok(ready)
}

/// Makes one message of what waits for a channel; whether there was anything for it.
fn make(
    conn: &mut Conn,
    channel: &Channel,
    gazetteer: &Gazetteer,
    (public_url, now): (&str, Timestamp),
) -> Result<bool, Error> {
    let span = (channel.cursor, i64::MAX);
    let mut notices = store::list_between(conn, &channel.audience, span, NOTICES_MOST)?;
    let Some(upto) = notices.last().map(|one| one.seq) else { return Ok(false) };
    if !channels::advance(conn, &channel.code, (channel.cursor, upto))? {
        return Ok(false);
    }
    notices.retain(|one| channel.topics.is_empty() || channel.topics.contains(&one.topic));
    if notices.is_empty() {
        return Ok(false);
    }
    let mut counts: BTreeMap<Topic, i64> = BTreeMap::new();
    for one in &notices {
        *counts.entry(one.topic).or_default() += 1;
    }
    notices.truncate(LISTED_MOST);
    let tells = Tells {
        id: Uuid::now_v7(),
        at: now,
        audience: channel.audience.word(),
        name: name(&channel.audience, channel.language, gazetteer),
        counts,
        listed: listed(conn, &notices, channel.language, gazetteer)?,
        public_url: public_url.to_owned(),
    };
    messages::insert(
        conn,
        Message {
            id: tells.id,
            channel: channel.code.clone(),
            after_seq: channel.cursor,
            upto_seq: upto,
            notices: tells.count(),
            body: tells.body(channel.kind, channel.language)?,
            state: MessageState::Waiting,
            attempts: 0,
            made_at: now,
            next_at: now,
            sent_at: None,
            failure: None,
        },
    )?;
    Ok(true)
}

fn name(audience: &Audience, language: Language, gazetteer: &Gazetteer) -> String {
    match (audience, language) {
        (Audience::Bureau(code), _) => {
            gazetteer.bureau(code).map_or_else(|| code.clone(), |bureau| bureau.name.clone())
        }
        (Audience::Office, Language::Zh) => "创城办".to_owned(),
        (Audience::Office, Language::En) => "Creation office".to_owned(),
    }
}

/// Notices with what is told of each.
fn listed(
    conn: &mut Conn,
    notices: &[Notice],
    language: Language,
    gazetteer: &Gazetteer,
) -> Result<Vec<Listed>, Error> {
    let ids: Vec<i64> = notices.iter().filter_map(|one| one.issue).collect();
    let found = issues::list(conn, &ids)?;
    let found: HashMap<i64, _> = found.into_iter().map(|issue| (issue.id, issue.state)).collect();
    let ids: Vec<i64> = notices.iter().filter_map(|one| one.card).collect();
    let of_cards: HashMap<i64, String> = cards::list_by_id(conn, &ids)?
        .into_iter()
        .filter_map(|card| Some((card.id, card.state.number?.to_string())))
        .collect();
    let one = |one: &Notice| {
        let state = one.issue.and_then(|id| found.get(&id));
        let category = state.and_then(|state| gazetteer.category(state.category.as_deref()?));
        let what = category.map(|category| match (&category.name_en, language) {
            (Some(english), Language::En) => english.clone(),
            _ => category.name.clone(),
        });
        let due_at = state.and_then(|state| state.due_at);
        Listed {
            seq: one.seq,
            topic: one.topic,
            at: one.at,
            issue: one.issue,
            card: one.card,
            what: what.or_else(|| one.card.and_then(|id| of_cards.get(&id).cloned())),
            due_at,
            due_there: due_at.map(|due| gazetteer.calendar.civil(due)),
        }
    };
    Ok(notices.iter().map(one).collect())
}
