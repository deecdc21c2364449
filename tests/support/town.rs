//! A town: a server of its own on a free port, a database of its own, a clock set by hand.

use std::net::TcpListener;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use domain::access::Role;
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;
use zhoubian::app::App;
use zhoubian::backup::Place;
use zhoubian::clock::Clock;
use zhoubian::config::{Config, RateSettings, SignInSettings};
use zhoubian::{boot, jobs, serve};

use crate::database::{Database, template};
use crate::{Person, Send, Spot};

/// When every story begins: Monday 2026-11-16, 09:00 in Shanghai, in office hours.
pub const START: Timestamp = Timestamp::constant(1_794_790_800, 0);

/// How long a connection is kept for the next request: the server closes it after five seconds, and a
/// test that works for longer in between must not send on one that is just being closed.
const IDLE: Duration = Duration::from_secs(2);
/// The largest photo that towns take, bytes.
const MAX_PHOTO: u64 = 256 * 1024;

/// Servers outlive the runtime of the test that started them, by as long as they take to stop.
pub(crate) static SERVERS: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
});

/// A running server and whoever lives there.
#[allow(missing_debug_implementations)]
pub struct TestApp {
    /// The server from inside: for its clock, and where going by HTTP would take too long.
    pub app: Arc<App>,
    /// The way to it without a token.
    pub nobody: Send,
    server: ServerHandle,
    /// Where everything is kept. Last, so that it goes when nothing uses it any more.
    pub database: Database,
}

impl TestApp {
    /// Starts a town where nobody is signed out for doing nothing, and passwords are enough.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// Starts a town with these settings for signing in.
    pub async fn signing_in(sign_in: SignInSettings) -> Self {
        Self::start_with(move |config| config.sign_in = sign_in).await
    }

    /// Starts a town with other settings.
    pub async fn start_with(
        change: impl FnOnce(&mut Config) + std::marker::Send + 'static,
    ) -> Self {
        Self::open(Database::copied, change).await
    }

    /// Starts a server on an installation that is there already, such as one that was restored.
    pub async fn on(database: Database) -> Self {
        Self::open(|| database, |_| ()).await
    }

    async fn open(
        database: impl FnOnce() -> Database + std::marker::Send + 'static,
        change: impl FnOnce(&mut Config) + std::marker::Send + 'static,
    ) -> Self {
        let opened = tokio::task::spawn_blocking(move || {
            let database = database();
            let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
            let address = listener.local_addr().unwrap();
            let mut config = Config {
                public_url: format!("http://{address}"),
                max_photo_bytes: MAX_PHOTO,
                max_import_bytes: 4 * 1024 * 1024,
                sign_in: SignInSettings {
                    idle_minutes: 0,
                    handheld_idle_days: 0,
                    ..SignInSettings::demonstration()
                },
                rates: RateSettings::unlimited(),
                ..Config::new(database.folder.clone())
            };
            change(&mut config);
            let app = boot::boot(config, &database.config(), Clock::by_hand(START)).unwrap();
            (database, listener, app)
        });
        let (database, listener, app) = opened.await.unwrap();
        let app = Arc::new(app);
        let _runtime = SERVERS.enter();
        let (server, address) = serve::start(Arc::clone(&app), listener, 1).unwrap();
        let handle = server.handle();
        SERVERS.spawn(server);
        // A proxy of the machine's is not for us.
        let client = reqwest::Client::builder().no_proxy().pool_idle_timeout(IDLE);
        let client = client.build().unwrap();
        let nobody = Send { client, api: format!("http://{address}/api/v1") };
        Self { app, nobody, server: handle, database }
    }

    /// Another server process on the same installation, for as long as this one is there.
    pub async fn another(&self) -> Other {
        let (config, database) = (self.app.config.clone(), self.database.config());
        let clock = self.app.clock.clone();
        let booted = move || boot::boot(config, &database, clock).unwrap();
        let app = Arc::new(tokio::task::spawn_blocking(booted).await.unwrap());
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let _runtime = SERVERS.enter();
        let (server, address) = serve::start(Arc::clone(&app), listener, 1).unwrap();
        let handle = server.handle();
        SERVERS.spawn(server);
        let client = self.nobody.client.clone();
        Other {
            app,
            send: Send { client, api: format!("http://{address}/api/v1") },
            server: handle,
        }
    }

    /// Where its data and its database are.
    pub fn place(&self) -> Place {
        self.database.place()
    }

    /// Whoever signs in with this.
    ///
    /// # Panics
    /// When nobody does.
    pub fn person(&self, login: &str) -> Person {
        let member = template().cast.iter().find(|member| member.login == login);
        let member = member.unwrap_or_else(|| panic!("nobody is called {login}")).clone();
        Person { member, app: Arc::clone(&self.app), send: self.nobody.clone() }
    }

    /// `ana`, `bo`, `chen` or one of the demo's `inspector01`…`inspector26`.
    pub fn inspector(&self, login: &str) -> Person {
        self.acting(login, Role::Inspector)
    }

    /// The desk of a bureau, by its code.
    pub fn bureau(&self, code: &str) -> Person {
        self.acting(code, Role::Bureau)
    }

    /// The creation office.
    pub fn office(&self) -> Person {
        self.acting("office", Role::Office)
    }

    /// Somebody of the supervision team.
    pub fn supervisor(&self) -> Person {
        self.acting("supervisor01", Role::Supervisor)
    }

    /// Who keeps accounts.
    pub fn admin(&self) -> Person {
        self.acting("admin", Role::Admin)
    }

    fn acting(&self, login: &str, role: Role) -> Person {
        let person = self.person(login);
        assert_eq!(person.member.role, role, "{login}");
        person
    }

    /// A spot of 新华, where ana and bo walk. Different numbers are farther apart than one problem.
    pub fn spot(&self, number: usize) -> Spot {
        self.spot_in("429901005000", number)
    }

    /// A spot of this subdistrict.
    ///
    /// # Panics
    /// When it has not so many, or is none that stories take place in.
    pub fn spot_in(&self, area: &str, number: usize) -> Spot {
        let mut there = template().spots.iter().filter(|spot| spot.area() == area);
        *there.nth(number).unwrap_or_else(|| panic!("{area} has no spot {number}"))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// Has open issues follow what reference data says now, as the server's job does.
    ///
    /// # Panics
    /// When one could not be brought up to it.
    pub async fn follows(&self) {
        jobs::reassign::reassign(&self.app).await.unwrap();
    }

    /// Has deferred issues whose date is over come back, as the server's job does; how many.
    ///
    /// # Panics
    /// When one could not.
    pub async fn resumes(&self) -> usize {
        jobs::resume::resume(&self.app).await.unwrap()
    }

    /// Has offers that nobody claimed in time end, as the server's job does; how many.
    ///
    /// # Panics
    /// When one could not.
    pub async fn lapses(&self) -> usize {
        jobs::claims::lapse(&self.app).await.unwrap()
    }

    /// Looks at every photo that waits for it, as the server's job does.
    pub async fn looks_at_photos(&self) -> usize {
        let looked = jobs::photos::look_at_all_due(&self.app).await.unwrap();
        jobs::likeness::compare_all(&self.app).await.unwrap();
        looked
    }

    /// Ends the server: at once, or after the requests under way.
    pub async fn stops(&self, graceful: bool) {
        self.server.stop(graceful).await;
    }

    /// Moves the clock on by so many minutes.
    pub fn wait(&self, minutes: i64) {
        self.app.clock.advance(SignedDuration::from_mins(minutes));
    }
}

/// A second server process of a town.
#[allow(missing_debug_implementations)]
pub struct Other {
    /// The server from inside.
    pub app: Arc<App>,
    send: Send,
    server: ServerHandle,
}

impl Other {
    /// The same person, asking this server.
    pub fn asked_by(&self, person: &Person) -> Person {
        let (member, app, send) = (person.member.clone(), Arc::clone(&self.app), self.send.clone());
        Person { member, app, send }
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // Asked for here; done by the servers' own runtime.
        drop(self.server.stop(false));
    }
}
