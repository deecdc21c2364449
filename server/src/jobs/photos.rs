//! Looks at every photo that arrived: makes its renditions, reads what the camera wrote, and tells the
//! issues it belongs to where there is something to say.
//!
//! How far it is stands in the rows of `photo_file`: whoever takes one moves its turn on first, and
//! what was found is recorded once. So a job that was killed at any step goes on after the lease, and
//! several processes share the work.

mod look;
mod renditions;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

pub use look::{Found, look};
pub use renditions::keep;

use crate::actions::look_at_photo;
use crate::actions::record::hex;
use crate::app::App;
use crate::problem::Error;
use crate::store::photo_files::{self, FileState, Looked, PhotoFile};

/// How long a photo that was taken is nobody else's. Long enough for the largest, waiting for memory
/// included; one that takes longer is looked at twice, and recorded once.
pub const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// How often a photo is tried that brings its look down, or whose file is not to be found.
pub const ATTEMPTS: i32 = 4;
/// How long it is left alone after a try; twice as long after each further one.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);
/// How long all are left alone when the server itself could not go on: no room on the disk, no
/// database.
const OUTAGE: SignedDuration = SignedDuration::from_secs(60);
/// How often it is asked whether a photo is due that another process took in, or that was left
/// alone.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Why a look came to nothing.
#[derive(Debug)]
pub enum Failed {
    /// The decoder broke down over it.
    Crashed,
    /// Its file is not to be found.
    Missing,
    /// Nothing that it could help.
    Server(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Server(error)
    }
}

/// Takes photos whose turn it is, so many at most; they are nobody else's for [`LEASE`].
pub async fn take(app: &App, count: usize) -> Result<Vec<PhotoFile>, Error> {
    let now = app.clock.now();
    // A look first: an empty write would wait for its turn among the others'.
    if !app.db.read(move |conn| photo_files::is_any_due(conn, now)).await? {
        return Ok(Vec::new());
    }
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    app.db.write(move |conn| photo_files::save_taken(conn, now, now + LEASE, count)).await
}

/// Looks at a photo that was taken, from its bytes to its record.
pub async fn finish(app: &App, file: &PhotoFile) -> Result<(), Error> {
    // Those before ended without a word: killed, perhaps by this very photo.
    let found =
        if file.attempts > ATTEMPTS { Err(Failed::Crashed) } else { found(app, file).await };
    let looked = match found {
        Ok(looked) => looked,
        Err(Failed::Server(error)) => {
            later(app, file, app.clock.now() + OUTAGE, file.attempts - 1).await?;
            return Err(error);
        }
        Err(_) if file.attempts < ATTEMPTS => {
            let pause = PAUSE * 2_i32.pow(file.attempts.clamp(1, 8).unsigned_abs() - 1);
            return later(app, file, app.clock.now() + pause, file.attempts).await;
        }
        Err(Failed::Crashed) => unreadable("crashed")?,
        Err(Failed::Missing) => unreadable("missing")?,
    };
    let outcome = looked.state()?.word();
    match look_at_photo::record(app, file.sha256.clone(), looked).await {
        Ok(is_first) => {
            if is_first {
                app.looking.looked.notify_one();
                app.metrics.photo(outcome);
            }
            Ok(())
        }
        Err(error) => {
            later(app, file, app.clock.now() + OUTAGE, file.attempts - 1).await?;
            Err(error)
        }
    }
}

fn unreadable(problem: &str) -> Result<Looked, Error> {
    Looked::new(FileState::Unreadable, Some(problem), None, None)
}

async fn found(app: &App, file: &PhotoFile) -> Result<Looked, Failed> {
    let found = look(app, file).await?;
    Ok(keep(app, &file.sha256, found).await?)
}

async fn later(app: &App, file: &PhotoFile, at: Timestamp, attempts: i32) -> Result<(), Error> {
    let sha256 = file.sha256.clone();
    app.db.write(move |conn| photo_files::save_later(conn, &sha256, at, attempts)).await
}

/// Looks at all photos that are due, one after the other; gives how many.
pub async fn look_at_all_due(app: &App) -> Result<usize, Error> {
    let mut count = 0;
    loop {
        let taken = take(app, 1).await?;
        let Some(file) = taken.first() else { return Ok(count) };
        finish(app, file).await?;
        count += 1;
    }
}

/// Looks at photos as they come, as many at once as the settings say, until the server is
/// about to end; then those under way are brought to their end.
pub async fn look_at_photos(app: Arc<App>) {
    let most = app.config.photos.workers.max(1);
    let mut looks: JoinSet<()> = JoinSet::new();
    while !app.lifecycle.is_draining() {
        let taken = match take(&app, most - looks.len()).await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!(%error, "photos could not be taken to be looked at");
                Vec::new()
            }
        };
        let idle = taken.is_empty();
        for file in taken {
            looks.spawn(look_at(Arc::clone(&app), file));
        }
        wait(&app, &mut looks, idle, most).await;
    }
    while looks.join_next().await.is_some() {}
}

/// Waits until there may be something to take and somebody to take it.
async fn wait(app: &App, looks: &mut JoinSet<()>, idle: bool, most: usize) {
    if looks.len() >= most {
        looks.join_next().await;
    } else if idle {
        tokio::select! {
            () = app.looking.arrived.notified() => {}
            () = app.lifecycle.draining() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            Some(_) = looks.join_next() => {}
        }
    }
    while looks.try_join_next().is_some() {}
}

async fn look_at(app: Arc<App>, file: PhotoFile) {
    if let Err(error) = finish(&app, &file).await {
        let sha256 = hex(&file.sha256);
        tracing::warn!(%error, sha256, "a photo could not be looked at; it is tried again");
    }
}
