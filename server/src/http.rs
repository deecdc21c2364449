//! Wire types beside their handlers: parse, call, render.

pub mod accounts;
pub mod actor;
pub mod changes;
pub mod clusters;
pub mod cursor;
pub mod documented;
pub mod figures;
pub mod health;
pub mod issue_commands;
pub mod issues;
pub mod maps;
pub mod pages;
pub mod photos;
pub mod reference;
pub mod reports;
pub mod sessions;
