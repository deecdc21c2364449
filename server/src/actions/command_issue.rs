//! Works an issue: one command, one step, once.

use std::sync::Arc;

use domain::access::{Action, Actor, IssueFacets, Subject, may};
use domain::evidence::Thresholds;
use domain::workflow::{Command, Event, Facts, decide};
use jiff::Timestamp;
use schema::Conn;
use schema::columns::Doc;
use uuid::Uuid;

use crate::actions::announce::{Manifest, announce};
use crate::actions::checking::{self, checking};
use crate::actions::links::{AdoptedPhoto, adopt};
use crate::actions::record::{Act, Ledger};
use crate::actions::{authority, claims, evidence, merge_issue, routing};
use crate::app::App;
use crate::config::VerificationSettings;
use crate::gazetteer::Gazetteer;
use crate::intake::{ManifestPhoto, check_manifest};
use crate::problem::Error;
use crate::store::commands::Done;
use crate::store::issues::Issue;
use crate::store::photos::Part;
use crate::store::{commands, issues};
use crate::views::IssueView;

/// A command as it was asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Who asks.
    pub actor: Actor,
    /// Which operation it came by.
    pub action: Action,
    /// The issue's number.
    pub issue: i64,
    /// The version it was decided on.
    pub version: i64,
    /// Made by the client; the same command again gives the first result.
    pub id: Uuid,
    /// SHA-256 of the body and the operation.
    pub content_hash: Vec<u8>,
    /// What to do.
    pub command: Command,
    /// Photos it announces.
    pub photos: Vec<ManifestPhoto>,
    /// Photos of drafts 草稿 that it takes over.
    pub adopt: Vec<AdoptedPhoto>,
}

/// How strictly it is looked at what is said to be done.
#[derive(Debug, Clone)]
struct Standards {
    thresholds: Thresholds,
    verification: VerificationSettings,
}

impl Standards {
    fn of(app: &App) -> Self {
        let verification = app.config.verification.clone();
        Self { thresholds: app.config.evidence.thresholds(), verification }
    }
}

/// How often a command is decided anew when reference data changes under it.
const ATTEMPTS: u32 = 4;

/// Does what was asked and gives the issue as it then stands; asked again, the first result.
pub async fn command_issue(app: &App, ask: Ask) -> Result<Issue, Error> {
    check_manifest(&ask.photos, app.config.max_photo_bytes)?;
    let mut attempt = 1;
    loop {
        let (ask, gazetteer, now) = (ask.clone(), app.gazetteer(), app.clock.now());
        let standards = Standards::of(app);
        let write = move |conn: &mut Conn| write(conn, &ask, &gazetteer, (now, &standards));
        match app.db.write(write).await {
            Err(Error::Overtaken) if attempt < ATTEMPTS => {
                attempt += 1;
                app.reload_gazetteer().await?;
            }
            done => return done,
        }
    }
}

/// What of an issue decides who may do what with it.
pub fn facets(issue: &Issue) -> IssueFacets {
    IssueFacets {
        lead: issue.state.lead.clone(),
        cooperating: issue.state.cooperating.clone(),
        candidates: issue.state.candidates(),
        reporters: issue.detail.reporters.clone(),
        blind: issue.state.blind,
        open: issue.state.stage.is_open(),
        areas: issue.detail.areas.clone(),
    }
}

fn write(
    conn: &mut Conn,
    ask: &Ask,
    gazetteer: &Arc<Gazetteer>,
    (now, standards): (Timestamp, &Standards),
) -> Result<Issue, Error> {
    authority::still_holds(conn, &ask.actor)?;
    let other = merge_issue::find_other(conn, ask)?;
    // Locked before the command is looked for: where it was sent twice at once, the second waits for the
    // first here, and then finds what it did.
    let issue = issues::find_locked(conn, ask.issue)?;
    if let Some(done) = commands::find(conn, ask.actor.account, ask.id)? {
        return done.answer_to(&ask.content_hash);
    }
    authority::reference_is(conn, gazetteer.version)?;
    let mut issue = issue.ok_or(Error::NotFound)?;
    if let Err(denied) = may(Some(&ask.actor), ask.action, &Subject::Issue(facets(&issue))) {
        return Err(claims::too_late(denied, ask, &issue).unwrap_or_else(|| denied.into()));
    }
    if issue.version != ask.version {
        let current = serde_json::to_value(IssueView::new(&issue, gazetteer))?;
        return Err(Error::VersionStale { current: Box::new(current) });
    }
    known(&ask.command, gazetteer)?;
    let mut happened = happened(conn, ask, &mut issue, gazetteer, (now, standards))?;
    let before = issue.state.clone();
    let act = Act { actor: &ask.actor, at: now, command: Some(ask.id) };
    let mut ledger = Ledger::default();
    if let Command::Merge { into } = ask.command {
        let both = (&issue, other);
        happened = merge_issue::merge_into(conn, &mut ledger, both, (into, act), gazetteer)?;
    }
    ledger.append(conn, &mut issue, happened, act)?;
    checking::failed(conn, &before, &issue, &standards.verification, now)?;
    announce_photos(conn, ask, &issue)?;
    adopt(conn, ask, &issue, now)?;
    let done = Done { content_hash: ask.content_hash.clone(), result: Doc::of(&issue)? };
    commands::insert(conn, ask.actor.account, ask.id, issue.id, now, &done)?;
    ledger.close(conn)?;
    Ok(issue)
}

/// Refuses codes that reference data does not know.
fn known(command: &Command, gazetteer: &Gazetteer) -> Result<(), Error> {
    match command {
        Command::File { category, condition } => filed_by(category, condition, gazetteer),
        Command::Dispatch { lead, cooperating, .. } => {
            bureaus(std::iter::once(lead).chain(cooperating), gazetteer)
        }
        Command::Offer { candidates, .. } => bureaus(candidates.iter(), gazetteer),
        _ => Ok(()),
    }
}

fn bureaus<'c>(
    mut codes: impl Iterator<Item = &'c String>,
    gazetteer: &Gazetteer,
) -> Result<(), Error> {
    match codes.find(|code| gazetteer.bureau(code).is_none()) {
        None => Ok(()),
        Some(code) => Err(Error::invalid("bureau-unknown", format!("There is no bureau {code}."))),
    }
}

/// Refuses a condition that is not known, or not published.
fn filed_by(category: &str, condition: &str, gazetteer: &Gazetteer) -> Result<(), Error> {
    let found = gazetteer.condition(condition).filter(|(of, _)| of.code == category);
    let (_, known) = found.ok_or_else(|| {
        let detail =
            format!("`condition` {condition} of `category` {category} is not in the taxonomy.");
        Error::invalid("condition-unknown", detail)
    })?;
    if known.published {
        return Ok(());
    }
    let why = known.unpublished_why.as_deref().unwrap_or("the standard does not publish it");
    let detail = format!(
        "`condition` {condition} is not published: {why}. Complete the mapping and import the \
         standard again, or file by another condition."
    );
    Err(Error::invalid("condition-unpublished", detail))
}

/// The events of the command, and of what follows from it by rule.
fn happened(
    conn: &mut Conn,
    ask: &Ask,
    issue: &mut Issue,
    gazetteer: &Gazetteer,
    (now, standards): (Timestamp, &Standards),
) -> Result<Vec<Event>, Error> {
    let after_photos = match &ask.command {
        Command::Verify { .. } => evidence::latest(conn, issue, &gazetteer.calendar)?,
        _ => Vec::new(),
    };
    let led = routing::led(&issue.state, &ask.actor, &ask.command);
    let facts = routing::facts(&led, gazetteer, now, after_photos)?;
    let facts = claims::facts(&ask.command, facts, gazetteer)?;
    let checking = match &ask.command {
        Command::Rectify { .. } => checking(conn, issue, gazetteer, &standards.verification)?,
        _ => facts.checking,
    };
    let facts = Facts { thresholds: standards.thresholds, checking, ..facts };
    let mut happened = decide(&issue.state, &ask.actor, &ask.command, &facts)?;
    if let Command::File { category, .. } = &ask.command {
        issue.detail.family = gazetteer.category(category).map(|known| known.family.clone());
        let act = Act { actor: &ask.actor, at: now, command: Some(ask.id) };
        happened.push(routing::by_rule(issue, &happened, act, gazetteer)?);
    }
    Ok(happened)
}

fn announce_photos(conn: &mut Conn, ask: &Ask, issue: &Issue) -> Result<(), Error> {
    let part = match ask.command {
        Command::Rectify { .. } | Command::Secure { .. } | Command::FinishPart { .. } => {
            Part::After
        }
        Command::Ask { .. } => Part::Form,
        _ => Part::Check,
    };
    let manifest = Manifest {
        issue: issue.id,
        subject: ask.id,
        part,
        owner: ask.actor.account,
        place: issue.detail.position,
        photos: &ask.photos,
    };
    announce(conn, manifest)?;
    Ok(())
}
