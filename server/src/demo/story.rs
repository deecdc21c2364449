//! A month in the district: what was reported, and what became of it, told through the same actions
//! that requests come by.
//!
//! Everything but the dates comes out the same each time: what happens is settled by dice of our
//! own, ids included, and the clock is set by hand. On `PostgreSQL` issues that are reported in the
//! same quarter of an hour may change numbers.

mod cast;
mod digests;
mod life;
mod mix;
mod moves;
mod script;
mod spots;
mod when;
mod words;

use std::collections::{BTreeMap, HashSet};

use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use jiff::{SignedDuration, Timestamp};

use super::pictures::Album;
use super::progress::Progress;
use crate::actions::command_issue::{Ask, command_issue};
use crate::actions::store_photo::{announced, store_photo};
use crate::actions::submit_report::submit_report;
use crate::app::App;
use crate::problem::Error;
use crate::store::issues::{self, Issue};
use digests::Digests;
use life::Move;
use moves::{Photo, Task, What};
use script::Scene;
use when::DAYS;

pub(super) use cast::Cast;
pub(super) use when::Month;

/// Reports in the demo's month: as many as a small county has.
pub(super) const REPORTS: usize = 2_000;

/// Steps within this time of each other share a commit.
const MOMENT: SignedDuration = SignedDuration::from_mins(15);
/// Steps of one moment, at most. The first poll of each must reach the writer, so that they are
/// written in their order; tokio lets a task do 128 such things before it has to pause.
const MOMENT_STEPS: usize = 32;
/// Photos stored at once.
const PHOTOS_AT_ONCE: usize = 16;
/// How often a step is taken again when a report joined its issue in the same moment.
const ATTEMPTS: u32 = 4;

/// Tells the month up to its `now` in an installation that has reference data and accounts.
///
/// Gives how many reports were made. A step that is refused is an error: the story knows the rules.
pub(super) async fn tell(
    app: &App,
    cast: &Cast,
    month: &Month,
    reports: usize,
    progress: impl FnOnce(u64) -> Progress,
) -> Result<usize, Error> {
    let scenes = script::scenes(reports, month, &app.gazetteer())?;
    let mut teller = Teller::new(app, cast, month, scenes);
    let mut digests = Digests::new(app, cast, month);
    let mut progress = progress(DAYS.unsigned_abs());
    while let Some(moment) = teller.moment() {
        if let Some(due) = moment.first() {
            Box::pin(digests.issue_until(due.at)).await?;
        }
        let day = moment.last().map_or(0, |due| month.day_of(due.at));
        teller.live(moment).await?;
        progress.day(day.unsigned_abs(), teller.reports);
    }
    Box::pin(digests.issue_until(month.now)).await?;
    progress.end();
    Ok(teller.reports)
}

/// A step that is to be taken.
#[derive(Debug, Clone, Copy)]
struct Due {
    at: Timestamp,
    scene: usize,
    step: Move,
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    month: &'a Month,
    album: Album,
    scenes: Vec<Scene>,
    /// The issue of each scene, once it is reported.
    issues: Vec<Option<i64>>,
    /// By time, then in the order in which they were thought of.
    queue: BTreeMap<(Timestamp, usize), Due>,
    queued: usize,
    reports: usize,
}

impl<'a> Teller<'a> {
    fn new(app: &'a App, cast: &'a Cast, month: &'a Month, scenes: Vec<Scene>) -> Self {
        let mut teller = Self {
            app,
            cast,
            month,
            album: Album::default(),
            issues: vec![None; scenes.len()],
            scenes: Vec::new(),
            queue: BTreeMap::new(),
            queued: 0,
            reports: 0,
        };
        for (scene, Scene { at, known, .. }) in scenes.iter().enumerate() {
            teller.enqueue(Due { at: *at, scene, step: Move::Report });
            for delay in known {
                teller.enqueue(Due { at: *at + *delay, scene, step: Move::Again });
            }
        }
        teller.scenes = scenes;
        teller
    }

    /// What would come after now does not come.
    fn enqueue(&mut self, due: Due) {
        if due.at < self.month.now {
            self.queue.insert((due.at, self.queued), due);
            self.queued += 1;
        }
    }

    /// The next steps that may be taken together: close in time, no two of one issue.
    fn moment(&mut self) -> Option<Vec<Due>> {
        let (first, _) = *self.queue.first_key_value()?.0;
        let (mut moment, mut scenes) = (Vec::new(), HashSet::new());
        while let Some(next) = self.queue.first_entry() {
            let due = *next.get();
            let full = moment.len() >= MOMENT_STEPS || due.at >= first + MOMENT;
            if full || !scenes.insert(due.scene) {
                break;
            }
            next.remove();
            moment.push(due);
        }
        Some(moment)
    }

    async fn live(&mut self, moment: Vec<Due>) -> Result<(), Error> {
        let known = self.read(&moment).await?;
        let mut tasks = Vec::with_capacity(moment.len());
        for (due, issue) in moment.iter().zip(known) {
            tasks.extend(self.task(*due, issue)?);
        }
        let taken = join_all(tasks.iter().map(|task| self.take(task))).await;
        let mut after = Vec::with_capacity(tasks.len());
        for (task, issue) in tasks.iter().zip(taken) {
            after.push((task.due, issue?));
        }
        let photos = tasks.into_iter().map(|task| task.photos);
        let stored = stream::iter(photos.map(|photos| self.store(photos)));
        stored.buffer_unordered(PHOTOS_AT_ONCE).try_collect::<()>().await?;
        for (due, issue) in after {
            self.go_on(due, issue);
        }
        Ok(())
    }

    /// The issues as they stand, in the order of the steps.
    async fn read(&self, moment: &[Due]) -> Result<Vec<Option<Issue>>, Error> {
        let ids: Vec<Option<i64>> = moment.iter().map(|due| self.issues[due.scene]).collect();
        let read = move |conn: &mut schema::Conn| {
            let find = |id: Option<i64>| id.map_or(Ok(None), |id| issues::find(conn, id));
            ids.into_iter().map(find).collect()
        };
        self.app.db.read(read).await
    }

    /// Takes a step and gives its issue; none where its story ends because somebody else's problem
    /// turned out to be the same.
    async fn take(&self, task: &Task) -> Result<Option<Issue>, Error> {
        match &task.what {
            What::Report(actor, id, submission) => {
                self.app.clock.set(task.due.at);
                let submission = submission.as_ref().clone();
                let received = submit_report(self.app, actor.clone(), *id, submission).await?;
                let own = task.due.step == Move::Again || !received.noted.joined;
                Ok(own.then_some(received.issue))
            }
            What::Command(ask) => self.command(task.due.at, ask).await.map(Some),
        }
    }

    async fn command(&self, at: Timestamp, ask: &Ask) -> Result<Issue, Error> {
        let mut ask = ask.clone();
        for _ in 1..ATTEMPTS {
            self.app.clock.set(at);
            match command_issue(self.app, ask.clone()).await {
                Err(Error::VersionStale { .. }) => ask.version = self.version(ask.issue).await?,
                done => return done,
            }
        }
        self.app.clock.set(at);
        command_issue(self.app, ask).await
    }

    async fn version(&self, issue: i64) -> Result<i64, Error> {
        let found = self.app.db.read(move |conn| issues::find(conn, issue)).await?;
        Ok(found.ok_or(Error::NotFound)?.version)
    }

    /// Sends photos one after the other, as a phone does.
    async fn store(&self, photos: Vec<Photo>) -> Result<(), Error> {
        for Photo { actor, sha256, bytes } in photos {
            let announced = announced(self.app, &actor, &sha256).await?;
            let mut incoming = self.app.photos.receive().await?;
            incoming.write(bytes.into()).await?;
            store_photo(self.app, actor, &sha256, &announced, incoming).await?;
        }
        Ok(())
    }

    /// Thinks of what comes next.
    fn go_on(&mut self, due: Due, issue: Option<Issue>) {
        let Due { at, scene, step } = due;
        self.reports += usize::from(matches!(step, Move::Report | Move::Again));
        let Some(issue) = issue.filter(|_| step != Move::Again) else { return };
        self.issues[scene] = Some(issue.id);
        if let Some((at, step)) = life::next(&mut self.scenes[scene], &issue, at, self.month) {
            self.enqueue(Due { at, scene, step });
        }
    }
}
