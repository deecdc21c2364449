//! Open issues that are there before anything is measured, written as the program writes them but
//! many to a commit.

use std::time::{Duration, Instant};

use domain::access::{Actor, Role};
use domain::position::Datum;
use domain::workflow::{Event, IssueState};
use jiff::Timestamp;
use schema::columns::Doc;
use schema::{Conn, Db, DbConfig};
use zhoubian::actions::announce::{Manifest, announced};
use zhoubian::actions::record::{Act, Happened, Ledger};
use zhoubian::actions::routing;
use zhoubian::app::App;
use zhoubian::gazetteer::Gazetteer;
use zhoubian::intake::{ManifestPhoto, StatedPosition, Submission};
use zhoubian::placing::{place, read_clock};
use zhoubian::problem::Error;
use zhoubian::store::issues::{self, Issue, IssueRow};
use zhoubian::store::photos::{self, Part};
use zhoubian::store::reports::{self, Report};

use crate::measure::Outcome;
use crate::measure::database::{self, Own};
use crate::measure::random::Random;
use crate::seed;
use crate::town::{Person, Spot};

/// Issues of one commit.
const CHUNK: usize = 500;

/// Opens an issue at every spot, each with its report and one photo to come; gives how long it took.
pub async fn open_issues(
    app: &App,
    own: &Own,
    spots: &[Spot],
    people: &[Person],
) -> Outcome<Duration> {
    let began = Instant::now();
    if database::kind() == "sqlite" {
        written(&app.db, app, spots, people).await?;
        return Ok(began.elapsed());
    }
    let seed = Own::on_sqlite("seed")?;
    schema::migrate(&mut seed.open()?)?;
    let db = Db::open(&DbConfig::new(seed.url.parse()?))?;
    written(&db, app, spots, people).await?;
    seed::index(&mut seed.open()?)?;
    seed::copy(&mut seed.open()?, &mut own.open()?)?;
    Ok(began.elapsed())
}

async fn written(db: &Db, app: &App, spots: &[Spot], people: &[Person]) -> Outcome<()> {
    let mut random = Random::new(7);
    for chunk in spots.chunks(CHUNK) {
        let (gazetteer, now) = (app.gazetteer(), app.clock.now());
        let reports: Vec<(i64, Submission)> = chunk
            .iter()
            .map(|spot| {
                let reporter = random.one_of(people).map_or(0, |person| person.id);
                (reporter, submission(spot, now, &mut random))
            })
            .collect();
        db.write(move |conn| open(conn, &reports, now, &gazetteer)).await?;
    }
    Ok(())
}

/// What an inspector sends from a spot.
pub fn submission(spot: &Spot, now: Timestamp, random: &mut Random) -> Submission {
    let stated = StatedPosition {
        lat: spot.position.lat,
        lon: spot.position.lon,
        datum: Datum::Wgs84,
        accuracy_m: Some(12.0),
    };
    let sha256 = (0..4).fold(String::new(), |text, _| text + &format!("{:016x}", random.any()));
    let photo = ManifestPhoto {
        photo_id: random.id(),
        sha256,
        bytes: 180_000,
        media_type: "image/jpeg".to_owned(),
        captured_at: now,
        position: Some(stated),
        part: zhoubian::intake::PhotoPart::Scene,
    };
    Submission {
        category: Some(spot.category.clone()),
        condition: Some(spot.condition.clone()),
        note: "沿街巡查时发现".to_owned(),
        source: zhoubian::intake::Source::Inspector,
        blind: false,
        captured_at: now,
        captured_age_ms: Some(4_000),
        sent_at: None,
        position: Some(stated),
        device_position: None,
        self_handled: false,
        photos: vec![photo],
    }
}

fn open(
    conn: &mut Conn,
    reports: &[(i64, Submission)],
    now: Timestamp,
    gazetteer: &Gazetteer,
) -> Result<(), Error> {
    let ids = issues::next_ids(conn, reports.len())?;
    let (mut ledger, mut opened, mut kept, mut photos) =
        (Ledger::default(), Vec::new(), Vec::new(), Vec::new());
    for ((reporter, said), id) in reports.iter().zip(ids) {
        let (issue, happened, report) = opening(id, *reporter, said, now, gazetteer)?;
        ledger.add(id, happened);
        photos.extend(announced(Manifest {
            issue: id,
            subject: report.id,
            part: Part::Before,
            owner: *reporter,
            place: issue.detail.position,
            photos: &said.photos,
        })?);
        kept.push(report);
        opened.push(issue);
    }
    let rows = opened.iter().map(|issue| Ok((issue, IssueRow::of(issue)?)));
    issues::insert(conn, rows.collect::<Result<_, Error>>()?)?;
    reports::insert(conn, kept)?;
    photos::insert(conn, &photos)?;
    ledger.close(conn)
}

/// An issue as its first report opens it, what happened to it, and the report.
pub fn opening(
    id: i64,
    reporter: i64,
    said: &Submission,
    now: Timestamp,
    gazetteer: &Gazetteer,
) -> Result<(Issue, Happened, Report), Error> {
    let report = uuid::Uuid::now_v7();
    let actor = Actor {
        account: reporter,
        role: Role::Inspector,
        bureau: None,
        duty_areas: Vec::new(),
        errands: None,
    };
    let (mut detail, flags) = place(said, now, gazetteer);
    detail.family =
        said.category.as_deref().and_then(|code| Some(gazetteer.category(code)?.family.clone()));
    detail.reporters = vec![reporter];
    let clock = read_clock(said, now);
    let mut issue = Issue {
        id,
        version: 0,
        state: IssueState::new(clock.used),
        detail,
        source: said.source.word().to_owned(),
        note: said.note.clone(),
        photos_expected: 1,
        photos_stored: 0,
        hash: Vec::new(),
    };
    let act = Act { actor: &actor, at: now, command: None };
    let events = events(report, said, &issue, act, gazetteer)?;
    let happened = Happened::to(&mut issue, events, act)?;
    let noted = zhoubian::actions::submit_report::Noted { joined: false, flags, clock };
    let report = Report {
        id: report,
        issue: id,
        reporter,
        received_at: now,
        content_hash: said.content_hash()?,
        body: Doc::of(said)?,
        receipt: Doc::of(&noted)?,
    };
    Ok((issue, happened, report))
}

/// Reported, filed and routed, as a report of an inspector is.
fn events(
    id: uuid::Uuid,
    said: &Submission,
    issue: &Issue,
    act: Act<'_>,
    gazetteer: &Gazetteer,
) -> Result<Vec<Event>, Error> {
    let (category, condition) =
        (said.category.clone().unwrap_or_default(), said.condition.clone().unwrap_or_default());
    let reported = Event::Reported {
        report: id.to_string(),
        category: Some(category.clone()),
        condition: Some(condition.clone()),
        blind: false,
    };
    let filed = Event::Filed { category, condition, automatic: true };
    let mut events = vec![reported, filed];
    events.push(routing::by_rule(issue, &events, act, gazetteer)?);
    Ok(events)
}
