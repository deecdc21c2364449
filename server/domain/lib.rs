//! The rules of zhoubian, as pure functions over plain values.
//!
//! Nothing here reads a file, a clock or a database: what a rule needs is passed in, and what it
//! decides is returned. The words are those of the glossary in `ARCHITECTURE.md`.

pub mod access;
pub mod areas;
pub mod bulletin;
pub mod capture;
pub mod cards;
pub mod count;
pub mod deadline;
pub mod desk;
pub mod evidence;
pub mod figures;
pub mod likely;
pub mod matching;
pub mod morning;
pub mod notices;
pub mod position;
pub mod routing;
pub mod surroundings;
pub mod taxonomy;
pub mod weekly;
pub mod workflow;
