//! Finds the upload of a photo by what it is: creation in the words of tus.

use domain::access::{Action, Actor, Subject, may};
use schema::Conn;
use uuid::Uuid;

use super::{Standing, expires_at};
use crate::app::App;
use crate::problem::{Error, UploadRefusal};
use crate::store::photos::{self, Photo};
use crate::store::uploads::{self, Upload};

/// What a client says of a photo that it is about to send.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its id in the manifest.
    pub photo_id: Uuid,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// The report or command that announced it; none for whichever did.
    pub subject: Option<Uuid>,
    /// `Upload-Length`.
    pub length: i64,
    /// `Upload-Metadata` as it was sent.
    pub metadata: String,
}

/// Gives the current attempt at sending a photo: asked again, the same one, unless that was refused,
/// ended or expired.
pub async fn create(app: &App, actor: &Actor, asked: Asked) -> Result<Standing, Error> {
    may(Some(actor), Action::CreateUpload, &Subject::None)?;
    let (owner, now) = (actor.account, app.clock.now());
    let expires_at = expires_at(app, now);
    let (found, is_known) = {
        let asked = asked.clone();
        app.db.read(move |conn| find(conn, owner, &asked, now)).await?
    };
    if is_known || found.is_done() {
        return Ok(found);
    }
    let (line, row) = (found.line.clone(), found.with_row(now, expires_at));
    let row = Upload { metadata: Some(asked.metadata), ..row };
    let saved = {
        let row = row.clone();
        app.db.write(move |conn| uploads::save(conn, &row)).await?
    };
    if saved {
        app.metrics.upload("created");
        return Ok(Standing { line, upload: Upload { generation: row.generation + 1, ..row } });
    }
    // Somebody was faster: what they made is as good.
    let again = Asked { metadata: row.metadata.unwrap_or_default(), ..asked_of(&line) };
    app.db.read(move |conn| find(conn, owner, &again, now)).await.map(|(found, _)| found)
}

fn asked_of(line: &Photo) -> Asked {
    Asked {
        photo_id: line.photo_id.0,
        sha256: line.sha256.clone(),
        subject: Some(line.subject.0),
        length: line.bytes,
        metadata: String::new(),
    }
}

/// The photo's line with its current attempt, and whether that has a row.
fn find(
    conn: &mut Conn,
    owner: i64,
    asked: &Asked,
    now: jiff::Timestamp,
) -> Result<(Standing, bool), Error> {
    let line = find_line(conn, owner, asked)?;
    if line.bytes != asked.length {
        let why = format!("is {}, and the manifest says {}", asked.length, line.bytes);
        return Err(UploadRefusal::Length(why).into());
    }
    let attempts = uploads::list(conn, owner, line.subject.0, line.photo_id.0)?;
    let found = Standing::current(&line, &attempts, now);
    let is_known = found.upload.generation > 0;
    Ok((found, is_known))
}

/// The line that was meant; of several, one whose photo is still to come.
fn find_line(conn: &mut Conn, owner: i64, asked: &Asked) -> Result<Photo, Error> {
    let mut lines = photos::list_own(conn, &asked.sha256, owner)?;
    lines.retain(|line| line.photo_id.0 == asked.photo_id);
    lines.retain(|line| asked.subject.is_none_or(|subject| subject == line.subject.0));
    lines.sort_by_key(|line| line.stored_at.is_some());
    if let Some(line) = lines.into_iter().next() {
        return Ok(line);
    }
    let Some(subject) = asked.subject else { return Err(UploadRefusal::BeforeReport.into()) };
    let other = photos::find_own(conn, owner, subject, asked.photo_id)?;
    Err(if other.is_some() { UploadRefusal::OtherBytes } else { UploadRefusal::BeforeReport }
        .into())
}
