//! The server in this process, on threads of its own, as `zhoubian serve` runs it.

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use zhoubian::app::App;
use zhoubian::serve;

use crate::measure::Outcome;

/// Threads that serve requests: what `zhoubian serve` takes unless told otherwise.
const THREADS: usize = 2;

/// A running server.
#[allow(missing_debug_implementations)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<std::io::Result<()>>,
}

/// Starts the server.
pub fn start(app: Arc<App>) -> Outcome<Running> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let (sender, started) = mpsc::channel();
    let thread = std::thread::Builder::new().name("server".to_owned()).spawn(move || {
        System::new().block_on(async move {
            let (server, address) = serve::start(Arc::clone(&app), listener, THREADS)?;
            let following = actix_web::rt::spawn(serve::follow_reference_data(app));
            drop(sender.send((address, server.handle())));
            let ended = server.await;
            following.abort();
            ended
        })
    })?;
    let (address, handle) = started.recv().map_err(|_gone| "the server did not start")?;
    Ok(Running { address, handle, thread })
}

impl Running {
    /// Ends it and everything it holds.
    pub async fn stop(self) -> Outcome<()> {
        self.handle.stop(false).await;
        self.thread.join().map_err(|_panic| "the server panicked")??;
        Ok(())
    }
}
