//! What the office issues as the month goes by: each morning the digest of the day before, each Monday the dispatch of
//! the week before.

use domain::bulletin::{BulletinKind, OnTime};
use domain::figures::Period;
use jiff::Timestamp;

use super::{Cast, Month};
use crate::actions::bulletins::{Wanted, issue};
use crate::app::App;
use crate::demo::ids::id;
use crate::problem::Error;

/// The office's next morning at the desk.
pub(super) struct Digests<'a> {
    app: &'a App,
    cast: &'a Cast,
    month: &'a Month,
    /// The day of the story whose morning is next.
    day: i64,
}

impl<'a> Digests<'a> {
    pub(super) fn new(app: &'a App, cast: &'a Cast, month: &'a Month) -> Self {
        Self { app, cast, month, day: 1 }
    }

    /// Issues what is to be issued by `now`: none of it is dated after what is told next.
    pub(super) async fn issue_until(&mut self, now: Timestamp) -> Result<(), Error> {
        loop {
            let morning = self.month.morning(self.day)?;
            if morning > now || morning > self.month.now {
                return Ok(());
            }
            self.app.clock.set(morning);
            self.issue(BulletinKind::Daily, 1).await?;
            if self.month.is_monday(self.day)? && self.day >= 7 {
                self.issue(BulletinKind::Weekly, 7).await?;
            }
            self.day += 1;
        }
    }

    /// Of so many days up to the last midnight.
    async fn issue(&self, kind: BulletinKind, days: i64) -> Result<(), Error> {
        let (from, to) = (self.month.midnight(self.day - days)?, self.month.midnight(self.day)?);
        let period = Period::new(from, to).map_err(|error| Error::Internal(error.to_string()))?;
        let wanted =
            Wanted { kind, title: kind.title().to_owned(), period, on_time: OnTime::Handled };
        let id = id(&format!("{} of day {}", kind.word(), self.day));
        issue(self.app, self.cast.account("office")?, (id, true), wanted).await.map(|_issued| ())
    }
}
