//! Does something with a card: one command, one event, once.

use std::collections::BTreeSet;

use domain::access::{Action, Actor, Subject, may};
use domain::cards::{CardCommand, CardEvent, CardFacts, CardKind, CardNumber, decide, next_draft};
use domain::deadline::{Limit, Stint, Unit};
use domain::workflow::Stage;
use jiff::Timestamp;
use schema::Conn;
use schema::columns::Doc;
use uuid::Uuid;

use super::record::{append, begin};
use crate::actions::announce::{Manifest, announce};
use crate::actions::authority;
use crate::actions::record::Act;
use crate::actions::routing::ends;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::{ManifestPhoto, check_manifest};
use crate::problem::Error;
use crate::store::cards::{self, Card};
use crate::store::commands::Done;
use crate::store::photos::Part;
use crate::store::{commands, issues, photos};

/// A command as it was asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Who asks.
    pub actor: Actor,
    /// Which operation it came by.
    pub action: Action,
    /// The card's id.
    pub card: i64,
    /// The version it was decided on; none for a comment, which fits any.
    pub version: Option<i64>,
    /// Made by the client; the same command again gives the first result.
    pub id: Uuid,
    /// SHA-256 of the body and the operation.
    pub content_hash: Vec<u8>,
    /// What to do.
    pub command: CardCommand,
    /// Photos it announces.
    pub photos: Vec<ManifestPhoto>,
}

/// Does what was asked and gives the card as it then stands; asked again, the first result.
pub async fn command_card(app: &App, ask: Ask) -> Result<Card, Error> {
    may(Some(&ask.actor), ask.action, &Subject::None)?;
    check_manifest(&ask.photos, app.config.max_photo_bytes)?;
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    app.db.write(move |conn| write(conn, &ask, &gazetteer, now)).await
}

fn write(conn: &mut Conn, ask: &Ask, gazetteer: &Gazetteer, now: Timestamp) -> Result<Card, Error> {
    authority::still_holds(conn, &ask.actor)?;
    // Locked before the command is looked for: where it was sent twice at once, the second waits here.
    let card = cards::find_locked(conn, ask.card)?;
    if let Some(done) = commands::find(conn, ask.actor.account, ask.id)? {
        return done.answer_to(&ask.content_hash);
    }
    let mut card = card.filter(|card| card.state.is_seen_by(&ask.actor)).ok_or(Error::NotFound)?;
    if ask.version.is_some_and(|version| version != card.version) {
        return Err(Error::CardStale { version: card.version });
    }
    let mut facts = card_facts(conn, &card, gazetteer, now)?;
    if ask.command == CardCommand::Sign {
        let drafted = &card.state.drafted;
        facts.number.n = cards::next_number(conn, drafted.kind, facts.number.year)?;
    }
    let act = Act { actor: &ask.actor, at: now, command: Some(ask.id) };
    if let CardCommand::Upgrade { reason } = &ask.command {
        facts.next_card = upgraded(conn, &card, reason, act)?;
    }
    let event = decide(&card.state, &ask.actor, &ask.command, &facts)?;
    if let CardEvent::Replied { .. } = event {
        announce_photos(conn, ask, &card)?;
    }
    append(conn, &mut card, event, act)?;
    let done = Done { content_hash: ask.content_hash.clone(), result: Doc::of(&card)? };
    let about = card.state.drafted.issues.first().copied().unwrap_or_default();
    commands::insert(conn, ask.actor.account, ask.id, about, now, &done)?;
    Ok(card)
}

/// What the guards need to know beside the card; the count of its number is taken only to sign it.
pub fn card_facts(
    conn: &mut Conn,
    card: &Card,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<CardFacts, Error> {
    let state = &card.state;
    let days = Stint { amount: state.drafted.reply_days, unit: Unit::WorkingDays };
    let limit = Limit::new(vec![days]).map_err(|error| Error::Internal(error.to_string()))?;
    let year = gazetteer.calendar.date_of(now).year();
    Ok(CardFacts {
        now,
        reply_due_at: ends(now, &limit, gazetteer)?,
        number: CardNumber { kind: state.drafted.kind, year, n: 0 },
        next_card: 0,
        open_issues: count_open(conn, &state.drafted.issues)?,
        scan_is_stored: scan_is_stored(conn, card)?,
    })
}

/// How many of these issues are not ended; one that was merged stands where the other one does.
fn count_open(conn: &mut Conn, ids: &[i64]) -> Result<usize, Error> {
    let (mut open, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut ids = ids.to_vec();
    while !ids.is_empty() {
        seen.extend(ids.iter().copied());
        let mut onward = Vec::new();
        for issue in issues::list(conn, &ids)? {
            match issue.state.merged_into.filter(|_| issue.state.stage == Stage::Merged) {
                Some(into) if !seen.contains(&into) => onward.push(into),
                None if issue.state.stage.is_open() => {
                    open.insert(issue.id);
                }
                Some(_) | None => {}
            }
        }
        ids = onward;
    }
    Ok(open.len())
}

/// Whether a photo of the stamped form of the latest reply has arrived.
fn scan_is_stored(conn: &mut Conn, card: &Card) -> Result<bool, Error> {
    let (Some(reply), Some(issue)) = (&card.state.reply, card.state.drafted.issues.first()) else {
        return Ok(false);
    };
    let Ok(command) = reply.command.parse() else { return Ok(false) };
    let announced = photos::list_of(conn, *issue, command)?;
    Ok(announced.iter().any(|photo| {
        photo.stored_at.is_some() && reply.scan.contains(&photo.photo_id.0.to_string())
    }))
}

/// Drafts the graver card; its id.
fn upgraded(conn: &mut Conn, card: &Card, reason: &str, act: Act<'_>) -> Result<i64, Error> {
    let rules = cards::find_rules(conn)?.rules;
    let next = next_draft(card.id, &card.state, reason, &rules, act.at)?;
    debug_assert_eq!(next.kind, CardKind::Card, "letters are not upgraded");
    let drafted = begin(conn, format!("upgrade/{}", card.id), next, act)?;
    drafted.map(|drafted| drafted.id).ok_or(Error::Overtaken)
}

/// The photos of a reply are kept with the first issue that the card is about, as forms: they show no
/// problem and prove no rectification.
fn announce_photos(conn: &mut Conn, ask: &Ask, card: &Card) -> Result<(), Error> {
    let Some(issue) = card.state.drafted.issues.first() else { return Ok(()) };
    let manifest = Manifest {
        issue: *issue,
        subject: ask.id,
        part: Part::Form,
        owner: ask.actor.account,
        place: None,
        photos: &ask.photos,
    };
    announce(conn, manifest)?;
    Ok(())
}
