//! The watermark 水印 of a photo: what is known of it, as lines of Chinese.

use std::sync::Arc;

use domain::access::{Action, Actor, Subject, may};
use domain::position::Position;
use schema::Conn;
use uuid::Uuid;

use crate::actions::command_issue::facets;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::intake::Submission;
use crate::placing::wgs84;
use crate::problem::Error;
use crate::store::issues::Issue;
use crate::store::photo_files::PhotoFile;
use crate::store::photos::{Part, Photo};
use crate::store::{accounts, issues, photo_files, photos, reports};

/// A photo with what is to be drawn on it.
#[derive(Debug, Clone)]
pub struct Marked {
    /// Its bytes.
    pub file: PhotoFile,
    /// When, where, by whom, for which issue.
    pub lines: Vec<String>,
}

/// The photo of a report or a command with its watermark, for whoever may see its issue.
pub async fn find(app: &App, actor: Actor, subject: Uuid, photo_id: Uuid) -> Result<Marked, Error> {
    let gazetteer = app.gazetteer();
    app.db.read(move |conn| read(conn, &actor, (subject, photo_id), &gazetteer)).await
}

fn read(
    conn: &mut Conn,
    actor: &Actor,
    (subject, photo_id): (Uuid, Uuid),
    gazetteer: &Arc<Gazetteer>,
) -> Result<Marked, Error> {
    let report = reports::find(conn, subject)?;
    let mut all = match &report {
        Some(report) => photos::list_of(conn, report.issue, subject)?,
        None => photos::list_of_commands(conn, subject, photo_id)?,
    };
    all.retain(|photo| photo.photo_id.0 == photo_id && photo.stored_at.is_some());
    let (photo, issue) = seen(conn, actor, all)?;
    let file = photo_files::find(conn, &photo.sha256)?.ok_or(Error::NotFound)?;
    let said = report.map(|report| report.body.read::<Submission>()).transpose()?;
    let at = photo
        .stated()
        .or_else(|| said.and_then(|said| said.position.as_ref().and_then(wgs84)))
        .or(issue.detail.position);
    let owner = accounts::find(conn, photo.owner)?.map(|owner| owner.name).unwrap_or_default();
    Ok(Marked { file, lines: lines(&photo, &issue, at, &owner, gazetteer) })
}

/// The first of these photos whose issue the actor may see, with it.
fn seen(conn: &mut Conn, actor: &Actor, all: Vec<Photo>) -> Result<(Photo, Issue), Error> {
    let mut refused = Error::NotFound;
    for photo in all {
        let issue = issues::find(conn, photo.issue_id)?.ok_or(Error::NotFound)?;
        let subject = Subject::Issue(facets(&issue));
        match may(Some(actor), Action::GetWatermarkedPhoto, &subject) {
            Ok(()) => return Ok((photo, issue)),
            Err(denied) => refused = denied.into(),
        }
    }
    Err(refused)
}

fn lines(
    photo: &Photo,
    issue: &Issue,
    at: Option<Position>,
    owner: &str,
    gazetteer: &Gazetteer,
) -> Vec<String> {
    let civil = gazetteer.calendar.civil(photo.captured_at.0);
    let by = if photo.part == Part::Before.word() { "采集员" } else { "拍摄人" };
    let coordinates =
        at.map_or_else(|| "无".to_owned(), |at| format!("{:.6}, {:.6} (WGS-84)", at.lat, at.lon));
    vec![
        format!("时间 {}", civil.strftime("%Y-%m-%d %H:%M:%S")),
        format!("地点 {}", place(issue, at, gazetteer)),
        format!("坐标 {coordinates}"),
        format!("{by} {owner}"),
        format!("编号 {} / {}", issue.id, photo.subject.0),
    ]
}

/// The names of the areas that the photo was taken in, the widest first, and of the nearest point
/// around it.
fn place(issue: &Issue, at: Option<Position>, gazetteer: &Gazetteer) -> String {
    let located = at.and_then(|at| gazetteer.locate(at));
    let areas = located
        .map_or_else(|| issue.detail.areas.clone(), |located| gazetteer.area_codes(&located));
    let areas = areas.iter().rev().filter_map(|code| gazetteer.area_name(code));
    let mut names: Vec<String> = areas.map(str::to_owned).collect();
    names.extend(at.and_then(|at| nearest(at, gazetteer)));
    if names.is_empty() { "未知".to_owned() } else { names.join(" ") }
}

/// A point in whose surroundings it was taken or, failing that, a compound or street.
fn nearest(at: Position, gazetteer: &Gazetteer) -> Option<String> {
    let held = gazetteer.surroundings().holding(at);
    let nearest = held.iter().min_by(|a, b| a.distance.0.total_cmp(&b.distance.0));
    let point = nearest.and_then(|held| gazetteer.point_at(held.anchor));
    let place = || gazetteer.places_holding(at).first().map(|place| place.name.clone());
    point.map(|point| point.name.to_owned()).or_else(place)
}
