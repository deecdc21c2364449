use jiff::Timestamp;
use schema::{DbConfig, DbUrl};

use super::*;
use crate::accounts::tests::{PASSWORD, Town};
use crate::actions::sign_in::{Credentials, sign_in};
use crate::boot;
use crate::clock::Clock;
use crate::config::Config;

#[actix_web::test]
async fn an_installation_begins_without_any_account() {
    let folder = std::env::temp_dir().join(format!("zhoubian-first-{}", uuid::Uuid::new_v4()));
    let database = DbConfig::new(DbUrl::Sqlite(folder.join("zhoubian.db")));
    let clock = Clock::by_hand(Timestamp::UNIX_EPOCH);
    let app = boot::boot(Config::new(folder.clone()), &database, clock).unwrap();
    assert!(nobody_yet(&app).await.unwrap());
    assert!(kept::list(&app).await.unwrap().is_empty());
    for (login, password) in [("admin", "admin"), ("admin", "yunting-demo"), ("root", "")] {
        assert!(sign_in(&app, Credentials::of(login, password)).await.is_err());
    }
    drop(app);
    std::fs::remove_dir_all(folder).unwrap();
}

#[actix_web::test]
async fn an_account_is_closed_opened_and_given_another_password() {
    let town = Town::new().await;
    assert!(!nobody_yet(&town.app).await.unwrap());
    kept::set_active(&town.app, "Ana", false).await.unwrap();
    assert!(town.signs_in("ana").await.is_err());
    let listed = kept::list(&town.app).await.unwrap();
    assert!(listed[1].contains("ana") && listed[1].contains("closed"), "{listed:?}");
    kept::set_active(&town.app, "ana", true).await.unwrap();
    assert!(town.signs_in("ana").await.is_ok());
    kept::set_password(&town.app, "ana", "under the bridge", false).await.unwrap();
    assert!(sign_in(&town.app, Credentials::of("ana", PASSWORD)).await.is_err());
    assert!(sign_in(&town.app, Credentials::of("ana", "under the bridge")).await.is_ok());
}

#[actix_web::test]
async fn a_login_that_nobody_has_is_told() {
    let town = Town::new().await;
    let refused = kept::set_active(&town.app, "nobody", false).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "login-unknown", .. })));
}
