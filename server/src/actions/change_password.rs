//! Somebody sets another password of their own, or shows the one they have.

use jiff::Timestamp;
use schema::Conn;
use uuid::Uuid;

use crate::app::App;
use crate::lockout::Attempt;
use crate::passwords;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::Account;

/// Sets another password. The other sessions end, and codes for handing one over too.
///
/// [`Error::PasswordWeak`]; `password-unchanged` when it is the same; and as for whoever
/// proves who they are.
pub async fn change_password(
    app: &App,
    account: &Account,
    session: Uuid,
    (current, new): (String, String),
) -> Result<(), Error> {
    let least = app.config.sign_in.password_score;
    let (login, name) = (account.login.clone(), account.name.clone());
    passwords::checked_new(new.clone(), login, name, least).await?;
    if new == current {
        return Err(password_unchanged());
    }
    let proof = prove(app, account, current).await?;
    let hash = passwords::hashed(new).await?;
    let now = app.clock.now();
    let save = move |conn: &mut Conn| {
        let account = proof.account(conn, now)?;
        let id = account.id;
        if account.credentials.second_factor {
            // The password alone does not forget wrong codes.
            proof.attempt.take_back(conn, now)?;
        } else {
            proof.succeeded(conn)?;
        }
        store::accounts::save_password(conn, id, &hash, (now, false))?;
        store::handovers::remove_all(conn, id)?;
        store::sessions::save_others_revoked(conn, id, session, now)
    };
    app.db.write(save).await?;
    app.accounts.forget_account(account.id);
    Ok(())
}

/// What a wrong current password is told as.
pub fn password_wrong() -> Error {
    Error::invalid("password-wrong", "The current password is not this one.")
}

/// What a new password that is the old one is told as.
pub fn password_unchanged() -> Error {
    Error::invalid("password-unchanged", "The new password must not be the current one.")
}

/// That somebody who is signed in knows the password. It counts as a failed attempt to sign in until
/// it [`Proof::holds`].
#[derive(Clone)]
pub(super) struct Proof {
    login: String,
    hash: String,
    attempt: Attempt,
}

/// Has the password shown again, for what a stolen session must not do.
///
/// `password-wrong`, and [`Error::SignInLocked`] after too many of those.
pub(super) async fn prove(app: &App, account: &Account, password: String) -> Result<Proof, Error> {
    let login = account.login.clone();
    let attempt = Attempt::begin(app, &login).await?;
    let asked = login.clone();
    let find = move |conn: &mut Conn| store::accounts::find_by_login(conn, &asked);
    let (_, hash) = app.db.read(find).await?.ok_or(Error::Unauthenticated)?;
    if passwords::fits(password, Some(hash.clone()), &app.metrics).await? {
        Ok(Proof { login, hash, attempt })
    } else {
        Err(password_wrong())
    }
}

impl Proof {
    /// The account, held, whose password still is the one that was shown.
    pub(super) fn account(&self, conn: &mut Conn, now: Timestamp) -> Result<Account, Error> {
        let found = store::accounts::find_by_login_held(conn, &self.login)?;
        let (account, _) = found
            .filter(|(account, hash)| account.is_open(now) && *hash == self.hash)
            .ok_or(Error::Unauthenticated)?;
        Ok(account)
    }

    /// As [`Proof::account`], and the attempt succeeded.
    pub(super) fn holds(&self, conn: &mut Conn, now: Timestamp) -> Result<Account, Error> {
        let account = self.account(conn, now)?;
        self.succeeded(conn)?;
        Ok(account)
    }

    /// The attempt succeeded.
    pub(super) fn succeeded(&self, conn: &mut Conn) -> Result<(), Error> {
        self.attempt.succeeded(conn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::tests::{PASSWORD, Town};
    use crate::accounts::{self, Must};
    use crate::actions::sign_in::Grant;

    const NEW: &str = "under the tunnel";

    impl Town {
        async fn changes_password(&self, by: &Grant, from: &str, to: &str) -> Result<(), Error> {
            let (account, session) = (self.account("ana").await, by.refresh_token.session);
            let passwords = (from.to_owned(), to.to_owned());
            change_password(&self.app, &account, session, passwords).await
        }

        async fn is_known(&self, grant: &Grant) -> bool {
            let session = grant.refresh_token.session;
            accounts::actor(&self.app, session, grant.account.id).await.is_ok()
        }
    }

    fn code(result: Result<(), Error>) -> String {
        result.unwrap_err().problem().code
    }

    #[actix_web::test]
    async fn the_other_sessions_end_and_nothing_is_left_to_do() {
        let town = Town::new().await;
        let id = town.account("ana").await.id;
        let must = move |conn: &mut Conn| {
            store::accounts::save_must_change_password(conn, id, true)?;
            Ok::<_, Error>(())
        };
        town.app.db.write(must).await.unwrap();
        let (here, there) =
            (town.signs_in("ana").await.unwrap(), town.signs_in("ana").await.unwrap());
        assert!(town.is_known(&there).await);
        assert_eq!(here.must, [Must::ChangePassword]);
        town.changes_password(&here, PASSWORD, NEW).await.unwrap();
        assert!(town.is_known(&here).await);
        assert!(!town.is_known(&there).await);
        assert!(town.signs_in("ana").await.is_err());
        assert_eq!(town.signs_in_with("ana", NEW, None).await.unwrap().must, []);
    }

    #[actix_web::test]
    async fn the_current_password_is_needed_and_guessing_it_locks() {
        let town = Town::new().await;
        let here = town.signs_in("ana").await.unwrap();
        assert_eq!(
            code(town.changes_password(&here, PASSWORD, "password123").await),
            "password-weak"
        );
        for _ in 0..5 {
            assert_eq!(code(town.changes_password(&here, "wrong", NEW).await), "password-wrong");
        }
        assert_eq!(code(town.changes_password(&here, PASSWORD, NEW).await), "sign-in-locked");
        assert!(matches!(town.signs_in("ana").await, Err(Error::SignInLocked { .. })));
        assert!(town.is_known(&here).await, "whoever is signed in stays so");
    }

    #[actix_web::test]
    async fn the_same_password_is_no_other() {
        let town = Town::new().await;
        let here = town.signs_in("ana").await.unwrap();
        let refused = town.changes_password(&here, PASSWORD, PASSWORD).await;
        assert_eq!(code(refused), "password-unchanged");
    }
}
