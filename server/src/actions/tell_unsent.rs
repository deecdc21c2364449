//! A device says what it still holds, so that whoever looks after it knows.

use domain::access::{Action, Actor, Subject, may};
use jiff::Timestamp;
use schema::Conn;
use uuid::Uuid;

use crate::actions::authority;
use crate::app::App;
use crate::intake::FIRST_INSTANT;
use crate::problem::Error;
use crate::store::sessions::{self, Unsent};

/// More than a phone could hold.
const MOST: u32 = 100_000;

/// Keeps what the device of a session says it holds.
pub async fn tell_unsent(
    app: &App,
    actor: Actor,
    session: Uuid,
    count: u32,
    oldest_at: Option<Timestamp>,
) -> Result<(), Error> {
    may(Some(&actor), Action::PutMyDevice, &Subject::None)?;
    let unsent = checked(count, oldest_at, app.clock.now())?;
    let write = move |conn: &mut Conn| {
        authority::still_holds(conn, &actor)?;
        sessions::save_unsent(conn, session, unsent)
    };
    app.db.write(write).await
}

/// What it holds; where that is nothing, nothing is the oldest.
fn checked(count: u32, oldest_at: Option<Timestamp>, at: Timestamp) -> Result<Unsent, Error> {
    let refused = |detail: String| Error::invalid("unsent-invalid", detail);
    let small = i32::try_from(count).ok().filter(|_| count <= MOST);
    let count = small.ok_or_else(|| refused(format!("`unsent` is {count}, not 0 to {MOST}.")))?;
    if oldest_at.is_some_and(|oldest| oldest < FIRST_INSTANT) {
        return Err(refused("`oldest_unsent_at` is before the year 1.".to_owned()));
    }
    Ok(Unsent { count, oldest_at: oldest_at.filter(|_| count > 0), at })
}

/// What a value that no device could mean is refused with.
pub fn refusal() -> Option<Error> {
    checked(MOST + 1, None, Timestamp::UNIX_EPOCH).err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_phone_could_hold_is_refused() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(checked(4, Some(now), now).unwrap().oldest_at, Some(now));
        assert_eq!(checked(0, Some(now), now).unwrap().oldest_at, None);
        assert_eq!(checked(MOST, None, now).unwrap().count, 100_000);
        assert!(checked(MOST + 1, None, now).is_err() && checked(u32::MAX, None, now).is_err());
        assert!(checked(1, Some(Timestamp::MIN), now).is_err());
    }
}
