//! A body that is a part of a photo, from the connection to whoever writes it.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{Bytes, Data, Payload};
use domain::access::{Action, Actor};
use futures_util::StreamExt;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use crate::actions::upload_photo::{Begun, Request, Standing, begin};
use crate::app::App;
use crate::problem::Error;
use crate::uploads::{Came, Ending, Feed, write};

/// Bytes that must come in every [`crate::config::PhotoSettings::upload_stall_s`] for a request to go on.
const LEAST: usize = 1_024;
/// How long a body that is not taken is read all the same, so that its sender hears the answer.
const GRACE: Duration = Duration::from_secs(10);

/// Writes a body to its upload and gives where that stands then.
///
/// When this is dropped, because the connection is, what came so far is kept all the same.
pub(super) async fn receive(
    app: &Data<App>,
    actor: Actor,
    action: Action,
    request: Request,
    body: Payload,
) -> Result<Standing, Error> {
    let (writing, feed, fed) = match begin(&Arc::clone(app), actor, action, request).await? {
        Begun::Nothing(found) => return Ok(found),
        Begun::Writing(writing, feed, fed) => (writing, feed, fed),
    };
    let newer = writing.turn.newer();
    let written = app.uploads.spawn(write(writing, fed));
    let window = Duration::from_secs(u64::from(app.config.photos.upload_stall_s));
    let came = pump(feed, body, written, newer, window).await?;
    if came.is_stored {
        app.metrics.photo("uploaded");
    }
    Ok(came.found)
}

async fn pump(
    mut feed: Feed,
    mut body: Payload,
    mut written: JoinHandle<Result<Came, Error>>,
    newer: impl Future<Output = ()>,
    window: Duration,
) -> Result<Came, Error> {
    let mut newer = pin!(newer);
    let mut watch = Watch::new(window);
    let ending = loop {
        tokio::select! {
            biased;
            // It ended early: the disk is full, or more came than there should be.
            done = &mut written => return answered(done),
            () = &mut newer => break Some(Ending::Overtaken),
            part = body.next() => match part {
                Some(Ok(part)) => {
                    watch.came(&part);
                    feed.add(part).await;
                }
                Some(Err(_broken)) => break None,
                None => break Some(Ending::Complete),
            },
            () = sleep_until(watch.until) => if !watch.goes_on() { break Some(Ending::Stalled) },
        }
    };
    match ending {
        Some(how) => feed.end(how),
        None => drop(feed),
    }
    answered(written.await)
}

fn answered(done: Result<Result<Came, Error>, tokio::task::JoinError>) -> Result<Came, Error> {
    done.map_err(|error| Error::Internal(error.to_string()))?
}

/// Whether enough comes.
struct Watch {
    window: Duration,
    until: Instant,
    bytes: usize,
}

impl Watch {
    fn new(window: Duration) -> Self {
        Self { window, until: Instant::now() + window, bytes: 0 }
    }

    fn came(&mut self, part: &Bytes) {
        self.bytes += part.len();
    }

    /// Begins another window unless too little came in this one.
    fn goes_on(&mut self) -> bool {
        self.until = Instant::now() + self.window;
        std::mem::take(&mut self.bytes) >= LEAST
    }
}

/// Reads what is not taken, for a while.
pub(super) async fn pass_over(mut body: Payload) {
    let all = async { while let Some(Ok(_part)) = body.next().await {} };
    drop(timeout(GRACE, all).await);
}
