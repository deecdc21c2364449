//! Bulletins 通报: made from the log at a position of it, issued, and made again.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Action, Actor, Subject, may};
use domain::areas::Level;
use domain::bulletin::{
    Area, Basis, Bulletin, BulletinKind, CardCounts, Counted, OnTime, Point, Unit,
};
use domain::cards::{CardEvent, Colour};
use domain::figures::Period;
use jiff::Timestamp;
use schema::Conn;
use schema::columns::{At, Uid};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::actions::authority;
use crate::actions::cards::read_entry;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::bulletins::{self, Head, Issued};
use crate::store::cards;
use crate::store::spans;
use crate::store::{feed, part_spans};

/// What a bulletin is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What is issued.
    pub kind: BulletinKind,
    /// What it is headed by.
    pub title: String,
    /// Of which time.
    pub period: Period,
    /// What "on time" means in it.
    pub on_time: OnTime,
}

/// The bulletin as it would be issued now.
pub async fn preview(app: &App, actor: &Actor, wanted: Wanted) -> Result<Bulletin, Error> {
    may(Some(actor), Action::PreviewBulletin, &Subject::None)?;
    make(app, wanted).await
}

async fn make(app: &App, wanted: Wanted) -> Result<Bulletin, Error> {
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    app.db.read(move |conn: &mut Conn| made(conn, wanted, now, &gazetteer)).await
}

/// Issues a bulletin: from now on it is what it is. The same id again gives the one that was issued; says whether it is
/// new.
pub async fn issue(
    app: &App,
    actor: Actor,
    (id, for_all): (Uuid, bool),
    wanted: Wanted,
) -> Result<(i64, Issued, bool), Error> {
    may(Some(&actor), Action::CreateBulletin, &Subject::None)?;
    let (by, client_id) = (actor.account, Uid(id));
    let sent =
        app.db.read(move |conn: &mut Conn| bulletins::find_sent(conn, by, client_id)).await?;
    if let Some(sent) = sent {
        return same(sent, for_all, &wanted);
    }
    let bulletin = make(app, wanted.clone()).await?;
    let body = canonical(&bulletin)?;
    let issued_at = bulletin.basis.made_at;
    let year = app.gazetteer().calendar.date_of(issued_at).year();
    let write = move |conn: &mut Conn| {
        authority::still_holds(conn, &actor)?;
        if let Some(sent) = bulletins::find_sent(conn, by, client_id)? {
            return same(sent, for_all, &wanted);
        }
        let issued = Issued {
            client_id,
            made_by: by,
            head: Head {
                kind: wanted.kind.word().to_owned(),
                year: i32::from(year),
                number: bulletins::next_number(conn, wanted.kind, year)?,
                title: wanted.title.clone(),
                from_at: At(wanted.period.from()),
                to_at: At(wanted.period.to()),
                for_all,
                position: bulletin.basis.position,
                issued_at: At(issued_at),
                sha256: Sha256::digest(&body).to_vec(),
            },
            body: body.clone(),
        };
        Ok((bulletins::insert(conn, &issued)?, issued, true))
    };
    app.db.write(write).await
}

fn same(
    (id, issued): (i64, Issued),
    for_all: bool,
    wanted: &Wanted,
) -> Result<(i64, Issued, bool), Error> {
    let basis = issued.read()?.basis;
    let Basis { kind, title, period, on_time, .. } = basis;
    let was = Wanted { kind, title, period, on_time };
    if was == *wanted && issued.head.for_all == for_all {
        Ok((id, issued, false))
    } else {
        Err(Error::BulletinConflict)
    }
}

/// The bytes that are kept.
pub fn canonical(bulletin: &Bulletin) -> Result<String, Error> {
    Ok(serde_jcs::to_string(bulletin)?)
}

/// The same bulletin from the log as of its position and what it rests on, as bytes: equal to what was issued, or one of
/// them was changed.
pub fn made_again(conn: &mut Conn, issued: &Issued) -> Result<String, Error> {
    let basis = issued.read()?.basis;
    let counted = count(conn, &basis)?;
    canonical(&Bulletin::new(basis, &counted))
}

fn made(
    conn: &mut Conn,
    wanted: Wanted,
    now: Timestamp,
    gazetteer: &Gazetteer,
) -> Result<Bulletin, Error> {
    let Wanted { kind, title, period, on_time } = wanted;
    let delivered = cards::list_delivered(conn, period.from(), period.to())?;
    let mut basis = Basis {
        kind,
        title,
        period,
        position: feed::head(conn)?,
        made_at: now,
        on_time,
        units: BTreeMap::new(),
        areas: BTreeMap::new(),
        points: BTreeMap::new(),
        categories: BTreeMap::new(),
        cards: delivered.iter().map(|card| (card.id, card.version)).collect(),
    };
    let counted = count(conn, &basis)?;
    name(&mut basis, &counted, gazetteer);
    Ok(Bulletin::new(basis, &counted))
}

/// What of the log counts, as of the bulletin's position; nothing blind.
pub fn count(conn: &mut Conn, basis: &Basis) -> Result<Counted, Error> {
    let (period, at) = (basis.period, basis.position);
    let head = feed::head(conn)?;
    let members = spans::list_members(conn, period, (at, head), spans::MEMBERS_MOST)?;
    let issues: Vec<i64> = members.iter().map(|member| member.issue).collect();
    Ok(Counted {
        members,
        parts: part_spans::list_parts(conn, period, at)?,
        points: spans::list_points(conn, &issues, at)?,
        reported: spans::count_reported(conn, period, at)?,
        cards: count_cards(conn, basis)?,
    })
}

/// The cards as they stood: the first so many events of each.
fn count_cards(conn: &mut Conn, basis: &Basis) -> Result<CardCounts, Error> {
    let versions: BTreeMap<i64, i64> = basis.cards.iter().copied().collect();
    let ids: Vec<i64> = versions.keys().copied().collect();
    let mut colours: BTreeMap<i64, Option<Colour>> = BTreeMap::new();
    for entry in cards::list_events(conn, &ids)? {
        if versions.get(&entry.card_id).is_none_or(|version| entry.n > *version) {
            continue;
        }
        match read_entry(&entry)?.1.event {
            CardEvent::Drafted { card } => colours.insert(entry.card_id, card.colour),
            CardEvent::Withdrawn { .. } => colours.remove(&entry.card_id),
            _ => None,
        };
    }
    let mut counts = CardCounts::default();
    for colour in colours.into_values() {
        match colour {
            Some(Colour::White) => counts.white += 1,
            Some(Colour::Yellow) => counts.yellow += 1,
            Some(Colour::Red) => counts.red += 1,
            None => counts.letters += 1,
        }
    }
    Ok(counts)
}

/// What reference data calls everything that was counted.
fn name(basis: &mut Basis, counted: &Counted, gazetteer: &Gazetteer) {
    let members = &counted.members;
    let leads = members.iter().filter_map(|member| member.lead.as_ref());
    let bureaus: BTreeSet<&String> =
        leads.chain(counted.parts.iter().map(|part| &part.bureau)).collect();
    for bureau in bureaus.into_iter().filter_map(|code| gazetteer.bureau(code)) {
        let unit = Unit { name: bureau.name.clone(), group: bureau.group.clone() };
        basis.units.insert(bureau.code.clone(), unit);
    }
    for code in members.iter().filter_map(|member| member.area.as_ref()) {
        let above = gazetteer.areas().at_level(code, Level::Subdistrict);
        let subdistrict = above.map_or(code, |above| &above.code).clone();
        let name = gazetteer.area_name(&subdistrict).unwrap_or(&subdistrict).to_owned();
        basis.areas.insert(code.clone(), Area { subdistrict, name });
    }
    for (_, code) in &counted.points {
        let Some(point) = gazetteer.point(code) else { continue };
        let point = Point { name: point.name.to_owned(), kind: point.kind.word().to_owned() };
        basis.points.insert(code.clone(), point);
    }
    for code in members.iter().filter_map(|member| member.category.as_ref()) {
        if let Some(category) = gazetteer.category(code) {
            basis.categories.insert(code.clone(), category.name.clone());
        }
    }
}
