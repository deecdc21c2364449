//! An admin changes an account.

use domain::access::{Action, Role};
use jiff::Timestamp;
use schema::Conn;

use crate::accounts::{self, Ending};
use crate::actions::create_account::acting_admin;
use crate::app::App;
use crate::gazetteer::Gazetteer;
use crate::passwords;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::Account;

/// What is to change; what is `None` stays.
#[derive(Clone, Default)]
#[allow(missing_debug_implementations)]
pub struct Change {
    /// The person's or desk's name.
    pub name: Option<String>,
    /// Whether it can sign in.
    pub active: Option<bool>,
    /// What it acts as. An account that leaves [`Role::Bureau`] leaves its bureau too.
    pub role: Option<Role>,
    /// Code of its bureau.
    pub bureau: Option<String>,
    /// Codes of all the areas it is assigned to.
    pub duty_areas: Option<Vec<String>>,
    /// A new password, in the clear.
    pub password: Option<String>,
    /// From when on it can sign in no more; what is `None` stays.
    pub ends_at: Option<Ending>,
}

/// Changes the account `id` for the admin `acting`. Closing it or giving it another password ends
/// all its sessions.
///
/// [`Error::NotFound`], or [`Error::Invalid`] with `name-invalid`, `password-weak`, `ends-at-past` and the
/// codes of [`accounts::check_place`] and, for one's own account, [`accounts::check_own`].
pub async fn update_account(
    app: &App,
    acting: i64,
    id: i64,
    change: Change,
) -> Result<Account, Error> {
    let hash = match change.password.clone() {
        Some(password) => Some(passwords::hashed(password).await?),
        None => None,
    };
    let (now, gazetteer) = (app.clock.now(), app.gazetteer());
    let saved = app
        .db
        .write(move |conn| {
            acting_admin(conn, acting, Action::UpdateAccount)?;
            let before = store::accounts::find_to_save(conn, id)?;
            let before = before.filter(|account| account.errands.is_none());
            let after = changed(before.ok_or(Error::NotFound)?, &change, &gazetteer)?;
            accounts::check_end(change.ends_at.and_then(Ending::at), now)?;
            if id == acting {
                accounts::check_own(after.role, after.active, after.ends_at)?;
            }
            save(conn, &after, hash.as_deref(), now)?;
            Ok::<_, Error>(after)
        })
        .await?;
    app.accounts.forget_account(id);
    Ok(saved)
}

fn changed(account: Account, change: &Change, gazetteer: &Gazetteer) -> Result<Account, Error> {
    if let Some(password) = &change.password {
        passwords::check_new(password, &account.login)?;
    }
    let name = change.name.as_deref().map(accounts::name).transpose()?.unwrap_or(account.name);
    let role = change.role.unwrap_or(account.role);
    let kept_bureau = account.bureau.filter(|_| role == Role::Bureau);
    let bureau = change.bureau.clone().or(kept_bureau);
    let duty_areas = change.duty_areas.clone().unwrap_or(account.duty_areas);
    let known_bureau = |code: &str| gazetteer.bureau(code).is_some();
    let known_area = |code: &str| gazetteer.areas().index_of(code).is_some();
    accounts::check_place(role, bureau.as_deref(), &duty_areas, &known_bureau, &known_area)?;
    let active = change.active.unwrap_or(account.active);
    let ends_at = change.ends_at.map_or(account.ends_at, Ending::at);
    Ok(Account { name, role, bureau, duty_areas, active, ends_at, ..account })
}

fn save(conn: &mut Conn, after: &Account, hash: Option<&str>, now: Timestamp) -> Result<(), Error> {
    store::accounts::save(conn, after)?;
    if let Some(hash) = hash {
        store::accounts::save_password(conn, after.id, hash)?;
    }
    if hash.is_some() || !after.active {
        store::sessions::save_all_revoked(conn, after.id, now)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::tests::Town;
    use crate::actions::refresh_session::refresh_session;
    use crate::actions::sign_in::{Grant, sign_in};

    impl Town {
        async fn changes(&self, login: &str, change: Change) -> Result<Account, Error> {
            let id = self.account(login).await.id;
            update_account(&self.app, self.admin, id, change).await
        }

        async fn knows(&self, grant: &Grant) -> bool {
            let session = grant.refresh_token.session;
            accounts::actor(&self.app, session, grant.account.id).await.is_ok()
        }
    }

    fn code(result: Result<Account, Error>) -> &'static str {
        match result {
            Err(Error::Invalid { code, .. }) => code,
            other => panic!("{other:?}"),
        }
    }

    #[actix_web::test]
    async fn what_is_not_named_stays() {
        let town = Town::new().await;
        let before = town.account("ana").await;
        let change = Change { name: Some("Ana B.".to_owned()), ..Change::default() };
        let after = town.changes("ana", change).await.unwrap();
        assert_eq!(after, Account { name: "Ana B.".to_owned(), version: 2, ..before });
        assert_eq!(town.account("ana").await, after);
        assert!(town.signs_in("ana").await.is_ok());
    }

    #[actix_web::test]
    async fn a_change_is_seen_by_the_next_request() {
        let town = Town::new().await;
        let grant = town.signs_in("ana").await.unwrap();
        assert!(town.knows(&grant).await);
        let areas = Some(vec!["429901001000".to_owned()]);
        town.changes("ana", Change { duty_areas: areas, ..Change::default() }).await.unwrap();
        let session = grant.refresh_token.session;
        let seen = accounts::actor(&town.app, session, grant.account.id).await.unwrap();
        assert_eq!(seen.duty_areas, ["429901001000"]);
    }

    #[actix_web::test]
    async fn closing_ends_every_session_for_good() {
        let town = Town::new().await;
        let grant = town.signs_in("ana").await.unwrap();
        assert!(town.knows(&grant).await);
        town.closes("ana").await;
        assert!(!town.knows(&grant).await);
        town.changes("ana", Change { active: Some(true), ..Change::default() }).await.unwrap();
        assert!(!town.knows(&grant).await);
        assert!(refresh_session(&town.app, &grant.refresh_token.to_string()).await.is_err());
        assert!(town.signs_in("ana").await.is_ok());
    }

    #[actix_web::test]
    async fn a_new_password_ends_every_session_and_the_old_one() {
        let town = Town::new().await;
        let grant = town.signs_in("ana").await.unwrap();
        let password = Some("another password".to_owned());
        town.changes("ana", Change { password, ..Change::default() }).await.unwrap();
        assert!(!town.knows(&grant).await);
        assert!(town.signs_in("ana").await.is_err());
        assert!(sign_in(&town.app, "ana", "another password".to_owned(), None).await.is_ok());
    }

    #[actix_web::test]
    async fn admins_do_not_lock_themselves_out() {
        let town = Town::new().await;
        let closed = Change { active: Some(false), ..Change::default() };
        assert_eq!(code(town.changes("root", closed).await), "own-account");
        let demoted = Change { role: Some(Role::Office), ..Change::default() };
        assert_eq!(code(town.changes("root", demoted).await), "own-account");
        assert_eq!(town.account("root").await.version, 1, "a refused change leaves nothing behind");
    }

    #[actix_web::test]
    async fn the_bureau_follows_the_role() {
        let town = Town::new().await;
        let role = |role| Change { role: Some(role), ..Change::default() };
        assert_eq!(code(town.changes("ana", role(Role::Bureau)).await), "bureau-missing");
        let bureau = Some("chengguan".to_owned());
        let moved = Change { bureau: bureau.clone(), ..role(Role::Bureau) };
        assert_eq!(town.changes("ana", moved).await.unwrap().bureau, bureau);
        assert_eq!(town.changes("ana", role(Role::Office)).await.unwrap().bureau, None);
        let change = Change { bureau, ..Change::default() };
        assert_eq!(code(town.changes("ana", change).await), "bureau-unexpected");
    }

    #[actix_web::test]
    async fn the_login_is_no_password_here_either() {
        let town = Town::new().await;
        let password = Some("a-very-long-login".to_owned());
        let id = town.adds("a-very-long-login", Role::Inspector).await;
        let change = Change { password, ..Change::default() };
        assert_eq!(code(update_account(&town.app, town.admin, id, change).await), "password-weak");
    }

    #[actix_web::test]
    async fn an_account_that_is_not_there_is_not_found() {
        let town = Town::new().await;
        let refused = update_account(&town.app, town.admin, 999, Change::default()).await;
        assert!(matches!(refused, Err(Error::NotFound)));
    }
}
