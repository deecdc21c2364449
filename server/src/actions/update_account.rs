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
    /// Whether they must set one of their own first; unsaid, with a new password yes.
    pub temporary: Option<bool>,
}

/// Changes the account `id` for the admin `acting`. Closing it or giving it another password ends
/// all its sessions.
///
/// [`Error::NotFound`], [`Error::PasswordWeak`], or [`Error::Invalid`] with `name-invalid`, `ends-at-past`
/// and the codes of [`accounts::check_place`] and, for one's own account, [`accounts::check_own`].
pub async fn update_account(
    app: &App,
    acting: i64,
    id: i64,
    change: Change,
) -> Result<Account, Error> {
    let hash = match change.password.clone() {
        Some(password) => Some(new_hash(app, id, password).await?),
        None => None,
    };
    let (now, gazetteer) = (app.clock.now(), app.gazetteer());
    let saved = app
        .db
        .write(move |conn| {
            acting_admin(conn, acting, Action::UpdateAccount, now)?;
            let before = store::accounts::find_to_save(conn, id)?;
            let before = before.filter(|account| account.errands.is_none());
            let before = before.ok_or(Error::NotFound)?;
            if !before.is_open(now) {
                // Whoever was signed in when it ended is not when it begins anew.
                store::sessions::save_all_revoked(conn, id, now)?;
            }
            let after = changed(before, &change, &gazetteer)?;
            accounts::check_end(change.ends_at.and_then(Ending::at), now)?;
            if id == acting {
                accounts::check_own(after.role, after.active, after.ends_at)?;
            }
            save(conn, &after, hash.as_deref(), change.temporary, now)?;
            // Read back for what has changed of its credentials.
            store::accounts::find(conn, id)?.ok_or(Error::NotFound)
        })
        .await?;
    app.accounts.forget_account(id);
    Ok(saved)
}

/// The hash of a password that is good enough for the account.
async fn new_hash(app: &App, id: i64, password: String) -> Result<String, Error> {
    let account = app.db.read(move |conn| store::accounts::find(conn, id)).await?;
    let account = account.ok_or(Error::NotFound)?;
    let least = app.config.sign_in.password_score;
    passwords::checked_new(password.clone(), account.login, account.name, least).await?;
    passwords::hashed(password).await
}

fn changed(account: Account, change: &Change, gazetteer: &Gazetteer) -> Result<Account, Error> {
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

fn save(
    conn: &mut Conn,
    after: &Account,
    hash: Option<&str>,
    temporary: Option<bool>,
    now: Timestamp,
) -> Result<(), Error> {
    store::accounts::save(conn, after)?;
    if let Some(hash) = hash {
        let set = (now, temporary.unwrap_or(true));
        store::accounts::save_password(conn, after.id, hash, set)?;
    } else if let Some(must) = temporary {
        store::accounts::save_must_change_password(conn, after.id, must)?;
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
    use crate::actions::sign_in::Grant;

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
        let password = Some("under the tunnel".to_owned());
        town.changes("ana", Change { password, ..Change::default() }).await.unwrap();
        assert!(!town.knows(&grant).await);
        assert!(town.signs_in("ana").await.is_err());
        let grant = town.signs_in_with("ana", "under the tunnel", None).await.unwrap();
        assert_eq!(grant.must, [accounts::Must::ChangePassword], "somebody else knows it");
    }

    #[actix_web::test]
    async fn a_change_of_password_can_be_asked_for_and_waived() {
        let town = Town::new().await;
        let temporary = |temporary| Change { temporary: Some(temporary), ..Change::default() };
        let after = town.changes("ana", temporary(true)).await.unwrap();
        assert!(after.credentials.must_change_password);
        assert!(!town.signs_in("ana").await.unwrap().must.is_empty());
        town.changes("ana", temporary(false)).await.unwrap();
        assert!(town.signs_in("ana").await.unwrap().must.is_empty());
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
        let refused = update_account(&town.app, town.admin, id, change).await;
        assert!(matches!(refused, Err(Error::PasswordWeak(_))));
    }

    #[actix_web::test]
    async fn an_account_that_is_not_there_is_not_found() {
        let town = Town::new().await;
        let refused = update_account(&town.app, town.admin, 999, Change::default()).await;
        assert!(matches!(refused, Err(Error::NotFound)));
    }
}
