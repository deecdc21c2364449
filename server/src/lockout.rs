//! Logins that are guessed at are locked for a while.
//!
//! What is counted is the login as it was given, whether anybody has it or not, so that neither the
//! lock nor the way to it tells which logins exist. An attempt is counted before the password is looked
//! at, and taken back if it did not fail: of a thousand attempts at once no more are looked at than of
//! a thousand one after the other.

use jiff::{SignedDuration, Timestamp};
use schema::Conn;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::config::SignInSettings;
use crate::problem::Error;
use crate::store::sign_in_failures::{self, Failures};

/// The longest that a login is locked at once, however it goes on.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// How long a login must be left alone for its failures to be forgotten.
pub const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

/// What failures are kept by: SHA-256 of the login, in the form it would be kept in.
pub fn login_hash(typed: &str) -> Vec<u8> {
    Sha256::digest(typed.trim().to_ascii_lowercase()).to_vec()
}

/// An attempt that is counted as failed until it is known better.
#[derive(Debug, Clone)]
pub struct Attempt {
    login_hash: Vec<u8>,
    lock_after: i64,
}

impl Attempt {
    /// Counts an attempt to show the password of a login, whoever has it.
    ///
    /// [`Error::SignInLocked`] when there were too many.
    pub async fn begin(app: &App, login: &str) -> Result<Self, Error> {
        let (login_hash, now) = (login_hash(login), app.clock.now());
        let (kept, settings) = (login_hash.clone(), app.config.sign_in.clone());
        let count = move |conn: &mut Conn| {
            let before = sign_in_failures::find_held(conn, &kept, now)?;
            let after = counted(before, &settings, now)?;
            sign_in_failures::save(conn, &kept, after)
        };
        app.db.write(count).await?;
        Ok(Self { login_hash, lock_after: i64::from(app.config.sign_in.lock_after) })
    }

    /// It succeeded: whatever failed before is forgotten.
    pub fn succeeded(&self, conn: &mut Conn) -> Result<(), Error> {
        sign_in_failures::remove(conn, &self.login_hash)
    }

    /// It neither failed nor succeeded: it counts no more, and those before it still do.
    pub fn take_back(&self, conn: &mut Conn, now: Timestamp) -> Result<(), Error> {
        let known = sign_in_failures::find_held(conn, &self.login_hash, now)?;
        if known.count <= 1 {
            return sign_in_failures::remove(conn, &self.login_hash);
        }
        // The lock may be the one that this attempt began.
        let locked_until = known.locked_until.filter(|_| known.count % self.lock_after.max(1) != 0);
        let without = Failures { count: known.count - 1, locked_until, ..known };
        sign_in_failures::save(conn, &self.login_hash, without)
    }
}

/// What is known after one more attempt.
fn counted(before: Failures, settings: &SignInSettings, now: Timestamp) -> Result<Failures, Error> {
    if let Some(until) = before.locked_until.filter(|until| now < *until) {
        return Err(Error::SignInLocked { seconds: whole_seconds(until.duration_since(now)) });
    }
    let quiet_since = before.locked_until.unwrap_or(before.last_at).max(before.last_at);
    let forgotten = now.duration_since(quiet_since) >= FORGOTTEN;
    let count = if forgotten { 1 } else { before.count + 1 };
    let locked_until = lock(count, settings).and_then(|length| now.checked_add(length).ok());
    Ok(Failures { count, last_at: now, locked_until })
}

/// For how long so many failures in a row lock a login: every `lock_after` of them, twice as long as
/// the time before, [`LONGEST`] at most.
fn lock(count: i64, settings: &SignInSettings) -> Option<SignedDuration> {
    let after = i64::from(settings.lock_after);
    if after == 0 || count % after != 0 {
        return None;
    }
    let doublings = u32::try_from(count / after - 1).unwrap_or(u32::MAX).min(30);
    let minutes = i64::from(settings.lock_minutes) << doublings;
    Some(SignedDuration::from_mins(minutes).min(LONGEST))
}

fn whole_seconds(left: SignedDuration) -> i64 {
    left.as_secs() + i64::from(left.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests;
