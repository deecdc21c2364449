//! Takes reference data in, or says what that would do.
//!
//! Files are read, planned and tried on the open issues before the write; the write itself is a
//! version check and the rows. On `SQLite` everybody's writes wait for that alone.

use std::sync::Arc;

use domain::access::Actor;
use jiff::{SignedDuration, Timestamp};
use schema::columns::Doc;
use schema::{Conn, Db, DbError};

use crate::actions::authority;
use crate::clock::Clock;
use crate::import::{
    self, FileKind, FileReport, Plan, PlanReport, Row, Source, TOLD, Touches, read, would_be,
};
use crate::problem::Error;
use crate::store::installation;
use crate::store::reference_imports::{self, NewImport};

/// What is to be imported, and how.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Who asks; nobody on the command line.
    pub by: Option<Actor>,
    /// What the files hold.
    pub kind: FileKind,
    /// The files.
    pub sources: Vec<Source>,
    /// Say what would be done, and do nothing.
    pub dry_run: bool,
    /// Rows that are refused do not keep the others out.
    pub allow_refused: bool,
    /// The version of the reference data that the asker decided on.
    pub expected: Option<i64>,
}

/// What was done, or would be.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Nothing was written.
    pub dry_run: bool,
    /// Its number in the log; none of a dry run.
    pub id: Option<i64>,
    /// The version of the reference data: now in force, or the one that the dry run looked at.
    pub reference_version: i64,
    /// The files.
    pub files: Vec<FileReport>,
    /// What became of the rows.
    pub plan: Arc<Plan>,
    /// Open issues that change with it.
    pub touches: Touches,
}

impl Imported {
    /// In words, for a terminal.
    pub fn lines(&self, verbose: bool) -> Vec<String> {
        let mut lines = self.plan.lines(verbose);
        if self.plan.written() > 0 {
            lines.extend(self.touches.lines(verbose));
        }
        if self.dry_run {
            lines.push("dry run: nothing was written".to_owned());
        }
        lines
    }
}

/// How long the turn to import is kept for whoever took it: past this, a process that was killed no
/// longer stands in the way. Two that import at once all the same are told apart by the version.
const TURN: SignedDuration = SignedDuration::from_mins(10);

/// Takes reference data in, or says what that would do; see [`Ask`].
///
/// # Errors
/// [`Error::ImportRefused`] with the plan, [`Error::ImportRunning`], [`Error::ReferenceStale`], and
/// [`Error::Invalid`] with code `reference-invalid` when the whole would not fit together.
pub async fn import_reference(db: &Db, clock: &Clock, ask: Ask) -> Result<Imported, Error> {
    if ask.dry_run {
        return Ok(prepared(db, clock, ask).await?.imported);
    }
    let now = clock.now();
    if !db.write(move |conn| installation::save_importing(conn, now, now + TURN)).await? {
        return Err(Error::ImportRunning);
    }
    let done = taken_in(db, clock, ask).await;
    if done.is_err()
        && let Err(error) = db.write(installation::remove_importing).await
    {
        // Why the import failed matters more; the turn ends by itself.
        tracing::warn!(%error, "the turn to import could not be given back");
    }
    done
}

/// What was found before the write.
struct Prepared {
    ask: Ask,
    imported: Imported,
}

async fn prepared(db: &Db, clock: &Clock, ask: Ask) -> Result<Prepared, Error> {
    let reading = tokio::task::spawn_blocking(move || {
        let rows: Vec<Row> = ask.sources.iter().flat_map(read).collect();
        let files = ask.sources.iter().map(FileReport::of).collect();
        // The bytes are no longer needed, and may be many.
        (Ask { sources: Vec::new(), ..ask }, rows, files)
    });
    let (ask, rows, files) = reading.await.map_err(|_broken| DbError::Panicked)?;
    let (now, expected) = (clock.now(), ask.expected);
    let (version, plan, touches) = db.read(move |conn| planned(conn, rows, expected, now)).await?;
    let imported = Imported {
        dry_run: ask.dry_run,
        id: None,
        reference_version: version,
        files,
        plan: Arc::new(plan),
        touches,
    };
    Ok(Prepared { ask, imported })
}

/// The plan on the data in force, and what it would touch.
fn planned(
    conn: &mut Conn,
    rows: Vec<Row>,
    expected: Option<i64>,
    at: Timestamp,
) -> Result<(i64, Plan, Touches), Error> {
    let version = installation::find_reference_version(conn)?;
    if expected.is_some_and(|expected| expected != version) {
        return Err(Error::ReferenceStale { in_force: version });
    }
    let found = on_data_in_force(conn, version, rows, at);
    // What another import changed halfway through would belong to neither, and may not fit together.
    authority::reference_is(conn, version)?;
    let (plan, touches) = found?;
    Ok((version, plan, touches))
}

fn on_data_in_force(
    conn: &mut Conn,
    version: i64,
    rows: Vec<Row>,
    at: Timestamp,
) -> Result<(Plan, Touches), Error> {
    let plan = import::plan(conn, rows)?;
    let touches = match would_be(conn, version + 1, &plan)? {
        Some(gazetteer) => Touches::of(conn, &gazetteer, at)?,
        None => Touches::default(),
    };
    Ok((plan, touches))
}

async fn taken_in(db: &Db, clock: &Clock, ask: Ask) -> Result<Imported, Error> {
    let Prepared { ask, mut imported } = prepared(db, clock, ask).await?;
    let report = imported.plan.report(false, TOLD, imported.touches.clone());
    if imported.plan.refused() > 0 && !ask.allow_refused {
        return Err(Error::ImportRefused { plan: Box::new(serde_json::to_value(report)?) });
    }
    let new = NewImport {
        at: clock.now(),
        account: ask.by.as_ref().map(|actor| actor.account),
        kind: ask.kind.word().to_owned(),
        reference_version: None,
        sources: Doc::of(&imported.files)?,
        plan: Doc::of::<PlanReport>(&report)?,
    };
    let (plan, version) = (Arc::clone(&imported.plan), imported.reference_version);
    let write = move |conn: &mut Conn| {
        if let Some(actor) = &ask.by {
            authority::still_holds(conn, actor)?;
        }
        authority::reference_is(conn, version)?;
        let reference_version = import::write(conn, &plan, new.at)?;
        // On PostgreSQL another import may have come in between since the check.
        if reference_version.is_some_and(|raised| raised != version + 1) {
            return Err(Error::Overtaken);
        }
        let kept = NewImport { reference_version, ..new.clone() };
        let id = reference_imports::insert(conn, &kept)?;
        installation::remove_importing(conn)?;
        Ok::<_, Error>((id, reference_version.unwrap_or(version)))
    };
    let (id, version) = db.write(write).await?;
    (imported.id, imported.reference_version) = (Some(id), version);
    Ok(imported)
}
