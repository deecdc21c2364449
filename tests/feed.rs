//! Pulling what changed.

mod boundary;
mod cursor;
mod floor;
mod held;
mod hints;
mod leaving;
mod random;
mod snapshot;
mod statements;
mod together;
mod waiting;
