//! Writes what happened to a card: its row and its chained log, in the caller's transaction.

use domain::cards::{CardEvent, DraftedCard, RecordedCard, apply, drafted};
use domain::notices::{Owed, owed_by_card};
use schema::Conn;
use schema::columns::{At, Doc, Uid};
use serde_json::Value;

use crate::actions::record::{Act, linked};
use crate::problem::Error;
use crate::store::cards::{self, Card, Entry};
use crate::store::notices::{self, New};

/// Keeps a new card; none where one was drafted for the same.
pub(super) fn begin(
    conn: &mut Conn,
    draft_key: String,
    card: DraftedCard,
    act: Act<'_>,
) -> Result<Option<Card>, Error> {
    let state = drafted(card.clone(), act.at, act.actor.account);
    let mut new = Card { id: 0, version: 0, draft_key, state, hash: Vec::new() };
    let mut entry = fold(&mut new, CardEvent::Drafted { card }, act)?;
    let Some(id) = cards::insert(conn, &new)? else { return Ok(None) };
    (new.id, entry.card_id) = (id, id);
    cards::insert_event(conn, &entry)?;
    tell(conn, &new, &entry)?;
    Ok(Some(new))
}

/// Adds an event to a card, and saves it.
pub(super) fn append(
    conn: &mut Conn,
    card: &mut Card,
    event: CardEvent,
    act: Act<'_>,
) -> Result<(), Error> {
    let entry = fold(card, event, act)?;
    cards::save(conn, card)?;
    cards::insert_event(conn, &entry)?;
    tell(conn, card, &entry)
}

/// Whoever's news it is hears of it.
fn tell(conn: &mut Conn, card: &Card, entry: &Entry) -> Result<(), Error> {
    let event = read_entry(entry)?.1.event;
    let state = &card.state;
    let owed = owed_by_card(&event, &state.drafted.bureau, state.delivered_at.is_some());
    let new = |owed: Owed| New {
        audience: owed.audience,
        topic: owed.topic,
        at: entry.at.0,
        issue: None,
        card: Some(card.id),
    };
    notices::insert(conn, owed.map(new).into_iter().collect())
}

fn fold(card: &mut Card, event: CardEvent, act: Act<'_>) -> Result<Entry, Error> {
    let payload = serde_json::to_value(&event)?;
    let (by, bureau) = (act.actor.account, act.actor.bureau.clone());
    let recorded = RecordedCard { at: act.at, by, bureau, event };
    apply(&mut card.state, &recorded);
    card.version += 1;
    let who = (recorded.at, recorded.by, recorded.bureau.as_deref());
    card.hash = linked(&card.hash, card.version, who, &payload)?;
    Ok(Entry {
        card_id: card.id,
        n: card.version,
        kind: payload["kind"].as_str().unwrap_or_default().to_owned(),
        at: At(act.at),
        actor: by,
        bureau: recorded.bureau,
        command: act.command.map(Uid),
        payload: Doc::of(&payload)?,
        hash: card.hash.clone(),
    })
}

/// What a line of a card's log says, and its payload as it was chained.
pub fn read_entry(entry: &Entry) -> Result<(Value, RecordedCard), Error> {
    let (payload, event) = (entry.payload.read()?, entry.payload.read()?);
    let bureau = entry.bureau.clone();
    Ok((payload, RecordedCard { at: entry.at.0, by: entry.actor, bureau, event }))
}
