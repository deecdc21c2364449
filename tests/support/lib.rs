//! What the tests stand on: a town with a server, a database of its own, a clock set by hand and a
//! cast of people who act over HTTP.
//!
//! Tests read like field notes:
//!
//! ```ignore
//! let town = TestApp::start().await;
//! let (ana, huanwei) = (town.inspector("ana"), town.bureau("huanwei"));
//! let issue = ana.submits(&report().at(town.spot(0)).category("0101").condition("0101A")).await.issue();
//! huanwei.accepts(issue).await.ok();
//! ```
//!
//! `ZHOUBIAN_TEST_DB` chooses the database (`sqlite`, or `postgres` with a superuser's address in
//! `ZHOUBIAN_TEST_POSTGRES_URL`); without it, `sqlite`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::missing_panics_doc)]

#[path = "../chaos/mod.rs"]
pub mod chaos;
#[path = "../faults/mod.rs"]
pub mod faults;
#[path = "../phone/mod.rs"]
pub mod phone;
#[path = "../measure/random.rs"]
pub mod random;

mod answer;
mod cast;
mod database;
mod exif;
mod ground;
mod person;
mod photo;
mod program;
mod receiver;
mod report;
mod steps;
mod town;

pub use answer::Answer;
pub use cast::{Member, PASSWORD};
pub use database::{Back, Database};
pub use exif::Camera;
pub use ground::Spot;
pub use person::{Person, Send};
pub use photo::{Picture, any_seed, encoded, scene, sha256, view, with_segment};
pub use program::{Program, Running, url, without_settings};
pub use receiver::{MailServer, Receiver, Taken};
pub use report::{Draft, report};
pub use town::{Other, START, TestApp};
