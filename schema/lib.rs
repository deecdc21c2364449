//! The shape of the database, and the only crate that knows there are two of them.
//!
//! One code path serves SQLite (embedded, the default) and PostgreSQL: [`Conn`] is either, and
//! [`on!`] expands one diesel body per back end. Where the two truly differ, [`dialect`] has a named
//! capability for it.

pub mod columns;
mod conn;
pub mod dialect;
pub mod listed;
mod migrate;
pub mod news;
mod pool;
pub mod rows;
pub mod tables;
mod writer;

pub use conn::{Conn, DbError, DbUrl};
pub use migrate::{migrate, migrations, revert_all};
pub use pool::{Db, DbConfig};
pub use writer::StorageFailure;
