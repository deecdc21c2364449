//! Every card's events: their chain, and whether the card's row says what they say.

use domain::cards::apply;
use schema::Conn;

use super::Report;
use crate::actions::cards::read_entry;
use crate::actions::record::linked;
use crate::problem::Error;
use crate::store::cards::{self, Card, Entry};
use crate::terminal::Progress;

/// Cards that are gone through together.
const PAGE: i64 = 200;

/// Goes through every card and every event of theirs.
pub(super) fn check(
    conn: &mut Conn,
    report: &mut Report,
    progress: &Progress,
) -> Result<(), Error> {
    progress.step("cards", None);
    let mut after = 0;
    loop {
        let page = cards::list_after(conn, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        let ids: Vec<i64> = page.iter().map(|card| card.id).collect();
        let entries = cards::list_events(conn, &ids)?;
        for card in &page {
            let own: Vec<&Entry> =
                entries.iter().filter(|entry| entry.card_id == card.id).collect();
            one(card, &own, report);
        }
    }
}

fn one(card: &Card, entries: &[&Entry], report: &mut Report) {
    let id = card.id;
    report.events += entries.len() as u64;
    let (mut state, mut hash) = (card.state.clone(), Vec::new());
    for (n, entry) in (1..).zip(entries) {
        let at = format!("event {n} of card {id}");
        let Ok((payload, recorded)) = read_entry(entry) else {
            return report.add("card-event-unreadable", at);
        };
        let who = (recorded.at, recorded.by, recorded.bureau.as_deref());
        match linked(&hash, n, who, &payload) {
            Ok(is) if is == entry.hash && entry.n == n => hash = is,
            _ => return report.add("card-chain-broken", at),
        }
        apply(&mut state, &recorded);
    }
    let version = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    if version != card.version || hash != card.hash {
        return report.add("card-chain-broken", format!("card {id} has lost its last events"));
    }
    if state != card.state {
        report.add("card-row-wrong", format!("card {id} is not what its events say"));
    }
}
