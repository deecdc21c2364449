//! Whether the server goes on or is about to end.

use tokio::sync::watch;

/// Whether the server goes on or is about to end; everybody who works in loops looks at it.
#[derive(Debug)]
pub struct Lifecycle {
    draining: watch::Sender<bool>,
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self { draining: watch::Sender::new(false) }
    }
}

impl Lifecycle {
    /// Says that the server is about to end.
    pub fn drain(&self) {
        self.draining.send_replace(true);
    }

    /// Whether it is about to end: who works in loops begins nothing new.
    pub fn is_draining(&self) -> bool {
        *self.draining.borrow()
    }

    /// Waits until it is about to end.
    pub async fn draining(&self) {
        // The sender lives as long as this.
        let _ = self.draining.subscribe().wait_for(|draining| *draining).await;
    }

    /// Runs a job until it ends or the server is about to. It is broken off where it waits: what it
    /// asked of the database by then is done whole or not at all.
    pub async fn until_draining(&self, job: impl Future<Output = ()>) {
        tokio::select! {
            () = self.draining() => {}
            () = job => {}
        }
    }
}
