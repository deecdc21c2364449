//! The proxy itself.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::BufReader;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::act::{After, Request, instead, pass, twice};
use super::count::Counts;
use super::fault::{Fault, Mix};
use super::message;
use super::wire::{Wire, connect};
use crate::random::Random;

/// A connection on which nothing happens for so long is forgotten.
const IDLE: Duration = Duration::from_mins(1);

/// A running proxy; ends with this value, and every connection with it.
#[derive(Debug)]
pub struct Proxy {
    /// Where clients reach it.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    seed: u64,
    connections: AtomicU64,
    mix: Mutex<Mix>,
    scripted: Mutex<Vec<Fault>>,
    targets: Mutex<Vec<SocketAddr>>,
    counts: Counts,
}

impl Proxy {
    /// Starts one on a free port of this machine, with nowhere to go yet.
    pub async fn start(seed: u64, mix: Mix) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            seed,
            connections: AtomicU64::new(0),
            mix: Mutex::new(mix),
            scripted: Mutex::new(Vec::new()),
            targets: Mutex::new(Vec::new()),
            counts: Counts::default(),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, accepting })
    }

    /// Sends new connections to these servers from now on; to none, and they are reset.
    pub fn lead_to(&self, targets: &[SocketAddr]) {
        *locked(&self.shared.targets) = targets.to_vec();
    }

    /// Disturbs new connections like this from now on.
    pub fn disturb(&self, mix: Mix) {
        *locked(&self.shared.mix) = mix;
    }

    /// Does these to the next requests, in this order, before chance has its turn again.
    pub fn script(&self, faults: &[Fault]) {
        let mut scripted = locked(&self.shared.scripted);
        scripted.extend(faults);
    }

    /// What came to pass.
    pub fn counts(&self) -> &Counts {
        &self.shared.counts
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Dropped with the proxy, and every connection with it.
    let mut serving = tokio::task::JoinSet::new();
    loop {
        let Ok((client, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        serving.spawn(async move { drop(serve(client, &shared).await) });
        while serving.try_join_next().is_some() {}
    }
}

impl Shared {
    /// The chances of a connection: they depend on the seed and its number.
    fn chance(&self, number: u64) -> Random {
        Random::of_part(self.seed, number)
    }

    fn fault(&self, chance: &mut Random) -> Fault {
        let drawn = locked(&self.mix).draw(chance);
        let mut scripted = locked(&self.scripted);
        if scripted.is_empty() { drawn } else { scripted.remove(0) }
    }

    fn target(&self, number: u64) -> Option<SocketAddr> {
        let targets = locked(&self.targets);
        let count = u64::try_from(targets.len()).ok().filter(|count| *count > 0)?;
        targets.get(usize::try_from(number % count).ok()?).copied()
    }
}

async fn serve(client: TcpStream, shared: &Shared) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    let number = shared.connections.fetch_add(1, Ordering::Relaxed);
    let mut chance = shared.chance(number);
    let mut client = BufReader::new(client);
    let mut open: Option<(SocketAddr, BufReader<TcpStream>)> = None;
    loop {
        let head = tokio::time::timeout(IDLE, message::head(&mut client)).await??;
        let Some(head) = head else { return Ok(()) };
        let request = Request::new(head)?;
        let fault = applies(shared.fault(&mut chance), &request);
        shared.counts.add(&fault);
        if matches!(fault, Fault::Portal | Fault::Redirect | Fault::TooLarge(_) | Fault::Gateway(_))
        {
            return instead(&mut client, &request, fault).await;
        }
        let Some(to) = shared.target(number) else {
            return client.get_ref().set_zero_linger();
        };
        // A server that was replaced meanwhile is not asked again.
        let server = match open.take() {
            Some((same, server)) if same == to => server,
            _ => match connect(to).await {
                Ok(server) => server,
                Err(_refused) => return client.get_ref().set_zero_linger(),
            },
        };
        let wire = Wire { client, server };
        let after = match fault {
            Fault::Duplicate(after) => twice(wire, &request, to, after).await,
            _ => pass(wire, &request, fault).await,
        };
        match after? {
            After::Wire(wire) => {
                client = wire.client;
                open = Some((to, wire.server));
            }
            After::Gone | After::Ended => return Ok(()),
        }
    }
}

/// A proxy's limit hurts only what is larger.
fn applies(fault: Fault, request: &Request) -> Fault {
    match fault {
        Fault::TooLarge(limit) if request.body <= limit => Fault::None,
        other => other,
    }
}
