//! What somebody who is signed in must do before anything else.

use jiff::{SignedDuration, Timestamp};

use crate::config::SignInSettings;
use crate::problem::Error;
use crate::store::accounts::Account;

/// What somebody who is signed in must do before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Must {
    /// Set a password of their own: somebody else set it, or it is too old.
    ChangePassword,
    /// Set a second factor up: their role needs one.
    SetUpSecondFactor,
}

impl Must {
    /// What every other operation is refused with until it is done.
    pub fn refusal(self) -> Error {
        match self {
            Self::ChangePassword => Error::PasswordChangeRequired,
            Self::SetUpSecondFactor => Error::SecondFactorSetUpRequired,
        }
    }
}

/// What the account must do first, in this order; nothing is what is normal. A machine never must:
/// it has no password and no second factor.
pub fn must(account: &Account, settings: &SignInSettings, now: Timestamp) -> Vec<Must> {
    if account.errands.is_some() {
        return Vec::new();
    }
    let credentials = &account.credentials;
    let life = SignedDuration::from_hours(24 * i64::from(settings.password_days));
    let age = now.duration_since(credentials.password_changed_at);
    let too_old = !life.is_zero() && age >= life;
    let change = credentials.must_change_password || too_old;
    let needed = settings.second_factor.contains(&account.role) && !credentials.second_factor;
    let all = [(change, Must::ChangePassword), (needed, Must::SetUpSecondFactor)];
    all.into_iter().filter_map(|(holds, must)| holds.then_some(must)).collect()
}

#[cfg(test)]
mod tests {
    use domain::access::{Errands, Role};

    use super::*;
    use crate::store::accounts::Credentials;

    const NOW: Timestamp = Timestamp::constant(1_767_225_600, 0);

    fn account(role: Role) -> Account {
        Account {
            id: 1,
            login: "ana".to_owned(),
            name: "ana".to_owned(),
            role,
            bureau: None,
            duty_areas: Vec::new(),
            active: true,
            created_at: NOW,
            version: 1,
            ends_at: None,
            errands: None,
            credentials: Credentials {
                password_changed_at: NOW,
                must_change_password: false,
                second_factor: false,
            },
        }
    }

    #[test]
    fn whose_role_needs_a_second_factor_sets_one_up() {
        let settings = SignInSettings::default();
        for role in [Role::Office, Role::Admin] {
            assert_eq!(must(&account(role), &settings, NOW), [Must::SetUpSecondFactor]);
            let mut done = account(role);
            done.credentials.second_factor = true;
            assert_eq!(must(&done, &settings, NOW), []);
        }
        assert_eq!(must(&account(Role::Inspector), &settings, NOW), []);
        assert_eq!(must(&account(Role::Admin), &SignInSettings::demonstration(), NOW), []);
    }

    #[test]
    fn a_password_is_changed_on_the_day_it_is_too_old() {
        let settings = SignInSettings { password_days: 90, ..SignInSettings::default() };
        let ana = account(Role::Inspector);
        let end = NOW + SignedDuration::from_hours(24 * 90);
        assert_eq!(must(&ana, &settings, end - SignedDuration::from_secs(1)), []);
        assert_eq!(must(&ana, &settings, end), [Must::ChangePassword]);
        assert_eq!(must(&ana, &SignInSettings::default(), end), []);
    }

    #[test]
    fn the_password_comes_first_and_a_machine_never_must() {
        let mut office = account(Role::Office);
        office.credentials.must_change_password = true;
        let both = [Must::ChangePassword, Must::SetUpSecondFactor];
        assert_eq!(must(&office, &SignInSettings::default(), NOW), both);
        office.errands = Some(Errands::default());
        assert_eq!(must(&office, &SignInSettings::default(), NOW), []);
    }
}
