//! The files of an import, from the body itself or from the parts of a form.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, Payload};
use futures_util::{Stream, StreamExt};

use super::ImportQuery;
use crate::problem::Error;

/// Files of one import, at most.
const FILES: usize = 500;
/// How long the body may take to arrive: nobody else imports meanwhile.
const PATIENCE: Duration = Duration::from_mins(5);
/// The longest name that a file is called by, characters.
const NAME: usize = 200;

/// A file as it arrived.
pub(super) struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What arrived.
#[derive(Default)]
pub(super) struct Files {
    pub files: Vec<File>,
    /// What the words of a city's standard mean.
    pub mapping: Option<Vec<u8>>,
}

/// The files of a request; together not larger than `limit` bytes.
pub(super) async fn files(
    request: &HttpRequest,
    body: Payload,
    limit: usize,
    query: &ImportQuery,
) -> Result<Files, Error> {
    let is_form = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().starts_with("multipart/"));
    let arrives = async {
        if is_form {
            return parts(Multipart::new(request.headers(), body), limit).await;
        }
        let bytes = collected(body, limit).await?;
        let name = named(query.name.as_deref().unwrap_or(&query.kind));
        Ok(Files { files: vec![File { name, bytes }], mapping: None })
    };
    let late = |_elapsed| Error::Malformed(format!("the body took longer than {PATIENCE:?}"));
    tokio::time::timeout(PATIENCE, arrives).await.map_err(late)?
}

async fn parts(mut form: Multipart, limit: usize) -> Result<Files, Error> {
    let (mut arrived, mut left) = (Files::default(), limit);
    while let Some(part) = form.next().await {
        let part = part.map_err(|error| broken(&error))?;
        let (role, name) = role_and_name(&part, arrived.files.len() + 1)?;
        if arrived.files.len() == FILES {
            let detail = format!("There are more than {FILES} files.");
            return Err(Error::invalid("files-too-many", detail));
        }
        let bytes = match collected(part, left).await {
            Err(Error::TooLarge { .. }) => return Err(too_large(limit)),
            collected => collected?,
        };
        left -= bytes.len();
        match role {
            Role::File => arrived.files.push(File { name, bytes }),
            Role::Mapping => arrived.mapping = Some(bytes),
        }
    }
    if arrived.files.is_empty() {
        return Err(Error::Malformed("no part of the form is a `file`".to_owned()));
    }
    Ok(arrived)
}

/// What a part of a form is.
enum Role {
    File,
    Mapping,
}

fn role_and_name(part: &Field, number: usize) -> Result<(Role, String), Error> {
    let role = match part.name() {
        Some("file") => Role::File,
        Some("mapping") => Role::Mapping,
        other => {
            let other = other.unwrap_or_default();
            let detail = format!("A part is called {other:?}, not `file` or `mapping`.");
            return Err(Error::invalid("part-unknown", detail));
        }
    };
    let said = part.content_disposition().and_then(|said| said.get_filename());
    Ok((role, said.map_or_else(|| format!("file {number}"), named)))
}

/// A name that both databases take and a line of text can hold.
fn named(said: &str) -> String {
    said.chars().filter(|c| !c.is_control()).take(NAME).collect()
}

pub(in crate::http) async fn collected<E: std::fmt::Display>(
    mut pieces: impl Stream<Item = Result<Bytes, E>> + Unpin,
    limit: usize,
) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| broken(&error))?;
        if bytes.len() + piece.len() > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn broken(error: &dyn std::fmt::Display) -> Error {
    Error::Malformed(format!("the body cannot be read: {error}"))
}

fn too_large(limit: usize) -> Error {
    Error::TooLarge { limit: limit as u64 }
}
