use jiff::SignedDuration;

use super::*;
use crate::accounts::Must;
use crate::accounts::tests::{PASSWORD, Town};
use crate::actions::sign_in::Grant;
use crate::config::SignInSettings;

struct Phone {
    secret: Secret,
    recovery: Vec<RecoveryCode>,
}

impl Town {
    /// Sets a second factor up, and waits until its first code is too old.
    async fn sets_up(&self, login: &str) -> Phone {
        let account = self.account(login).await;
        let secret = begin(&self.app, &account, PASSWORD.to_owned()).await.unwrap();
        let code = secret.code_at(self.app.clock.now());
        let recovery = confirm(&self.app, &account, Uuid::nil(), &code).await.unwrap();
        self.app.clock.advance(SignedDuration::from_mins(2));
        Phone { secret, recovery }
    }

    async fn shows(&self, login: &str, code: &str) -> Result<Grant, Error> {
        self.signs_in_with(login, PASSWORD, Some(code)).await
    }

    fn code(&self, phone: &Phone) -> String {
        phone.secret.code_at(self.app.clock.now())
    }
}

fn is_invalid<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::SecondFactorInvalid))
}

fn code_of<T>(result: Result<T, Error>) -> String {
    result.err().unwrap().problem().code
}

#[actix_web::test]
async fn once_set_up_it_is_asked_for() {
    let town = Town::new().await;
    let phone = town.sets_up("ana").await;
    assert_eq!(phone.recovery.len(), 10);
    assert!(matches!(town.signs_in("ana").await, Err(Error::SecondFactorRequired)));
    assert!(is_invalid(&town.shows("ana", "nonsense").await));
    let code = town.code(&phone);
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    assert!(town.shows("ana", &spaced).await.is_ok());
    assert!(is_invalid(&town.shows("ana", &code).await), "each code is good once");
    town.app.clock.advance(SignedDuration::from_secs(30));
    assert!(town.shows("ana", &town.code(&phone)).await.is_ok());
}

#[actix_web::test]
async fn the_code_that_confirmed_it_is_used_up() {
    let town = Town::new().await;
    let account = town.account("ana").await;
    let secret = begin(&town.app, &account, PASSWORD.to_owned()).await.unwrap();
    let code = secret.code_at(town.app.clock.now());
    confirm(&town.app, &account, Uuid::nil(), &code).await.unwrap();
    assert!(is_invalid(&town.shows("ana", &code).await));
}

#[actix_web::test]
async fn a_recovery_code_is_good_once() {
    let town = Town::new().await;
    let phone = town.sets_up("ana").await;
    for code in &phone.recovery {
        assert!(town.shows("ana", &code.text()).await.is_ok());
    }
    assert!(is_invalid(&town.shows("ana", &phone.recovery[0].text()).await));
}

#[actix_web::test]
async fn of_two_who_show_the_same_code_at_once_one_is_let_in() {
    let town = Town::new().await;
    let phone = town.sets_up("ana").await;
    for code in [town.code(&phone), phone.recovery[3].text()] {
        let (one, two) = tokio::join!(town.shows("ana", &code), town.shows("ana", &code));
        assert!(one.is_ok() != two.is_ok(), "{code}");
    }
}

#[actix_web::test]
async fn guessing_codes_locks_however_often_the_password_is_shown_between() {
    let town = Town::new().await;
    let phone = town.sets_up("ana").await;
    for _ in 0..5 {
        let without = town.signs_in("ana").await;
        assert!(matches!(without, Err(Error::SecondFactorRequired)));
        assert!(is_invalid(&town.shows("ana", "000 00x").await));
    }
    let refused = town.shows("ana", &town.code(&phone)).await;
    assert!(matches!(refused, Err(Error::SignInLocked { .. })));
}

#[actix_web::test]
async fn a_secret_that_is_not_confirmed_asks_for_nothing() {
    let town = Town::new().await;
    let account = town.account("ana").await;
    let first = begin(&town.app, &account, PASSWORD.to_owned()).await.unwrap();
    assert!(town.signs_in("ana").await.is_ok());
    let second = begin(&town.app, &account, PASSWORD.to_owned()).await.unwrap();
    let now = town.app.clock.now();
    let dropped = confirm(&town.app, &account, Uuid::nil(), &first.code_at(now)).await;
    assert_eq!(code_of(dropped), "code-wrong");
    assert!(confirm(&town.app, &account, Uuid::nil(), &second.code_at(now)).await.is_ok());
    assert_eq!(
        code_of(confirm(&town.app, &account, Uuid::nil(), "123456").await),
        "second-factor-exists"
    );
    let account = town.account("ana").await;
    assert_eq!(
        code_of(begin(&town.app, &account, PASSWORD.to_owned()).await),
        "second-factor-exists"
    );
    let bo = town.account("bo").await;
    assert_eq!(
        code_of(confirm(&town.app, &bo, Uuid::nil(), "123456").await),
        "second-factor-not-begun"
    );
    assert_eq!(code_of(begin(&town.app, &bo, "wrong".to_owned()).await), "password-wrong");
}

#[actix_web::test]
async fn removing_ones_own_takes_password_and_code() {
    let town = Town::new().await;
    let phone = town.sets_up("ana").await;
    let account = town.account("ana").await;
    let remove = |password: &str, code: &str| {
        remove_own(&town.app, &account, password.to_owned(), code.to_owned())
    };
    let wrong =
        [("wrong", town.code(&phone), "password-wrong"), (PASSWORD, "12".into(), "code-wrong")];
    for (password, code, expected) in wrong {
        assert_eq!(code_of(remove(password, &code).await), expected);
    }
    remove(PASSWORD, &phone.recovery[0].text()).await.unwrap();
    assert!(town.signs_in("ana").await.is_ok());
    let account = town.account("ana").await;
    let again = remove_own(&town.app, &account, PASSWORD.to_owned(), "1".to_owned()).await;
    assert!(matches!(again, Err(Error::NotFound)));
}

#[actix_web::test]
async fn an_admin_and_the_command_line_remove_it_when_the_phone_is_lost() {
    let town = Town::new().await;
    let (ana, bo) = (town.account("ana").await.id, town.account("bo").await.id);
    town.sets_up("ana").await;
    assert!(matches!(remove_for(&town.app, bo, ana).await, Err(Error::Forbidden)));
    remove_for(&town.app, town.admin, ana).await.unwrap();
    assert!(town.signs_in("ana").await.is_ok());
    town.sets_up("ana").await;
    remove_of_login(&town.app, "Ana").await.unwrap();
    assert!(town.signs_in("ana").await.is_ok());
    assert_eq!(code_of(remove_for(&town.app, town.admin, town.admin).await), "own-account");
    assert!(matches!(remove_for(&town.app, town.admin, 999).await, Err(Error::NotFound)));
    assert!(matches!(remove_of_login(&town.app, "nobody").await, Err(Error::NotFound)));
}

#[actix_web::test]
async fn whose_role_needs_one_must_set_it_up_until_they_have() {
    let town = Town::with(SignInSettings::default()).await;
    assert_eq!(town.signs_in("root").await.unwrap().must, [Must::SetUpSecondFactor]);
    assert_eq!(town.signs_in("ana").await.unwrap().must, []);
    let phone = town.sets_up("root").await;
    assert_eq!(town.shows("root", &town.code(&phone)).await.unwrap().must, []);
}
