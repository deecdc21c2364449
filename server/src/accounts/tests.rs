//! A town with a few accounts, on a database of its own; and the tests of the cache.

use std::path::PathBuf;
use std::sync::LazyLock;

use actix_web::web;
use domain::access::Role;
use schema::{Conn, Db, DbConfig, DbUrl};

use super::*;
use crate::actions::create_account::new_account;
use crate::actions::end_session::end_session;
use crate::actions::sign_in::{Credentials, Grant, sign_in};
use crate::actions::update_account::{Change, update_account};
use crate::clock::Clock;
use crate::config::{Config, RateSettings, SignInSettings};
use crate::gazetteer::Gazetteer;
use crate::passwords;
use crate::second_factor::Vault;
use crate::store::accounts::NewAccount;
use crate::store::installation;
use crate::tokens::{Keys, LinkKey};
use crate::{demo, import};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "over the bridge";
static HASH: LazyLock<String> = LazyLock::new(|| passwords::hash(PASSWORD).unwrap());

const START: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// Ana inspects, Bo too, root keeps the accounts; the clock stands still.
pub(crate) struct Town {
    pub(crate) app: web::Data<App>,
    pub(crate) admin: i64,
    folder: PathBuf,
}

/// The demo district's reference data, in a database that was empty.
fn demo_district(url: &DbUrl) -> Gazetteer {
    let mut conn = Conn::open(url).unwrap();
    schema::migrate(&mut conn).unwrap();
    installation::insert_epoch(&mut conn, "1", START).unwrap();
    let rows = demo::essentials().iter().flat_map(import::read).collect();
    let plan = import::plan(&mut conn, rows).unwrap();
    import::apply(&mut conn, &plan, START).unwrap();
    Gazetteer::load(&mut conn).unwrap()
}

impl Town {
    pub(crate) async fn new() -> Self {
        Self::with(SignInSettings::demonstration()).await
    }

    pub(crate) async fn that_never_idles() -> Self {
        let off = SignInSettings { idle_minutes: 0, handheld_idle_days: 0, ..Default::default() };
        Self::with(SignInSettings { second_factor: Vec::new(), ..off }).await
    }

    pub(crate) async fn with(sign_in: SignInSettings) -> Self {
        let folder = std::env::temp_dir().join(format!("zhoubian-{}", Uuid::new_v4()));
        std::fs::create_dir(&folder).unwrap();
        let url = DbUrl::Sqlite(folder.join("town.db"));
        let gazetteer = demo_district(&url);
        let config = Config {
            public_url: "http://town.test".to_owned(),
            rates: RateSettings::unlimited(),
            sign_in,
            ..Config::new(folder.clone())
        };
        let db = Db::open(&DbConfig { readers: 2, ..DbConfig::new(url) }).unwrap();
        let keys = Keys::ephemeral(START).unwrap();
        let sealing = (Vault::ephemeral().unwrap(), LinkKey::ephemeral().unwrap());
        let clock = Clock::by_hand(START);
        let app = App::new(db, clock, config, keys, sealing, gazetteer, "1".to_owned());
        let mut town = Self { app: web::Data::new(app), admin: 0, folder };
        town.admin = town.adds("root", Role::Admin).await;
        town.adds("ana", Role::Inspector).await;
        town.adds("bo", Role::Inspector).await;
        town
    }

    pub(crate) async fn adds(&self, login: &str, role: Role) -> i64 {
        let new = NewAccount {
            login: login.to_owned(),
            name: login.to_owned(),
            role,
            bureau: None,
            duty_areas: vec!["429901000000".to_owned()],
            password_hash: HASH.clone(),
            must_change_password: false,
            ends_at: None,
            errands: None,
        };
        let made = self.app.db.write(move |conn| new_account(conn, new.clone(), START)).await;
        made.unwrap().id
    }

    pub(crate) async fn account(&self, login: &str) -> Account {
        let login = login.to_owned();
        let find = move |conn: &mut Conn| store::accounts::find_by_login(conn, &login);
        self.app.db.read(find).await.unwrap().unwrap().0
    }

    /// Closes an account; the admin's own with another admin's help.
    pub(crate) async fn closes(&self, login: &str) {
        let account = self.account(login).await;
        let acting = if account.id == self.admin {
            self.adds("root2", Role::Admin).await
        } else {
            self.admin
        };
        let change = Change { active: Some(false), ..Change::default() };
        update_account(&self.app, acting, account.id, change).await.unwrap();
    }

    pub(crate) async fn signs_in(&self, login: &str) -> Result<Grant, Error> {
        self.signs_in_with(login, PASSWORD, None).await
    }

    pub(crate) async fn signs_in_with(
        &self,
        login: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<Grant, Error> {
        let credentials = Credentials {
            login: login.to_owned(),
            password: password.to_owned(),
            code: code.map(str::to_owned),
            device: Some("phone".to_owned()),
        };
        sign_in(&self.app, credentials).await
    }

    /// Ends a session as another server node would: this one is not told.
    async fn ends_elsewhere(&self, session: Uuid) {
        let now = self.app.clock.now();
        let end = move |conn: &mut Conn| store::sessions::save_revoked(conn, session, now);
        self.app.db.write(end).await.unwrap();
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn unknown(result: &Result<Arc<Account>, Error>) -> bool {
    matches!(result, Err(Error::Unauthenticated))
}

#[actix_web::test]
async fn a_session_ended_elsewhere_is_refused_after_five_seconds() {
    let town = Town::new().await;
    let grant = town.signs_in("ana").await.unwrap();
    let (session, ana) = (grant.refresh_token.session, grant.account.id);
    assert_eq!(*actor(&town.app, session, ana).await.unwrap(), grant.account);
    town.ends_elsewhere(session).await;
    town.app.clock.advance(BELIEVED - SignedDuration::from_micros(1));
    assert!(actor(&town.app, session, ana).await.is_ok());
    town.app.clock.advance(SignedDuration::from_micros(1));
    assert!(unknown(&actor(&town.app, session, ana).await));
}

#[actix_web::test]
async fn a_session_ended_here_is_refused_at_once() {
    let town = Town::new().await;
    let grant = town.signs_in("ana").await.unwrap();
    let other = town.signs_in("ana").await.unwrap();
    let (session, ana) = (grant.refresh_token.session, grant.account.id);
    assert!(actor(&town.app, session, ana).await.is_ok());
    end_session(&town.app, session).await.unwrap();
    assert!(unknown(&actor(&town.app, session, ana).await));
    assert!(actor(&town.app, other.refresh_token.session, ana).await.is_ok());
}

#[actix_web::test]
async fn a_session_that_has_expired_is_refused() {
    let town = Town::that_never_idles().await;
    let grant = town.signs_in("ana").await.unwrap();
    town.app.clock.advance(crate::tokens::REFRESH_LIFE);
    assert!(unknown(&actor(&town.app, grant.refresh_token.session, grant.account.id).await));
}

#[actix_web::test]
async fn a_session_that_nobody_uses_is_over_and_one_in_use_is_not() {
    let town = Town::new().await;
    let (desk, handheld) =
        (town.signs_in("root").await.unwrap(), town.signs_in("ana").await.unwrap());
    let knows = async |grant: &Grant| {
        actor(&town.app, grant.refresh_token.session, grant.account.id).await.is_ok()
    };
    for _ in 0..4 {
        town.app.clock.advance(SignedDuration::from_mins(29));
        assert!(knows(&desk).await, "in use");
    }
    assert!(knows(&handheld).await, "its limit is in days");
    town.app.clock.advance(SignedDuration::from_mins(30));
    assert!(!knows(&desk).await);
    town.app.clock.advance(SignedDuration::from_hours(24 * 30));
    assert!(!knows(&handheld).await);
}

#[actix_web::test]
async fn a_session_is_of_one_account_only() {
    let town = Town::new().await;
    let session = town.signs_in("ana").await.unwrap().refresh_token.session;
    let bo = town.account("bo").await.id;
    assert!(unknown(&actor(&town.app, session, bo).await), "read from the database");
    assert!(unknown(&actor(&town.app, session, bo).await), "kept in memory");
    assert!(unknown(&actor(&town.app, Uuid::new_v4(), bo).await));
}

#[actix_web::test]
async fn what_was_read_before_a_sign_out_is_not_kept_after_it() {
    let town = Town::new().await;
    let grant = town.signs_in("ana").await.unwrap();
    let (session, account) = (grant.refresh_token.session, Arc::new(grant.account));
    let (nothing, before) = town.app.accounts.look(session, START);
    assert!(nothing.is_none());
    end_session(&town.app, session).await.unwrap();
    town.app.accounts.keep(session, &account, START, before);
    assert!(town.app.accounts.look(session, START).0.is_none());
}

#[actix_web::test]
async fn there_is_room_for_so_many() {
    let town = Town::new().await;
    let account = Arc::new(town.account("ana").await);
    let accounts = Accounts::default();
    for number in 0..ROOM as u128 {
        accounts.keep(Uuid::from_u128(number), &account, START, 0);
    }
    let later = START + BELIEVED;
    accounts.keep(Uuid::from_u128(u128::MAX), &account, later, 0);
    assert_eq!(accounts.seen().sessions.len(), 1, "what is stale made room");
    for number in 0..2 * ROOM as u128 {
        accounts.keep(Uuid::from_u128(number), &account, later, 0);
        assert!(accounts.seen().sessions.len() <= ROOM);
    }
}
