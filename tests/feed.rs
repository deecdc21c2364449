//! Pulling what changed.

mod cursor;
mod held;
mod leaving;
mod together;
