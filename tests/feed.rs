//! Pulling what changed.

mod cursor;
mod leaving;
mod together;
