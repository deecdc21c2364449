//! A bureau's desk: it pulls, and sends commands that it retries by their ids.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::{Account, Session};
use super::answer::Miss;
use super::backoff::{Backoff, Waiting};
use super::clock::DeviceClock;
use super::folder::Folder;
use super::http::{Heard, Http};
use super::puller::Puller;
use super::queue::{State, blob, line, sha256};
use super::round::refused;
use super::upload::{Caller, whole};

/// A command that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    /// Made by this client: the same command again is the same one.
    pub id: Uuid,
    /// The issue.
    pub issue: i64,
    /// `accept`, `rectify`, `verify` …
    pub verb: String,
    /// The ETag that it was decided on.
    etag: String,
    /// Its body.
    body: Value,
    /// SHA-256 of the photo that it announces.
    photo: Option<String>,
    /// Whether the server has done it, and only the photo is to come.
    is_done: bool,
    /// How far it is.
    pub state: State,
    refusals: u32,
}

/// A desk.
#[derive(Debug)]
pub struct Desk {
    /// What it holds of the district.
    pub puller: Puller,
    orders: BTreeMap<Uuid, Order>,
    waiting: BTreeMap<Uuid, Waiting>,
    folder: Folder,
    http: Http,
    session: Option<Session>,
    backoff: Backoff,
    clock: DeviceClock,
}

impl Desk {
    /// A desk with what its folder holds.
    pub fn open(
        folder: Folder,
        clock: DeviceClock,
        http: Http,
        backoff: Backoff,
    ) -> Result<Self, Miss> {
        let mut orders = BTreeMap::new();
        for name in folder.list(".order")? {
            let order: Order = serde_json::from_slice(&folder.read(&name)?.unwrap_or_default())?;
            orders.insert(order.id, order);
        }
        let (puller, session) = (Puller::resume(&folder)?, Session::resume(&folder)?);
        let waiting = BTreeMap::new();
        Ok(Self { puller, orders, waiting, folder, http, session, backoff, clock })
    }

    /// Signs in.
    pub async fn sign_in(&mut self, who: &Account) -> Result<(), Miss> {
        self.session = Some(Session::open(&self.http, &self.folder, who).await?);
        Ok(())
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.session.is_some()
    }

    /// Everything that waits or was refused.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    /// Whether something is under way for an issue.
    pub fn is_busy_with(&self, issue: i64) -> bool {
        self.orders.values().any(|order| order.issue == issue && order.state == State::Waiting)
    }

    /// Decides on an issue as it is held here; kept from here on.
    pub fn decide(&mut self, issue: i64, verb: &str, body: Value) -> Result<(), Miss> {
        self.keep(issue, verb, body, None)
    }

    /// Says that an issue is rectified, with a photo.
    pub fn rectify(&mut self, issue: i64, jpeg: &[u8]) -> Result<(), Miss> {
        let sha256 = sha256(jpeg);
        self.folder.write(&blob(&sha256), jpeg)?;
        let position = self.puller.issues().find(|(id, _)| *id == issue);
        let position = position.map(|(_, held)| &held["position"]);
        let at = position.and_then(|at| Some((at["lat"].as_f64()?, at["lon"].as_f64()?)));
        let at =
            at.map_or(Value::Null, |(lat, lon)| json!({"lat": lat, "lon": lon, "datum": "wgs84"}));
        let line = line(self.clock.id(), &sha256, jpeg.len(), self.clock.now(), &at);
        let body = json!({"outcome": "rectified", "note": "done", "photos": [line]});
        self.keep(issue, "rectify", body, Some(sha256))
    }

    fn keep(
        &mut self,
        issue: i64,
        verb: &str,
        mut body: Value,
        photo: Option<String>,
    ) -> Result<(), Miss> {
        let held = self.puller.issues().find(|(id, _)| *id == issue);
        let Some(version) = held.and_then(|(_, held)| held["version"].as_i64()) else {
            return Err(Miss::Own(format!("issue {issue} is not held")));
        };
        let id = self.clock.id();
        body["command_id"] = json!(id);
        let (verb, etag) = (verb.to_owned(), format!("\"{version}\""));
        let (is_done, state) = (false, State::Waiting);
        self.save(Order { id, issue, verb, etag, body, photo, is_done, state, refusals: 0 })
    }

    fn save(&mut self, order: Order) -> Result<(), Miss> {
        self.folder.write(&format!("{}.order", order.id), &serde_json::to_vec(&order)?)?;
        self.orders.insert(order.id, order);
        Ok(())
    }

    fn forget(&mut self, order: &Order) -> Result<(), Miss> {
        self.folder.remove(&format!("{}.order", order.id))?;
        self.orders.remove(&order.id);
        match &order.photo {
            Some(sha256) => Ok(self.folder.remove(&blob(sha256))?),
            None => Ok(()),
        }
    }

    /// Pulls what changed.
    pub async fn pull(&mut self) -> Result<(), Miss> {
        let Some(session) = &mut self.session else {
            return Err(Miss::silence("nobody signed in"));
        };
        let mut caller = Caller { http: &self.http, folder: &self.folder, session };
        self.puller.pull(&mut caller).await
    }

    /// Tries every order that is due, once each; gives how many still wait.
    pub async fn round(&mut self) -> Result<usize, Miss> {
        let open = |order: &&Order| order.state == State::Waiting;
        let due: Vec<Order> = self.orders.values().filter(open).cloned().collect();
        for order in due {
            let waits = self.waiting.get(&order.id).copied().unwrap_or_default();
            if !waits.left().is_zero() {
                continue;
            }
            match self.carry_out(order.clone()).await {
                Ok(()) => {}
                Err(miss) if Session::is_over(&miss) => return Err(miss),
                Err(Miss::Own(why)) => return Err(Miss::Own(why)),
                Err(miss) => {
                    self.weigh(&order, &miss)?;
                    self.waiting.insert(order.id, self.backoff.after(waits, miss.wait()));
                }
            }
        }
        Ok(self.orders.values().filter(open).count())
    }

    async fn carry_out(&mut self, mut order: Order) -> Result<(), Miss> {
        let Some(session) = &mut self.session else {
            return Err(Miss::silence("nobody signed in"));
        };
        let mut caller = Caller { http: &self.http, folder: &self.folder, session };
        if !order.is_done {
            let path = format!("/issues/{}:{}", order.issue, order.verb);
            let request = caller.http.request(Method::POST, &path);
            let reply = caller.send(request.header("if-match", &order.etag).json(&order.body));
            let reply = reply.await?;
            let Some(version) = reply.body["version"].as_i64() else {
                return Err(Miss::silence("an answer about something else"));
            };
            let Order { id, issue, verb, .. } = order.clone();
            self.http.heard(&Heard::Command { id, issue, version, verb });
            order.is_done = true;
            self.save(order.clone())?;
        }
        if let Some(sha256) = &order.photo
            && let Some(bytes) = self.folder.read(&blob(sha256))?
        {
            let Some(session) = &mut self.session else { return Ok(()) };
            let mut caller = Caller { http: &self.http, folder: &self.folder, session };
            whole(&mut caller, sha256, bytes).await?;
        }
        self.forget(&order)
    }

    fn weigh(&mut self, order: &Order, miss: &Miss) -> Result<(), Miss> {
        let Some(mut order) = self.orders.get(&order.id).cloned() else { return Ok(()) };
        let Some(state) = refused(miss, order.refusals) else { return Ok(()) };
        (order.state, order.refusals) = (state, order.refusals + 1);
        self.save(order)
    }
}
