//! A client as it should be: a phone with a durable queue, and a bureau's desk that pulls and commands.
//!
//! It speaks HTTP alone and knows nothing of the server's insides, so that whoever writes a client can
//! read it as the reference. What it holds to:
//!
//! 1. **What was kept is kept.** A report is the owner's from the moment its file has its name
//!    ([`folder`]); from then on it leaves the queue only when the server has said that all of it is
//!    there. Killed between any two instructions, the folder is enough to go on ([`queue`]).
//! 2. **Only the API's own answer is an answer** ([`answer`]): JSON, a problem, or what tus says. A
//!    captive portal's page with status 200, a redirect, a proxy's error page are silence.
//! 3. **Anything may be sent again**, and everything without an answer is, after a growing pause with
//!    chance in it ([`backoff`]); Retry-After is obeyed, whoever says it.
//! 4. **Nothing is dropped in silence.** What was refused for good stays with its reason.
//! 5. **The receipt is the truth.** Whether a photo is there is what the report's receipt says, not what
//!    the phone remembers having sent.
//! 6. **One worker a queue** (a lock on the folder), **one account an item**: what one person took never
//!    goes out under the next one's name.
//! 7. **A token goes to one origin.** The server's absolute upload addresses are followed at the
//!    client's own base address: their path is taken, never their host.
//! 8. **The clock is a claim.** The phone says when it believes the shutter was pressed, how long ago
//!    that was by a clock nobody can set, and when it sent.

pub mod account;
pub mod answer;
pub mod backoff;
pub mod clock;
pub mod desk;
pub mod folder;
pub mod puller;
pub mod queue;
pub mod round;
pub mod upload;

mod http;
mod tus;

pub use account::{Account, Session};
pub use answer::{Miss, Reply};
pub use backoff::Backoff;
pub use clock::DeviceClock;
pub use desk::{Desk, Order};
pub use folder::Folder;
pub use http::{Heard, Http, Listener};
pub use puller::Puller;
pub use queue::{Capture, Item, Photo, Queue, State};
pub use round::{Phone, Round};
pub use upload::Way;
