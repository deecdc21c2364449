//! One card with all that belongs to it.

use std::collections::HashMap;

use domain::access::{Action, Actor, Role, Subject, may};
use domain::cards::{CardCommand, CardFacts, CardRefusal, CardState, decide};
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::CardView;
use crate::actions::cards::{card_facts, read_entry};
use crate::actions::record::hex;
use crate::gazetteer::Gazetteer;
use crate::http::photos::{PhotoState, state as photo_state};
use crate::problem::Error;
use crate::store::cards::{self, Card};
use crate::store::photos::Photo;
use crate::store::{accounts, issues, photo_files, photos};
use crate::views::IssueView;

/// A photo of a reply.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CardPhoto {
    /// Its id.
    pub photo_id: Uuid,
    /// SHA-256 of its bytes: its address under `/photos`.
    pub sha256: String,
    /// How far it is, as with the photos of an issue.
    pub state: PhotoState,
    /// Whether it shows the stamped reply 盖章件.
    pub scan: bool,
}

/// What the addressee replied.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = CardReply)]
pub struct CardReplyView {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The name of whoever sent it.
    #[schema(required)]
    pub by_name: Option<String>,
    /// Why it came to that 原因.
    pub cause: String,
    /// What was done about it 措施.
    pub measures: String,
    /// Who answers for it 责任人.
    pub person: String,
    /// Its photos, those of the stamped reply among them.
    pub photos: Vec<CardPhoto>,
}

/// One thing that happened to a card.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = CardEvent)]
pub struct CardEventView {
    /// Its place among the card's events.
    pub n: i64,
    /// `drafted`, `signed`, `delivered`, `replied`, `accepted`, `upgraded`, `withdrawn` or `commented`.
    pub kind: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The name of whoever did it; null where a rule did.
    #[schema(required)]
    pub by_name: Option<String>,
    /// That person's bureau.
    #[schema(required)]
    pub bureau: Option<String>,
    /// What happened, in full.
    #[schema(value_type = Object)]
    pub payload: Value,
}

/// A card with all that belongs to it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CardDetail {
    /// The card.
    #[serde(flatten)]
    pub card: CardView,
    /// The issues on it.
    pub issues: Vec<IssueView>,
    /// How many of them are still to be closed.
    pub open_issues: usize,
    /// The latest reply; null before there is one.
    #[schema(required)]
    pub reply: Option<CardReplyView>,
    /// What happened to it, in order.
    pub events: Vec<CardEventView>,
    /// Steps that this reader may now take: `sign`, `deliver`, `reply`, `accept`, `upgrade`, `withdraw`,
    /// `comment`.
    pub allowed: Vec<String>,
}

/// The card with this id, as this reader sees it.
pub(super) fn find(
    conn: &mut Conn,
    id: i64,
    actor: &Actor,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<CardDetail, Error> {
    let card = cards::find(conn, id)?.filter(|card| card.state.is_seen_by(actor));
    let card = card.ok_or(Error::NotFound)?;
    let facts = card_facts(conn, &card, gazetteer, now)?;
    let mut about = issues::list(conn, &card.state.drafted.issues)?;
    about.retain(|issue| actor.role != Role::Bureau || !issue.state.blind);
    about.sort_unstable_by_key(|issue| issue.id);
    let entries = cards::list_events(conn, &[id])?;
    let who: Vec<i64> = entries.iter().map(|entry| entry.actor).collect();
    let known = accounts::list_by_id(conn, &who)?;
    let names: HashMap<i64, String> = known.into_iter().map(|one| (one.id, one.name)).collect();
    let events = entries.iter().map(|entry| {
        let (payload, recorded) = read_entry(entry)?;
        Ok::<_, Error>(CardEventView {
            n: entry.n,
            kind: entry.kind.clone(),
            at: recorded.at,
            by_name: names.get(&recorded.by).cloned(),
            bureau: recorded.bureau,
            payload,
        })
    });
    Ok(CardDetail {
        issues: about.iter().map(|issue| IssueView::new(issue, gazetteer)).collect(),
        open_issues: facts.open_issues,
        reply: reply(conn, &card, &names)?,
        events: events.collect::<Result<_, _>>()?,
        allowed: allowed(&card.state, actor, &facts),
        card: CardView::new(&card, gazetteer, now),
    })
}

fn reply(
    conn: &mut Conn,
    card: &Card,
    names: &HashMap<i64, String>,
) -> Result<Option<CardReplyView>, Error> {
    let (Some(reply), Some(issue)) = (&card.state.reply, card.state.drafted.issues.first()) else {
        return Ok(None);
    };
    let command: Option<Uuid> = reply.command.parse().ok();
    let announced = command.map(|command| photos::list_of(conn, *issue, command)).transpose()?;
    let mut shown = Vec::new();
    for photo in announced.unwrap_or_default() {
        shown.push(photo_view(conn, &photo, &reply.scan)?);
    }
    Ok(Some(CardReplyView {
        at: reply.at,
        by_name: names.get(&reply.by).cloned(),
        cause: reply.cause.clone(),
        measures: reply.measures.clone(),
        person: reply.person.clone(),
        photos: shown,
    }))
}

fn photo_view(conn: &mut Conn, photo: &Photo, scan: &[String]) -> Result<CardPhoto, Error> {
    let file = match photo.stored_at {
        Some(_) => photo_files::find(conn, &photo.sha256)?,
        None => None,
    };
    let (state, _problem) = photo_state(photo, file.as_ref());
    let photo_id = photo.photo_id.0;
    let scan = scan.contains(&photo_id.to_string());
    Ok(CardPhoto { photo_id, sha256: hex(&photo.sha256), state, scan })
}

/// The steps that somebody may take now, each tried with words in it: what is refused only for want of words
/// may be taken.
fn allowed(state: &CardState, actor: &Actor, facts: &CardFacts) -> Vec<String> {
    let words = || "-".to_owned();
    let reply = CardCommand::Reply {
        cause: words(),
        measures: words(),
        person: words(),
        photos: Vec::new(),
        scan: vec![words()],
        command: String::new(),
    };
    let attempts = [
        ("sign", Action::SignCard, CardCommand::Sign),
        ("deliver", Action::DeliverCard, CardCommand::Deliver),
        ("reply", Action::ReplyCard, reply),
        ("accept", Action::AcceptCard, CardCommand::Accept { note: String::new() }),
        ("upgrade", Action::UpgradeCard, CardCommand::Upgrade { reason: words() }),
        ("withdraw", Action::WithdrawCard, CardCommand::Withdraw { reason: words() }),
        ("comment", Action::CommentCard, CardCommand::Comment { text: words() }),
    ];
    let may_now = |(_, action, command): &(&str, Action, CardCommand)| {
        let tried =
            || -> Result<(), CardRefusal> { decide(state, actor, command, facts).map(|_event| ()) };
        may(Some(actor), *action, &Subject::None).is_ok() && tried().is_ok()
    };
    attempts
        .iter()
        .filter(|attempt| may_now(attempt))
        .map(|(word, ..)| (*word).to_owned())
        .collect()
}
