//! A report that opens an issue.

use domain::workflow::{Event, IssueState, Recorded, apply};
use schema::Conn;

use super::{Prepared, category};
use crate::actions::record::{Act, Ledger};
use crate::actions::routing;
use crate::placing::Flag;
use crate::problem::Error;
use crate::store::issues::Issue;

/// Opens an issue; files and routes it where that needs no desk.
pub(super) fn open(
    conn: &mut Conn,
    ledger: &mut Ledger,
    prepared: &Prepared,
) -> Result<Issue, Error> {
    let submission = &prepared.submission;
    let mut issue = Issue {
        id: 0,
        version: 0,
        state: IssueState::new(prepared.clock.used),
        detail: prepared.detail.clone(),
        source: submission.source.word().to_owned(),
        note: submission.note.clone(),
        photos_expected: i32::try_from(submission.photos.len()).unwrap_or(i32::MAX),
        photos_stored: 0,
        hash: Vec::new(),
    };
    let happened = happened(prepared)?;
    let act = Act { actor: &prepared.actor, at: prepared.received, command: None };
    ledger.open(conn, &mut issue, happened, act)?;
    Ok(issue)
}

fn happened(prepared: &Prepared) -> Result<Vec<Event>, Error> {
    let known = category(&prepared.submission, &prepared.gazetteer)?;
    let condition =
        known.and_then(|(_, condition)| condition).map(|condition| condition.code.clone());
    let reported = Event::Reported {
        report: prepared.id.to_string(),
        category: known.map(|(category, _)| category.code.clone()),
        condition: condition.clone(),
        blind: prepared.submission.blind,
    };
    let (Some((category, _)), Some(condition)) = (known, condition) else {
        return Ok(vec![reported]);
    };
    if !(category.auto_file && needs_no_desk(prepared)) {
        return Ok(vec![reported]);
    }
    let filed = Event::Filed { category: category.code.clone(), condition, automatic: true };
    let routed = routed(prepared, &[&reported, &filed])?;
    Ok(vec![reported, filed, routed])
}

/// Seen by somebody of the district, to be shown to bureaus, at a place that is known.
fn needs_no_desk(prepared: &Prepared) -> bool {
    let nowhere =
        [Flag::PositionMissing, Flag::PositionInvalid, Flag::PositionZero, Flag::PositionOutside];
    prepared.submission.source.is_trusted()
        && !prepared.submission.blind
        && !prepared.flags.iter().any(|flag| nowhere.contains(flag))
}

fn routed(prepared: &Prepared, before: &[&Event]) -> Result<Event, Error> {
    let mut state = IssueState::new(prepared.clock.used);
    for event in before {
        let recorded = Recorded {
            at: prepared.received,
            by: prepared.actor.account,
            bureau: None,
            event: (*event).clone(),
        };
        apply(&mut state, &recorded);
    }
    routing::by_rule(
        &state,
        &prepared.detail,
        prepared.submission.source.word(),
        &prepared.actor,
        &prepared.gazetteer,
        prepared.received,
    )
}
