//! Wire types beside their handlers: parse, call, render.

pub mod account_care;
pub mod accounts;
pub mod actor;
pub mod categories;
pub mod changes;
pub mod clusters;
pub mod cursor;
pub mod devices;
pub mod documented;
pub mod figures;
pub mod handovers;
pub mod health;
pub mod issue_commands;
pub mod issues;
pub mod maps;
pub mod own_password;
pub mod pages;
pub mod photos;
pub mod reference;
pub mod reference_imports;
pub mod reports;
pub mod routing;
pub mod second_factor;
pub mod sessions;
