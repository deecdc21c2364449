//! The shape of the database, the same on both.

mod counting;
mod introspection;
mod listed;
mod migrations;
