//! A phone at work: it takes reports at any time, and brings what waits to the server in rounds.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use super::account::{Account, Session};
use super::answer::{BELIEVED_AFTER, Miss, Weight};
use super::backoff::{Backoff, Waiting};
use super::clock::DeviceClock;
use super::http::{Heard, Http};
use super::queue::{Capture, Item, Queue, State};
use super::upload::{Caller, Line, Way, send};

/// A phone: a queue, a clock, perhaps somebody signed in, and the way to the server.
#[derive(Debug)]
pub struct Phone {
    /// Its queue.
    pub queue: Queue,
    /// Its clock.
    pub clock: DeviceClock,
    /// What stood in the way since it was switched on, and how often.
    pub misses: BTreeMap<String, u64>,
    http: Http,
    session: Option<Session>,
    backoff: Backoff,
    waiting: HashMap<Uuid, Waiting>,
    way: Way,
}

/// What a round brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Reports of which the server now has everything.
    pub done: usize,
    /// Reports of this account that are still to be sent.
    pub waiting: usize,
    /// When to come again.
    pub next: Option<Duration>,
}

impl Phone {
    /// A phone that was just switched on, with what its folder holds.
    pub fn switch_on(
        queue: Queue,
        clock: DeviceClock,
        http: Http,
        backoff: Backoff,
        way: Way,
    ) -> Result<Self, Miss> {
        let session = Session::resume(queue.folder())?;
        let (misses, waiting) = (BTreeMap::new(), HashMap::new());
        Ok(Self { queue, clock, misses, http, session, backoff, waiting, way })
    }

    /// The account that is signed in.
    pub fn account(&self) -> Option<i64> {
        self.session.as_ref().map(Session::account)
    }

    /// Somebody signs in; whoever was there before is signed out, and their reports wait for them.
    pub async fn sign_in(&mut self, who: &Account) -> Result<i64, Miss> {
        let session = Session::open(&self.http, self.queue.folder(), who).await?;
        let account = session.account();
        self.session = Some(session);
        Ok(account)
    }

    /// Whoever is signed in leaves; their queue stays.
    pub async fn sign_out(&mut self) -> Result<(), Miss> {
        match self.session.take() {
            Some(session) => session.close(&self.http, self.queue.folder()).await,
            None => Ok(()),
        }
    }

    /// Takes a report; needs no network. None while nobody is signed in.
    pub fn take(&mut self, capture: &Capture) -> Result<Option<Uuid>, Miss> {
        let id = self.clock.id();
        self.take_as(id, capture).map(|taken| taken.then_some(id))
    }

    /// The same under an id that is known before, for whoever keeps count.
    pub fn take_as(&mut self, id: Uuid, capture: &Capture) -> Result<bool, Miss> {
        let Some(account) = self.account() else { return Ok(false) };
        self.queue.take(id, account, capture, &self.clock)?;
        Ok(true)
    }

    /// Tries everything of this account that is due, once each.
    ///
    /// # Errors
    /// When somebody has to sign in again, or the phone's own disk fails. Whatever a server or a network
    /// does is no error of a round: it shows in what still waits.
    pub async fn round(&mut self) -> Result<Round, Miss> {
        let Some(account) = self.account() else { return Ok(Round::default()) };
        let mut done = 0;
        for id in self.due(account) {
            match self.bring(id).await {
                Ok(true) => done += 1,
                Ok(false) => {}
                Err(miss) if Session::is_over(&miss) => return Err(miss),
                Err(Miss::Own(why)) => return Err(Miss::Own(why)),
                Err(miss) => self.later(id, &miss),
            }
        }
        let left: Vec<Duration> =
            self.open(account).map(|item| self.waits(item.id).left()).collect();
        Ok(Round { done, waiting: left.len(), next: left.into_iter().min() })
    }

    fn open(&self, account: i64) -> impl Iterator<Item = &Item> {
        let of = move |item: &&Item| item.account == account && item.state == State::Waiting;
        self.queue.items().filter(of)
    }

    fn due(&self, account: i64) -> Vec<Uuid> {
        let ids = self.open(account).map(|item| item.id);
        ids.filter(|id| self.waits(*id).left().is_zero()).collect()
    }

    fn waits(&self, id: Uuid) -> Waiting {
        self.waiting.get(&id).copied().unwrap_or_default()
    }

    fn later(&mut self, id: Uuid, miss: &Miss) {
        *self.misses.entry(miss.reason()).or_default() += 1;
        let after = self.backoff.after(self.waits(id), miss.wait());
        self.waiting.insert(id, after);
    }

    /// One attempt with one report; true once the server has all of it.
    async fn bring(&mut self, id: Uuid) -> Result<bool, Miss> {
        let mut receipt = match self.put(id).await {
            Err(miss) => return self.weigh(id, miss).map(|()| false),
            Ok(receipt) => receipt,
        };
        let (mut sent, mut missed) = (false, None);
        for line in Line::all(&receipt).into_iter().filter(|line| !line.is_there()) {
            match self.upload(&line).await {
                Ok(()) => sent = true,
                Err(Miss::Own(why)) => return Err(Miss::Own(why)),
                // The others are tried all the same: one bad photo does not hold them up.
                Err(miss) => missed = Some(miss),
            }
        }
        if sent {
            receipt = self.put(id).await?;
        }
        self.hear_photos(&receipt);
        self.waiting.remove(&id);
        if receipt["complete"] == true {
            self.queue.done(id)?;
            return Ok(true);
        }
        match missed {
            Some(miss) => Err(miss),
            None => self.settle(id, &receipt).map(|()| false),
        }
    }

    /// Sends the report; the answer is where everything else begins.
    async fn put(&mut self, id: Uuid) -> Result<Value, Miss> {
        let Some(item) = self.queue.item(id).cloned() else {
            return Err(Miss::Own(format!("no report {id}")));
        };
        let body = self.queue.body(&item, &self.clock);
        let request = self.http.request(Method::PUT, &format!("/reports/{id}")).json(&body);
        let Some(session) = &mut self.session else {
            return Err(Miss::silence("nobody signed in"));
        };
        let reply = session.send(&self.http, self.queue.folder(), request).await?;
        let (receipt, issue) = (reply.body, |receipt: &Value| receipt["issue"].as_i64());
        match issue(&receipt) {
            Some(issue) if receipt["id"] == id.to_string() => {
                self.http.heard(&Heard::Report { id, issue, body: item.body });
                Ok(receipt)
            }
            _ => Err(Miss::silence("an answer about something else")),
        }
    }

    async fn upload(&mut self, line: &Line) -> Result<(), Miss> {
        let id: Uuid = line.photo_id.parse().map_err(|_| Miss::silence("no photo id"))?;
        let photo = self.queue.photo(id).cloned();
        let mut photo = photo.ok_or_else(|| Miss::silence("a photo that is not ours"))?;
        if photo.state != State::Waiting {
            return Ok(());
        }
        let Some(bytes) = self.queue.bytes(&line.sha256)? else {
            photo.state = State::Refused("its file is gone from the device".to_owned());
            return self.queue.save_photo(photo);
        };
        let Some(session) = &mut self.session else {
            return Err(Miss::silence("nobody signed in"));
        };
        let mut caller = Caller { http: &self.http, folder: self.queue.folder(), session };
        let Err(miss) = send(self.way, &mut caller, line, bytes).await else { return Ok(()) };
        match refused(&miss, photo.refusals) {
            None => return Err(miss),
            Some(state) => (photo.state, photo.refusals) = (state, photo.refusals + 1),
        }
        self.queue.save_photo(photo)?;
        Err(miss)
    }

    fn hear_photos(&self, receipt: &Value) {
        let Some(account) = self.account() else { return };
        let lines = receipt["photos"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (line, raw) in Line::all(receipt).into_iter().zip(lines) {
            if line.is_there() {
                let bytes = raw["bytes"].as_u64().unwrap_or_default();
                self.http.heard(&Heard::Photo { account, sha256: line.sha256, bytes });
            }
        }
    }

    /// Keeps a no to the report itself, or passes it on as one to try again.
    fn weigh(&mut self, id: Uuid, miss: Miss) -> Result<(), Miss> {
        let Some(mut item) = self.queue.item(id).cloned() else { return Err(miss) };
        let Some(state) = refused(&miss, item.refusals) else { return Err(miss) };
        let again = state == State::Waiting;
        (item.state, item.refusals) = (state, item.refusals + 1);
        self.queue.save(item)?;
        if again { Err(miss) } else { Ok(()) }
    }

    /// A report whose remaining photos were all refused has nothing more to send.
    fn settle(&mut self, id: Uuid, receipt: &Value) -> Result<(), Miss> {
        let missing = Line::all(receipt).into_iter().filter(|line| !line.is_there());
        let mut reasons = Vec::new();
        for line in missing {
            let photo = line.photo_id.parse().ok().and_then(|id| self.queue.photo(id));
            match photo.map(|photo| &photo.state) {
                Some(State::Refused(reason)) => reasons.push(format!("photo: {reason}")),
                // It was sent, and the server still verifies it.
                _ => return Err(Miss::silence("a photo is not there yet")),
            }
        }
        let Some(mut item) = self.queue.item(id).cloned() else { return Ok(()) };
        item.state = State::Refused(reasons.join("; "));
        self.queue.save(item)
    }
}

/// What a no does to something that was refused so often before; none where it is no no.
pub(super) fn refused(miss: &Miss, before: u32) -> Option<State> {
    match miss.weight() {
        Weight::Later => None,
        Weight::IfRepeated if before + 1 < BELIEVED_AFTER => Some(State::Waiting),
        Weight::IfRepeated | Weight::Final => Some(State::Refused(miss.reason())),
    }
}
