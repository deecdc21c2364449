//! Wire types beside their handlers: parse, call, render.

pub mod accounts;
pub mod actor;
pub mod caller;
pub mod categories;
pub mod changes;
pub mod clusters;
pub mod cursor;
pub mod documented;
pub mod figures;
pub mod health;
pub mod issue_commands;
pub mod issues;
pub mod machines;
pub mod maps;
pub mod pages;
pub mod photos;
pub mod reference;
pub mod reference_imports;
pub mod reports;
pub mod routing;
pub mod sessions;
pub mod tokens;
