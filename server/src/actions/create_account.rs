//! An admin creates an account.

use domain::access::{Action, Role, Subject, may};
use jiff::Timestamp;
use schema::Conn;

use crate::accounts;
use crate::app::App;
use crate::passwords;
use crate::problem::Error;
use crate::store;
use crate::store::accounts::{Account, NewAccount};

/// An account as an admin asks for it.
#[derive(Clone)]
#[allow(missing_debug_implementations)]
pub struct AskedAccount {
    /// Any case; see [`accounts::login`].
    pub login: String,
    /// The person's or desk's name.
    pub name: String,
    /// What it acts as.
    pub role: Role,
    /// Code of its bureau; for [`Role::Bureau`] only.
    pub bureau: Option<String>,
    /// Codes of the areas it is assigned to.
    pub duty_areas: Vec<String>,
    /// Its first password, in the clear.
    pub password: String,
    /// From when on it can sign in no more.
    pub ends_at: Option<Timestamp>,
    /// Whether they must set one of their own first.
    pub temporary: bool,
}

/// Creates an account for the admin `acting`.
///
/// [`Error::LoginTaken`], [`Error::PasswordWeak`], or [`Error::Invalid`] with `login-invalid`,
/// `name-invalid`, `ends-at-past` and the codes of [`accounts::check_place`].
pub async fn create_account(app: &App, acting: i64, asked: AskedAccount) -> Result<Account, Error> {
    let least = app.config.sign_in.password_score;
    let (password, login, name) = (asked.password.clone(), asked.login.clone(), asked.name.clone());
    passwords::checked_new(password, login, name, least).await?;
    let (now, gazetteer) = (app.clock.now(), app.gazetteer());
    accounts::check_end(asked.ends_at, now)?;
    accounts::check_place(
        asked.role,
        asked.bureau.as_deref(),
        &asked.duty_areas,
        &|code| gazetteer.bureau(code).is_some(),
        &|code| gazetteer.areas().index_of(code).is_some(),
    )?;
    let new = NewAccount {
        login: asked.login,
        name: asked.name,
        role: asked.role,
        bureau: asked.bureau,
        duty_areas: asked.duty_areas,
        password_hash: passwords::hashed(asked.password).await?,
        must_change_password: asked.temporary,
        ends_at: asked.ends_at,
        errands: None,
    };
    app.db
        .write(move |conn| {
            acting_admin(conn, acting, Action::CreateAccount, now)?;
            new_account(conn, new.clone(), now)
        })
        .await
}

/// Inserts an account whose bureau and areas are known to be right, in the caller's transaction:
/// for the command line and the demo. Login and name are brought into the form they are kept in.
///
/// [`Error::LoginTaken`], or [`Error::Invalid`] with `login-invalid` or `name-invalid`.
pub fn new_account(conn: &mut Conn, new: NewAccount, now: Timestamp) -> Result<Account, Error> {
    let login = accounts::login(&new.login)?;
    let name = accounts::name(&new.name)?;
    let new = NewAccount { login, name, ..new };
    store::accounts::insert(conn, &new, now)?.ok_or(Error::LoginTaken)
}

/// Reads the admin's row again: they may have been closed a moment ago.
pub(super) fn acting_admin(
    conn: &mut Conn,
    acting: i64,
    action: Action,
    now: Timestamp,
) -> Result<(), Error> {
    let admin = store::accounts::find(conn, acting)?.filter(|account| account.is_open(now));
    let admin = admin.ok_or(Error::Unauthenticated)?.actor();
    Ok(may(Some(&admin), action, &Subject::None)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::tests::{PASSWORD, Town};

    fn asked(login: &str) -> AskedAccount {
        AskedAccount {
            login: login.to_owned(),
            name: " 王芳 ".to_owned(),
            role: Role::Bureau,
            bureau: Some("chengguan".to_owned()),
            duty_areas: vec!["429901000000".to_owned()],
            password: PASSWORD.to_owned(),
            ends_at: None,
            temporary: false,
        }
    }

    #[actix_web::test]
    async fn the_new_account_can_sign_in() {
        let town = Town::new().await;
        let made = create_account(&town.app, town.admin, asked("Fang")).await.unwrap();
        assert_eq!((made.login.as_str(), made.name.as_str(), made.version), ("fang", "王芳", 1));
        assert_eq!(made.created_at, town.app.clock.now());
        assert_eq!(town.signs_in("fang").await.unwrap().account, made);
    }

    #[actix_web::test]
    async fn a_login_is_taken_in_any_case_and_nothing_is_changed() {
        let town = Town::new().await;
        let before = town.account("ana").await;
        let refused = create_account(&town.app, town.admin, asked("ANA")).await;
        assert!(matches!(refused, Err(Error::LoginTaken)));
        assert_eq!(town.account("ana").await, before);
    }

    #[actix_web::test]
    async fn the_admin_is_read_again() {
        let town = Town::new().await;
        let ana = town.account("ana").await.id;
        let refused = create_account(&town.app, ana, asked("fang")).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        town.closes("root").await;
        let refused = create_account(&town.app, town.admin, asked("fang")).await;
        assert!(matches!(refused, Err(Error::Unauthenticated)));
    }

    type Spoil = fn(&mut AskedAccount);

    #[actix_web::test]
    async fn each_rule_is_asked() {
        let town = Town::new().await;
        let cases: [(&str, Spoil); 4] = [
            ("bureau-missing", |asked| asked.bureau = None),
            ("bureau-unexpected", |asked| asked.role = Role::Office),
            ("login-invalid", |asked| asked.login = "王芳".to_owned()),
            ("name-invalid", |asked| asked.name = " ".to_owned()),
        ];
        for (expected, spoil) in cases {
            let mut asked = asked("fang");
            spoil(&mut asked);
            match create_account(&town.app, town.admin, asked).await {
                Err(Error::Invalid { code, .. }) => assert_eq!(code, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    }

    #[actix_web::test]
    async fn a_password_that_is_easy_to_guess_is_refused() {
        let town = Town::new().await;
        for password in ["short", "password123", "yunting-fang"] {
            let asked = AskedAccount { password: password.to_owned(), ..asked("yunting-fang") };
            let refused = create_account(&town.app, town.admin, asked).await;
            assert!(matches!(refused, Err(Error::PasswordWeak(_))), "{password}: {refused:?}");
        }
    }

    #[actix_web::test]
    async fn a_temporary_password_must_be_changed() {
        let town = Town::new().await;
        let asked = AskedAccount { temporary: true, ..asked("fang") };
        create_account(&town.app, town.admin, asked).await.unwrap();
        assert_eq!(town.signs_in("fang").await.unwrap().must, [accounts::Must::ChangePassword]);
    }
}
