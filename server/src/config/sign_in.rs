//! Passwords, second factors, and how long somebody stays signed in.

use domain::access::Role;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Passwords, second factors, and how long somebody stays signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInSettings {
    /// Failed attempts in a row after which a login is locked.
    pub lock_after: u32,
    /// How long it stays locked, minutes.
    pub lock_minutes: u32,
    /// How hard a new password must be to guess: a score of zxcvbn, 0 to 4.
    pub password_score: u8,
    /// Days after which a password must be changed; 0 for never.
    pub password_days: u32,
    /// Roles that sign in with a second factor: whoever has none yet sets one up first.
    pub second_factor: Vec<Role>,
    /// Minutes without a request after which the desks' sessions end (every role but inspectors and
    /// supervisors); 0 for never.
    pub idle_minutes: u32,
    /// Days without a request after which a handheld's session ends; 0 for never.
    pub handheld_idle_days: u32,
}

impl Default for SignInSettings {
    fn default() -> Self {
        Self {
            lock_after: 5,
            lock_minutes: 15,
            password_score: 3,
            password_days: 0,
            second_factor: vec![Role::Office, Role::Admin],
            idle_minutes: 30,
            handheld_idle_days: 30,
        }
    }
}

impl SignInSettings {
    /// The demonstration's: passwords alone, so that it can be looked at without a second device.
    pub fn demonstration() -> Self {
        Self { second_factor: Vec::new(), ..Self::default() }
    }

    /// How long a session of this role stays open without a request; none for ever.
    pub fn idle(&self, role: Role) -> Option<SignedDuration> {
        let limit = match role {
            Role::Inspector | Role::Supervisor => {
                SignedDuration::from_hours(24 * i64::from(self.handheld_idle_days))
            }
            Role::Bureau | Role::Office | Role::Admin => {
                SignedDuration::from_mins(i64::from(self.idle_minutes))
            }
        };
        (!limit.is_zero()).then_some(limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn desks_are_left_sooner_than_handhelds() {
        let settings = SignInSettings::default();
        let minutes = |role| settings.idle(role).map(|limit| limit.as_mins());
        for desk in [Role::Bureau, Role::Office, Role::Admin] {
            assert_eq!(minutes(desk), Some(30));
        }
        for handheld in [Role::Inspector, Role::Supervisor] {
            assert_eq!(minutes(handheld), Some(30 * 24 * 60));
        }
    }

    #[test]
    fn zero_is_never() {
        let off = SignInSettings { idle_minutes: 0, handheld_idle_days: 0, ..Default::default() };
        assert_eq!((off.idle(Role::Office), off.idle(Role::Inspector)), (None, None));
    }
}
