//! A phone for a test: a folder that goes with it, a short temper, an ear.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use support::faults::{Mix, Proxy};
use support::phone::{
    Account, Backoff, Capture, DeviceClock, Folder, Heard, Http, Phone, Queue, Way,
};
use support::{PASSWORD, Picture, START, Spot, TestApp};

/// Rounds after which a test gives up.
const ROUNDS: usize = 300;
/// In small pieces, so that even small photos take several.
pub const TUS: Way = Way::Tus { piece: 32 * 1024, checksum: true, ask: false };

/// A folder that goes when it is dropped.
pub struct Place(pub PathBuf);

impl Place {
    pub fn new() -> Self {
        Self(std::env::temp_dir().join(format!("zhoubian_{}", uuid::Uuid::new_v4().simple())))
    }

    /// Another folder with the same files, as a backup would bring them back.
    pub fn copied(&self) -> Self {
        let copy = Self::new();
        std::fs::create_dir(&copy.0).unwrap();
        for entry in std::fs::read_dir(&self.0).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), copy.0.join(entry.file_name())).unwrap();
        }
        copy
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// What a phone heard.
#[derive(Clone, Default)]
pub struct Ear(Arc<Mutex<Vec<Heard>>>);

impl Ear {
    pub fn reports(&self) -> usize {
        let heard = self.0.lock().unwrap();
        heard.iter().filter(|heard| matches!(heard, Heard::Report { .. })).count()
    }
}

/// A way to a server at this address.
pub fn http(base: &str, ear: &Ear) -> Http {
    let ear = ear.clone();
    let http = Http::new(base, Duration::from_secs(5)).unwrap();
    http.telling(Arc::new(move |heard: &Heard| ear.0.lock().unwrap().push(heard.clone())))
}

pub fn backoff() -> Backoff {
    Backoff::new(Duration::from_millis(1), Duration::from_millis(20), 1)
}

/// A phone that was just switched on.
pub fn switched_on(place: &Place, base: &str, way: Way, ear: &Ear) -> Phone {
    let queue = Queue::open(Folder::open(&place.0).unwrap()).unwrap();
    let clock = DeviceClock::showing(START);
    Phone::switch_on(queue, clock, http(base, ear), backoff(), way).unwrap()
}

pub fn account(login: &str) -> Account {
    Account { login: login.to_owned(), password: PASSWORD.to_owned() }
}

/// A proxy before a town that disturbs nothing unless told.
pub async fn proxy(town: &TestApp) -> Proxy {
    let proxy = Proxy::start(1, Mix::NONE).await.unwrap();
    let address = town.nobody.api.trim_start_matches("http://").trim_end_matches("/api/v1");
    proxy.lead_to(&[address.parse().unwrap()]);
    proxy
}

pub fn base(proxy: &Proxy) -> String {
    format!("http://{}", proxy.address)
}

/// A report here, with so many small photos.
pub fn seen(spot: Spot, photos: usize) -> Capture {
    let position = json!({"lat": spot.lat, "lon": spot.lon, "datum": "wgs84", "accuracy_m": 8.0});
    seen_at(&position, photos)
}

/// The same, with any position.
pub fn seen_at(position: &Value, photos: usize) -> Capture {
    let body = json!({
        "category": "0101", "condition": "0101B", "note": "", "source": "inspector",
        "position": position,
    });
    Capture { body, photos: (0..photos).map(|_| Picture::jpeg().bytes).collect() }
}

/// Rounds until nothing waits any more.
pub async fn brings_all(phone: &mut Phone) {
    for _ in 0..ROUNDS {
        let round = phone.round().await.unwrap();
        if round.waiting == 0 {
            return;
        }
        tokio::time::sleep(round.next.unwrap_or_default()).await;
    }
    panic!("still waiting: {:?}", phone.misses);
}
