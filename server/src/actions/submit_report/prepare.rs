//! Everything about a report that needs no database: done before its turn to be written, which
//! others wait for.

use std::sync::Arc;

use domain::access::Actor;
use domain::matching::match_keys;
use domain::position::{Metres, Position};
use domain::taxonomy::{Category, Condition};
use domain::workflow::{Event, IssueState, Owed, Share, sample};
use jiff::Timestamp;
use schema::columns::Doc;
use uuid::Uuid;

use crate::actions::record::{Act, Happened};
use crate::actions::routing;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::{PhotoPart, Submission};
use crate::placing::{ClockReading, Flag, place, read_clock};
use crate::problem::Error;
use crate::store::issues::{Issue, IssueRow};

/// A report, ready to be written.
pub(super) struct Prepared {
    pub id: Uuid,
    pub actor: Actor,
    pub submission: Submission,
    pub content_hash: Vec<u8>,
    pub body: Doc,
    pub received: Timestamp,
    pub flags: Vec<Flag>,
    pub clock: ClockReading,
    pub gazetteer: Arc<Gazetteer>,
    /// Where an issue must be for the report to join it; none when it joins none.
    pub reach: Option<Reach>,
    /// The issue it opens if it joins none.
    pub opening: Opening,
}

/// Where issues are that a report may join.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub position: Position,
    pub radius: Metres,
    /// Every such issue has one of these keys; ascending, one may repeat.
    pub keys: [i64; 4],
}

/// An issue that has no number yet, filed and routed where that needs no desk.
pub(super) struct Opening {
    pub issue: Issue,
    pub row: IssueRow,
    pub happened: Happened,
}

/// A category and the condition of it that a report names.
type Known<'a> = (&'a Category, Option<&'a Condition>);

impl Prepared {
    pub fn new(app: &App, actor: Actor, id: Uuid, submission: Submission) -> Result<Self, Error> {
        let (gazetteer, received) = (app.gazetteer(), app.clock.now());
        let (mut detail, flags) = place(&submission, received, &gazetteer);
        let clock = read_clock(&submission, received);
        let known = category(&submission, &gazetteer)?;
        detail.family = known.map(|(category, _)| category.family.clone());
        detail.reporters = vec![actor.account];
        // What is fixed already is no evidence of what is still open nearby.
        let joins = known.filter(|_| !submission.self_handled);
        let reach = reach(joins, detail.position, submission.blind);
        let issue = Issue {
            id: 0,
            version: 0,
            state: IssueState::new(clock.used),
            detail,
            source: submission.source.word().to_owned(),
            note: submission.note.clone(),
            photos_expected: i32::try_from(scenes(&submission)).unwrap_or(i32::MAX),
            photos_stored: 0,
            hash: Vec::new(),
        };
        let check = submission.self_handled.then(|| check(app, id, received)).flatten();
        let arrival = Arrival { id, actor: &actor, received, flags: &flags, check };
        let opening = opening(issue, &arrival, &submission, known, &gazetteer)?;
        Ok(Self {
            content_hash: submission.content_hash()?,
            body: Doc::of(&submission)?,
            id,
            actor,
            submission,
            received,
            flags,
            clock,
            gazetteer,
            reach,
            opening,
        })
    }

    /// Who sent it, and when it came.
    pub fn act(&self) -> Act<'_> {
        Act { actor: &self.actor, at: self.received, command: None }
    }
}

/// The category and condition a report names. A category with one published condition needs no
/// second word. What is not published cannot be reported by, as if it were not there.
pub(super) fn category<'a>(
    submission: &Submission,
    gazetteer: &'a Gazetteer,
) -> Result<Option<Known<'a>>, Error> {
    let Some(code) = &submission.category else { return Ok(None) };
    let category = gazetteer.category(code).ok_or_else(|| {
        Error::invalid("category-unknown", format!("`category` {code} is not in the taxonomy."))
    })?;
    let mut published = category.published();
    let condition = match &submission.condition {
        None => published.next().filter(|_| published.next().is_none()),
        Some(code) => {
            let known = published.find(|condition| condition.code == *code);
            Some(known.ok_or_else(|| {
                let detail =
                    format!("`condition` {code} is not one of category {}.", category.code);
                Error::invalid("condition-unknown", detail)
            })?)
        }
    };
    Ok(Some((category, condition)))
}

fn reach(known: Option<Known<'_>>, position: Option<Position>, blind: bool) -> Option<Reach> {
    let (category, _) = known?;
    let (position, radius) = (position?, Metres(category.match_radius_m));
    let keys = match_keys(&category.family, blind, position, radius);
    Some(Reach { position, radius, keys })
}

/// Who sent a report, when it came and what is odd about it.
struct Arrival<'a> {
    id: Uuid,
    actor: &'a Actor,
    received: Timestamp,
    flags: &'a [Flag],
    /// The check that it owes, where its finder fixed it and the draw met it.
    check: Option<Owed>,
}

fn check(app: &App, report: Uuid, at: Timestamp) -> Option<Owed> {
    let settings = &app.config.verification;
    let (seed, percent) = (settings.seed.clone(), settings.self_handled_percent);
    sample(&report.to_string(), &Share { seed, percent, raised: None }, at)
}

fn opening(
    mut issue: Issue,
    arrival: &Arrival<'_>,
    submission: &Submission,
    known: Option<Known<'_>>,
    gazetteer: &Gazetteer,
) -> Result<Opening, Error> {
    let condition = known.and_then(|(_, condition)| condition);
    let reported = Event::Reported {
        report: arrival.id.to_string(),
        category: known.map(|(category, _)| category.code.clone()),
        condition: condition.map(|condition| condition.code.clone()),
        blind: submission.blind,
    };
    let act = Act { actor: arrival.actor, at: arrival.received, command: None };
    let mut events = vec![reported];
    if submission.self_handled {
        let after = submission.photos.iter().filter(|photo| photo.part == PhotoPart::After);
        let photos = after.map(|photo| photo.photo_id.to_string()).collect();
        events.push(Event::SelfHandled { photos, check: arrival.check.clone().map(Box::new) });
    } else if let (Some((category, _)), Some(condition)) = (known, condition)
        && category.auto_file
        && needs_no_desk(submission, arrival.flags)
    {
        let (category, condition) = (category.code.clone(), condition.code.clone());
        events.push(Event::Filed { category, condition, automatic: true });
        events.push(routing::by_rule(&issue, &events, act, gazetteer)?);
    }
    let happened = Happened::to(&mut issue, events, act)?;
    Ok(Opening { row: IssueRow::of(&issue)?, issue, happened })
}

/// How many of its photos show the problem.
fn scenes(submission: &Submission) -> usize {
    submission.photos.iter().filter(|photo| photo.part != PhotoPart::After).count()
}

/// Seen by somebody of the district, to be shown to bureaus, at a place that is known and where it is
/// not permitted: sending a bureau after a permitted stall would be 一刀切.
fn needs_no_desk(submission: &Submission, flags: &[Flag]) -> bool {
    let doubtful = [
        Flag::PositionMissing,
        Flag::PositionInvalid,
        Flag::PositionZero,
        Flag::PositionOutside,
        Flag::PermittedZone,
    ];
    submission.source.is_trusted()
        && !submission.blind
        && !flags.iter().any(|flag| doubtful.contains(flag))
}
