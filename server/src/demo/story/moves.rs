//! Steps as the requests they would come by: who asks, for what, with which photos.

use domain::access::{Action, Actor};
use domain::position::{Datum, Position};
use domain::workflow::{Command, DismissReason, Event, Outcome, Part, ReturnReason, Stage};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::life::Move;
use super::script::{Fate, Scene};
use super::{Due, Teller, spots, words};
use crate::actions::command_issue::Ask;
use crate::actions::{record, routing};
use crate::demo::geography::Dice;
use crate::demo::pictures::Side;
use crate::gazetteer::Owner;
use crate::intake::{ManifestPhoto, PhotoPart, Source, StatedPosition, Submission, canonical_hash};
use crate::problem::Error;
use crate::store::issues::Issue;

/// A step, ready to be taken.
pub(super) struct Task {
    pub(super) due: Due,
    pub(super) what: What,
    /// The photos that arrive right after it.
    pub(super) photos: Vec<Photo>,
}

/// What is sent.
pub(super) enum What {
    Report(Actor, Uuid, Box<Submission>),
    Command(Box<Ask>),
}

/// A photo's bytes on their way.
pub(super) struct Photo {
    pub(super) actor: Actor,
    pub(super) sha256: String,
    pub(super) bytes: Vec<u8>,
}

/// Who may be called when a manhole cover is missing: whose pipe it is shows on the cover.
const PIPES: [&str; 5] = ["gongshui", "dianxin", "shizheng", "gongdian", "ranqi"];

impl Teller<'_> {
    /// Prepares a step on an issue as it stands; none when there is nothing left to be done.
    pub(super) fn task(&mut self, due: Due, issue: Option<Issue>) -> Result<Option<Task>, Error> {
        match (due.step, issue) {
            (Move::Report, _) => self.report(due).map(Some),
            (Move::Again, Some(issue)) if issue.state.stage.is_open() => self.report(due).map(Some),
            (Move::Again, _) | (_, None) => Ok(None),
            (_, Some(issue)) => self.command_of(due, &issue).map(Some),
        }
    }

    fn report(&mut self, due: Due) -> Result<Task, Error> {
        let hour = self.month.hour_of(due.at);
        let scene = &mut self.scenes[due.scene];
        let (first, mut dice) = (due.step == Move::Report, scene.dice.clone());
        let again = if first { None } else { scene.known_by.pop() };
        let source = again.unwrap_or(scene.source);
        let actor = match source {
            Source::Inspector => self.cast.inspector(scene.area.as_deref(), hour, &mut dice)?,
            Source::Supervisor => self.cast.supervisor(&mut dice)?,
            _ => self.cast.intake(&mut dice)?,
        };
        let mut submission = submission(scene, source, first, due.at, &mut dice);
        let photos = photo_count(source, first && scene.photo_missing, &mut dice);
        let taken =
            Taken { by: &actor, side: Side::Before, from: submission.captured_at, count: photos };
        scene.dice = dice;
        let (manifest, mut photos) = self.photos(due.scene, &taken)?;
        if first && self.scenes[due.scene].photo_missing {
            photos.pop();
        }
        submission.photos = manifest;
        let id = self.scenes[due.scene].dice.uuid();
        Ok(Task { due, what: What::Report(actor, id, Box::new(submission)), photos })
    }

    fn command_of(&mut self, due: Due, issue: &Issue) -> Result<Task, Error> {
        let actor = self.actor(due, issue)?;
        let (count, from) = self.after_photos(due, issue);
        let taken = Taken { by: &actor, side: Side::After, from, count };
        let (manifest, photos) = self.photos(due.scene, &taken)?;
        let ids = manifest.iter().map(|line| line.photo_id.to_string()).collect();
        let (action, command) = self.command_for(due, issue, &actor, ids)?;
        let id = self.scenes[due.scene].dice.uuid();
        let content = json!({"of": action.operation_id(), "issue": issue.id, "command_id": id});
        let ask = Ask {
            actor,
            action,
            issue: issue.id,
            version: issue.version,
            id,
            content_hash: canonical_hash(&content)?,
            command,
            photos: manifest,
            adopt: Vec::new(),
        };
        Ok(Task { due, what: What::Command(Box::new(ask)), photos })
    }

    fn actor(&mut self, due: Due, issue: &Issue) -> Result<Actor, Error> {
        let hour = self.month.hour_of(due.at);
        let scene = &mut self.scenes[due.scene];
        match due.step {
            Move::Accept | Move::Return | Move::Rectify | Move::Secure => {
                self.cast.account(issue.state.lead.as_deref().unwrap_or_default())
            }
            Move::TakePart | Move::DoPart => {
                let turn = |part: &&Part| {
                    part.is_owed() && (due.step == Move::DoPart || part.accepted_at.is_none())
                };
                let part = issue.state.parts.iter().find(turn);
                self.cast.account(part.map(|part| part.bureau.as_str()).unwrap_or_default())
            }
            Move::Verify { .. } if scene.area.is_some() && scene.dice.chance(0.85) => {
                self.cast.inspector(scene.area.as_deref(), hour, &mut scene.dice)
            }
            Move::File | Move::Refuse => self.cast.intake(&mut scene.dice),
            _ => self.cast.dispatcher(&mut scene.dice),
        }
    }

    /// How many photos a command brings, and when the first was taken.
    fn after_photos(&mut self, due: Due, issue: &Issue) -> (usize, Timestamp) {
        let dice = &mut self.scenes[due.scene].dice;
        let count = match due.step {
            Move::Rectify => 1 + dice.below(2),
            Move::DoPart | Move::Secure => 1,
            Move::Verify { .. } => usize::from(dice.chance(0.3)),
            _ => 0,
        };
        let shortly = due.at - dice.minutes(1, 4);
        (count, shortly.max(issue.state.dispatched_at.unwrap_or(shortly)))
    }

    fn command_for(
        &mut self,
        due: Due,
        issue: &Issue,
        actor: &Actor,
        photos: Vec<String>,
    ) -> Result<(Action, Command), Error> {
        let bureaus =
            if due.step == Move::Dispatch { self.bureaus(due, issue, actor)? } else { Vec::new() };
        let scene = &mut self.scenes[due.scene];
        let dice = &mut scene.dice;
        Ok(match due.step {
            Move::Report | Move::Again | Move::File => {
                let (category, condition) = (scene.category.clone(), scene.condition.clone());
                (Action::FileIssue, Command::File { category, condition })
            }
            Move::Refuse => {
                let reason =
                    [DismissReason::FalseAlarm, DismissReason::BelowCondition][dice.below(2)];
                (
                    Action::RefuseIssue,
                    Command::Refuse { reason, note: words::refusal(dice).to_owned() },
                )
            }
            Move::Void => {
                let reason = [DismissReason::Duplicate, DismissReason::FalseAlarm][dice.below(2)];
                (Action::VoidIssue, Command::Void { reason, note: words::voiding(dice).to_owned() })
            }
            Move::Release => (Action::ReleaseIssue, Command::Release),
            Move::Dispatch => (Action::DispatchIssue, dispatch(bureaus, dice)),
            Move::Accept => (Action::AcceptIssue, Command::Accept),
            Move::Return => {
                let reason =
                    [ReturnReason::NotOurDuty, ReturnReason::OwnershipUnclear][dice.below(2)];
                (
                    Action::ReturnIssue,
                    Command::Return { reason, note: words::sending_back(dice).to_owned() },
                )
            }
            Move::Rectify => (Action::RectifyIssue, rectify(&scene.category, photos, dice)),
            Move::Secure => {
                let note = "已设围挡、警示锥桶和夜间警示灯".to_owned();
                (Action::SecureIssue, Command::Secure { note, photos })
            }
            Move::TakePart => (Action::AcceptPart, Command::AcceptPart),
            Move::DoPart => {
                let note = "废线已剪除，余线已捆扎挂牌".to_owned();
                (Action::FinishPart, Command::FinishPart { note, photos })
            }
            Move::Verify { passed } => {
                let note = words::verdict(passed, dice).to_owned();
                (Action::VerifyIssue, Command::Verify { passed, note, photos, way: None })
            }
        })
    }

    /// Who the desk sends an issue to: lead first.
    fn bureaus(&mut self, due: Due, issue: &Issue, actor: &Actor) -> Result<Vec<String>, Error> {
        let state = &issue.state;
        if state.stage == Stage::Returned {
            let lead = state.lead.clone().unwrap_or_default();
            let elsewhere = if lead == "chengguan" { "zhifa" } else { "chengguan" };
            let next = state.cooperating.first().map_or(elsewhere, String::as_str);
            return Ok(vec![next.to_owned()]);
        }
        let gazetteer = self.app.gazetteer();
        let act = record::Act { actor, at: due.at, command: None };
        let routed = routing::by_rule(issue, &[], act, &gazetteer)?;
        Ok(match routed {
            Event::Dispatched { lead, cooperating, .. } => [vec![lead], cooperating].concat(),
            _ => vec![self.owner(due.scene, issue)],
        })
    }

    /// Whose asset it is: as the file of facilities says, or else as its cover shows.
    fn owner(&mut self, scene: usize, issue: &Issue) -> String {
        let category = issue.state.category.as_deref().unwrap_or_default();
        let known = issue.detail.position.map(|at| self.app.gazetteer().owner_at(at, category));
        match known {
            Some(Owner::One(owner)) => owner,
            _ => self.scenes[scene].dice.word(&PIPES).to_owned(),
        }
    }

    /// Draws photos and writes their manifest.
    fn photos(
        &mut self,
        scene: usize,
        taken: &Taken<'_>,
    ) -> Result<(Vec<ManifestPhoto>, Vec<Photo>), Error> {
        let scene = &mut self.scenes[scene];
        let (mut manifest, mut photos) = (Vec::new(), Vec::new());
        let mut captured_at = taken.from;
        for _ in 0..taken.count {
            let photo_id = scene.dice.uuid();
            let bytes = self.album.picture(&scene.category, taken.side, scene.street, photo_id)?;
            let sha256 = record::hex(&Sha256::digest(&bytes));
            let near = spots::aside([scene.position.lon, scene.position.lat], 9.0, &mut scene.dice);
            manifest.push(ManifestPhoto {
                photo_id,
                sha256: sha256.clone(),
                bytes: bytes.len() as u64,
                media_type: "image/jpeg".to_owned(),
                captured_at,
                position: Some(stated(near, &mut scene.dice)),
                part: PhotoPart::Scene,
            });
            photos.push(Photo { actor: taken.by.clone(), sha256, bytes });
            captured_at += SignedDuration::from_secs(7);
        }
        Ok((manifest, photos))
    }
}

/// Photos to be drawn.
struct Taken<'a> {
    by: &'a Actor,
    side: Side,
    /// When the first was taken.
    from: Timestamp,
    count: usize,
}

fn submission(
    scene: &Scene,
    source: Source,
    first: bool,
    at: Timestamp,
    dice: &mut Dice,
) -> Submission {
    let on_the_street = matches!(source, Source::Inspector | Source::Supervisor);
    // Now and then there is no signal, and the report waits in the phone.
    let waited = on_the_street && scene.rests.is_none() && dice.chance(0.08);
    let age = if waited { dice.minutes(40, 200) } else { dice.minutes(1, 3) };
    let lon_lat = [scene.position.lon, scene.position.lat];
    let position = if first { scene.position } else { spots::aside(lon_lat, 4.0, dice) };
    let knows = scene.knows || !first;
    Submission {
        category: knows.then(|| scene.category.clone()),
        condition: knows.then(|| scene.condition.clone()),
        note: if first { scene.note.clone() } else { words::again(dice).to_owned() },
        source,
        blind: first && scene.fate == Fate::Blind,
        captured_at: at - age,
        captured_age_ms: on_the_street.then(|| u64::try_from(age.as_millis()).unwrap_or_default()),
        sent_at: Some(at),
        position: Some(stated(position, dice)),
        device_position: None,
        self_handled: false,
        photos: Vec::new(),
    }
}

/// Whoever is on the spot takes a few, the public none or two: 2.3 a report over all.
fn photo_count(source: Source, one_missing: bool, dice: &mut Dice) -> usize {
    match source {
        _ if one_missing => 2 + dice.below(2),
        Source::Inspector | Source::Supervisor => {
            [1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4][dice.below(20)]
        }
        Source::Video => 1 + dice.below(2),
        _ => dice.below(3),
    }
}

/// A position as a phone says it: in the datum of its map, not quite exact.
fn stated(position: Position, dice: &mut Dice) -> StatedPosition {
    let datum = match dice.below(20) {
        0..10 => Datum::Gcj02,
        10..17 => Datum::Wgs84,
        _ => Datum::Bd09,
    };
    let (lat, lon) = position.to_datum(datum);
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let accuracy_m = Some(f64::from(dice.within(4, 41)));
    StatedPosition { lat: rounded(lat), lon: rounded(lon), datum, accuracy_m }
}

fn dispatch(bureaus: Vec<String>, dice: &mut Dice) -> Command {
    let mut bureaus = bureaus.into_iter();
    Command::Dispatch {
        lead: bureaus.next().unwrap_or_default(),
        cooperating: bureaus.collect(),
        because: None,
        reason: words::sending_on(dice).to_owned(),
    }
}

fn rectify(category: &str, photos: Vec<String>, dice: &mut Dice) -> Command {
    if dice.chance(0.07) {
        return Command::Rectify {
            outcome: Outcome::NoLongerThere,
            note: "到场时已无此问题".to_owned(),
            photos,
        };
    }
    Command::Rectify {
        outcome: Outcome::Rectified,
        note: words::work(category, dice).to_owned(),
        photos,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story::mix::Sources;

    #[test]
    fn a_report_has_2_3_photos_on_average() {
        let mut dice = Dice::new(5);
        let mut sources = Sources::new(1_000, &mut dice);
        let counts = (0..1_000).map(|_| photo_count(sources.next(), false, &mut dice));
        let all: usize = counts.sum();
        assert!((2_200..=2_400).contains(&all), "{all} of 1000 reports");
    }
}
