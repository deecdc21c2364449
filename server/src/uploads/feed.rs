//! From a request's body to whoever writes it: in pieces, so that threads seldom wake each other.

use std::future::Future;
use std::sync::Arc;

use actix_web::web::Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::photos::{PARTS, PIECE};

/// The smallest piece, whatever else is under way.
const LEAST: usize = 64 * 1024;
/// Uploads at once that all have whole pieces; of more, each has less, so that all together take the
/// same memory.
const WHOLE: usize = 16;

/// Why a body ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was all.
    Complete,
    /// Nothing, or next to nothing, came for too long.
    Stalled,
    /// Somebody newer sends the same photo.
    Overtaken,
}

/// What comes of a body.
#[derive(Debug)]
pub enum Fed {
    /// More of it, and the room it takes.
    Piece(Vec<Bytes>, Option<OwnedSemaphorePermit>),
    /// Nothing more comes. A body that broke off ends without this.
    End(Ending),
}

/// The side of a body that fills. When it is dropped, what was filled goes to the writer all the same.
#[derive(Debug)]
pub struct Feed {
    to: UnboundedSender<Fed>,
    /// One piece may be under way while the next one fills.
    room: Arc<Semaphore>,
    filling: Vec<Bytes>,
    filled: usize,
    piece: usize,
}

/// Both sides of a body, when so many uploads are under way.
pub fn feed(under_way: usize) -> (Feed, UnboundedReceiver<Fed>) {
    let (to, from) = unbounded_channel();
    let piece = (PIECE * WHOLE / under_way.max(WHOLE)).max(LEAST);
    let room = Arc::new(Semaphore::new(1));
    (Feed { to, room, filling: Vec::new(), filled: 0, piece }, from)
}

impl Feed {
    /// Takes a part of the body. Waits only when the writer is a whole piece behind.
    pub fn add(&mut self, part: Bytes) -> impl Future<Output = ()> {
        self.filled += part.len();
        self.filling.push(part);
        let is_full = self.filled >= self.piece || self.filling.len() >= PARTS;
        async move {
            if is_full {
                let room = Arc::clone(&self.room).acquire_owned().await.ok();
                self.hand_over(room);
            }
        }
    }

    /// Says how it ended.
    pub fn end(mut self, how: Ending) {
        self.hand_over(None);
        // Whoever wrote has answered already.
        drop(self.to.send(Fed::End(how)));
    }

    fn hand_over(&mut self, room: Option<OwnedSemaphorePermit>) {
        self.filled = 0;
        if !self.filling.is_empty() {
            let piece = std::mem::take(&mut self.filling);
            drop(self.to.send(Fed::Piece(piece, room)));
        }
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.hand_over(None);
    }
}
