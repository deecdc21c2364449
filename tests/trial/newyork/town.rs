//! The installation: a server in this process, so that its clock can be set by hand, spoken to over
//! HTTP like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use jiff::{SignedDuration, Timestamp};
use zhoubian::app::App;
use zhoubian::clock::Clock;
use zhoubian::config::{Config, RateSettings, SignInSettings};
use zhoubian::tokens::Claims;
use zhoubian::{boot, serve};

use super::requests::Request;
use crate::measure::Outcome;
use crate::measure::client::Client;
use crate::measure::database::Own;
use crate::people::{Person, Staff};

/// After so long everybody signs in again.
const SIGNED_IN_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Threads that serve.
const THREADS: usize = 1;

/// The installation and who works there.
#[allow(missing_debug_implementations)]
pub struct Town {
    app: Arc<App>,
    server: ServerHandle,
    address: SocketAddr,
    staff: Staff,
    signed_in_at: Timestamp,
}

impl Town {
    /// Starts it at an instant, with a desk for every agency.
    pub async fn start(own: &Own, at: Timestamp, requests: &[Request]) -> Outcome<Self> {
        let config = Config {
            public_url: "http://localhost".to_owned(),
            // The clock goes from one request to the next, by hours and days.
            sign_in: SignInSettings {
                idle_minutes: 0,
                handheld_idle_days: 0,
                ..SignInSettings::demonstration()
            },
            rates: RateSettings::unlimited(),
            ..Config::new(own.folder.clone())
        };
        let database = boot::database(Some(&own.url), &own.folder)?;
        let app =
            tokio::task::spawn_blocking(move || boot::boot(config, &database, Clock::by_hand(at)));
        let app = Arc::new(app.await??);
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let (server, address) = serve::start(Arc::clone(&app), listener, THREADS)?;
        let handle = server.handle();
        tokio::spawn(server);
        let mut staff = Staff::hire_few(address).await?;
        let agencies: BTreeSet<&str> = requests.iter().map(|one| one.agency.as_str()).collect();
        staff.hire_desks(&agencies).await?;
        Ok(Self { app, server: handle, address, staff, signed_in_at: at })
    }

    /// Sets the clock; over the years between two days of requests, sessions end.
    pub async fn now_is(&mut self, at: Timestamp) -> Outcome<()> {
        self.app.clock.set(at);
        if at.duration_since(self.signed_in_at) > SIGNED_IN_FOR {
            self.staff.sign_in_again().await?;
            self.signed_in_at = at;
        }
        Ok(())
    }

    /// The office's way to the server.
    pub fn office(&self) -> Outcome<Client> {
        self.client(&self.staff.office)
    }

    /// An agency's.
    pub fn agency(&self, code: &str) -> Outcome<Client> {
        self.client(self.staff.bureaus.get(code).ok_or("an unknown agency")?)
    }

    /// Somebody's who looks again.
    pub fn verifier(&self) -> Outcome<Client> {
        self.client(self.staff.verifiers.first().ok_or("nobody looks again")?)
    }

    /// Every agency's desk.
    pub fn desks(&self) -> &BTreeMap<String, Person> {
        &self.staff.bureaus
    }

    /// Tokens last a quarter of an hour and the clock leaps: each time a new one of the same session.
    pub fn client(&self, person: &Person) -> Outcome<Client> {
        let signed_in = self.app.keys.verify(person.token(), Timestamp::MIN)?;
        let now = self.app.clock.now();
        let claims = Claims::new(signed_in.sub, signed_in.sid, signed_in.role, now);
        Ok(Client::new(self.address, &self.app.keys.issue(&claims)?))
    }

    /// Stops the server.
    pub async fn end(self) {
        self.server.stop(false).await;
    }
}
