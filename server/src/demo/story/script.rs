//! What is to happen: one scene for each problem, settled before anything is told.

use domain::areas::Level;
use domain::position::Position;
use domain::workflow::Stage;
use jiff::{SignedDuration, Timestamp};

use super::mix::{self, Sources};
use super::spots::Spots;
use super::when::Month;
use super::words;
use crate::demo::geography::Dice;
use crate::gazetteer::Gazetteer;
use crate::intake::Source;
use crate::problem::Error;

const SEED: u64 = 0x5708_1E00;

/// Of a hundred reports, how many tell of a problem that is known already.
const KNOWN: usize = 15;
/// The day by which the district closes nearly everything on time.
const LEARNED_BY: f64 = 22.0;
/// The share of reports that lack a photo which never arrived.
const PHOTO_MISSING: f64 = 0.02;

/// Sources whose reports wait at the desk.
const PUBLIC: [Source; 3] = [Source::Hotline12345, Source::Citizen, Source::ChatGroup];

/// What becomes of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is put right and seen to be.
    Ordinary,
    /// The first attempt fails verification.
    Rework,
    /// The bureau sends it back once.
    Returned,
    /// The desk does not take it up.
    Refused,
    /// The desk takes it out again.
    Void,
    /// It is kept from bureaus at first.
    Blind,
}

/// One problem and its story.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    /// Its own dice, so that no story depends on what happens in others.
    pub(super) dice: Dice,
    /// Which street its pictures show.
    pub(super) street: u64,
    /// When its first report arrives.
    pub(super) at: Timestamp,
    /// Where that comes from.
    pub(super) source: Source,
    /// What is wrong.
    pub(super) category: String,
    /// How grave it is.
    pub(super) condition: String,
    /// Whether its reporter knows both.
    pub(super) knows: bool,
    /// Where it is.
    pub(super) position: Position,
    /// The reporter's note.
    pub(super) note: String,
    /// The subdistrict it lies in.
    pub(super) area: Option<String>,
    /// What becomes of it.
    pub(super) fate: Fate,
    /// Whether it is closed within its limit.
    pub(super) on_time: bool,
    /// The stage it stays in, once it is there.
    pub(super) rests: Option<Stage>,
    /// How long after the first report others tell of it too.
    pub(super) known: Vec<SignedDuration>,
    /// Where these come from.
    pub(super) known_by: Vec<Source>,
    /// Whether its first report's last photo never arrives.
    pub(super) photo_missing: bool,
}

/// What stands in the district now, whatever the hour: fate, the stage it rests in, the condition,
/// its age in minutes.
#[rustfmt::skip]
const PRESENT: [(Fate, Stage, &str, i32); 27] = [
    // Due within the hour or two.
    (Fate::Ordinary, Stage::Dispatched, "0101B", 12), (Fate::Ordinary, Stage::Dispatched, "0401A", 15),
    (Fate::Ordinary, Stage::Dispatched, "0201B", 18), (Fate::Ordinary, Stage::Accepted, "0403A", 25),
    (Fate::Ordinary, Stage::Accepted, "0101B", 35), (Fate::Ordinary, Stage::Accepted, "0106B", 50),
    // Overdue.
    (Fate::Ordinary, Stage::Dispatched, "0401B", 310), (Fate::Ordinary, Stage::Accepted, "0101A", 1_560),
    (Fate::Ordinary, Stage::Accepted, "0504A", 1_790), (Fate::Ordinary, Stage::Accepted, "0403B", 3_020),
    (Fate::Ordinary, Stage::Accepted, "0106A", 4_510),
    // Waiting for somebody to look again.
    (Fate::Ordinary, Stage::Rectified, "0101B", 100), (Fate::Ordinary, Stage::Rectified, "0104A", 170),
    (Fate::Ordinary, Stage::Rectified, "0203A", 240), (Fate::Ordinary, Stage::Rectified, "1103B", 300),
    // Sent back, and failed.
    (Fate::Returned, Stage::Returned, "0103A", 90), (Fate::Returned, Stage::Returned, "0303B", 150),
    (Fate::Rework, Stage::Reopened, "0102A", 200), (Fate::Rework, Stage::Reopened, "0201A", 140),
    // No rule names a bureau.
    (Fate::Ordinary, Stage::Filed, "1102A", 40), (Fate::Ordinary, Stage::Filed, "1102A", 370),
    (Fate::Ordinary, Stage::Filed, "1102B", 1_550),
    // Waiting at the desk, and kept from bureaus.
    (Fate::Ordinary, Stage::Reported, "0107A", 55), (Fate::Ordinary, Stage::Reported, "0702A", 130),
    (Fate::Ordinary, Stage::Reported, "0701B", 20),
    (Fate::Blind, Stage::Reported, "0601B", 190), (Fate::Blind, Stage::Filed, "0501A", 1_400),
];

/// Writes the scenes that make `reports` reports together.
pub(super) fn scenes(
    reports: usize,
    month: &Month,
    gazetteer: &Gazetteer,
) -> Result<Vec<Scene>, Error> {
    let mut dice = Dice::new(SEED);
    let known = reports * KNOWN / 100;
    let present = PRESENT.len().min((reports - known) * 4 / 5);
    let past = reports - known - present;
    // The last minutes are the present's.
    let end = month.now - SignedDuration::from_mins(20);
    let instants = month.instants(past, end, &gazetteer.calendar, &mut dice)?;
    let writer = Writer { month, gazetteer, spots: Spots::new()? };
    let mut scenes = Vec::with_capacity(past + present);
    let mut sources = Sources::new(reports, &mut dice);
    let now: Vec<Source> = (0..present).map(|n| sources.next_of(now_from(n))).collect();
    let fates = fates(past, &mut dice).into_iter().zip(mix::categories(past, &mut dice));
    let mut late = 0.0;
    for (at, (fate, category)) in instants.into_iter().zip(fates) {
        let scene = writer.past(at, (fate, category), &mut sources, &mut dice)?;
        // Spread evenly and not by chance, so that even a small demo has the curve.
        late += 1.0 - on_time(month.day_of(at));
        let on_time = late < 1.0;
        late -= if on_time { 0.0 } else { 1.0 };
        scenes.push(Scene { on_time, ..scene });
    }
    for (n, (entry, source)) in PRESENT.iter().zip(now).enumerate() {
        scenes.push(writer.present(n, *entry, source, &mut dice)?);
    }
    share_out(known, &mut scenes, &mut sources, &mut dice);
    Ok(scenes)
}

/// How many of the problems reported on a day are closed on time: a district that learns, from
/// three quarters (天门 in 2016: 75.82 %) to nearly all (湖州 in 2022: 99.88 %).
///
/// A little below and above what the figures are to show, since some are closed weeks later.
fn on_time(day: i64) -> f64 {
    let learned = (day as f64 / LEARNED_BY).min(1.0);
    0.70 + 0.28 * learned
}

/// Every fate by its share, at least once each, in no order.
fn fates(count: usize, dice: &mut Dice) -> Vec<Fate> {
    let shares = [
        (Fate::Void, 30),
        (Fate::Refused, 20),
        (Fate::Returned, 40),
        (Fate::Rework, 10),
        (Fate::Blind, 12),
    ];
    let some =
        |(fate, share): (Fate, usize)| std::iter::repeat_n(fate, (count * share / 1_000).max(1));
    let mut fates: Vec<Fate> = shares.into_iter().flat_map(some).collect();
    fates.resize(count, Fate::Ordinary);
    dice.shuffle(&mut fates);
    fates
}

/// Where what stands in the district now may come from.
fn now_from(number: usize) -> &'static [Source] {
    let (fate, rests, ..) = PRESENT[number];
    match (fate, rests) {
        (Fate::Blind, _) => &[Source::Supervisor],
        (_, Stage::Reported) => &PUBLIC,
        _ => &[Source::Inspector],
    }
}

/// Chooses which problems are reported again by others: open ones that bureaus may see.
fn share_out(known: usize, scenes: &mut [Scene], sources: &mut Sources, dice: &mut Dice) {
    let may = |scene: &Scene| {
        scene.knows
            && matches!(scene.fate, Fate::Ordinary | Fate::Rework)
            && scene.rests != Some(Stage::Dispatched)
    };
    let mut hosts: Vec<&mut Scene> = scenes.iter_mut().filter(|scene| may(scene)).collect();
    if hosts.is_empty() {
        return;
    }
    for _ in 0..known {
        let host = dice.below(hosts.len());
        let delay = dice.minutes(3, 14);
        hosts[host].known.push(delay);
        hosts[host].known_by.push(sources.next());
    }
}

struct Writer<'a> {
    month: &'a Month,
    gazetteer: &'a Gazetteer,
    spots: Spots,
}

impl Writer<'_> {
    fn past(
        &self,
        at: Timestamp,
        (fate, category): (Fate, &str),
        sources: &mut Sources,
        dice: &mut Dice,
    ) -> Result<Scene, Error> {
        let source = match fate {
            Fate::Refused => sources.next_of(&PUBLIC),
            Fate::Blind => sources.next_of(&[Source::Supervisor]),
            _ => sources.next(),
        };
        let condition = self.condition(category, dice)?;
        Ok(self.scene(at, source, (category, &condition), fate, dice))
    }

    fn present(
        &self,
        number: usize,
        (fate, rests, condition, age): (Fate, Stage, &str, i32),
        source: Source,
        dice: &mut Dice,
    ) -> Result<Scene, Error> {
        let at = self.month.now - SignedDuration::from_mins(i64::from(age));
        let (category, _) =
            self.gazetteer.condition(condition).ok_or_else(|| unknown(condition))?;
        let scene = self.scene(at, source, (&category.code, condition), fate, dice);
        Ok(Scene { rests: Some(rests), photo_missing: number % 9 == 4, ..scene })
    }

    fn scene(
        &self,
        at: Timestamp,
        source: Source,
        (category, condition): (&str, &str),
        fate: Fate,
        dice: &mut Dice,
    ) -> Scene {
        let spot = self.spots.draw(category, dice);
        let position = spot.position(dice);
        let area = self.subdistrict(position);
        Scene {
            dice: Dice::new(dice.next()),
            street: dice.next(),
            at,
            source,
            category: category.to_owned(),
            condition: condition.to_owned(),
            knows: source.is_trusted() || dice.chance(0.5),
            position,
            note: format!("{}{}", spot.words(dice), words::problem(condition, dice)),
            area,
            fate,
            on_time: true,
            rests: None,
            known: Vec::new(),
            known_by: Vec::new(),
            photo_missing: dice.chance(PHOTO_MISSING),
        }
    }

    fn subdistrict(&self, position: Position) -> Option<String> {
        let areas = self.gazetteer.areas().areas();
        let chain = self.gazetteer.locate(position)?.chain;
        let mut levels = chain.iter().map(|&area| &areas[area]);
        levels.find(|area| area.level == Level::Subdistrict).map(|area| area.code.clone())
    }

    /// One of a category's conditions, a milder one more often.
    fn condition(&self, category: &str, dice: &mut Dice) -> Result<String, Error> {
        let known = self.gazetteer.category(category).ok_or_else(|| unknown(category))?;
        let mut scripted = known.conditions.iter().filter(|one| one.code != ASIDE);
        let last = scripted.clone().next_back();
        let graver = scripted.find(|_| dice.chance(0.35)).or(last);
        graver.map(|condition| condition.code.clone()).ok_or_else(|| unknown(category))
    }
}

/// Cables that nobody knows the owner of: what becomes of them is told beside the month.
const ASIDE: &str = "1201C";

fn unknown(code: &str) -> Error {
    Error::Internal(format!("the demo's taxonomy has no {code}"))
}

#[cfg(test)]
mod tests;
