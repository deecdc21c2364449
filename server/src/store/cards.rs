//! Supervision cards 督办卡, their issues, their numbers, and what happened to them.

use diesel::prelude::*;
use domain::cards::{CardKind, CardStage, CardState, Colour, Tally};
use jiff::Timestamp;
use schema::columns::{At, Doc, Uid};
use schema::tables::{card, card_event, card_issue, card_number};
use schema::{Conn, insert_all, on};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::problem::Error;

mod owing;
mod rules;

pub use owing::{Drafted, Overdue, list_drafted, list_overdue, list_reworked, list_unaccepted};
pub use rules::{InForce, find_rules, insert_rules};

/// A card as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its id.
    pub id: i64,
    /// How many events it has.
    pub version: i64,
    /// What it was drafted for; unique.
    pub draft_key: String,
    /// What its events say.
    pub state: CardState,
    /// Hash of its last event.
    pub hash: Vec<u8>,
}

/// A card as its row has it, without its id.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = card)]
#[diesel(treat_none_as_null = true)]
#[diesel(treat_none_as_default_value = false)]
struct Row<'a> {
    version: i64,
    draft_key: &'a str,
    kind: &'a str,
    colour: Option<String>,
    bureau: &'a str,
    stage: &'a str,
    year: Option<i32>,
    number: Option<i32>,
    drafted_at: At,
    owed_at: Option<At>,
    delivered_at: Option<At>,
    reply_order: At,
    state: Doc,
    hash: &'a [u8],
}

impl<'a> Row<'a> {
    fn of(card: &'a Card) -> Result<Self, Error> {
        let (state, drafted) = (&card.state, &card.state.drafted);
        Ok(Self {
            version: card.version,
            draft_key: &card.draft_key,
            kind: drafted.kind.word(),
            colour: drafted.colour.map(|colour| colour.word().to_owned()),
            bureau: &drafted.bureau,
            stage: state.stage.word(),
            year: state.number.map(|number| i32::from(number.year)),
            number: state.number.map(|number| number.n),
            drafted_at: At(state.drafted_at),
            owed_at: drafted.owed_at.map(At),
            delivered_at: state.delivered_at.map(At),
            reply_order: At::or_never(state.reply_due_at),
            state: Doc::of(state)?,
            hash: &card.hash,
        })
    }
}

/// The columns a [`Card`] is read from.
type Kept = (i64, i64, String, Doc, Vec<u8>);

const COLUMNS: (card::id, card::version, card::draft_key, card::state, card::hash) =
    (card::id, card::version, card::draft_key, card::state, card::hash);

fn read((id, version, draft_key, state, hash): Kept) -> Result<Card, Error> {
    Ok(Card { id, version, draft_key, state: state.read()?, hash })
}

/// Which cards to list; everything given must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Standing there.
    pub stage: Option<CardStage>,
    /// Of this colour.
    pub colour: Option<Colour>,
    /// A card or a letter.
    pub kind: Option<CardKind>,
    /// Addressed to this bureau.
    pub bureau: Option<String>,
    /// About this issue.
    pub issue: Option<i64>,
    /// Delivered, whatever became of it since: all that its bureau sees.
    pub delivered: bool,
    /// Drafted by hand by this account.
    pub drafted_by: Option<i64>,
    /// Neither ended, nor yet replied to, and the time to reply was over by then.
    pub late_at: Option<Timestamp>,
}

/// Cards, the newest first, at most `limit` of those before the card `before`.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Card>, Error> {
    let of_issue = filter.issue.map(|issue| ids_about(conn, issue)).transpose()?;
    let rows: Vec<Kept> = on!(conn, |c| {
        let mut query = card::table.select(COLUMNS).limit(limit).into_boxed();
        if let Some(ids) = &of_issue {
            query = query.filter(card::id.eq_any(ids));
        }
        if let Some(stage) = filter.stage {
            query = query.filter(card::stage.eq(stage.word()));
        }
        if let Some(colour) = filter.colour {
            query = query.filter(card::colour.eq(colour.word()));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(card::kind.eq(kind.word()));
        }
        if let Some(bureau) = &filter.bureau {
            query = query.filter(card::bureau.eq(bureau));
        }
        if filter.delivered {
            query = query.filter(card::delivered_at.is_not_null());
        }
        if let Some(account) = filter.drafted_by {
            query = query.filter(card::draft_key.like(format!("hand/{account}/%")));
        }
        if let Some(at) = filter.late_at {
            let delivered = card::stage.eq(CardStage::Delivered.word());
            query = query.filter(delivered.and(card::reply_order.lt(At(at))));
        }
        if let Some(before) = before {
            query = query.filter(card::id.lt(before));
        }
        query.order(card::id.desc()).load(c)
    })?;
    rows.into_iter().map(read).collect()
}

/// How many cards stand at each of these stages.
pub fn count_by_stage(conn: &mut Conn, stages: &[CardStage]) -> Result<Vec<(String, i64)>, Error> {
    let words: Vec<&str> = stages.iter().map(|stage| stage.word()).collect();
    Ok(on!(conn, |c| card::table
        .filter(card::stage.eq_any(&words))
        .group_by(card::stage)
        .select((card::stage, diesel::dsl::count_star()))
        .load(c))?)
}

fn ids_about(conn: &mut Conn, issue: i64) -> Result<Vec<i64>, Error> {
    let about = card_issue::table.filter(card_issue::issue_id.eq(issue));
    Ok(on!(conn, |c| about.select(card_issue::card_id).load(c))?)
}

/// The card with this id, or none.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Card>, Error> {
    let row: Option<Kept> =
        on!(conn, |c| card::table.find(id).select(COLUMNS).first(c).optional())?;
    row.map(read).transpose()
}

/// The cards with these ids that exist.
pub fn list_by_id(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Card>, Error> {
    let of_them = card::table.filter(card::id.eq_any(ids)).select(COLUMNS);
    let rows: Vec<Kept> = on!(conn, |c| of_them.load(c))?;
    rows.into_iter().map(read).collect()
}

/// The card with this id, locked until the transaction ends.
pub fn find_locked(conn: &mut Conn, id: i64) -> Result<Option<Card>, Error> {
    schema::dialect::lock_card(conn, id)?;
    find(conn, id)
}

/// The card that was drafted for this, or none.
pub fn find_by_key(conn: &mut Conn, key: &str) -> Result<Option<Card>, Error> {
    let keyed = card::table.filter(card::draft_key.eq(key)).select(COLUMNS);
    let row: Option<Kept> = on!(conn, |c| keyed.first(c).optional())?;
    row.map(read).transpose()
}

/// Cards with an id above `after`, in their order.
pub fn list_after(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Card>, Error> {
    let later = card::table.filter(card::id.gt(after)).order(card::id).limit(limit);
    let rows: Vec<Kept> = on!(conn, |c| later.select(COLUMNS).load(c))?;
    rows.into_iter().map(read).collect()
}

/// The cards that were delivered in this time, by their ids.
pub fn list_delivered(conn: &mut Conn, from: Timestamp, to: Timestamp) -> Result<Vec<Card>, Error> {
    let delivered = card::table
        .filter(card::delivered_at.ge(At(from)))
        .filter(card::delivered_at.lt(At(to)))
        .order(card::id)
        .select(COLUMNS);
    let rows: Vec<Kept> = on!(conn, |c| delivered.load(c))?;
    rows.into_iter().map(read).collect()
}

/// Keeps a new card, and gives the id it got; none, and nothing is kept, where one was drafted for the same.
pub fn insert(conn: &mut Conn, new: &Card) -> Result<Option<i64>, Error> {
    let row = Row::of(new)?;
    // A unique violation would end the whole transaction on PostgreSQL.
    let id: Option<i64> = on!(conn, |c| diesel::insert_into(card::table)
        .values(&row)
        .on_conflict(card::draft_key)
        .do_nothing()
        .returning(card::id)
        .get_result(c)
        .optional())?;
    let Some(id) = id else { return Ok(None) };
    let about: Vec<Stands> = new
        .state
        .drafted
        .issues
        .iter()
        .map(|issue| Stands { issue_id: *issue, card_id: id })
        .collect();
    insert_all!(conn, card_issue::table, &about);
    Ok(Some(id))
}

/// An issue on a card.
#[derive(Insertable)]
#[diesel(table_name = card_issue)]
#[diesel(treat_none_as_default_value = false)]
struct Stands {
    issue_id: i64,
    card_id: i64,
}

/// Saves what changed in a card.
pub fn save(conn: &mut Conn, changed: &Card) -> Result<(), Error> {
    let row = Row::of(changed)?;
    on!(conn, |c| diesel::update(card::table.find(changed.id)).set(&row).execute(c))?;
    Ok(())
}

/// The next number of a kind and year. One of a transaction that is rolled back is given again: no gaps.
pub fn next_number(conn: &mut Conn, kind: CardKind, year: i16) -> Result<i32, Error> {
    let first = (
        card_number::kind.eq(kind.word()),
        card_number::year.eq(i32::from(year)),
        card_number::last.eq(1),
    );
    Ok(on!(conn, |c| diesel::insert_into(card_number::table)
        .values(first)
        .on_conflict((card_number::kind, card_number::year))
        .do_update()
        .set(card_number::last.eq(card_number::last + 1))
        .returning(card_number::last)
        .get_result(c))?)
}

/// One line of a card's log.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = card_event)]
#[diesel(treat_none_as_default_value = false)]
pub struct Entry {
    /// The card it happened to.
    pub card_id: i64,
    /// Its place among the card's events, from 1.
    pub n: i64,
    /// What happened, in a word.
    pub kind: String,
    /// When.
    pub at: At,
    /// The account that caused it.
    pub actor: i64,
    /// That account's bureau.
    pub bureau: Option<String>,
    /// The command it came from.
    pub command: Option<Uid>,
    /// What happened, in full.
    pub payload: Doc,
    /// SHA-256 over the hash before it and this event.
    pub hash: Vec<u8>,
}

/// Appends an event.
pub fn insert_event(conn: &mut Conn, entry: &Entry) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(card_event::table).values(entry).execute(c))?;
    Ok(())
}

/// The events of these cards, card by card in their order.
pub fn list_events(conn: &mut Conn, cards: &[i64]) -> Result<Vec<Entry>, Error> {
    Ok(on!(conn, |c| card_event::table
        .filter(card_event::card_id.eq_any(cards))
        .order((card_event::card_id, card_event::n))
        .select(Entry::as_select())
        .load(c))?)
}

/// Cards of each bureau that were delivered since, by colour; those that were withdrawn count for nothing.
pub fn tally(conn: &mut Conn, since: Timestamp) -> Result<Vec<Tally>, Error> {
    let standing = card::table
        .filter(card::delivered_at.ge(At(since)))
        .filter(card::stage.ne(CardStage::Withdrawn.word()))
        .filter(card::colour.is_not_null())
        .group_by((card::bureau, card::colour))
        .order((card::bureau, card::colour))
        .select((card::bureau, card::colour, diesel::dsl::count_star()));
    let rows: Vec<(String, Option<String>, i64)> = on!(conn, |c| standing.load(c))?;
    let mut tallies: Vec<Tally> = Vec::new();
    for (bureau, colour, count) in rows {
        if tallies.last().is_none_or(|tally| tally.bureau != bureau) {
            tallies.push(Tally { bureau, white: 0, yellow: 0, red: 0 });
        }
        let (Some(tally), Ok(count)) = (tallies.last_mut(), u32::try_from(count)) else { continue };
        match colour.as_deref() {
            Some("white") => tally.white = count,
            Some("yellow") => tally.yellow = count,
            _ => tally.red = count,
        }
    }
    Ok(tallies)
}

/// The key that a card drafted by hand is known by: the ids of clients are each account's own.
pub fn key_by_hand(account: i64, id: Uuid) -> String {
    format!("hand/{account}/{id}")
}
