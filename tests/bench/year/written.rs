//! Writes the year in the order in which it happens, so that feed numbers tell the time.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::time::Instant;

use domain::access::{Actor, Role};
use jiff::{SignedDuration, Timestamp};
use schema::{Conn, Db};
use tokio::task::JoinHandle;
use zhoubian::actions::record::{Act, Happened, Ledger};
use zhoubian::gazetteer::Gazetteer;
use zhoubian::problem::Error;
use zhoubian::store::issues::{self, Issue, IssueRow};
use zhoubian::store::reports::{self, Report};

use super::Plan;
use super::life::{self, Step};
use crate::measure::Outcome;
use crate::measure::random::Random;
use crate::preload::{opening, submission};
use crate::town::{self, Town};

/// Changes of one transaction.
const CHUNK: usize = 1_500;
/// Days of the year.
pub const DAYS: usize = 365;

/// The year as it was written.
#[derive(Debug)]
pub struct Year {
    /// Its first instant; the last is [`DAYS`] days later.
    pub begins: Timestamp,
    /// The feed number at each day's end.
    pub days: Vec<i64>,
    /// Events written.
    pub events: i64,
    /// How long writing took, seconds.
    pub took_s: f64,
}

impl Year {
    /// The last feed number.
    pub fn head(&self) -> i64 {
        self.days.last().copied().unwrap_or(0)
    }

    /// The instant at which a day ends, counted from 0.
    pub fn end_of(&self, day: usize) -> Timestamp {
        self.begins + SignedDuration::from_hours(24 * (i64::try_from(day).unwrap_or(0) + 1))
    }
}

/// An issue that is not over.
struct Alive {
    issue: Issue,
    coming: VecDeque<(Timestamp, Step)>,
}

/// What goes into the next transaction.
#[derive(Default)]
struct Batch {
    ended: Vec<Issue>,
    reports: Vec<Report>,
    changes: Vec<(i64, Happened)>,
}

/// Writes the year that ended last midnight.
pub async fn year(db: &Db, town: &Town, plan: Plan) -> Outcome<Year> {
    let began = Instant::now();
    let gazetteer = town.app.gazetteer();
    let today = gazetteer.calendar.date_of(town.app.clock.now());
    let midnight = gazetteer.calendar.begin_of(today).ok_or("no midnight")?;
    let mut year = Year {
        begins: midnight - SignedDuration::from_hours(24 * i64::try_from(DAYS)?),
        days: Vec::with_capacity(DAYS),
        events: 0,
        took_s: 0.0,
    };
    let mut random = Random::new(plan.seed);
    let count = plan.issues;
    let ids = db.write(move |conn| issues::next_ids(conn, count)).await?;
    let places = town::spots(&gazetteer, plan.issues.min(50_000), &mut random);
    let mut telling = Telling {
        db,
        town,
        gazetteer: &gazetteer,
        alive: HashMap::new(),
        next: BinaryHeap::new(),
        batch: Batch::default(),
        writing: None,
        events: 0,
    };
    let mut ids = ids.into_iter();
    for day in 0..DAYS {
        let from = year.begins + SignedDuration::from_hours(24 * i64::try_from(day)?);
        // As many every day, all told exactly so many.
        let today = plan.issues * (day + 1) / DAYS - plan.issues * day / DAYS;
        let mut times: Vec<f64> = (0..today).map(|_| random.between(7.0, 20.0)).collect();
        times.sort_by(f64::total_cmp);
        for (hour, id) in times.into_iter().zip(ids.by_ref()) {
            let at = from + SignedDuration::from_secs_f64(hour * 3_600.0);
            telling.until(at, &mut random).await?;
            let spot = random.one_of(&places).ok_or("no place")?;
            telling.report(id, at, spot, &mut random)?;
        }
        telling.until(year.end_of(day), &mut random).await?;
        telling.write().await?;
        telling.written().await?;
        year.days.push(telling.events);
    }
    telling.end().await?;
    year.events = telling.events;
    year.took_s = began.elapsed().as_secs_f64();
    Ok(year)
}

/// The year while it is being told.
struct Telling<'a> {
    db: &'a Db,
    town: &'a Town,
    gazetteer: &'a Gazetteer,
    alive: HashMap<i64, Alive>,
    next: BinaryHeap<Reverse<(Timestamp, i64)>>,
    batch: Batch,
    /// One transaction is written while the next is thought of.
    writing: Option<JoinHandle<Result<(), Error>>>,
    /// Feed numbers given out: one each.
    events: i64,
}

impl Telling<'_> {
    /// A report comes in and opens an issue.
    fn report(
        &mut self,
        id: i64,
        at: Timestamp,
        spot: &town::Spot,
        random: &mut Random,
    ) -> Outcome<()> {
        let reporter = random.one_of(&self.town.inspectors).map_or(0, |person| person.id);
        let said = submission(spot, at, random);
        let (mut issue, happened, report) = opening(id, reporter, &said, at, self.gazetteer)?;
        // Bytes of photos are no part of this.
        issue.photos_expected = 0;
        self.events += issue.version;
        let coming = VecDeque::from(life::steps(&issue.state, random));
        self.batch.reports.push(report);
        self.batch.changes.push((id, happened));
        self.follow(Alive { issue, coming });
        Ok(())
    }

    /// Everything that happens up to an instant.
    async fn until(&mut self, at: Timestamp, random: &mut Random) -> Outcome<()> {
        while let Some(Reverse((then, id))) = self.next.peek().copied()
            && then <= at
        {
            self.next.pop();
            let Some(mut alive) = self.alive.remove(&id) else { continue };
            let Some((_, step)) = alive.coming.pop_front() else { continue };
            let actor = self.actor(step, &alive.issue);
            let act = Act { actor: &actor, at: then, command: Some(random.id()) };
            let events = vec![life::event(step, random)];
            self.batch.changes.push((id, Happened::to(&mut alive.issue, events, act)?));
            self.events += 1;
            self.follow(alive);
            if self.batch.changes.len() >= CHUNK {
                self.write().await?;
            }
        }
        Ok(())
    }

    fn actor(&self, step: Step, issue: &Issue) -> Actor {
        let bureau = matches!(step, Step::Accept | Step::Rectify);
        Actor {
            account: if bureau { self.town.bureau.id } else { self.town.office.id },
            role: if bureau { Role::Bureau } else { Role::Office },
            bureau: issue.state.lead.clone().filter(|_| bureau),
            duty_areas: Vec::new(),
            errands: None,
        }
    }

    /// Waits for an issue's next step, or lets go of it.
    fn follow(&mut self, alive: Alive) {
        match alive.coming.front() {
            Some((then, _)) => {
                self.next.push(Reverse((*then, alive.issue.id)));
                self.alive.insert(alive.issue.id, alive);
            }
            None => self.batch.ended.push(alive.issue),
        }
    }

    /// Begins to write what has happened, once what happened before is written.
    async fn write(&mut self) -> Outcome<()> {
        self.written().await?;
        let batch = std::mem::take(&mut self.batch);
        let db = self.db.clone();
        self.writing = Some(tokio::spawn(async move {
            let Batch { ended, reports, changes } = batch;
            let rows: Vec<IssueRow> = ended.iter().map(IssueRow::of).collect::<Result<_, _>>()?;
            db.write(move |conn: &mut Conn| {
                issues::insert(conn, ended.iter().zip(rows.clone()).collect())?;
                reports::insert(conn, reports.clone())?;
                let mut ledger = Ledger::default();
                for (id, happened) in changes.clone() {
                    ledger.add(id, happened);
                }
                ledger.close(conn)
            })
            .await
        }));
        Ok(())
    }

    async fn written(&mut self) -> Outcome<()> {
        match self.writing.take() {
            Some(writing) => Ok(writing.await??),
            None => Ok(()),
        }
    }

    /// What is still open at the end.
    async fn end(&mut self) -> Outcome<()> {
        let mut open: Vec<Issue> = self.alive.drain().map(|(_, alive)| alive.issue).collect();
        open.sort_by_key(|issue| issue.id);
        self.batch.ended.extend(open);
        self.write().await?;
        self.written().await
    }
}
