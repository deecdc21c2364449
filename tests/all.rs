//! zhoubian from outside: over HTTP, on the database that `ZHOUBIAN_TEST_DB` names.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod api;
mod browser;
mod clients;
mod feed;
mod limits;
mod operations;
mod real;
mod schema;
mod stories;
mod sync;
