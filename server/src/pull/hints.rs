//! Hints that something changed, as they come: pulling stays the truth.

use std::sync::Arc;
use std::time::Duration;

use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::time::{Instant, sleep, sleep_until};

use super::Reader;
use crate::app::App;
use crate::heard::{Place, Wake};
use crate::problem::Error;
use crate::store::feed;

/// After a hint, how long the next one waits: what comes meanwhile is one hint.
const PAUSE: Duration = Duration::from_millis(500);
/// After so long without one, a sign of life: proxies cut what is silent for a minute.
const ALIVE: Duration = Duration::from_secs(25);

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// The last feed number of a change that the reader may be told of.
    Changed(i64),
    /// Nothing; the stream lives.
    Alive,
}

/// Hints for a reader, the first at once, until what they showed is no longer good, they no longer are
/// who they were, or the server is about to end.
pub async fn hints(app: Arc<App>, reader: Reader) -> Result<impl Stream<Item = Hint>, Error> {
    let audiences = feed::audiences(&reader.scope);
    let place = app.heard.wait(reader.account.id, reader.session, audiences)?;
    let head = app.db.read(feed::head).await?;
    let until = Instant::now() + reader.left(&app);
    let open = Open { app, reader, place, until, first: Some(head), rested: Instant::now() };
    Ok(unfold(open, |mut open| async { Some((open.next().await?, open)) }))
}

struct Open {
    app: Arc<App>,
    reader: Reader,
    place: Place,
    until: Instant,
    first: Option<i64>,
    /// From when on another hint may be given.
    rested: Instant,
}

impl Open {
    async fn next(&mut self) -> Option<Hint> {
        if let Some(head) = self.first.take() {
            return Some(self.said(head));
        }
        let app = Arc::clone(&self.app);
        let hint = tokio::select! {
            () = sleep_until(self.until) => None,
            () = app.lifecycle.draining() => None,
            hint = self.hint() => hint,
        };
        hint.map(|hint| match hint {
            Hint::Changed(seq) => self.said(seq),
            Hint::Alive => hint,
        })
    }

    fn said(&mut self, seq: i64) -> Hint {
        self.rested = Instant::now() + PAUSE;
        Hint::Changed(seq)
    }

    /// None where the reader is no longer who they were, or that cannot be found out.
    async fn hint(&self) -> Option<Hint> {
        let silent = sleep(ALIVE);
        tokio::pin!(silent);
        loop {
            let wake = tokio::select! {
                () = &mut silent => None,
                wake = self.rested_and_woken() => Some(wake),
            };
            self.reader.look_again(&self.app).await.ok()?;
            match wake {
                None => return Some(Hint::Alive),
                Some(Wake::Account) => {}
                Some(Wake::News(Some(seq))) => return Some(Hint::Changed(seq)),
                Some(Wake::News(None)) => {
                    return self.app.db.read(feed::head).await.ok().map(Hint::Changed);
                }
            }
        }
    }

    /// An account that changed is not waited with: only then is it looked at after the pause.
    async fn rested_and_woken(&self) -> Wake {
        sleep_until(self.rested).await;
        self.place.woken().await
    }
}
