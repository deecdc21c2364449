//! Writes a group of reports in one transaction, with little more statements than one of them needs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use schema::columns::Doc;
use schema::{Conn, Db};
use uuid::Uuid;

use super::join::{self, Choice};
use super::{Noted, Prepared, Received, received};
use crate::actions::announce::{Manifest, announced};
use crate::actions::record::Ledger;
use crate::actions::{authority, grouped};
use crate::problem::Error;
use crate::store::issues::{Issue, IssueRow};
use crate::store::photos::Part;
use crate::store::reports::Report;
use crate::store::verification_tasks::{self, Owing};
use crate::store::{installation, issues, offers, photos, reports};

/// What becomes of a report.
type Answer = Result<Received, Error>;

/// Writes a group.
pub(super) async fn written(db: Db, group: Vec<Arc<Prepared>>) -> Vec<Answer> {
    grouped::written(db, "reports", group, write).await
}

/// An error is the whole group's; nothing of it is kept then.
fn write(conn: &mut Conn, group: &[Arc<Prepared>]) -> Result<Vec<Answer>, Error> {
    // First, so that of the same report in two groups the second finds the first.
    join::lock_cells(conn, group)?;
    let mut answers = answered_already(conn, group)?;
    let fresh = group.iter().zip(&answers).filter(|(_, answer)| answer.is_none());
    let fresh: Vec<&Prepared> = fresh.map(|(report, _)| report.as_ref()).collect();
    let mut kept = keep(conn, &fresh)?.into_iter();
    let answers = answers.iter_mut().map(|answer| {
        let kept = || kept.next().ok_or(Error::Overtaken);
        answer.take().unwrap_or_else(kept)
    });
    Ok(answers.collect())
}

/// The answers of those that are refused or were here before, in place.
fn answered_already(
    conn: &mut Conn,
    group: &[Arc<Prepared>],
) -> Result<Vec<Option<Answer>>, Error> {
    let actors: Vec<_> = group.iter().map(|report| &report.actor).collect();
    let holds = authority::still_hold(conn, &actors)?;
    let ids: Vec<Uuid> = group.iter().map(|report| report.id).collect();
    let known: HashMap<Uuid, Report> =
        reports::list_by_id(conn, &ids)?.into_iter().map(|report| (report.id, report)).collect();
    let version = installation::find_reference_version(conn)?;
    let mut seen = HashSet::new();
    let mut answers = Vec::with_capacity(group.len());
    for (report, holds) in group.iter().zip(holds) {
        answers.push(if !holds {
            Some(Err(Error::Unauthenticated))
        } else if let Some(known) = known.get(&report.id) {
            Some(replay(conn, report, known)?)
        } else if report.gazetteer.version != version || !seen.insert(report.id) {
            // Placed with reference data of before, or twice in this group: it comes again.
            Some(Err(Error::Overtaken))
        } else {
            None
        });
    }
    Ok(answers)
}

fn replay(conn: &mut Conn, report: &Prepared, known: &Report) -> Result<Answer, Error> {
    if known.reporter == report.actor.account && known.content_hash == report.content_hash {
        received(conn, known).map(Ok)
    } else {
        Ok(Err(Error::ReportConflict))
    }
}

/// Keeps reports that are new.
fn keep(conn: &mut Conn, group: &[&Prepared]) -> Result<Vec<Received>, Error> {
    if group.is_empty() {
        return Ok(Vec::new());
    }
    let (choices, known) = join::choices(conn, group)?;
    let count = choices.iter().filter(|choice| **choice == Choice::Opens).count();
    let ids = if count == 0 { Vec::new() } else { issues::next_ids(conn, count)? };
    let mut batch = Batch { known, ..Batch::default() };
    let mut ids = ids.into_iter();
    for (place, (report, choice)) in group.iter().zip(choices).enumerate() {
        batch.add(place, report, choice, &mut ids)?;
    }
    batch.write(conn)
}

/// An issue that the group opens.
struct Opened {
    issue: Issue,
    /// Its row, while no other report of the group has changed it.
    row: Option<IssueRow>,
}

/// What a group writes, row by row.
#[derive(Default)]
struct Batch {
    /// Issues that were there, of which some are joined.
    known: BTreeMap<i64, Issue>,
    /// What each owed before.
    joined: BTreeMap<i64, Option<Owing>>,
    /// By the place in the group of the report that opens it.
    opened: BTreeMap<usize, Opened>,
    ledger: Ledger,
    reports: Vec<Report>,
    received: Vec<Received>,
}

impl Batch {
    fn add(
        &mut self,
        place: usize,
        report: &Prepared,
        choice: Choice,
        ids: &mut impl Iterator<Item = i64>,
    ) -> Result<(), Error> {
        let lost = || Error::Internal("a report joins an issue that is not there".to_owned());
        let issue = match choice {
            Choice::Opens => self.open(place, report, ids.next().ok_or_else(lost)?),
            Choice::Joins(id, distance) => {
                let issue = self.known.get_mut(&id).ok_or_else(lost)?;
                self.joined.entry(id).or_insert_with(|| Owing::of(issue));
                self.ledger.add(id, join::joined(report, issue, distance)?);
                issue.clone()
            }
            Choice::JoinsNew(opener, distance) => {
                let Opened { issue, row } = self.opened.get_mut(&opener).ok_or_else(lost)?;
                self.ledger.add(issue.id, join::joined(report, issue, distance)?);
                *row = None;
                issue.clone()
            }
        };
        self.receive(report, issue, choice != Choice::Opens)
    }

    fn open(&mut self, place: usize, report: &Prepared, id: i64) -> Issue {
        let opening = &report.opening;
        let issue = Issue { id, ..opening.issue.clone() };
        self.ledger.add(id, opening.happened.clone());
        let row = Some(opening.row.clone().numbered(id));
        self.opened.insert(place, Opened { issue: issue.clone(), row });
        issue
    }

    fn receive(&mut self, report: &Prepared, issue: Issue, joined: bool) -> Result<(), Error> {
        let noted = Noted { joined, flags: report.flags.clone(), clock: report.clock.clone() };
        self.reports.push(Report {
            id: report.id,
            issue: issue.id,
            reporter: report.actor.account,
            received_at: report.received,
            content_hash: report.content_hash.clone(),
            body: report.body.clone(),
            receipt: Doc::of(&noted)?,
        });
        let photos = announced(Manifest {
            issue: issue.id,
            subject: report.id,
            part: Part::Before,
            owner: report.actor.account,
            place: issue.detail.position,
            photos: &report.submission.photos,
        })?;
        let id = report.id;
        let (files, uploads) = (Vec::new(), Vec::new());
        self.received.push(Received { id, issue, noted, photos, files, uploads, is_new: true });
        Ok(())
    }

    fn write(self, conn: &mut Conn) -> Result<Vec<Received>, Error> {
        let mut opened = Vec::with_capacity(self.opened.len());
        for Opened { issue, row } in self.opened.values() {
            let row = row.clone().map_or_else(|| IssueRow::of(issue), Ok)?;
            opened.push((issue, row));
        }
        let new: Vec<&Issue> = opened.iter().map(|(issue, _)| *issue).collect();
        verification_tasks::insert(conn, &new)?;
        offers::insert(conn, &new)?;
        issues::insert(conn, opened)?;
        for (id, owing) in &self.joined {
            if let Some(issue) = self.known.get(id) {
                issues::save(conn, issue)?;
                verification_tasks::save(conn, owing.as_ref(), issue)?;
            }
        }
        reports::insert(conn, self.reports)?;
        let photos: Vec<_> =
            self.received.iter().flat_map(|received| received.photos.iter().cloned()).collect();
        photos::insert(conn, &photos)?;
        self.ledger.close(conn)?;
        Ok(self.received)
    }
}
