//! The shape of the database, the same on both.

mod introspection;
mod listed;
mod migrations;
